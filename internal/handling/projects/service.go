package projects

import (
	"context"
	"fmt"
	"slices"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/themes"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/engine/forms"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/joint"
)

// A Filter chooses projects, the newest first: one of Party, Agency and Region
// says whose.
type Filter struct {
	Party  string
	Agency string
	Region string // the division and all below it
	Major  bool   // major projects only
	Asking bool   // with a request that waits for an answer
	Told   string // account that was not yet heard to know of a handover
	After  string // Project.Cursor of the last row seen
	Limit  int
}

// Store keeps projects.
type Store interface {
	// Add keeps a new project. A code that is there already is fault.Conflict.
	Add(ctx context.Context, m Moved) (*Project, error)
	// Change loads the project, lets do judge, and keeps the fact; a fact without
	// an act keeps nothing. If somebody changed it meanwhile, do is asked again.
	Change(ctx context.Context, id ID, do func(*Project) (Moved, error)) (*Project, error)
	Project(context.Context, ID) (*Project, error)
	ByCode(ctx context.Context, code string) (*Project, error)
	// ByLink is the project of a draft, joint case or case: fault.NotFound for none.
	ByLink(ctx context.Context, link string) (*Project, error)
	// Linked are those of the links that lead to any.
	Linked(ctx context.Context, links []string) (map[string]bool, error)
	List(ctx context.Context, f Filter) ([]*Project, error)
	IDs(ctx context.Context, after ID, limit int) ([]ID, error)
	History(context.Context, ID) ([]event.Record, error)
}

// Service is the door of the room.
type Service struct {
	Store  Store
	Types  []Type
	Odd    []Finding // what was not understood of the flows
	Themes *themes.Service
	Joint  *joint.Service
	Cases  *cases.Service
	Days   clock.Days
	NewID  func() string
	Now    func() time.Time
}

func (s *Service) now() time.Time { return event.Moment(s.Now()) }

// id is the caller's own name for the request, so that asking twice does nothing
// twice; a new one if the caller gave none.
func (s *Service) id(by identity.Actor) string {
	if by.Request != "" {
		return by.Request
	}
	return s.NewID()
}

// Open registers a project by its code (项目代码). The same unit registering the
// same code again finds its project. Faults: projects.open.*.
func (s *Service) Open(ctx context.Context, p Project, typeID string, by identity.Actor) (*Project, error) {
	if by.Party == "" || by.Party != p.Applicant.Party {
		return nil, fault.New(fault.SignIn, "projects.open.party", "请先登录，再登记项目")
	}
	if !p.Applicant.Org {
		return nil, fault.New(fault.Forbidden, "projects.open.firm", "项目由建设单位登记。请切换到单位身份再来")
	}
	p.Type = Type{}
	for _, t := range s.Types {
		if t.ID == typeID {
			p.Type, p.Region = t, t.Region
		}
	}
	p.ID, p.Opened = ID(s.NewID()), s.now()
	if err := p.check(p.Opened); err != nil {
		return nil, err
	}
	kept, err := s.Store.Add(ctx, Moved{Project: p.ID, Seq: 1, Act: Open, By: person(by, ""), At: p.Opened, Say: p.Code, Opening: &p})
	if fault.Of(err) == fault.Conflict {
		if before, failed := s.Store.ByCode(ctx, p.Code); failed == nil && before.Own(by) {
			return before, nil
		}
		return nil, fault.New(fault.Conflict, "projects.open.code", "这个项目代码已经登记，请核对；有疑问请联系政务服务中心").At("code", "taken", "这个项目代码已经登记")
	}
	return kept, err
}

// Project is one project, for those who may see it.
func (s *Service) Project(ctx context.Context, id ID, by identity.Actor) (*Project, error) {
	p, err := s.Store.Project(ctx, id)
	if err != nil {
		return nil, err
	}
	if !p.Sees(by) {
		return nil, None()
	}
	return p, nil
}

// Mine lists the actor's own projects, the newest first.
func (s *Service) Mine(ctx context.Context, by identity.Actor) ([]*Project, error) {
	if by.Party == "" {
		return nil, nil
	}
	return s.Store.List(ctx, Filter{Party: by.Party, Limit: 100})
}

// List is a page of projects for staff: those of the place that a window or
// supervisor serves, or those in which one's agency has a part.
func (s *Service) List(ctx context.Context, f Filter, by identity.Actor) ([]*Project, error) {
	f.Party, f.Told = "", ""
	f.Region, f.Agency = by.Reach()
	if f.Region == "" && f.Agency == "" {
		return nil, fault.New(fault.Forbidden, "projects.list.post", "您的岗位不办理工程建设项目")
	}
	if f.Limit < 1 || f.Limit > 200 {
		f.Limit = 50
	}
	return s.Store.List(ctx, f)
}

// Cursor is where the next page begins after this project.
func (p *Project) Cursor() string { return fmt.Sprintf("%d/%s", p.Opened.UnixMilli(), p.ID) }

// Course is where the stages of a project stand now.
func (s *Service) Course(ctx context.Context, p *Project) ([]Step, error) {
	var got []Got
	due := map[int]calendar.Day{}
	for _, f := range p.Filings {
		some, until, err := s.got(ctx, f)
		if err != nil {
			return nil, err
		}
		got = append(got, some...)
		if until != 0 {
			due[f.Stage] = until
		}
	}
	return p.Course(got, due, calendar.DayOf(s.Now())), nil
}

// got is what came of one filing, and when the stage's limit is up.
func (s *Service) got(ctx context.Context, f Filing) ([]Got, calendar.Day, error) {
	switch {
	case f.Case != "":
		c, err := s.Cases.Store.Case(ctx, f.Case)
		if err != nil {
			return nil, 0, fmt.Errorf("case of a project: %w", err)
		}
		return ofCase(c, s.Days), 0, nil
	case f.Joint != "":
		j, err := s.Joint.Store.Joint(ctx, f.Joint)
		if err != nil {
			return nil, 0, fmt.Errorf("joint case of a project: %w", err)
		}
		all, err := s.Joint.CasesOf(ctx, j)
		if err != nil {
			return nil, 0, err
		}
		var got []Got
		for _, part := range j.Parts {
			got = append(got, ofPart(part, all[part.Item], s.Days)...)
		}
		return got, j.Until, nil
	}
	return nil, 0, nil // a draft says nothing yet
}

// ofPart is how one part of a stage stands; a part taken back counts for nothing.
func ofPart(p joint.Part, c *cases.Case, days clock.Days) []Got {
	g := Got{Item: p.Item, Number: p.Number, Say: p.Why, Due: p.Due}
	switch p.State {
	case joint.Done:
		g.Where = Done
	case joint.Failed, joint.Stopped:
		g.Where = Failed
	case joint.Lacking:
		g.Where = Lacking
	case joint.Waiting:
		g.Where, g.Say = Running, "等前一项办好"
	case joint.Filed:
		if c != nil {
			for _, one := range ofCase(c, days) {
				if one.Where == Running || one.Where == Lacking {
					return []Got{one}
				}
			}
		}
		g.Where = Running
	default:
		return nil
	}
	return []Got{g}
}

func ofCase(c *cases.Case, days clock.Days) []Got {
	g := Got{Item: c.Item, Number: c.Number, Where: Running, Say: c.StateHan()}
	if c.Clock().Started != 0 && c.State.Open() {
		g.Due = c.DueDay(days)
	}
	switch c.State {
	case cases.Granted:
		g.Where, g.Say = Done, ""
	case cases.Correcting:
		g.Where, g.Say = Lacking, "一次性告知要补正的材料"
	case cases.Withdrawn:
		return nil
	case cases.Denied, cases.Refused, cases.NotNeeded, cases.Terminated:
		g.Where = Failed
	}
	return []Got{g}
}

// Timing holds the limits of a type against each other, as of today.
func (s *Service) Timing(ctx context.Context, t *Type) (Timing, error) {
	days := map[int]int{}
	for _, stage := range t.Stages {
		if len(stage.Items) == 0 {
			continue
		}
		c, err := s.Themes.Compose(ctx, t.Theme(stage))
		if err != nil {
			return Timing{}, err
		}
		days[stage.No] = c.Plan.Days
	}
	return t.Time(days), nil
}

// Begin starts the one application for a stage and returns its draft, filled in
// with what the project says already (一张申请表单). Asked again before it is
// submitted, it goes on with the same draft.
func (s *Service) Begin(ctx context.Context, id ID, no int, by identity.Actor) (string, error) {
	p, err := s.Project(ctx, id, by)
	if err != nil {
		return "", err
	}
	course, err := s.Course(ctx, p)
	if err != nil {
		return "", err
	}
	i := slices.IndexFunc(course, func(st Step) bool { return st.No == no })
	if i < 0 {
		return "", None()
	}
	if err := p.mayBegin(course[i], by); err != nil {
		return "", err
	}
	if draft, err := s.begun(ctx, p, no, by); draft != "" || err != nil {
		return draft, err
	}
	d, err := s.draft(ctx, p, course[i].Stage, by)
	if err != nil {
		return "", err
	}
	_, err = s.Store.Change(ctx, id, func(p *Project) (Moved, error) {
		m := p.moved(Begin, person(by, ""), s.now(), course[i].Name)
		m.Filing = &Filing{Stage: no, Draft: d.ID, At: m.At}
		return m, nil
	})
	return d.ID, err
}

// begun is the draft of a stage that was begun and is still there; "" if none is.
func (s *Service) begun(ctx context.Context, p *Project, no int, by identity.Actor) (string, error) {
	for _, f := range p.Filings {
		if f.Stage != no || f.Draft == "" || f.Joint != "" {
			continue
		}
		_, err := s.Cases.Draft(ctx, f.Draft, by)
		if fault.Of(err) == fault.NotFound {
			continue // thrown away
		}
		if err != nil {
			return "", err
		}
		return f.Draft, nil
	}
	return "", nil
}

// known are the data elements that a project knows of itself.
func (p *Project) known(element string) string {
	switch element {
	case "投资项目统一代码", "项目代码":
		return p.Code
	case "项目名称", "工程名称":
		return p.Name
	case "建设地点", "工程地点", "建设位置", "用地位置", "拟选位置":
		return p.Place
	}
	for _, u := range p.Units {
		if element == u.Part+"单位" {
			return u.Name
		}
	}
	return ""
}

func (s *Service) draft(ctx context.Context, p *Project, stage Stage, by identity.Actor) (*cases.Draft, error) {
	theme := p.Type.Theme(stage)
	if err := s.Themes.Load(ctx, identity.TheSystem, theme); err != nil {
		return nil, fmt.Errorf("publish the stage as one matter: %w", err)
	}
	item := items.ID(themes.Prefix + string(theme.ID))
	for _, e := range stage.Items {
		if !by.MayApply(string(e.Item)) {
			return nil, fault.New(fault.Forbidden, "projects.begin.mandate", "企业给您的授权不包括“%s”，请由法定代表人补充授权后再办", e.Name)
		}
	}
	whole, err := s.Joint.Offer(ctx, item, p.Answers)
	if err != nil {
		return nil, err
	}
	d := &cases.Draft{ID: s.NewID(), Party: by.Party, Item: item, Edition: whole.Number, ItemName: whole.Name, Applicant: p.Applicant, Answers: forms.Answers{}, Changed: s.Now()}
	for _, q := range whole.Questions {
		if a, ok := p.Answers[q.ID]; ok {
			d.Answers[q.ID] = a
		}
	}
	for _, g := range whole.Form.Groups {
		for _, f := range g.Fields {
			if v := p.known(f.Element); v != "" {
				d.Answers[f.ID] = v
			}
		}
	}
	return d, s.Cases.Drafts.Put(ctx, d)
}

// Attach brings a case that the unit applied for by itself into the project: an
// item that failed and is tried again, or one handled before (同一项目归集).
func (s *Service) Attach(ctx context.Context, id ID, number string, by identity.Actor) (*Project, error) {
	p, err := s.Project(ctx, id, by)
	if err != nil {
		return nil, err
	}
	if !p.Own(by) && !p.Stewards(by) {
		return nil, fault.New(fault.Forbidden, "projects.attach.authority", "由建设单位或者项目管家关联办件")
	}
	c, err := s.Cases.Store.ByNumber(ctx, codesTidy(number))
	if err != nil && fault.Of(err) == fault.NotFound || err == nil && c.Applicant.Party != p.Applicant.Party {
		return nil, fault.New(fault.Invalid, "projects.attach.none", "没有找到本单位的这个办件").At("number", "none", "没有找到本单位的这个办件，请核对编号")
	}
	if err != nil {
		return nil, err
	}
	_, no := p.Type.entry(c.Item)
	if no == 0 {
		return nil, fault.New(fault.Invalid, "projects.attach.item", "这个办件不是本项目的事项").At("number", "item", "“%s”不在本项目的流程里", c.ItemName)
	}
	p, err = s.Store.Change(ctx, id, func(p *Project) (Moved, error) {
		if slices.ContainsFunc(p.Filings, func(f Filing) bool { return f.Case == c.ID }) {
			return Moved{}, nil
		}
		m := p.moved(Attach, person(by, ""), s.now(), c.ItemName+" "+c.Number)
		m.Filing = &Filing{Stage: no, Case: c.ID, Item: c.Item, Number: c.Number, At: m.At}
		return m, nil
	})
	if err != nil {
		return nil, err
	}
	return s.settle(ctx, p)
}
