package cases

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/ground/fault"
)

// Testers are the staff who test by technical standards, and what they found
// (检验、检测、检疫, 行政许可法第五十五条). A case of an item with such a test has
// them from acceptance on, at first without anybody: within five working days two
// or more are assigned.
type Testers struct {
	Kind   string    `json:"kind"`  // what the edition calls the test
	Since  time.Time `json:"since"` // accepted
	People []Tester  `json:"people,omitempty"`
	At     time.Time `json:"at,omitzero"` // first assigned
	Found  *Tested   `json:"found,omitempty"`
}

// Says tells the applicant how the test stands; "" of a case without one.
func (t *Testers) Says() string {
	switch {
	case t == nil:
		return ""
	case t.Found != nil:
		return t.Kind + "的结果：" + t.Found.Result.Han()
	case len(t.People) == 0:
		return t.Kind + "：受理之日起五个工作日内指派两名以上工作人员"
	}
	var names []string
	for _, p := range t.People {
		names = append(names, p.Name)
	}
	return t.Kind + "由" + strings.Join(names, "、") + "进行"
}

// A Tester is one of them.
type Tester struct {
	Account string `json:"account"`
	Name    string `json:"name"`
	Title   string `json:"title,omitempty"`
}

// Tested is what the test came to.
type Tested struct {
	Result TestResult `json:"result"`
	Text   string     `json:"text"`
	By     string     `json:"by"`
	At     time.Time  `json:"at"`
}

// A TestResult is whether what was tested is fit.
type TestResult string

// The results. What is fit and needs no further technical analysis is decided on the spot.
const (
	ClearlyFit TestResult = "clear"
	Fit        TestResult = "passed"
	Unfit      TestResult = "failed"
)

// Han is the result in the words of the field.
func (r TestResult) Han() string {
	return map[TestResult]string{ClearlyFit: "合格，不需要进一步技术分析", Fit: "合格，经技术分析认定", Unfit: "不合格"}[r]
}

// TestResults are all of them.
var TestResults = []TestResult{ClearlyFit, Fit, Unfit}

// TestersTime is the term within which they are assigned; one that never started
// where nothing is tested.
func (c *Case) TestersTime() clock.Clock {
	if c.Testers == nil {
		return clock.Clock{}
	}
	k := clock.Clock{Limit: clock.Inspection.Limit, Started: clock.At(c.Testers.Since)}
	if until := cmp.Or(c.Testers.At, c.Closed); !until.IsZero() {
		k.Stopped = clock.At(until)
	}
	return k
}

// Names are who they are.
func (t *Testers) Names() (all []string) {
	for _, p := range t.People {
		all = append(all, p.Name)
	}
	return all
}

// test begins the term at acceptance, and keeps who was assigned and what they found.
func (c *Case) test(m Moved, f Frame) error {
	if s, on := f.Edition.Technical(); on && c.Testers == nil && (m.Act == Accept || m.Act == DeemAccept) {
		c.Testers = &Testers{Kind: s.Name, Since: c.started(m).UTC()}
	}
	if m.Testers != nil {
		c.Testers = m.Testers
	}
	return nil
}

// AssignTesters assigns two or more of the agency's staff to test; others may be
// assigned in their place until the result is on file (行政许可法第五十五条).
func (c *Case) AssignTesters(to []identity.Actor, by identity.Actor, at time.Time) (Moved, error) {
	doer, err := c.judge(AssignTesters, by)
	switch {
	case err != nil:
		return Moved{}, err
	case c.Testers == nil:
		return Moved{}, fault.New(fault.Conflict, "cases.assign-testers.unlisted", "办事指南没有列出按技术标准进行的检验、检测、检疫，不需要指派")
	case c.Testers.Found != nil:
		return Moved{}, fault.New(fault.Conflict, "cases.assign-testers.done", "检验、检测、检疫的结果已经在案，不能再改派")
	}
	people, err := c.testers(to)
	if err != nil {
		return Moved{}, err
	}
	m, t := c.moved(AssignTesters, c.State, doer, at), *c.Testers
	t.People = people
	if t.At.IsZero() {
		t.At = m.At
	}
	m.Testers = &t
	return m, nil
}

func (c *Case) testers(to []identity.Actor) (all []Tester, err error) {
	for _, who := range to {
		i := slices.IndexFunc(who.Posts, func(p identity.Post) bool { return p.Agency == c.Agency && slices.Contains(bureau, p.Role) })
		switch {
		case i < 0:
			return nil, fault.New(fault.Invalid, "cases.assign-testers.post", "%s不是本机关审批部门的工作人员，不能指派", who.Name).At("to", "post", "%s不是本机关审批部门的工作人员", who.Name)
		case !slices.ContainsFunc(all, func(t Tester) bool { return t.Account == who.Account }):
			all = append(all, Tester{who.Account, who.Name, who.Posts[i].Title})
		}
	}
	if len(all) < 2 {
		return nil, fault.New(fault.Invalid, "cases.assign-testers.two", "应当指派两名以上工作人员进行检验、检测、检疫（行政许可法第五十五条）").At("to", "two", "请选择两名以上工作人员")
	}
	return all, nil
}

// NoteTest puts the result on file, by one of those who tested. It ends the special
// procedure of the test, if that was opened.
func (c *Case) NoteTest(found Tested, by identity.Actor, at time.Time) (Moved, error) {
	doer, err := c.judge(NoteTest, by)
	switch {
	case err != nil:
		return Moved{}, err
	case c.Testers == nil || len(c.Testers.People) == 0:
		return Moved{}, fault.New(fault.Conflict, "cases.note-test.unassigned", "还没有指派检验人员，请先指派两名以上工作人员")
	case c.Testers.Found != nil:
		return Moved{}, fault.New(fault.Conflict, "cases.note-test.twice", "检验、检测、检疫的结果已经在案")
	case !slices.ContainsFunc(c.Testers.People, func(t Tester) bool { return t.Account == by.Account }):
		return Moved{}, fault.New(fault.Forbidden, "cases.note-test.tester", "结果由指派的检验人员记录，您没有被指派")
	}
	if err := found.check(); err != nil {
		return Moved{}, err
	}
	m, t := c.moved(NoteTest, c.State, doer, at), *c.Testers
	found.By, found.At = by.Name, m.At
	t.Found = &found
	m.Testers = &t
	if i := slices.IndexFunc(c.Specials, func(s Special) bool { return s.Kind == t.Kind && s.Open() }); i >= 0 {
		m.Special = c.Specials[i].ended(found.Text, string(found.Result), m)
	}
	return m, nil
}

// check refuses a result that is none, and one that nobody could follow.
func (t Tested) check() error {
	return fault.Together(
		fault.When(!slices.Contains(TestResults, t.Result), fault.New(fault.Invalid, "cases.note-test.result", "请选择合格还是不合格").At("result", "choice", "请选择合格还是不合格")),
		wanted(NoteTest, "text", t.Text, "请写明检验的经过、所依据的技术标准和结果"))
}

// testing says why a special procedure cannot be opened before anybody is assigned to it.
func (c *Case) testing(listed items.Special) error {
	if listed.Technical && c.Testers != nil && len(c.Testers.People) == 0 {
		return fault.New(fault.Conflict, "cases.open-special.testers", "请先指派两名以上工作人员，再开始“%s”（行政许可法第五十五条）", listed.Name)
	}
	return nil
}

// noted says why it is not ended by hand: those who test put their result on file.
func (c *Case) noted(id string) error {
	if c.Testers != nil && slices.ContainsFunc(c.Specials, func(s Special) bool { return s.ID == id && s.Kind == c.Testers.Kind }) {
		return fault.New(fault.Conflict, "cases.close-special.test", "“%s”由指派的检验人员记录结果来结束", c.Testers.Kind)
	}
	return nil
}

// untested says why nothing can be granted: the decision rests on the result of the
// test (行政许可法第五十五条).
func (c *Case) untested(act Act) error {
	switch t := c.Testers; {
	case t == nil || t.Found != nil && t.Found.Result != Unfit:
		return nil
	case t.Found == nil:
		return fault.New(fault.Conflict, "cases."+string(act)+".untested", "应当根据检验、检测、检疫的结果作出决定，请先指派人员检验并记录结果（行政许可法第五十五条）")
	}
	return fault.New(fault.Conflict, "cases."+string(act)+".failed", "检验、检测、检疫不合格，不能准予；不予许可的，应当书面说明所依据的技术标准、技术规范（行政许可法第五十五条）")
}

// ClearlyPassed reports whether one decides on the spot: the test was passed, and that
// can be told without further technical analysis.
func (c *Case) ClearlyPassed() bool {
	return c.Testers != nil && c.Testers.Found != nil && c.Testers.Found.Result == ClearlyFit
}

// AssignTesters has the bureau assign them; see Case.AssignTesters.
func (s *Service) AssignTesters(ctx context.Context, id ID, to []identity.Actor, by identity.Actor) (*Case, error) {
	return s.do(ctx, id, asking(by, AssignTesters, ""), by, func(c *Case, _ Frame, at time.Time) (Moved, error) {
		return c.AssignTesters(to, by, at)
	})
}

// NoteTest has one of them put the result on file; see Case.NoteTest.
func (s *Service) NoteTest(ctx context.Context, id ID, found Tested, by identity.Actor) (*Case, error) {
	return s.do(ctx, id, asking(by, NoteTest, ""), by, func(c *Case, _ Frame, at time.Time) (Moved, error) {
		return c.NoteTest(found, by, at)
	})
}
