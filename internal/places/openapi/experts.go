package openapi

import (
	"context"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/ink"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/experts"
)

// routeExperts names the operations of reviews by experts.
func (a *API) routeExperts(b *book) {
	signed(b, "GET /experts", "listExperts", "专家评审", "专家库（事项管理、审核、监督岗位）", a.listExperts)
	signed(b, "PUT /experts/{expert}", "putExpert", "专家评审", "登记、修改专家；标识写 new 为新增（事项管理岗位）", a.putExpert)
	signed(b, "GET /expert-reviews", "listExpertReviews", "专家评审", "本部门的，或者抽到本人的专家评审", a.expertReviews)
	created(b, "POST /cases/{case}/expert-review", "announceExperts", "专家评审", "公布抽取方案：候选名单、回避的人和理由、种子指纹；特别程序开始", a.announceExperts)
	signed(b, "GET /expert-reviews/{review}", "getExpertReview", "专家评审", "一次专家评审：抽取的全部数据，任何人可以核对", a.expertReview)
	signed(b, "GET /expert-reviews/{review}/materials", "listExpertMaterials", "专家评审", "评审材料（接受邀请的专家，评审结束以前）", a.expertMaterials)
	download(b, "GET /expert-reviews/{review}/files/{hash}", "getExpertMaterial", "专家评审", "下载一份评审材料", a.expertFile)
	signed(b, "POST /expert-reviews/{review}", "actOnExpertReview", "专家评审", "申请回避、无异议、决定回避、抽取、重新抽取、答复、通知、签署意见、汇总", a.actOnExpertReview)
}

type expertView struct {
	ID        string       `json:"id" doc:"标识"`
	Name      string       `json:"name" doc:"姓名"`
	Fields    []string     `json:"fields" doc:"专业领域"`
	Employer  string       `json:"employer" doc:"工作单位"`
	Title     string       `json:"title,omitempty" doc:"职称"`
	Region    string       `json:"region" doc:"所属区域，12位区划代码"`
	Interests []string     `json:"interests" doc:"有利害关系的单位"`
	Away      calendar.Day `json:"away,omitzero" doc:"不能参加到哪一天"`
	Suspended string       `json:"suspended,omitempty" doc:"暂停资格的原因"`
}

func expertOf(e experts.Expert) expertView {
	return expertView{string(e.ID), e.Name, some(e.Fields), e.Employer, e.Title, e.Region, some(e.Interests), e.Away, e.Suspended}
}

type expertsInput struct {
	After string `query:"after" maxLength:"200" doc:"上一页的 next"`
}

func (a *API) listExperts(ctx context.Context, by identity.Actor, in *expertsInput) (list[expertView], error) {
	all, err := a.Experts.Experts(ctx, in.After, perPage, by)
	return paged(all, expertOf, perPage, experts.Expert.Cursor), err
}

type putExpertInput struct {
	Expert string `path:"expert" maxLength:"40" doc:"标识；new 为新增"`
	Body   struct {
		Name      string       `json:"name" maxLength:"60" doc:"姓名"`
		Fields    []string     `json:"fields" maxItems:"20" doc:"专业领域"`
		Employer  string       `json:"employer" maxLength:"60" doc:"工作单位"`
		Title     string       `json:"title,omitempty" maxLength:"60" doc:"职称"`
		Region    string       `json:"region" maxLength:"12" doc:"所属区域"`
		Account   string       `json:"account,omitempty" maxLength:"60" doc:"平台账号，有的自己答复和签署"`
		Interests []string     `json:"interests,omitempty" maxItems:"50" doc:"有利害关系的单位"`
		Away      calendar.Day `json:"away,omitzero" doc:"不能参加到哪一天"`
		Suspended string       `json:"suspended,omitempty" maxLength:"500" doc:"暂停资格的原因；空为恢复"`
	}
}

func (a *API) putExpert(ctx context.Context, by identity.Actor, in *putExpertInput) (expertView, error) {
	e := experts.Expert{ID: experts.ExpertID(in.Expert), Name: in.Body.Name, Fields: in.Body.Fields, Employer: in.Body.Employer, Title: in.Body.Title,
		Region: in.Body.Region, Account: in.Body.Account, Interests: in.Body.Interests, Away: in.Body.Away, Suspended: in.Body.Suspended}
	if in.Expert == "new" {
		e.ID = ""
	}
	kept, err := a.Experts.Put(ctx, e, by)
	return expertOf(kept), err
}

type expertReviewView struct {
	ID       string        `json:"id" doc:"标识"`
	Number   string        `json:"number" doc:"办件编号"`
	Question string        `json:"question" doc:"请专家评审什么"`
	Wanted   int           `json:"wanted" doc:"抽几位"`
	Standing string        `json:"standing" doc:"进展"`
	Day      calendar.Day  `json:"day,omitzero" doc:"哪一天评审"`
	Place    string        `json:"place,omitempty" doc:"地点"`
	Rounds   []expertRound `json:"rounds" doc:"每一次抽取"`
	Opinions []expertSaid  `json:"opinions" doc:"专家签署的意见"`
	Summary  string        `json:"summary,omitempty" doc:"汇总意见"`
}

type expertRound struct {
	Why     string            `json:"why,omitempty" doc:"重新抽取的理由"`
	Print   string            `json:"print" doc:"事先公布的种子指纹：种子的 SHA-256"`
	Seed    string            `json:"seed,omitempty" doc:"种子，随抽取公布"`
	Until   calendar.Day      `json:"until" doc:"申请人可以申请回避到哪一天"`
	Pool    []expertCandidate `json:"pool" doc:"候选专家"`
	Out     []expertOut       `json:"out" doc:"回避的人和理由"`
	Order   []string          `json:"order" doc:"抽出的顺序：“种子/标识”的 SHA-256 由小到大"`
	Invited []expertInvited   `json:"invited" doc:"邀请和答复"`
	Proven  bool              `json:"proven" doc:"核对结果：种子与指纹、顺序一致"`
}

type expertCandidate struct {
	Expert   string `json:"expert" doc:"标识"`
	Name     string `json:"name" doc:"姓名"`
	Employer string `json:"employer" doc:"单位"`
	Title    string `json:"title,omitempty" doc:"职称"`
}

type expertOut struct {
	Name string `json:"name" doc:"姓名"`
	Why  string `json:"why" doc:"理由"`
}

type expertInvited struct {
	Expert string       `json:"expert" doc:"标识"`
	By     calendar.Day `json:"by,omitzero" doc:"答复期限"`
	Reply  string       `json:"reply,omitempty" doc:"accepted 接受，declined 不能参加，silent 逾期未答复，stood 回避；空为等答复"`
}

type expertSaid struct {
	Name    string `json:"name" doc:"专家"`
	Verdict string `json:"verdict" doc:"结论"`
	Text    string `json:"text" doc:"理由"`
}

func (a *API) reviewOf(r *experts.Review) expertReviewView {
	out := expertReviewView{string(r.ID), r.Number, r.Question, r.Wanted, r.Standing(calendar.DayOf(a.Now())), r.Day, r.Place, []expertRound{}, []expertSaid{}, r.Summary}
	for _, o := range r.Opinions {
		out.Opinions = append(out.Opinions, expertSaid{o.Name, o.Verdict, o.Text})
	}
	for _, round := range r.Rounds {
		v := expertRound{round.Why, round.Print, round.Seed, round.Until, []expertCandidate{}, []expertOut{}, []string{}, []expertInvited{}, round.Proven()}
		for _, c := range round.Pool {
			v.Pool = append(v.Pool, expertCandidate{string(c.Expert), c.Name, c.Employer, c.Title})
		}
		for _, o := range round.Out {
			v.Out = append(v.Out, expertOut{o.Name, o.Why})
		}
		for _, id := range round.Order {
			v.Order = append(v.Order, string(id))
		}
		for _, i := range round.Invited {
			v.Invited = append(v.Invited, expertInvited{string(i.Expert), i.By, string(i.Reply)})
		}
		out.Rounds = append(out.Rounds, v)
	}
	return out
}

func (a *API) expertReviews(ctx context.Context, by identity.Actor, _ *nothing) (list[expertReviewView], error) {
	all, err := a.Experts.Mine(ctx, by)
	return listed(all, a.reviewOf), err
}

// shown is what an act on a review came to.
func (a *API) shown(r *experts.Review, err error) (expertReviewView, error) {
	if err != nil {
		return expertReviewView{}, err
	}
	return a.reviewOf(r), nil
}

type announceInput struct {
	OfCase
	Body struct {
		Question string   `json:"question" maxLength:"2000" doc:"请专家评审什么"`
		Fields   []string `json:"fields" maxItems:"20" doc:"需要的专业"`
		Wanted   int      `json:"wanted" minimum:"1" maximum:"15" doc:"抽几位：三人以上单数"`
	}
}

func (a *API) announceExperts(ctx context.Context, by identity.Actor, in *announceInput) (expertReviewView, error) {
	c, err := a.find(ctx, in.Case, by)
	if err != nil {
		return expertReviewView{}, err
	}
	return a.shown(a.Experts.Announce(ctx, c.ID, in.Body.Question, in.Body.Fields, in.Body.Wanted, by))
}

// OfExpertReview names the review that an operation is about.
type OfExpertReview struct {
	Review string `path:"review" maxLength:"40" doc:"标识"`
}

func (a *API) expertReview(ctx context.Context, by identity.Actor, in *OfExpertReview) (expertReviewView, error) {
	return a.shown(a.Experts.Review(ctx, experts.ID(in.Review), by))
}

type expertActInput struct {
	OfExpertReview
	Body struct {
		Act     string       `json:"act" enum:"object,waive,rule,draw,redraw,answer,call,opine,sum" doc:"申请回避、无异议、决定回避、抽取、重新抽取、答复邀请、通知评审、签署意见、汇总"`
		Expert  string       `json:"expert,omitempty" maxLength:"40" doc:"哪位专家"`
		Yes     bool         `json:"yes,omitempty" doc:"回避成立；能参加"`
		Say     string       `json:"say,omitempty" maxLength:"2000" doc:"理由、意见、汇总"`
		Fields  []string     `json:"fields,omitempty" maxItems:"20" doc:"重新抽取的专业"`
		Day     calendar.Day `json:"day,omitzero" doc:"哪一天评审"`
		Place   string       `json:"place,omitempty" maxLength:"100" doc:"评审地点"`
		Verdict string       `json:"verdict,omitempty" maxLength:"20" doc:"结论：同意、修改后同意、不同意"`
		Signed  struct {
			Name    string `json:"name" maxLength:"50" doc:"专家签名"`
			Strokes string `json:"strokes,omitempty" maxLength:"60000" doc:"手写签名的笔画；不写则以姓名签署"`
		} `json:"signed,omitzero" doc:"签署；签署意见必填"`
	}
}

func (a *API) actOnExpertReview(ctx context.Context, by identity.Actor, in *expertActInput) (expertReviewView, error) {
	r, err := a.Experts.Review(ctx, experts.ID(in.Review), by)
	if err != nil {
		return expertReviewView{}, err
	}
	b, expert := in.Body, experts.ExpertID(in.Body.Expert)
	switch experts.Act(b.Act) {
	case experts.Object:
		r, err = a.Experts.Object(ctx, r.ID, expert, b.Say, by)
	case experts.Waive:
		r, err = a.Experts.Waive(ctx, r.ID, by)
	case experts.Rule:
		r, err = a.Experts.Rule(ctx, r.ID, expert, b.Yes, b.Say, by)
	case experts.Draw:
		r, err = a.Experts.Draw(ctx, r.ID, by)
	case experts.Redraw:
		r, err = a.Experts.Redraw(ctx, r.ID, b.Fields, b.Say, by)
	case experts.Answer:
		r, err = a.Experts.Answer(ctx, r.ID, expert, b.Yes, b.Say, by)
	case experts.Call:
		r, err = a.Experts.Call(ctx, r.ID, b.Day, b.Place, by)
	case experts.Opine:
		r, err = a.opineExpert(ctx, r, in, by)
	case experts.Sum:
		r, err = a.Experts.Sum(ctx, r.ID, b.Say, by)
	default:
		err = fault.New(fault.Invalid, "api.expert.act", "没有这种办理").At("act", "option", "请从所列的办理中选择")
	}
	return a.shown(r, err)
}

func (a *API) opineExpert(ctx context.Context, r *experts.Review, in *expertActInput, by identity.Actor) (*experts.Review, error) {
	c, _ := r.Find(experts.ExpertID(in.Body.Expert))
	signed, err := ink.Sign(ctx, a.Files, c.Name, in.Body.Signed.Strokes, in.Body.Signed.Name)
	if err != nil {
		return nil, err
	}
	return a.Experts.Opine(ctx, r.ID, c.Expert, cases.PanelOpinion{Verdict: in.Body.Verdict, Text: in.Body.Say, Signed: signed}, by)
}
