package openapi

import (
	"context"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/register/companies"
)

// routeCompanies names the operations of the register of companies.
func (a *API) routeCompanies(b *book) {
	public(b, "GET /companies", "listCompanyNotices", "企业登记簿", "公示中的企业：拟简易注销、正在清算、歇业", a.companyNotices)
	public(b, "GET /companies/{company}", "getCompany", "企业登记簿", "一家公司的登记事项、状态、记录，能办和不能办的事及原因", a.company)
	signed(b, "POST /companies/{company}/acts", "actOnCompany", "企业登记簿", "公示终止歇业、简易注销公示、清算公告、撤销公示（本公司），提出异议（利害关系人、部门）", a.actOnCompany)
}

type companyView struct {
	Code    string       `json:"code" doc:"统一社会信用代码"`
	Name    string       `json:"name" doc:"名称"`
	State   string       `json:"state" enum:"running,resting,closing,struck,gone" doc:"状态：存续、歇业、拟注销、吊销未注销、注销"`
	Say     string       `json:"say" doc:"状态的名称"`
	Head    string       `json:"head" doc:"法定代表人"`
	Address string       `json:"address" doc:"住所"`
	Capital string       `json:"capital,omitempty" doc:"注册资本"`
	Scope   string       `json:"scope,omitempty" doc:"经营范围"`
	Born    calendar.Day `json:"born" doc:"成立日期"`
	Ended   calendar.Day `json:"ended,omitzero" doc:"注销日期"`
}

type companyDetail struct {
	companyView
	Rest     *companies.Rest  `json:"rest,omitempty" doc:"歇业期限和法律文书送达地址"`
	Notice   *companyNotice   `json:"notice,omitempty" doc:"注销公示"`
	Acts     []companyOffer   `json:"acts" doc:"能办和不能办的事"`
	Warnings []companyWarning `json:"warnings" doc:"要留意的期限"`
	History  []companyMoment  `json:"history" doc:"一路办过的事"`
}

type companyNotice struct {
	Simple     bool         `json:"simple" doc:"简易注销公示；否则为清算组和债权人公告"`
	From       calendar.Day `json:"from" doc:"起"`
	Until      calendar.Day `json:"until" doc:"止"`
	Objections int          `json:"objections" doc:"异议几条"`
}

type companyOffer struct {
	Act   companies.Act `json:"act" doc:"办理"`
	Name  string        `json:"name" doc:"名称"`
	Item  items.ID      `json:"item,omitempty" doc:"凭哪个事项申请；没有的用 POST acts 办"`
	May   bool          `json:"may" doc:"现在能不能办"`
	Why   string        `json:"why,omitempty" doc:"不能办的原因和怎么办"`
	Basis string        `json:"basis,omitempty" doc:"依据"`
}

type companyWarning struct {
	Rule string       `json:"rule" doc:"规则"`
	Red  bool         `json:"red" doc:"已经过期或者到顶"`
	Due  calendar.Day `json:"due" doc:"日期"`
	Say  string       `json:"say" doc:"内容"`
}

type companyMoment struct {
	Act    companies.Act    `json:"act" doc:"办理"`
	Name   string           `json:"name" doc:"名称"`
	By     string           `json:"by" doc:"谁"`
	At     time.Time        `json:"at" doc:"什么时候"`
	Number string           `json:"number,omitempty" doc:"办件编号"`
	Lines  []companies.Line `json:"lines" doc:"变更的登记事项"`
}

func companyOf(c *companies.Company) companyView {
	return companyView{c.Code, c.Name, string(c.State), c.State.Han(), c.Head, c.Address, c.Capital, c.Scope, c.Born, c.Ended}
}

type afterInput struct {
	After string `query:"after" maxLength:"80" doc:"上一页的 next"`
}

// companyNotices are the companies that announced their end, or rest: public by law.
func (a *API) companyNotices(ctx context.Context, _ identity.Actor, in *afterInput) (list[companyView], error) {
	all, err := a.Companies.Notices(ctx, in.After)
	return paged(all, companyOf, perPage, (*companies.Company).Cursor), err
}

// OfCompany names the company that an operation is about.
type OfCompany struct {
	Company string `path:"company" maxLength:"18" doc:"统一社会信用代码" example:"91320300YB9000012R"`
}

func (a *API) company(ctx context.Context, _ identity.Actor, in *OfCompany) (companyDetail, error) {
	c, err := a.Companies.Public(ctx, in.Company)
	if err != nil {
		return companyDetail{}, err
	}
	return a.companyDetail(ctx, c)
}

func (a *API) companyDetail(ctx context.Context, c *companies.Company) (companyDetail, error) {
	today := calendar.DayOf(a.Now())
	out := companyDetail{companyView: companyOf(c), Rest: c.Rest, Acts: []companyOffer{}, Warnings: []companyWarning{}, History: []companyMoment{}}
	if n := c.Notice; n != nil {
		out.Notice = &companyNotice{n.Simple, n.From, n.Until, len(n.Objections)}
	}
	for _, o := range c.Offers(today) {
		if !o.Done {
			out.Acts = append(out.Acts, companyOffer{o.Row.Act, o.Row.Han, a.Plan.ItemFor(o.Row.Act), o.Why == "", o.Why, o.Row.Basis})
		}
	}
	for _, w := range c.Warnings(today) {
		out.Warnings = append(out.Warnings, companyWarning{w.Rule, w.Red, w.Due, w.Say})
	}
	history, err := a.Companies.History(ctx, c.ID)
	for _, m := range history {
		out.History = append(out.History, companyMoment{m.Act, m.Act.Han(), m.By, m.At, m.Step.Number, some(m.Lines)})
	}
	return out, err
}

type companyActInput struct {
	OfCompany
	Body struct {
		Act  companies.Act `json:"act" enum:"resume,announce,liquidate,abandon,object" doc:"公示终止歇业、简易注销公示、清算组和债权人公告、撤销注销公示、提出异议"`
		Say  string        `json:"say" minLength:"1" maxLength:"500" doc:"情况、承诺的投资人、清算组成员、原因或者异议的内容"`
		Kind string        `json:"kind,omitempty" enum:"债权人,其他利害关系人" doc:"提出异议时：身份；部门不写"`
	}
}

// actOnCompany is what a company makes public itself, or an objection to it.
func (a *API) actOnCompany(ctx context.Context, by identity.Actor, in *companyActInput) (companyDetail, error) {
	var c *companies.Company
	var err error
	switch in.Body.Act {
	case companies.Object:
		c, err = a.Companies.Oppose(ctx, in.Company, in.Body.Kind, in.Body.Say, by)
	default:
		c, err = a.Companies.Do(ctx, in.Company, in.Body.Act, in.Body.Say, by)
	}
	if err != nil {
		return companyDetail{}, err
	}
	return a.companyDetail(ctx, c)
}
