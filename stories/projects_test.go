package stories

import (
	"slices"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/civic/parties"
	"tongban/internal/engine/forms"
	"tongban/internal/ground/fault"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/joint"
	"tongban/internal/handling/projects"

	"tongban/internal/app"
)

// projectSteps are the sentences about construction projects.
var projectSteps = []step{
	sentence(`(\S+) 登记项目 (\S+) 代码 (\S+) 类型 (\S+)(?: 情形 (.+))?`, openProject),
	sentence(`(\S+) 申报 (\S+) 的 (\S+)`, applyStage),
	sentence(`各岗位 办完 (\S+)`, handleMatter),
	sentence(`(\S+) 关联 (\S+) 到项目 (\S+)`, func(s *teller, w []string) error {
		_, err := s.Projects.Attach(s.t.Context(), s.project(w[2]).ID, s.find(w[1]).Number, s.unit(w[0]))
		return err
	}),
	sentence(`(\S+) 以单位名义申请 (\S+) (\S+)`, func(s *teller, w []string) error {
		by := s.unit(w[0])
		found, err := s.Items.Search(s.t.Context(), w[2], items.Filter{}, 0)
		if err != nil || len(found.Hits) == 0 {
			s.t.Fatalf("%s\nno item is called %s (%v)", s.line, w[2], err)
		}
		e, err := s.Items.Open(s.t.Context(), found.Hits[0].ID, calendar.DayOf(s.now))
		if err != nil {
			return err
		}
		c, err := s.Cases.Submit(s.t.Context(), app.Example(e, s.acting(by), nil, nil, calendar.DayOf(s.now)), by)
		if err == nil {
			s.cases[w[1]] = c.ID
		}
		return err
	}),
	sentence(`(\S+) 担任 (\S+) 的项目管家`, func(s *teller, w []string) error {
		by := s.person(w[0])
		_, err := s.Projects.TakeOn(s.t.Context(), s.project(w[1]).ID, by, "", by)
		return err
	}),
	sentence(`(\S+) 召集 (\S+) 的 (联合\S+) 于 (\S+)`, func(s *teller, w []string) error {
		p := s.project(w[1])
		for _, stage := range p.Type.Stages {
			if slices.ContainsFunc(stage.Gathering, func(g projects.Gathering) bool { return g.Kind == w[2] }) {
				_, err := s.Projects.Call(s.t.Context(), p.ID, w[2], stage.No, calendar.Parse(w[3]), "项目现场", s.person(w[0]))
				return err
			}
		}
		s.t.Fatalf("%s\nno stage has it", s.line)
		return nil
	}),
	sentence(`(\S+) 就 (\S+) 的 (联合\S+) (同意|附条件同意|不同意)(?: 因为 (\S+))?`, func(s *teller, w []string) error {
		_, err := s.Projects.Say(s.t.Context(), s.project(w[1]).ID, s.meeting(w[1], w[2]).ID, w[3], w[4], s.person(w[0]))
		return err
	}),
	sentence(`(\S+) 汇总 (\S+) 的 (联合\S+)`, func(s *teller, w []string) error {
		_, err := s.Projects.End(s.t.Context(), s.project(w[1]).ID, s.meeting(w[1], w[2]).ID, s.person(w[0]))
		return err
	}),
	sentence(`(\S+) 把 (\S+) 的 (\S+) 记为 (\S+)`, func(s *teller, w []string) error {
		p, by := s.project(w[1]), s.person(w[0])
		if !by.Staff() {
			by = s.unit(w[0])
		}
		for _, stage := range p.Type.Stages {
			for _, o := range stage.Services {
				if o.Name == w[2] {
					_, err := s.Projects.Serve(s.t.Context(), p.ID, o.ID, w[3], "", by)
					return err
				}
			}
		}
		s.t.Fatalf("%s\nno service is called %s", s.line, w[2])
		return nil
	}),
	sentence(`(\S+) 列 (\S+) 为重大项目 依据 (\S+)`, func(s *teller, w []string) error {
		_, err := s.Projects.MarkMajor(s.t.Context(), s.project(w[1]).ID, w[2], s.person(w[0]))
		return err
	}),
	sentence(`(\S+) 为 (\S+) 向 (\S+) 提诉求 (\S+)`, func(s *teller, w []string) error {
		_, err := s.Projects.Ask(s.t.Context(), s.project(w[1]).ID, w[3], w[2], s.unit(w[0]))
		return err
	}),
	sentence(`(\S+) 答复 (\S+) 的诉求 (\S+)`, func(s *teller, w []string) error {
		p := s.project(w[1])
		_, err := s.Projects.Reply(s.t.Context(), p.ID, p.Requests[len(p.Requests)-1].ID, w[2], s.person(w[0]))
		return err
	}),
	sentence(`＝ ?(\S+) 的 (\S+)阶段 (\S+?)(?:，因为 (.+))?`, stageStands),
	sentence(`＝ ?(\S+) 的 (联合\S+) 结果 (\S+)：(\S+)`, func(s *teller, w []string) error {
		m := s.meeting(w[0], w[1])
		s.expected(m.Result+"："+m.Merged, w[2]+"："+w[3])
		return nil
	}),
	sentence(`＝ ?(\S+) 的诉求 应于 (\S+) 前答复`, func(s *teller, w []string) error {
		s.expected(s.project(w[0]).Asking().String(), w[1])
		return nil
	}),
	sentence(`＝ ?(\S+) 项目完成`, func(s *teller, w []string) error {
		if p := s.project(w[0]); p.Closed.IsZero() {
			s.t.Fatalf("%s\nbut it is open: %+v", s.line, p.Finished)
		}
		return nil
	}),
	sentence(`＝ ?(\S+) 看不到项目 (\S+)`, func(s *teller, w []string) error {
		if _, err := s.Projects.Project(s.t.Context(), s.project(w[1]).ID, s.person(w[0])); fault.Of(err) != fault.NotFound {
			s.t.Fatalf("%s\nbut they can: %v", s.line, err)
		}
		return nil
	}),
	sentence(`＝ ?(\S+) 的交换状态 (\S+)`, exchanged),
	sentence(`＝ ?项目与事实相符`, func(s *teller, _ []string) error {
		_, err := s.Projects.Audit(s.t.Context(), func(say string) { s.t.Errorf("%s\n%s", s.line, say) })
		return err
	}),
}

// unit is somebody acting for the firm whose head they are.
func (s *teller) unit(name string) identity.Actor {
	by := s.person(name)
	for _, o := range s.sample().Organisations {
		if o.Head == by.Party {
			by.Party = o.ID
		}
	}
	return by
}

func (s *teller) acting(by identity.Actor) cases.Applicant {
	party, err := s.Parties.View(s.t.Context(), by.Party, by)
	if err != nil {
		s.t.Fatalf("%s: %v", s.line, err)
	}
	return cases.Applicant{Party: party.ID, Name: party.Name, Org: party.Kind == parties.Organisation, Agent: by.Name}
}

func openProject(s *teller, w []string) error {
	by := s.unit(w[0])
	p := projects.Project{Code: w[2], Name: w[1], Place: "徐州市铜山区示例路38号", Applicant: s.acting(by), Answers: forms.Answers{}, Units: []projects.Unit{{Part: "施工", Name: "徐州样本建设工程有限公司"}}}
	for _, pair := range strings.Fields(w[4]) {
		name, value, _ := strings.Cut(pair, "=")
		p.Answers[name] = value
	}
	typ := ""
	for _, t := range s.Projects.Types {
		if t.Name == w[3] {
			typ = t.ID
		}
	}
	kept, err := s.Projects.Open(s.t.Context(), p, typ, by)
	if err == nil {
		s.matters["项目·"+w[1]] = string(kept.ID)
	}
	return err
}

func (s *teller) project(name string) *projects.Project {
	p, err := s.Projects.Store.Project(s.t.Context(), projects.ID(s.matters["项目·"+name]))
	if err != nil {
		s.t.Fatalf("%s\nproject %s: %v", s.line, name, err)
	}
	return p
}

func (s *teller) meeting(name, kind string) projects.Meeting {
	var last projects.Meeting
	for _, m := range s.project(name).Meetings {
		if m.Kind == kind {
			last = m
		}
	}
	return last
}

// applyStage fills in the one form of a stage, brings the one set of materials
// and submits once.
func applyStage(s *teller, w []string) error {
	ctx, by, p := s.t.Context(), s.unit(w[0]), s.project(w[1])
	no := 0
	for _, stage := range p.Type.Stages {
		if stage.Name == w[2] {
			no = stage.No
		}
	}
	id, err := s.Projects.Begin(ctx, p.ID, no, by)
	if err != nil {
		return err
	}
	d, err := s.Cases.Draft(ctx, id, by)
	if err != nil {
		return err
	}
	e, err := s.Joint.Offer(ctx, d.Item, d.Answers)
	if err != nil {
		return err
	}
	a := app.Example(e, d.Applicant, d.Answers, nil, calendar.DayOf(s.now))
	if _, err = s.Cases.Saved(ctx, id, by, func(d *cases.Draft) error {
		form := cases.Handed{Material: joint.FormMaterial, Name: "申请表", Files: []cases.File{{Hash: "h-form", Name: "申请表.pdf", Type: "pdf", Size: 2048}}}
		d.Answers, d.Materials, d.Delivery = a.Answers, append(a.Materials, form), cases.Delivery{Way: "electronic"}
		return nil
	}); err != nil {
		return err
	}
	j, err := s.Joint.SubmitDraft(ctx, id, by)
	if err == nil {
		s.matters[w[1]+"·"+w[2]] = string(j.ID)
	}
	return err
}

// handleMatter has the window accept and the bureaus grant every part, one after
// the other as they start.
func handleMatter(s *teller, w []string) error {
	window := s.person("window1")
	for range 8 {
		j := s.matter(w[0])
		if !j.Open() {
			return nil
		}
		if _, err := s.Joint.Accept(s.t.Context(), j.ID, window); err != nil {
			return err
		}
		for _, p := range j.Parts {
			if p.State == joint.Lacking {
				s.t.Fatalf("%s\n%s lacks %v", s.line, p.Title, p.Lacks)
			}
			if p.State == joint.Filed {
				s.cases["手头的"] = p.Case
				if err := runThrough(s, []string{"手头的", "准予", "", ""}); err != nil {
					return err
				}
			}
		}
		s.deliver()
	}
	s.t.Fatalf("%s\nit does not come to an end: %+v", s.line, s.matter(w[0]).Parts)
	return nil
}

func stageStands(s *teller, w []string) error {
	p := s.project(w[0])
	course, err := s.Projects.Course(s.t.Context(), p)
	if err != nil {
		return err
	}
	for _, step := range course {
		if step.Name != w[1] {
			continue
		}
		s.expected(step.Where.Han(), w[2])
		if said := strings.Join(step.Blocks, "；"); w[3] != "" && !strings.Contains(said, w[3]) {
			s.t.Fatalf("%s\nbut the reason is: %s", s.line, said)
		}
		return nil
	}
	s.t.Fatalf("%s\nthere is no such stage", s.line)
	return nil
}

func exchanged(s *teller, w []string) error {
	rows, err := s.Projects.Rows(s.t.Context(), s.project(w[0]), s.person("supervisor"))
	if err != nil {
		return err
	}
	for number, list := range rows {
		var names []string
		for _, r := range list {
			names = append(names, r.Name)
		}
		if !strings.Contains(strings.Join(names, "、"), w[1]) {
			s.t.Fatalf("%s\n%s went through %v", s.line, number, names)
		}
	}
	return nil
}
