package hearings

import (
	"strings"
	"time"
	"unicode/utf8"

	"tongban/internal/civic/codes"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
)

// A Relation is what somebody has to do with the matter that is heard.
type Relation string

// The relations.
const (
	Concerned Relation = "concerned" // 利害关系人
	Resident  Relation = "public"    // 社会公众代表
	Expert    Relation = "expert"    // 专家、行业组织
)

// Relations lists them with their words.
var Relations = []struct {
	ID       Relation
	Han, Say string
}{
	{Concerned, "利害关系人", "这件许可直接关系到您自己的重大利益，例如您住在隔壁"},
	{Resident, "社会公众", "您关心这件事，想发言或者旁听"},
	{Expert, "专家、行业组织", "您从专业或者行业的角度提出意见"},
}

// Han is the relation in words.
func (r Relation) Han() string {
	for _, one := range Relations {
		if one.ID == r {
			return one.Han
		}
	}
	return ""
}

// A Seat is what became of a sign-up.
type Seat string

// The seats.
const (
	Waiting  Seat = ""          // 等待选定
	Speaker  Seat = "speaker"   // 发言
	Listener Seat = "listener"  // 旁听
	Declined Seat = "declined"  // 没有选上
	Gone     Seat = "withdrawn" // 本人撤回
	Removed  Seat = "removed"   // 组织机关取消
)

// Han is the seat in words.
func (s Seat) Han() string {
	return map[Seat]string{Waiting: "等待选定", Speaker: "参加并发言", Listener: "旁听", Declined: "没有选上", Gone: "已撤回", Removed: "已取消"}[s]
}

// A Signup is somebody who wants to take part (听证报名).
type Signup struct {
	ID       string    `json:"id"`
	Notice   ID        `json:"notice"`
	Party    string    `json:"party"`
	Name     string    `json:"name"`
	Person   bool      `json:"person,omitempty"` // and no organisation
	Document string    `json:"document"`         // masked; that of an organisation in full
	Agent    string    `json:"agent,omitempty"`
	Clerk    string    `json:"clerk,omitempty"` // who took it down, and saw the document; "": they signed up themselves
	Phone    string    `json:"phone"`           // sealed
	Relation Relation  `json:"relation"`
	Interest string    `json:"interest,omitempty"` // what of theirs the matter touches
	Speak    bool      `json:"speak,omitempty"`    // false: only to listen
	View     string    `json:"view,omitempty"`     // what they want to say
	At       time.Time `json:"at"`
	Seat     Seat      `json:"seat,omitempty"`
	Why      string    `json:"why,omitempty"`   // of the seat
	Seated   time.Time `json:"seated,omitzero"` // when it was decided
	By       string    `json:"by,omitempty"`    // name of who decided

	Head event.Head `json:"-"`
}

// Stream is where the facts of the sign-up are kept.
func (u Signup) Stream() string { return "hearing-signup/" + u.ID }

// Signed is told of everything that happens to a sign-up: as it is from then on.
type Signed struct {
	Signup Signup    `json:"signup"`
	By     string    `json:"by"` // account
	When   time.Time `json:"when"`
}

// FactName is the name listeners ask for.
func (Signed) FactName() string { return "hearings.signed" }

// The most characters of what people write.
const (
	longestInterest = 500
	longestView     = 2000
)

// SignUp is what somebody fills in, or why they cannot take part this way.
func (n *Notice) SignUp(u Signup, by identity.Actor, at time.Time) (Signup, error) {
	u.Interest, u.View = strings.TrimSpace(u.Interest), strings.TrimSpace(u.View)
	if err := n.maySignUp(by, at); err != nil {
		return u, err
	}
	bad := u.lacks()
	mobile, err := phone(u.Phone)
	bad = bad.With("", fault.Fields(err))
	if len(bad.Fields) > 0 {
		return u, bad
	}
	u.Notice, u.Party, u.Agent, u.Phone, u.At = n.ID, by.Party, by.Name, mobile, at
	u.Seat, u.Why, u.Seated, u.By = Waiting, "", time.Time{}, ""
	return u, nil
}

// maySignUp refuses who is not known, who is a party anyway, and when it is too late.
func (n *Notice) maySignUp(by identity.Actor, at time.Time) error {
	switch {
	case by.Party == "":
		return fault.New(fault.SignIn, "hearings.sign-up.who", "请先登录，再报名参加听证")
	case by.Party == n.Party:
		return fault.New(fault.Conflict, "hearings.sign-up.party", "您是这件许可的申请人，听证通知书会直接送给您，不用报名")
	case !n.Open(at):
		return fault.New(fault.Conflict, "hearings.sign-up.closed", "报名到%s截止，已经结束", n.SignBy.Han())
	}
	return nil
}

// lacks is what is still to be filled in, or to be shortened, but for the telephone.
func (u Signup) lacks() *fault.Error {
	bad := fault.New(fault.Invalid, "hearings.sign-up.check", "还有内容需要填写")
	long := func(field, text string, most int) {
		if k := utf8.RuneCountInString(text); k > most {
			bad = bad.At(field, "length", "最多%d个字，现在有%d个字，请缩短", most, k)
		}
	}
	long("interest", u.Interest, longestInterest)
	long("view", u.View, longestView)
	if u.Relation.Han() == "" {
		bad = bad.At("relation", "choice", "请选择您和这件许可的关系")
	}
	if u.Relation == Concerned && u.Interest == "" {
		bad = bad.At("interest", "required", "请写明这件许可关系到您的什么利益")
	}
	if u.Speak && u.View == "" {
		bad = bad.At("view", "required", "要发言的，请写明想说的主要意见")
	}
	return bad
}

// Withdraw takes a sign-up back, before the hearing.
func (n *Notice) Withdraw(u Signup, at time.Time) (Signup, error) {
	if u.Seat == Gone || u.Seat == Removed || n.Past(at) {
		return u, fault.New(fault.Conflict, "hearings.withdraw.late", "报名已经撤回，或者听证已经举行")
	}
	u.Seat, u.Why, u.Seated = Gone, "", at
	return u, nil
}

// Shown is whoever signed up as everybody may read them.
func (u *Signup) Shown() string {
	name := u.Name
	if u.Person {
		name = codes.MaskName(name)
	}
	return name + "（" + u.Relation.Han() + "）"
}
