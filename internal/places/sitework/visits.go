package sitework

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/projects"
	"tongban/internal/handling/visits"
	"tongban/internal/places/frame"
)

// visitsView is 联合踏勘: the visits of one's department.
type visitsView struct {
	frame.View
	Bar   frame.DeskBar
	Rows  []*visits.Visit
	Bids  []projects.Bid // gatherings of construction projects
	Today calendar.Day
}

func (s *Sitework) visits(w http.ResponseWriter, r *http.Request) error {
	by := frame.Actor(r)
	all, err := s.Visits.Mine(r.Context(), by)
	if err != nil {
		return err
	}
	bids, err := s.Projects.Bidden(r.Context(), by)
	if err != nil {
		return err
	}
	page.Show(w, r, visitsTemplate(visitsView{frame.Of(r).Named("联合踏勘"), visitBar(by), all, bids, calendar.DayOf(s.Now())}))
	return nil
}

func visitBar(by identity.Actor) frame.DeskBar {
	b := bar(by)
	b.Place, b.Home = "联合踏勘", "/visits"
	b.Nav[0] = frame.Link{Text: "联合踏勘", Href: "/visits"}
	return b
}

// visitView is one visit: proposed and not yet called, or under way.
type visitView struct {
	frame.View
	Bar    frame.DeskBar
	Visit  *visits.Visit
	Case   cases.ID // it would be called for
	Own    visits.Part
	Points []visits.Point // that one's department looks at
	Me     string
	Mine   bool // the actor called it
	Today  calendar.Day
	Next   string
	Err    error
	form   *page.Form
}

func (v visitView) called() bool { return v.Visit.ID != "" }

// decides reports whether the actor's department still has to conclude today.
func (v visitView) decides() bool {
	return v.called() && v.Own.Agency != "" && v.Own.Verdict == "" && v.Today >= v.Visit.Day
}

func (v visitView) confirms() bool {
	return v.called() && v.Own.Agency != "" && v.Own.Verdict == "" && !v.Own.Absent && !v.Own.Agreed
}

func (v visitView) moves() bool {
	return v.called() && v.Mine && v.Today < v.Visit.Day && v.Visit.Ended.IsZero()
}

// was is what was entered in a form that is shown again.
func (v visitView) was(name string) string {
	if v.form == nil {
		return ""
	}
	return v.form.Text(name)
}

// planPage offers to call the visit that the matter of a case needs, or leads to
// the one that is under way.
func (s *Sitework) planPage(w http.ResponseWriter, r *http.Request) error {
	return s.plan(w, r, cases.ID(page.Query(r).Text("case")), nil, nil)
}

func (s *Sitework) plan(w http.ResponseWriter, r *http.Request, id cases.ID, f *page.Form, wrong error) error {
	by := frame.Actor(r)
	proposed, err := s.Visits.Propose(r.Context(), id, by)
	if err != nil {
		return err
	}
	before, err := s.Visits.OfCase(r.Context(), id, by)
	if err != nil {
		return err
	}
	switch {
	case len(before) > 0 && (before[0].Ended.IsZero() || proposed == nil):
		page.SeeOther(w, r, "/visits/"+string(before[0].ID))
		return nil
	case proposed == nil:
		return fault.New(fault.Conflict, "visits.call.none", "现在没有两个以上部门要看同一个现场，不用联合踏勘")
	}
	return s.showVisit(w, r, visitView{Visit: proposed, Case: id, form: f}, wrong)
}

func (s *Sitework) callVisit(w http.ResponseWriter, r *http.Request) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	id, day := cases.ID(f.Text("case")), calendar.Parse(f.Date("day"))
	v, err := sqldb.Judged(r.Context(), f.Err(), func(ctx context.Context) (*visits.Visit, error) {
		return s.Visits.Call(ctx, id, day, f.Text("where"), frame.Actor(r))
	})
	if err == nil {
		page.SeeOther(w, r, "/visits/"+string(v.ID))
		return nil
	}
	return s.plan(w, r, id, f, err)
}

func (s *Sitework) visit(w http.ResponseWriter, r *http.Request) error {
	v, err := s.Visits.Visit(r.Context(), visits.ID(r.PathValue("visit")), frame.Actor(r))
	if err != nil {
		return err
	}
	return s.showVisit(w, r, visitView{Visit: v}, nil)
}

func (s *Sitework) showVisit(w http.ResponseWriter, r *http.Request, v visitView, wrong error) error {
	by := frame.Actor(r)
	v.View, v.Bar, v.Today, v.Err, v.Me = frame.Of(r).Named("联合踏勘 "+v.Visit.Name), visitBar(by), calendar.DayOf(s.Now()), wrong, by.Name
	v.Next, v.Mine = (v.Today + 1).String(), v.Visit.Caller.Account == by.Account
	for _, p := range v.Visit.Parts {
		if p.Agency == v.Visit.Agency(by) {
			v.Own, v.Points = p, v.Visit.Own(p.Agency)
		}
	}
	if wrong != nil {
		v.View = v.Faulty(wrong)
		page.ShowFault(w, r, wrong, visitTemplate(v))
		return nil
	}
	page.Show(w, r, visitTemplate(v))
	return nil
}

// visitAct does what a form of the visit says.
func (s *Sitework) visitAct(w http.ResponseWriter, r *http.Request) error {
	f, err := page.ReadUpload(w, r, frame.MostProof)
	if err != nil {
		return err
	}
	ctx, id, by := r.Context(), visits.ID(r.PathValue("visit")), frame.Actor(r)
	switch f.Text("act") {
	case "agree":
		_, err = s.Visits.Agree(ctx, id, by)
	case "ask":
		day := calendar.Parse(f.Date("rather"))
		_, err = sqldb.Judged(ctx, f.Err(), func(ctx context.Context) (*visits.Visit, error) {
			return s.Visits.AskFor(ctx, id, day, f.Text("why"), by)
		})
	case "move":
		day := calendar.Parse(f.Date("day"))
		_, err = sqldb.Judged(ctx, f.Err(), func(ctx context.Context) (*visits.Visit, error) { return s.Visits.MoveTo(ctx, id, day, by) })
	case "conclude":
		err = s.conclude(r, id, f)
	default:
		err = visits.None()
	}
	if err == nil {
		page.SeeOther(w, r, "/visits/"+string(id))
		return nil
	}
	v, gone := s.Visits.Visit(ctx, id, by)
	if gone != nil || fault.Of(err) == fault.Internal {
		return err
	}
	return s.showVisit(w, r, visitView{Visit: v, form: f}, frame.AtEvidence(err))
}

// shown gives out a file that a conclusion rests on, to those who may see the visit.
func (s *Sitework) shown(w http.ResponseWriter, r *http.Request) error {
	v, err := s.Visits.Visit(r.Context(), visits.ID(r.PathValue("visit")), frame.Actor(r))
	if err != nil {
		return err
	}
	f, ok := v.Shown(r.PathValue("hash"))
	if !ok {
		return fault.New(fault.NotFound, "visits.evidence.none", "这次踏勘里没有这份证据")
	}
	content, err := s.Files.Open(r.Context(), f.Hash)
	if err != nil {
		return err
	}
	content.Serve(w, r, f.Name)
	return nil
}

// where is the place the evidence was taken at: that of the visit, if nobody said another.
func (v visitView) where() string {
	if v.form == nil {
		return v.Visit.Where
	}
	return v.was("place")
}

func (s *Sitework) conclude(r *http.Request, id visits.ID, f *page.Form) error {
	ctx, by := r.Context(), frame.Actor(r)
	v, err := s.Visits.Visit(ctx, id, by)
	if err != nil {
		return err
	}
	c := visits.Conclusion{Verdict: f.Text("verdict"), Say: f.Text("say")}
	for _, p := range v.Own(v.Agency(by)) {
		if found := f.Text("meets." + p.ID); found != "" {
			c.Findings = append(c.Findings, visits.Finding{Point: p.ID, Meets: found == "yes", Say: f.Text("say." + p.ID)})
		}
	}
	evidence, unread := frame.ReadEvidence(ctx, f, s.Files)
	signed, unsigned := frame.ReadInk(ctx, f, "sign", by.Name, s.Files)
	c.Evidence, c.Signed = evidence, signed
	if refused := fault.Together(unread, unsigned); refused != nil {
		_, also := v.Conclude(c, by, s.Now())
		return frame.WithEvidence(refused, also)
	}
	_, err = s.Visits.Conclude(ctx, id, c, by)
	return err
}

// visitMoments is what was done, the latest first.
func visitMoments(v *visits.Visit) []frame.Moment {
	var all []frame.Moment
	for _, n := range slices.Backward(v.Log) {
		all = append(all, frame.Moment{When: momentHan(n.At), What: n.Act.Han(), Who: n.By, Note: n.Say})
	}
	return all
}

func momentHan(t time.Time) string { return t.In(calendar.Zone).Format("2006年1月2日 15:04") }

// who is the names of the departments that look at a point.
func who(v *visits.Visit, p visits.Point) string {
	var all []string
	for _, part := range v.Parts {
		for _, agency := range p.For {
			if part.Agency == agency {
				all = append(all, part.Name)
			}
		}
	}
	return strings.Join(all, "、")
}

// partWord is where a department stands, in a word.
func partWord(p visits.Part) (frame.Tone, string) {
	switch {
	case p.Verdict == visits.Pass:
		return frame.Green, p.Verdict
	case p.Verdict != "":
		return frame.Red, p.Verdict
	case p.Absent:
		return frame.Red, "缺席，等补作结论"
	case p.Rather != 0:
		return frame.Amber, "请求改到" + p.Rather.Han()
	case p.Agreed:
		return frame.Blue, "同意时间"
	case p.Reminded > 0:
		return frame.Amber, "已提醒，还没有答复"
	}
	return frame.Plain, "等答复"
}
