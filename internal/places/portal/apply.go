package portal

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/parties"
	"tongban/internal/engine/forms"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/joint"
	"tongban/internal/places/frame"
)

type applyView struct {
	frame.View
	Edition  *items.Edition
	Gets     []string
	Who      []string
	Long     string
	Cost     string
	By       string // the agencies that do it
	Needs    []items.Material
	Minutes  int
	SignedIn string         // in whose name
	Wrong    string         // why this party cannot apply
	Places   []frame.Choice // of other installations that may decide it instead (全程网办)
	To       string         // which of them the draft is for
	Draft    string         // one that is under way
	At       string         // this address, with what was answered in the self-test
	Err      error
}

// applyPage is the start page: what one gets, who can, how long, what it costs
// and what one needs.
func (p *Portal) applyPage(w http.ResponseWriter, r *http.Request) error {
	v, err := p.applyView(r)
	return showOr(w, r, err, applyTemplate(v))
}

// costs are all fees, of a matter those of each of its items.
func costs(fees []items.Fee) string {
	var all []string
	for _, f := range fees {
		if say := f.Name + "：" + f.Standard; !slices.Contains(all, say) {
			all = append(all, say)
		}
	}
	if len(all) == 0 {
		return "不收费"
	}
	return strings.Join(all, "；")
}

// doneBy are the agencies that do what is applied for: of a matter those of its
// items here, not the one in the province that leads it.
func (p *Portal) doneBy(r *http.Request, e *items.Edition) (string, error) {
	if !joint.Is(e.Item) {
		return e.AgencyName, nil
	}
	t, err := p.Themes.Current(r.Context(), joint.Of(e.Item))
	if err != nil {
		return "", err
	}
	made, err := p.Themes.Compose(r.Context(), t)
	if err != nil {
		return "", err
	}
	var all []string
	for _, part := range made.Parts {
		if !slices.Contains(all, part.Agency) {
			all = append(all, part.Agency)
		}
	}
	return strings.Join(all, "、"), nil
}

// begun is an application of which nothing is told yet.
func begun(e *items.Edition, today calendar.Day) *application {
	return &application{Draft: &cases.Draft{}, Edition: e, Whole: e.Form.With(e.Questions), Today: today}
}

func (p *Portal) applyView(r *http.Request) (applyView, error) {
	ctx, by := r.Context(), frame.Actor(r)
	e, err := p.offered(ctx, items.ID(r.PathValue("item")), nil)
	if err != nil {
		return applyView{}, err
	}
	v := applyView{View: frame.Of(r).Named(e.Name).Under(frame.Link{Text: "首页", Href: "/"}, guideLink(e.Item)),
		Edition: e, Long: "受理后" + takes(e), Needs: e.Materials}
	v.At = applyAt(e.Item, answersOf(page.Query(r), e))
	if v.Places, err = p.otherPlaces(r, e); err != nil {
		return v, err
	}
	for _, g := range e.Results {
		if g.Name != "" && g.Name != "无" {
			v.Gets = append(v.Gets, g.Name)
		}
	}
	if len(v.Gets) == 0 {
		v.Gets = []string{"办理完成的通知"}
	}
	for _, o := range e.Objects {
		v.Who = append(v.Who, string(o))
	}
	v.Cost = costs(e.Fees)
	if v.By, err = p.doneBy(r, e); err != nil {
		return v, err
	}
	v.Minutes = minutes(begun(e, calendar.DayOf(p.Now())).way())
	if by.Party == "" {
		return v, nil
	}
	party, err := p.Parties.View(ctx, by.Party, by)
	if err != nil {
		return v, err
	}
	v.SignedIn = party.Name
	if err := cases.Fits(e, cases.Applicant{Org: party.Kind == parties.Organisation}); err != nil {
		v.Wrong = fault.Say(err)
	} else if err := p.Cases.MayApply(ctx, by.Party, e); err != nil {
		if fault.Of(err) == fault.Internal {
			return v, err
		}
		v.Wrong = fault.Say(err)
	}
	drafts, err := p.Cases.DraftsOf(ctx, by)
	for _, d := range drafts {
		if d.Item == e.Item {
			v.Draft, v.To = d.ID, placeOf(d.To)
		}
	}
	return v, err
}

// begin opens a draft, or goes on with the one there is.
func (p *Portal) begin(w http.ResponseWriter, r *http.Request) error {
	v, err := p.applyView(r)
	if err != nil {
		return err
	}
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	by, item := frame.Actor(r), v.Edition.Item
	if by.Party == "" {
		return fault.New(fault.Forbidden, "portal.apply.party", "工作人员账号没有个人办事身份，请用个人账号登录后办理")
	}
	who, err := p.applicant(r)
	if err != nil {
		return err
	}
	begin := p.Cases.Begin
	if joint.Is(item) {
		begin = p.Joint.Begin
	}
	d, err := begin(r.Context(), item, who, by)
	if kind := fault.Of(err); kind == fault.Invalid || kind == fault.Forbidden || kind == fault.Conflict {
		v.Err = err
		page.ShowFault(w, r, err, applyTemplate(v))
		return nil
	}
	if err != nil {
		return err
	}
	if err := p.carryTest(r, v.Edition, d); err != nil {
		return err
	}
	if err := p.carryPlace(r, f, v.Edition, d); err != nil {
		return err
	}
	page.SeeOther(w, r, "/my/drafts/"+d.ID)
	return nil
}

// carryTest puts what was answered in the self-test (情形自测) into a draft that
// has no answers yet, so that nobody is asked twice.
func (p *Portal) carryTest(r *http.Request, e *items.Edition, d *cases.Draft) error {
	answers := answersOf(page.Query(r), e)
	if len(answers) == 0 || len(d.Answers) > 0 {
		return nil
	}
	whole := e.Form.With(e.Questions)
	_, err := p.Cases.Saved(r.Context(), d.ID, frame.Actor(r), func(d *cases.Draft) error {
		d.Answers = forms.Normalize(whole, answers)
		return nil
	})
	return err
}

// applyAt is where one applies, with these answers.
func applyAt(item items.ID, answers forms.Answers) string {
	q := url.Values{}
	for id, a := range answers {
		q[id] = strings.Split(a, "\n")
	}
	if len(q) == 0 {
		return "/apply/" + string(item)
	}
	return "/apply/" + string(item) + "?" + q.Encode()
}

// applicant is whoever acts, as the case will name them.
func (p *Portal) applicant(r *http.Request) (cases.Applicant, error) {
	by := frame.Actor(r)
	party, err := p.Parties.View(r.Context(), by.Party, by)
	a := cases.Applicant{Party: party.ID, Name: party.Name, Org: party.Kind == parties.Organisation}
	if a.Org {
		a.Agent = by.Name
	}
	return a, err
}

func (v applyView) needs() string {
	return fmt.Sprintf("需要准备的材料（%d 项）", len(v.Needs))
}

// guideLink leads to what is told of an item or a theme.
func guideLink(item items.ID) frame.Link {
	if joint.Is(item) {
		return frame.Link{Text: "一件事", Href: "/themes/" + string(joint.Of(item))}
	}
	return frame.Link{Text: "办事指南", Href: "/items/" + string(item)}
}
