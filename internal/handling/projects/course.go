package projects

import (
	"fmt"
	"slices"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
)

// A Where is how an item or a stage of a project stands.
type Where string

// Where items stand; a stage is Ready, Running, Stuck, Done or Blocked.
const (
	Skipped Where = "skipped" // does not concern this project
	Blocked Where = "blocked"
	Ready   Where = "ready"
	Running Where = "running"
	Lacking Where = "lacking" // waits for the unit
	Failed  Where = "failed"
	Stuck   Where = "stuck"
	Done    Where = "done"
)

// Han is the word for it.
func (w Where) Han() string {
	return map[Where]string{Skipped: "不涉及", Blocked: "等前面的事项", Ready: "可以申报", Running: "在办", Lacking: "等单位补充", Failed: "没有办成", Stuck: "受阻", Done: "已办好"}[w]
}

// Got is what is known of one handling of an item: a part of a stage's joint
// case, or a case of its own.
type Got struct {
	Item   items.ID
	Where  Where // Running, Lacking, Failed, Done
	Number string
	Say    string // 待补正, or why it failed
	Due    calendar.Day
}

// A Line is one item of a stage.
type Line struct {
	Entry
	Where  Where        `json:"where"`
	Number string       `json:"number,omitempty"`
	Say    string       `json:"say,omitempty"`
	Why    []string     `json:"why,omitempty"` // it is blocked
	Due    calendar.Day `json:"due,omitzero"`
}

// A Held is a gathering of the stage: called or not, and how it came out.
type Held struct {
	Gathering
	Last  Meeting `json:"last,omitzero"` // the latest; no ID: none was called
	Where Where   `json:"where"`
}

// A Step is a stage as it stands.
type Step struct {
	Stage
	Where  Where        `json:"where"`
	Lines  []Line       `json:"lines"`
	Held   []Held       `json:"held,omitempty"`
	Blocks []string     `json:"blocks,omitempty"` // what holds it up, in words
	Next   []string     `json:"next,omitempty"`   // who does what next
	Due    calendar.Day `json:"due,omitzero"`     // of the stage's declared limit, once submitted
	Late   bool         `json:"late,omitempty"`
}

// Course is where all stages of a project stand, what holds them up and what is
// to be done next (四阶段并联图). It is pure: the same handlings give the same course.
// No stage is done while an item that it must have is open; the parallel stage
// holds up none of the others.
func (p *Project) Course(got []Got, due map[int]calendar.Day, today calendar.Day) []Step {
	best := map[items.ID]Got{}
	for _, g := range got {
		if before, ok := best[g.Item]; !ok || rank(g.Where) >= rank(before.Where) {
			best[g.Item] = g
		}
	}
	var all []Step
	for _, s := range p.Type.Stages {
		all = append(all, p.step(s, best, due[s.No], today))
	}
	return all
}

// rank orders handlings of the same item: one that is done stands above all, one
// under way above one that failed.
func rank(w Where) int {
	return slices.Index([]Where{Failed, Running, Lacking, Done}, w)
}

func (p *Project) step(s Stage, got map[items.ID]Got, due calendar.Day, today calendar.Day) Step {
	out := Step{Stage: s, Due: due}
	for _, e := range s.Items {
		out.Lines = append(out.Lines, p.line(e, s.No, got))
	}
	for _, g := range s.Gathering {
		if p.Type.applies(g.When, p.Answers) {
			out.Held = append(out.Held, p.held(g, s.No))
		}
	}
	out.Where = out.stands()
	out.Late = out.Where != Done && due != 0 && today > due
	out.tell(p)
	return out
}

func (p *Project) line(e Entry, stage int, got map[items.ID]Got) Line {
	l := Line{Entry: e}
	if g, ok := got[e.Item]; ok {
		l.Where, l.Number, l.Say, l.Due = g.Where, g.Number, g.Say, g.Due
		return l
	}
	if !p.Type.applies(e.When, p.Answers) {
		l.Where = Skipped
		return l
	}
	l.Where, l.Why = Ready, p.blocks(e, stage, got)
	if len(l.Why) > 0 {
		l.Where = Blocked
	}
	return l
}

// blocks are the items of earlier stages that an item waits for. Those of its
// own stage are applied for with it, and the joint case sees to their order;
// those of the parallel stage hold up nothing outside it.
func (p *Project) blocks(e Entry, stage int, got map[items.ID]Got) []string {
	var why []string
	for _, o := range p.Type.Order {
		before, no := p.Type.entry(o.Before)
		if o.After != e.Item || no == stage || no == 0 || no == Parallel || before.Optional || !p.Type.applies(before.When, p.Answers) || got[o.Before].Where == Done {
			continue
		}
		say := "要先办好“" + before.Name + "”"
		if o.Why != "" {
			say += "（" + o.Why + "）"
		}
		why = append(why, say)
	}
	return why
}

func (p *Project) held(g Gathering, stage int) Held {
	h := Held{Gathering: g, Where: Ready}
	for _, m := range p.Meetings {
		if m.Stage == stage && m.Kind == g.Kind {
			h.Last = m
		}
	}
	switch {
	case h.Last.Result == Pass:
		h.Where = Done
	case h.Last.Result != "": // Mend
		h.Where = Failed
	case h.Last.ID != "":
		h.Where = Running
	}
	return h
}

// open reports whether the stage may not yet be called done because of the line.
func (l Line) open() bool { return !l.Optional && l.Where != Done && l.Where != Skipped }

// Open reports whether the stage may be applied for as a whole now.
func (s *Step) Open() bool {
	return s.count(Ready)+s.count(Failed) > 0 && s.count(Blocked)+s.count(Running)+s.count(Lacking)+s.count(Done) == 0
}

func (s *Step) count(w Where) int {
	n := 0
	for _, l := range s.Lines {
		if l.Where == w {
			n++
		}
	}
	return n
}

func (s *Step) stands() Where {
	open, begun := false, false
	for _, l := range s.Lines {
		open = open || l.open()
		begun = begun || l.Where == Running || l.Where == Lacking || l.Where == Done
		if l.Where == Failed && !l.Optional {
			return Stuck
		}
	}
	for _, h := range s.Held {
		if h.Must && h.Where == Failed {
			return Stuck
		}
		open = open || h.Must && h.Where != Done
	}
	switch {
	case !open && (s.No != Parallel || s.count(Running)+s.count(Lacking) == 0):
		return Done
	case begun:
		return Running
	case s.count(Blocked) > 0:
		return Blocked
	}
	return Ready
}

// tell says what holds the stage up and who does what next.
func (s *Step) tell(p *Project) {
	s.tellLines()
	if s.Late {
		s.Blocks = append(s.Blocks, fmt.Sprintf("超过本阶段时限（%s前）", s.Due.Han()))
	}
	s.tellHeld()
	s.tellNext()
	if p.Steward.Account == "" && s.No == 1 && s.Where != Done {
		s.Next = append(s.Next, "政务服务中心：确定项目管家")
	}
}

// tellLines tells what lines are held up by, and who has to do something about it.
func (s *Step) tellLines() {
	for _, l := range s.Lines {
		switch l.Where {
		case Blocked:
			for _, why := range l.Why {
				s.Blocks = append(s.Blocks, l.Name+"："+why)
			}
		case Failed:
			s.Blocks = append(s.Blocks, l.Name+"没有办成"+colon(l.Say))
			s.Next = append(s.Next, "建设单位：改好后重新申报“"+l.Name+"”")
		case Lacking:
			s.Blocks = append(s.Blocks, l.Name+"等建设单位补充"+colon(l.Say))
			s.Next = append(s.Next, "建设单位：补充“"+l.Name+"”")
		}
	}
}

// tellNext tells who has to do what next for the stage as a whole.
func (s *Step) tellNext() {
	switch s.Where {
	case Ready:
		s.Next = append(s.Next, "建设单位：填一张表、交一套材料，申报本阶段")
	case Running:
		if n := s.count(Running); n > 0 {
			s.Next = append(s.Next, fmt.Sprintf("%s牵头：并联办理在办的%d项", s.LeadName, n))
		}
		if n := s.count(Ready); n > 0 {
			s.Next = append(s.Next, fmt.Sprintf("建设单位：还有%d项可以申报", n))
		}
	}
}

func (s *Step) tellHeld() {
	for _, h := range s.Held {
		switch {
		case h.Where == Failed:
			s.Blocks = append(s.Blocks, h.Kind+"要求整改："+h.Last.Merged)
			s.Next = append(s.Next, "建设单位：按意见整改，再申请"+h.Kind)
		case h.Where == Running:
			if waits := h.Last.Waits(); len(waits) > 0 {
				s.Next = append(s.Next, strings.Join(waits, "、")+"：提出"+h.Kind+"意见")
			} else {
				s.Next = append(s.Next, s.LeadName+"："+h.Kind+"的意见齐了，形成一份意见")
			}
		case h.Must && h.Where == Ready && s.Where == Running:
			s.Next = append(s.Next, s.LeadName+"：召集"+h.Kind)
		}
	}
}

func colon(say string) string {
	if say == "" {
		return ""
	}
	return "：" + say
}

// finishable are the stages that stand done and are not yet on record as such.
func (p *Project) finishable(course []Step) []int {
	var all []int
	for _, s := range course {
		if _, ended := p.Ended(s.No); s.Where == Done && !ended && (s.No != Parallel || s.count(Done) > 0) {
			all = append(all, s.No)
		}
	}
	return all
}
