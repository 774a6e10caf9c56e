package sitework

import (
	"net/http"
	"strconv"

	"tongban/internal/civic/identity"
	"tongban/internal/civic/parties"
	"tongban/internal/engine/forms"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/projects"
	"tongban/internal/places/frame"
)

// under is the view of a page below 我的.
func under(r *http.Request, title string, more ...frame.Link) frame.View {
	return frame.Of(r).Named(title).Under(append([]frame.Link{{Text: "首页", Href: "/"}, {Text: "我的", Href: "/my"}}, more...)...)
}

var mineCrumb = frame.Link{Text: "我的项目", Href: "/my/projects"}

type mineView struct {
	frame.View
	Rows []*projects.Project
}

// mine lists the projects of one's unit.
func (s *Sitework) mine(w http.ResponseWriter, r *http.Request) error {
	v := mineView{View: under(r, "我的项目")}
	var err error
	if v.Rows, err = s.Projects.Mine(r.Context(), frame.Citizen(r, "")); err != nil {
		return err
	}
	page.Show(w, r, mineTemplate(v))
	return nil
}

// newView is a project being registered.
type newView struct {
	frame.View
	Project projects.Project
	Types   []projects.Type
	Type    string
	Err     error
}

func (s *Sitework) newPage(w http.ResponseWriter, r *http.Request) error {
	page.Show(w, r, newTemplate(newView{View: under(r, "登记项目", mineCrumb), Types: s.Projects.Types}))
	return nil
}

func (s *Sitework) open(w http.ResponseWriter, r *http.Request) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	by := frame.Citizen(r, "")
	if by.Party == "" {
		return fault.New(fault.Forbidden, "sitework.party", "工作人员账号没有办事身份，请用单位账号登记项目")
	}
	party, err := s.Parties.View(r.Context(), by.Party, by)
	if err != nil {
		return err
	}
	p := projects.Project{Code: f.Text("code"), Name: f.Text("name"), Place: f.Text("place"), Answers: forms.Answers{}}
	p.Applicant = cases.Applicant{Party: party.ID, Name: party.Name, Org: party.Kind == parties.Organisation, Agent: by.Name}
	for _, part := range parts {
		if name := f.Text("unit." + part); name != "" {
			p.Units = append(p.Units, projects.Unit{Part: part, Name: name})
		}
	}
	for _, t := range s.Projects.Types {
		if t.ID != f.Text("type") {
			continue
		}
		for _, q := range t.Questions {
			p.Answers[q.ID] = f.Text("q." + q.ID)
		}
	}
	kept, err := s.Projects.Open(r.Context(), p, f.Text("type"), by)
	if err == nil {
		page.SeeOther(w, r, "/my/projects/"+string(kept.ID))
		return nil
	}
	if fault.Of(err) == fault.Internal {
		return err
	}
	v := newView{View: under(r, "登记项目", mineCrumb).Faulty(err), Project: p, Types: s.Projects.Types, Type: f.Text("type"), Err: err}
	page.ShowFault(w, r, err, newTemplate(v))
	return nil
}

// parts are the units that take part in building besides the one that orders it.
var parts = []string{"勘察", "设计", "施工", "监理"}

// oneView is a project, as its unit or the staff see it.
type oneView struct {
	frame.View
	Bar      frame.DeskBar // for staff
	Project  *projects.Project
	Course   []projects.Step
	Picture  []byte
	Facts    []frame.Row
	Say      map[string]projects.Standing // services by their ID
	May      may
	Serves   func(service, state string) bool // whether who looks may note it
	Bureaus  []frame.Choice
	Request  string
	Today    string
	Err      error
	Handover string // of a change of the steward, for one whom it concerns
}

// minePage is stage by stage what the unit has to hand in.
func (s *Sitework) minePage(w http.ResponseWriter, r *http.Request) error {
	return s.showMine(w, r, nil)
}

func (s *Sitework) showMine(w http.ResponseWriter, r *http.Request, wrong error) error {
	by := frame.Citizen(r, "")
	p, err := s.Projects.Project(r.Context(), projects.ID(r.PathValue("project")), by)
	if err != nil {
		return err
	}
	v, err := s.one(r, p, by)
	if err != nil {
		return err
	}
	v.View = under(r, p.Name, mineCrumb)
	if wrong != nil {
		v.Err, v.View = wrong, v.Faulty(wrong)
		page.ShowFault(w, r, wrong, minePageTemplate(v))
		return nil
	}
	page.Show(w, r, minePageTemplate(v))
	return nil
}

func (s *Sitework) one(r *http.Request, p *projects.Project, by identity.Actor) (oneView, error) {
	v := oneView{Project: p, Say: map[string]projects.Standing{}, Request: sqldb.NewID(), Facts: facts(p)}
	var err error
	if v.Course, err = s.Projects.Course(r.Context(), p); err != nil {
		return v, err
	}
	v.Picture = picture(v.Course)
	v.Serves = func(service, state string) bool {
		_, err := p.Serve(service, state, "", by, s.Now())
		return err == nil
	}
	for _, one := range p.Services {
		v.Say[one.ID] = one
	}
	bodies, err := s.Agencies.Directory(r.Context())
	if err != nil {
		return v, err
	}
	v.Bureaus = []frame.Choice{{Value: "", Label: "项目管家"}}
	for _, id := range p.Type.Agencies() {
		v.Bureaus = append(v.Bureaus, frame.Choice{Value: id, Label: bodies.Name(id)})
	}
	return v, nil
}

func facts(p *projects.Project) []frame.Row {
	rows := []frame.Row{{Key: "项目代码", Value: p.Code}, {Key: "建设单位", Value: p.Applicant.Name}, {Key: "项目类型", Value: p.Type.Name}, {Key: "建设地点", Value: p.Place}}
	for _, u := range p.Units {
		rows = append(rows, frame.Row{Key: u.Part + "单位", Value: u.Name})
	}
	steward := p.Steward.Name
	if steward == "" {
		steward = "还没有确定"
	}
	rows = append(rows, frame.Row{Key: "项目管家", Value: steward}, frame.Row{Key: "总时限", Value: p.Type.Total.String() + "（四个阶段合计）"})
	if p.Major != "" {
		rows = append(rows, frame.Row{Key: "重大项目", Value: p.Major})
	}
	return rows
}

// mineAct is what the unit does about its project.
func (s *Sitework) mineAct(w http.ResponseWriter, r *http.Request) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	ctx, id, by := r.Context(), projects.ID(r.PathValue("project")), frame.Citizen(r, f.Text("request"))
	switch f.Text("act") {
	case "begin":
		no, _ := strconv.Atoi(f.Text("stage")) // what is no number is no stage
		draft, err := s.Projects.Begin(ctx, id, no, by)
		if err == nil {
			page.SeeOther(w, r, "/my/drafts/"+draft)
			return nil
		}
		return s.mineRefused(w, r, err)
	case "attach":
		_, err = s.Projects.Attach(ctx, id, f.Text("number"), by)
	case "serve":
		_, err = s.Projects.Serve(ctx, id, f.Text("service"), projects.Asked, f.Text("say"), by)
	case "ask":
		_, err = s.Projects.Ask(ctx, id, f.Text("text"), f.Text("agency"), by)
	default:
		err = fault.New(fault.Invalid, "sitework.act", "请选择要做什么")
	}
	if err != nil {
		return s.mineRefused(w, r, err)
	}
	page.SeeOther(w, r, "/my/projects/"+string(id))
	return nil
}

func (s *Sitework) mineRefused(w http.ResponseWriter, r *http.Request, err error) error {
	if fault.Mendable(err) {
		return s.showMine(w, r, err)
	}
	return err
}
