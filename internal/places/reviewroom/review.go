package reviewroom

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
	"tongban/internal/ground/sqldb"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/experts"
	"tongban/internal/places/frame"
)

// listView is the reviews of one's department, or those one was drawn for.
type listView struct {
	frame.View
	Rows  []*experts.Review
	At    string // where each of them is
	Today calendar.Day
	by    identity.Actor
}

func (p *Reviewroom) list(w http.ResponseWriter, r *http.Request) error {
	return p.show(w, r, frame.Actor(r), "/reviews/", func(v listView) page.Component { return listTemplate(v) })
}

func (p *Reviewroom) mine(w http.ResponseWriter, r *http.Request) error {
	return p.show(w, r, frame.Citizen(r, ""), "/my/reviews/", func(v listView) page.Component { return mineTemplate(v) })
}

func (p *Reviewroom) show(w http.ResponseWriter, r *http.Request, by identity.Actor, at string, as func(listView) page.Component) error {
	all, err := p.Experts.Mine(r.Context(), by)
	if err != nil {
		return err
	}
	page.Show(w, r, as(listView{frame.Of(r).Named("专家评审"), all, at, calendar.DayOf(p.Now()), by}))
	return nil
}

func bar(by identity.Actor) frame.DeskBar {
	return frame.DeskBar{Place: "专家评审", Home: "/reviews", Nav: append([]frame.Link{{Text: "专家评审", Href: "/reviews"}}, frame.WayBack(by)...)}
}

// planView offers to announce a draw.
type planView struct {
	frame.View
	Case cases.ID
	Err  error
	by   identity.Actor
	form *page.Form
}

func (v planView) was(name, otherwise string) string {
	if v.form == nil {
		return otherwise
	}
	return v.form.Text(name)
}

// planPage offers to announce the draw for a case, or leads to the one under way.
func (p *Reviewroom) planPage(w http.ResponseWriter, r *http.Request) error {
	id, by := cases.ID(page.Query(r).Text("case")), frame.Actor(r)
	c, err := p.Experts.Cases.Case(r.Context(), id, by)
	if err != nil {
		return err
	}
	if c.Panel != nil && c.Panel.Summary == "" {
		page.SeeOther(w, r, "/reviews/"+c.Panel.Review)
		return nil
	}
	page.Show(w, r, planTemplate(planView{View: frame.Of(r).Named("公布抽取方案"), Case: id, by: by}))
	return nil
}

func (p *Reviewroom) announce(w http.ResponseWriter, r *http.Request) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	id, wanted := cases.ID(f.Text("case")), f.Int("wanted")
	review, err := sqldb.Judged(r.Context(), f.Err(), func(ctx context.Context) (*experts.Review, error) {
		return p.Experts.Announce(ctx, id, f.Text("question"), several(f.Text("fields")), wanted, frame.Actor(r))
	})
	if err == nil {
		page.SeeOther(w, r, "/reviews/"+string(review.ID))
		return nil
	}
	if kind := fault.Of(err); kind == fault.Internal || kind == fault.NotFound {
		return err
	}
	v := planView{View: frame.Of(r).Named("公布抽取方案"), Case: id, Err: err, by: frame.Actor(r), form: f}
	v.View = v.Faulty(err)
	page.ShowFault(w, r, err, planTemplate(v))
	return nil
}

// reviewView is one review as somebody who has to do with it sees it.
type reviewView struct {
	frame.View
	Review *experts.Review
	Now    experts.Round
	Today  calendar.Day
	by     identity.Actor
	Own    string         // key of the expert who looks; "" nobody's
	Study  []cases.Handed // what the expert who looks may read
	Reads  bool
	Err    error
	asked  string // key of the expert whose form was asked for
	form   *page.Form
}

func (v reviewView) was(name string) string {
	if v.form == nil {
		return ""
	}
	return v.form.Text(name)
}

// opens reports whether the form of an expert stands open: one at a time, as
// forms of the same questions would answer for one another. It is the reader's
// own, the one asked for, or the one that was refused.
func (v reviewView) opens(c experts.Candidate) bool {
	return string(c.Expert) == cmp.Or(v.was("expert"), v.asked, v.Own)
}

func (p *Reviewroom) of(r *http.Request, by identity.Actor) (reviewView, error) {
	review, err := p.Experts.Review(r.Context(), experts.ID(r.PathValue("review")), by)
	if err != nil {
		return reviewView{}, err
	}
	v := reviewView{View: frame.Of(r).Named("专家评审 " + review.ItemName), Review: review, Now: review.Now(), Today: calendar.DayOf(p.Now()), by: by, asked: page.Query(r).Text("expert")}
	if c, is := review.Expert(by); is {
		v.Own = string(c.Expert)
	}
	if v.Reads = review.Studies(by); v.Reads {
		v.Study, err = p.Experts.Materials(r.Context(), review.ID, by)
	}
	return v, err
}

func (p *Reviewroom) review(w http.ResponseWriter, r *http.Request) error {
	v, err := p.of(r, frame.Actor(r))
	if err == nil {
		page.Show(w, r, deskTemplate(v))
	}
	return err
}

func (p *Reviewroom) minePage(w http.ResponseWriter, r *http.Request) error {
	v, err := p.of(r, frame.Citizen(r, ""))
	if err == nil {
		v.View = v.Under(frame.Link{Text: "首页", Href: "/"}, frame.Link{Text: "我的办件", Href: "/my"})
		page.Show(w, r, ownTemplate(v))
	}
	return err
}

func (p *Reviewroom) reviewAct(w http.ResponseWriter, r *http.Request) error {
	return p.do(w, r, frame.Actor(r), "/reviews/", func(v reviewView) page.Component { return deskTemplate(v) })
}

func (p *Reviewroom) mineAct(w http.ResponseWriter, r *http.Request) error {
	return p.do(w, r, frame.Citizen(r, ""), "/my/reviews/", func(v reviewView) page.Component { return ownTemplate(v) })
}

// do does what a form of the review says, and shows it again where it is refused.
func (p *Reviewroom) do(w http.ResponseWriter, r *http.Request, by identity.Actor, at string, as func(reviewView) page.Component) error {
	v, err := p.of(r, by)
	if err != nil {
		return err
	}
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	err = p.act(r.Context(), v.Review, f, by)
	if err == nil {
		page.SeeOther(w, r, p.onward(r.Context(), at, v.Review.ID, by))
		return nil
	}
	if fault.Of(err) == fault.Internal {
		return err
	}
	v.Err, v.form = err, f
	v.View = v.Faulty(err)
	page.ShowFault(w, r, err, as(v))
	return nil
}

// onward is where one goes after an act: back to the review, or to the list if one
// has no more to do with it.
func (p *Reviewroom) onward(ctx context.Context, at string, id experts.ID, by identity.Actor) string {
	if _, err := p.Experts.Review(ctx, id, by); fault.Of(err) == fault.Forbidden {
		return strings.TrimSuffix(at, "/")
	}
	return at + string(id)
}

func (p *Reviewroom) act(ctx context.Context, review *experts.Review, f *page.Form, by identity.Actor) (err error) {
	id, expert := review.ID, experts.ExpertID(f.Text("expert"))
	switch experts.Act(f.Text("act")) {
	case experts.Object:
		_, err = p.Experts.Object(ctx, id, expert, f.Text("why"), by)
	case experts.Waive:
		_, err = p.Experts.Waive(ctx, id, by)
	case experts.Rule:
		upheld := f.YesOrNo("upheld")
		_, err = sqldb.Judged(ctx, f.Err(), func(ctx context.Context) (*experts.Review, error) {
			return p.Experts.Rule(ctx, id, expert, upheld, f.Text("answer"), by)
		})
	case experts.Draw:
		_, err = p.Experts.Draw(ctx, id, by)
	case experts.Redraw:
		_, err = p.Experts.Redraw(ctx, id, several(f.Text("fields")), f.Text("why"), by)
	case experts.Answer:
		comes := f.YesOrNo("comes")
		if err = f.Err(); err == nil { // only who cannot come says why
			_, err = p.Experts.Answer(ctx, id, expert, comes, f.Text("why"), by)
		}
	case experts.Call:
		day := calendar.Parse(f.Date("day"))
		_, err = sqldb.Judged(ctx, f.Err(), func(ctx context.Context) (*experts.Review, error) {
			return p.Experts.Call(ctx, id, day, f.Text("place"), by)
		})
	case experts.Opine:
		err = p.opine(ctx, review, expert, f, by)
	case experts.Sum:
		_, err = p.Experts.Sum(ctx, id, f.Text("text"), by)
	default:
		err = experts.None()
	}
	return err
}

// opine takes an opinion with the expert's own signature.
func (p *Reviewroom) opine(ctx context.Context, review *experts.Review, expert experts.ExpertID, f *page.Form, by identity.Actor) error {
	c, _ := review.Find(expert)
	o := cases.PanelOpinion{Verdict: f.Text("verdict"), Text: f.Text("text")}
	signed, err := frame.ReadInk(ctx, f, "sign", c.Name, p.Files)
	if err != nil {
		_, also := review.Opine(expert, o, by, p.Now())
		return fault.Together(err, also)
	}
	o.Signed = signed
	_, err = p.Experts.Opine(ctx, review.ID, expert, o, by)
	return err
}

func (v reviewView) may(act experts.Act) bool { return v.Review.May(act, v.by, v.Today) == nil }

// speaks reports whether the reader answers and signs for an expert.
func (v reviewView) speaks(c experts.Candidate) bool {
	_, err := v.Review.Speaks(experts.Answer, c.Expert, v.by)
	return err == nil
}

func (v reviewView) signs(c experts.Candidate) bool {
	_, err := v.Review.Signs(c.Expert, v.by, v.Today)
	return err == nil
}

// name is an expert's, with the employer.
func (v reviewView) name(id experts.ExpertID) string {
	c, _ := v.Review.Find(id)
	return cases.PanelMember{Name: c.Name, Employer: c.Employer, Title: c.Title}.Line()
}

// objectable are those whom the applicant may ask to stand aside, and has not asked yet.
func (v reviewView) objectable() []frame.Choice {
	all := []frame.Choice{{Value: "", Label: "请选择"}}
	for _, id := range v.Review.Objectionable() {
		if slices.ContainsFunc(v.Now.Objections, func(o experts.Objection) bool { return o.Expert == id }) {
			continue
		}
		all = append(all, frame.Choice{Value: string(id), Label: v.name(id)})
	}
	return all
}

func verdicts() (all []frame.Choice) {
	for _, v := range experts.Verdicts {
		all = append(all, frame.Choice{Value: v, Label: v})
	}
	return all
}

func replyTone(r experts.Reply) frame.Tone {
	switch r {
	case experts.Accepted:
		return frame.Green
	case "":
		return frame.Blue
	}
	return frame.Amber
}

func moments(r *experts.Review) []frame.Moment {
	var all []frame.Moment
	for _, n := range slices.Backward(r.Log) {
		all = append(all, frame.Moment{When: n.At.In(calendar.Zone).Format("2006年1月2日 15:04"), What: n.Act.Han(), Who: n.By, Note: n.Say})
	}
	return all
}

// facts is what was published of one draw.
func facts(r experts.Round) []frame.Row {
	rows := []frame.Row{{Key: "公布", Value: moment(r.At)}, {Key: "可申请回避至", Value: r.Until.Han()}, {Key: "候选", Value: strconv.Itoa(len(r.Pool)) + " 位"}, {Key: "种子指纹（SHA-256）", Value: r.Print}}
	if r.Why != "" {
		rows = append([]frame.Row{{Key: "重新抽取的理由", Value: r.Why}}, rows...)
	}
	if r.Seed == "" {
		return rows
	}
	proven := "不一致！"
	if r.Proven() {
		proven = "一致：种子的 SHA-256 等于指纹，顺序等于“种子/专家编号”的 SHA-256 由小到大"
	}
	var order []string
	for _, id := range r.Order {
		order = append(order, string(id))
	}
	return append(rows, frame.Row{Key: "种子", Value: r.Seed}, frame.Row{Key: "顺序", Value: strings.Join(order, " → ")}, frame.Row{Key: "核对", Value: proven})
}

func moment(t time.Time) string { return t.In(calendar.Zone).Format("2006年1月2日 15:04") }
