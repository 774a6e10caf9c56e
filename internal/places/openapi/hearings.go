package openapi

import (
	"context"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/hearings"
)

// routeHearings names the operations of announced hearings.
func (a *API) routeHearings(b *book) {
	public(b, "GET /hearings", "listHearings", "听证公告", "公告的听证：将要举行的，或者已经结束的", a.listHearings)
	public(b, "GET /hearings/{hearing}", "getHearing", "听证公告", "一份听证公告：事由、时间、地点、报名办法、选定的发言人（已遮盖）", a.getHearing)
	created(b, "POST /hearings/{hearing}/signups", "signUpForHearing", "听证公告", "报名参加听证：发言或者旁听（本人；撤回后可以再报）", a.signUpForHearing)
	signed(b, "GET /hearings/{hearing}/signups", "listHearingSignups", "听证公告", "报名的人（组织听证的部门、监督部门）", a.hearingSignups)
	signed(b, "DELETE /hearings/{hearing}/signups", "withdrawFromHearing", "听证公告", "撤回自己的报名", a.withdrawFromHearing)
	signed(b, "POST /hearings/{hearing}/choices", "chooseForHearing", "听证公告", "选定参加人：发言、旁听或者没有选上（组织听证的部门）", a.chooseForHearing)
	signed(b, "POST /hearings/{hearing}/take-down", "takeDownSignup", "听证公告", "代没有账号的人报名（窗口、组织听证的部门）", a.takeDownSignup)
	signed(b, "POST /hearings/{hearing}/signups/{signup}/remove", "removeSignup", "听证公告", "取消一个报名，写明理由（组织听证的部门）", a.removeSignup)
}

// announcement is what the public is told of a hearing.
type announcement struct {
	Ground  string       `json:"ground" enum:"法律、法规、规章规定应当听证,涉及公共利益的重大行政许可，认为需要听证,利害关系人较多，有必要公告" doc:"为什么公告"`
	SignBy  calendar.Day `json:"signBy" format:"date" doc:"报名到哪一天；要在听证七个工作日以前"`
	Seats   int          `json:"seats" minimum:"1" maximum:"200" doc:"社会代表名额；利害关系人不占名额"`
	Contact string       `json:"contact" maxLength:"500" doc:"咨询电话和联系人"`
}

func (a *announcement) of() *cases.Announcement {
	if a == nil {
		return nil
	}
	return &cases.Announcement{Ground: a.Ground, SignBy: a.SignBy, Seats: a.Seats, Contact: a.Contact}
}

type hearingView struct {
	ID        string       `json:"id" doc:"标识"`
	Item      string       `json:"item" doc:"事项"`
	ItemName  string       `json:"itemName" doc:"事项名称"`
	Agency    string       `json:"agency" doc:"组织听证的部门"`
	Applicant string       `json:"applicant" doc:"申请人；个人的姓名已遮盖"`
	About     string       `json:"about" doc:"听证事由：拟作出的决定"`
	Reason    string       `json:"reason,omitempty" doc:"涉及的利益"`
	Ground    string       `json:"ground" doc:"为什么公告"`
	At        time.Time    `json:"at" doc:"举行的时间"`
	Place     string       `json:"place" doc:"地点"`
	Host      string       `json:"host" doc:"主持人"`
	SignBy    calendar.Day `json:"signBy" doc:"报名到哪一天"`
	Seats     int          `json:"seats" doc:"社会代表名额"`
	Contact   string       `json:"contact" doc:"咨询电话和联系人"`
	Standing  string       `json:"standing" doc:"进展"`
	Speakers  []string     `json:"speakers,omitempty" doc:"选定的发言人，已遮盖；只在查一份公告时给出"`
}

func (a *API) hearingOf(n *hearings.Notice) hearingView {
	return hearingView{string(n.ID), string(n.Item), n.ItemName, n.Agency, n.Applicant, n.About, n.Reason, n.Ground, n.At, n.Place, n.Host, n.SignBy, n.Seats, n.Contact, n.Standing(a.Now()), nil}
}

type hearingsInput struct {
	Over  bool   `query:"over" doc:"已经结束的"`
	After string `query:"after" maxLength:"64" doc:"上一页的 next"`
}

func (a *API) listHearings(ctx context.Context, _ identity.Actor, in *hearingsInput) (list[hearingView], error) {
	all, next, err := a.Hearings.List(ctx, in.Over, in.After)
	out := list[hearingView]{Items: []hearingView{}, Next: next}
	for _, n := range all {
		out.Items = append(out.Items, a.hearingOf(n))
	}
	return out, err
}

// OfHearing names the notice that an operation is about.
type OfHearing struct {
	Hearing string `path:"hearing" maxLength:"40" doc:"听证公告的标识"`
}

func (a *API) getHearing(ctx context.Context, _ identity.Actor, in *OfHearing) (hearingView, error) {
	n, err := a.Hearings.Notice(ctx, hearings.ID(in.Hearing))
	if err != nil {
		return hearingView{}, err
	}
	v := a.hearingOf(n)
	v.Speakers, err = a.Hearings.Shown(ctx, n)
	return v, err
}

type signupView struct {
	ID       string            `json:"id" doc:"标识"`
	Name     string            `json:"name" doc:"姓名或者名称"`
	Document string            `json:"document" doc:"证件号码；个人的已遮盖"`
	Phone    string            `json:"phone,omitempty" doc:"手机号码；只给组织听证的部门"`
	Relation hearings.Relation `json:"relation" doc:"concerned 利害关系人，public 社会公众，expert 专家、行业组织"`
	Interest string            `json:"interest,omitempty" doc:"关系到什么利益"`
	Speak    bool              `json:"speak" doc:"要发言"`
	View     string            `json:"view,omitempty" doc:"想说的主要意见"`
	Seat     hearings.Seat     `json:"seat" doc:"speaker 发言，listener 旁听，declined 没有选上，withdrawn 已撤回，removed 已取消；空为等待选定"`
	Why      string            `json:"why,omitempty" doc:"理由"`
	At       time.Time         `json:"at" doc:"报名的时间"`
}

func signupOf(u *hearings.Signup) signupView {
	return signupView{u.ID, u.Name, u.Document, "", u.Relation, u.Interest, u.Speak, u.View, u.Seat, u.Why, u.At}
}

type signUpInput struct {
	OfHearing
	Body struct {
		Relation hearings.Relation `json:"relation" enum:"concerned,public,expert" doc:"和这件许可的关系"`
		Interest string            `json:"interest,omitempty" maxLength:"500" doc:"关系到您的什么利益；利害关系人必填"`
		Speak    bool              `json:"speak,omitempty" doc:"要发言；不写即旁听"`
		View     string            `json:"view,omitempty" maxLength:"2000" doc:"想说的主要意见；要发言的必填"`
		Phone    string            `json:"phone" maxLength:"20" doc:"手机号码"`
	}
}

func (a *API) signUpForHearing(ctx context.Context, by identity.Actor, in *signUpInput) (signupView, error) {
	b := in.Body
	u, err := a.Hearings.SignUp(ctx, hearings.ID(in.Hearing), hearings.Signup{Relation: b.Relation, Interest: b.Interest, Speak: b.Speak, View: b.View, Phone: b.Phone}, by)
	if err != nil {
		return signupView{}, err
	}
	return signupOf(u), nil
}

func (a *API) withdrawFromHearing(ctx context.Context, by identity.Actor, in *OfHearing) (done, error) {
	return done{true}, a.Hearings.Withdraw(ctx, hearings.ID(in.Hearing), by)
}

func (a *API) hearingSignups(ctx context.Context, by identity.Actor, in *OfHearing) (list[signupView], error) {
	out := list[signupView]{Items: []signupView{}}
	n, err := a.Hearings.Notice(ctx, hearings.ID(in.Hearing))
	if err != nil {
		return out, err
	}
	all, err := a.Hearings.Signups(ctx, n, by)
	for _, u := range all {
		v := signupOf(u)
		v.Phone = u.Phone
		out.Items = append(out.Items, v)
	}
	return out, err
}

type chooseInput struct {
	OfHearing
	Body struct {
		Choices []struct {
			Signup string        `json:"signup" maxLength:"40" doc:"报名的标识"`
			Seat   hearings.Seat `json:"seat" enum:"speaker,listener,declined" doc:"发言、旁听、没有选上"`
			Why    string        `json:"why,omitempty" maxLength:"500" doc:"理由；没有选上，或者要发言却只能旁听的必填"`
		} `json:"choices" minItems:"1" maxItems:"500" doc:"对每个人的选择"`
	}
}

func (a *API) chooseForHearing(ctx context.Context, by identity.Actor, in *chooseInput) (list[signupView], error) {
	var choices []hearings.Choice
	for _, c := range in.Body.Choices {
		choices = append(choices, hearings.Choice{Signup: c.Signup, Seat: c.Seat, Why: c.Why})
	}
	if err := a.Hearings.Choose(ctx, hearings.ID(in.Hearing), choices, by); err != nil {
		return list[signupView]{}, err
	}
	return a.hearingSignups(ctx, by, &in.OfHearing)
}
