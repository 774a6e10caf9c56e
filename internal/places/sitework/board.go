package sitework

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/projects"
	"tongban/internal/places/frame"
)

type listView struct {
	frame.View
	Bar   frame.DeskBar
	Tabs  []frame.Link
	Rows  []projectRow
	Told  []frame.Link // handovers that the actor has yet to take note of
	Types []projects.Type
	Today calendar.Day
	Next  string
}

// projectRow is one project with what is the matter.
type projectRow struct {
	*projects.Project
	Stage  string
	Tone   frame.Tone
	Blocks int
	Asking calendar.Day
}

// perPage is how many projects a page of the list shows.
const perPage = 30

// list is all projects of the place, or those of one's department; those with
// open requests are the desk for major projects.
func (s *Sitework) list(w http.ResponseWriter, r *http.Request) error {
	q, by := page.Query(r), frame.Actor(r)
	f := projects.Filter{Major: q.Text("show") == "major", Asking: q.Text("show") == "asking", After: q.Text("after"), Limit: perPage}
	v := listView{View: frame.Of(r).Named("工程建设项目"), Bar: bar(by), Today: calendar.DayOf(s.Now()), Types: s.Projects.Types}
	all, err := s.Projects.List(r.Context(), f, by)
	if err != nil {
		return err
	}
	for _, p := range all {
		row, err := s.row(r, p)
		if err != nil {
			return err
		}
		v.Rows = append(v.Rows, row)
	}
	told, err := s.Projects.Told(r.Context(), by)
	if err != nil {
		return err
	}
	for _, p := range told {
		v.Told = append(v.Told, frame.Link{Text: p.Name + "：" + handoverFor(p, by), Href: "/projects/" + string(p.ID)})
	}
	v.Tabs = []frame.Link{{Text: "全部项目", Href: "/projects", Here: q.Text("show") == ""}, {Text: "重大项目", Href: "/projects?show=major", Here: f.Major}, {Text: "等答复的诉求", Href: "/projects?show=asking", Here: f.Asking}}
	if len(all) == perPage {
		v.Next = "/projects?" + url.Values{"show": {q.Text("show")}, "after": {all[perPage-1].Cursor()}}.Encode()
	}
	page.Show(w, r, listTemplate(v))
	return nil
}

func (s *Sitework) row(r *http.Request, p *projects.Project) (projectRow, error) {
	row := projectRow{Project: p, Stage: "全部完成", Tone: frame.Green, Asking: p.Asking()}
	course, err := s.Projects.Course(r.Context(), p)
	for _, step := range slices.Backward(course) {
		if step.No == projects.Parallel || step.Where == projects.Done {
			continue
		}
		row.Stage, row.Tone = step.Name+"："+stageWord(step), stageTone(step)
		if step.Where != projects.Blocked {
			row.Blocks += len(step.Blocks)
		}
	}
	return row, err
}

// bar is the head of the pages, with the way back to where one works.
func bar(by identity.Actor) frame.DeskBar {
	return frame.DeskBar{Place: "工程建设项目", Home: "/projects", Nav: append([]frame.Link{{Text: "项目", Href: "/projects"}}, frame.WayBack(by)...)}
}

// may is what the actor may do on the board now.
type may struct {
	Take, Call, Major, Answer bool
	Heirs                     []frame.Choice // who may be made the steward instead
	Opine, End                string         // meeting
}

func (s *Sitework) board(w http.ResponseWriter, r *http.Request) error {
	return s.showBoard(w, r, nil)
}

func (s *Sitework) showBoard(w http.ResponseWriter, r *http.Request, wrong error) error {
	by := frame.Actor(r)
	p, err := s.Projects.Project(r.Context(), projects.ID(r.PathValue("project")), by)
	if err != nil {
		return err
	}
	v, err := s.one(r, p, by)
	if err != nil {
		return err
	}
	v.View, v.Bar, v.May = frame.Of(r).Named(p.Name), bar(by), s.may(p, by)
	if v.May.Heirs, err = s.heirs(r.Context(), p, by); err != nil {
		return err
	}
	v.Handover = handoverFor(p, by)
	v.Today = (calendar.DayOf(s.Now()) + 1).String()
	if wrong != nil {
		v.Err, v.View = wrong, v.Faulty(wrong)
		page.ShowFault(w, r, wrong, boardTemplate(v))
		return nil
	}
	page.Show(w, r, boardTemplate(v))
	return nil
}

// may asks the rules, so that the page shows no button that would be refused.
func (s *Sitework) may(p *projects.Project, by identity.Actor) may {
	now := s.Now()
	allowed := func(_ projects.Moved, err error) bool { return err == nil }
	m := may{Take: p.Steward.Account == "" && allowed(p.TakeOn(by, "", by, now)), Major: allowed(p.MarkMajor("列入", by, now))}
	for _, meeting := range p.Meetings {
		if allowed(p.Say(meeting.ID, projects.Agree, "", by, now)) {
			m.Opine = meeting.ID
		}
		if allowed(p.End(meeting.ID, by, now)) {
			m.End = meeting.ID
		}
	}
	for _, step := range p.Type.Stages {
		for _, g := range step.Gathering {
			m.Call = m.Call || allowed(p.Call("x", g.Kind, step.No, calendar.DayOf(now)+1, "x", by, now))
		}
	}
	for _, request := range p.Requests {
		m.Answer = m.Answer || allowed(p.Reply(request.ID, "好", by, now))
	}
	return m
}

// boardAct does what a form of the board says.
func (s *Sitework) boardAct(w http.ResponseWriter, r *http.Request) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	ctx, id, by := r.Context(), projects.ID(r.PathValue("project")), frame.Asking(r, f.Text("request"))
	switch f.Text("act") {
	case "take":
		_, err = s.Projects.TakeOn(ctx, id, by, "", by)
	case "steward":
		err = s.handOver(r, f, id, by)
	case "hear":
		_, err = s.Projects.Hear(ctx, id, by)
	case "call":
		err = s.call(r, f, id, by)
	case "opine":
		_, err = s.Projects.Say(ctx, id, f.Text("meeting"), f.Text("verdict"), f.Text("say"), by)
	case "end":
		_, err = s.Projects.End(ctx, id, f.Text("meeting"), by)
	case "serve":
		_, err = s.Projects.Serve(ctx, id, f.Text("service"), f.Text("state"), "", by)
	case "major":
		_, err = s.Projects.MarkMajor(ctx, id, f.Text("why"), by)
	case "answer":
		_, err = s.Projects.Reply(ctx, id, f.Text("asked"), f.Text("answer"), by)
	default:
		err = fault.New(fault.Invalid, "sitework.act", "请选择要做什么")
	}
	if fault.Mendable(err) {
		return s.showBoard(w, r, err)
	}
	if err != nil {
		return err
	}
	page.SeeOther(w, r, "/projects/"+string(id))
	return nil
}

// call reads which gathering of which stage is called: "3/联合审图".
func (s *Sitework) call(r *http.Request, f *page.Form, id projects.ID, by identity.Actor) error {
	day := calendar.Parse(f.Date("day"))
	stage, kind := 0, ""
	if what := []rune(f.Text("what")); len(what) > 2 {
		stage, _ = strconv.Atoi(string(what[:1])) // what is no number is no stage
		kind = string(what[2:])
	}
	return sqldb.Judge(r.Context(), f.Err(), func(ctx context.Context) error {
		_, err := s.Projects.Call(ctx, id, kind, stage, day, f.Text("where"), by)
		return err
	})
}

// callable are the gatherings of a project that may be called.
func callable(v oneView) []frame.Choice {
	var all []frame.Choice
	for _, s := range v.Course {
		for _, h := range s.Held {
			if h.Where != projects.Running && h.Where != projects.Done {
				all = append(all, frame.Choice{Value: strconv.Itoa(s.No) + "/" + h.Kind, Label: h.Kind + "（" + s.Name + "）"})
			}
		}
	}
	return all
}

type typeView struct {
	frame.View
	Bar    frame.DeskBar
	Type   projects.Type
	Timing projects.Timing
	Odd    []projects.Finding
}

// typePage holds the limits of a flow against each other.
func (s *Sitework) typePage(w http.ResponseWriter, r *http.Request) error {
	i := slices.IndexFunc(s.Projects.Types, func(t projects.Type) bool { return t.ID == r.PathValue("type") })
	if i < 0 {
		return fault.New(fault.NotFound, "sitework.type", "没有这种项目类型")
	}
	by := frame.Actor(r)
	v := typeView{View: frame.Of(r).Named(s.Projects.Types[i].Name), Bar: bar(by), Type: s.Projects.Types[i], Odd: s.Projects.Odd}
	var err error
	if v.Timing, err = s.Projects.Timing(r.Context(), &v.Type); err != nil {
		return err
	}
	page.Show(w, r, typeTemplate(v))
	return nil
}
