package cases_test

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"testing"
	"time"

	"tongban/data"
	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/engine/flow"
	"tongban/internal/engine/flow/flowtest"
	"tongban/internal/ground/fault"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/cases/casestest"
)

// A standing is a case at a moment, and the facts that brought it there.
type standing struct {
	*cases.Case
	facts []cases.Moved
	now   time.Time
}

// A world is one small definition and what is tried in it: each act by everybody.
type world struct {
	t       *testing.T
	days    calendar.Calendar
	frame   cases.Frame
	who     []identity.Actor
	acts    []tried
	until   func(s standing) bool // further is not looked
	most    int                   // states
	reached map[cases.Act]bool    // acts that were made
	spoil   func(c *cases.Case, m cases.Moved)
}

// longRun looks further than every run has the time for: TONGBAN_LONG=1.
var longRun = os.Getenv("TONGBAN_LONG") != ""

// long adds acts for the long run.
func (w *world) long(acts ...[]tried) {
	if longRun {
		w.acts = append(w.acts, slices.Concat(acts...)...)
	}
}

// short says how far is looked when the run is not long.
func (w *world) short(until func(s standing) bool) {
	if !longRun {
		w.until = until
	}
}

// A tried is an act with all that it needs.
type tried struct {
	name string
	do   func(s standing, work string, by identity.Actor) (cases.Moved, error)
}

// roles is one of each role, and two where the law asks for two people: more who
// would do the same would only make more states.
var roles = []identity.Actor{casestest.LiMin, casestest.ZhangSan, casestest.WangFang, casestest.ZhouHai,
	casestest.ZhaoGang, casestest.HeJing, casestest.SunLi, casestest.ZhangMing, casestest.ElseBureau, identity.TheSystem, {}}

// brief is a permit with one review and a decision by two people.
func brief() *items.Edition {
	e := casestest.Permit()
	e.Procedure = flow.FromSteps("p", "一审一核", []flow.Step{
		{ID: "审查", Name: "审查", Post: "审查岗", Role: identity.Reviewer},
		{ID: "决定", Name: "决定", Post: "审批岗", Role: identity.Approver, Substantive: true, Decides: true},
	})
	return e
}

func newWorld(t *testing.T, e *items.Edition) *world {
	days, err := calendar.Load(data.Calendars)
	if err != nil {
		t.Fatal(err)
	}
	p, err := flow.Compile(e.Procedure)
	if err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, days: days, frame: cases.Frame{Edition: e, Procedure: p}, who: roles, most: 1000, reached: map[cases.Act]bool{}}
	if longRun {
		w.most = 200_000
	}
	return w
}

// game explores the case from the day it is handed in with some materials.
func (w *world) game(word cases.Word, handed ...string) flowtest.Game[standing] {
	return flowtest.Game[standing]{
		Begin: []flowtest.Step[standing]{{Act: "李敏 submit", To: w.filed(word, handed)}},
		Acts:  w.steps,
		Key: func(s standing) string {
			return digest(w.t, s.Case, s.now) + fmt.Sprint(s.Alarm(w.days).Time().After(s.now))
		},
		Over:  w.over,
		Holds: w.holds,
		Most:  w.most,
	}
}

func (w *world) over(s standing) bool {
	return s.State.Final() && !s.Later.Pending() && !s.Checking() || w.until != nil && w.until(s)
}

func (w *world) filed(word cases.Word, handed []string) standing {
	now := calendar.Parse("2026-03-02").Start().Add(10 * time.Hour)
	var all []cases.Handed
	for _, id := range handed {
		all = append(all, cases.Handed{Material: id, Paper: true})
	}
	m, err := cases.Receive("c1", cases.Application{Item: w.frame.Edition.Item, Applicant: cases.Applicant{Party: "p-limin", Name: "李敏"},
		Answers: map[string]string{"店名": "云帆", "手机": "13800138000"}, Materials: all, Word: word}, w.frame.Edition, casestest.LiMin, calendar.DayOf(now), now)
	if err != nil {
		w.t.Fatal(err)
	}
	s, err := w.after(standing{Case: &cases.Case{}, now: now}, m)
	if err != nil {
		w.t.Fatal(err)
	}
	return s
}

// after is the case with one more fact; the case before stays as it was.
func (w *world) after(s standing, m cases.Moved) (standing, error) {
	text, err := json.Marshal(s.Case)
	if err != nil {
		w.t.Fatal(err)
	}
	next := &cases.Case{}
	if err := json.Unmarshal(text, next); err != nil {
		w.t.Fatal(err)
	}
	if err := next.Apply(m, w.frame); err != nil {
		return s, err
	}
	foreseen(w.t, m)
	w.reached[m.Act] = true
	if next.Head.Seq = m.Seq; w.spoil != nil {
		w.spoil(next, m)
	}
	return standing{next, append(s.facts[:len(s.facts):len(s.facts)], m), s.now}, nil
}

// steps are all that anybody can do to the case now, and time that passes.
func (w *world) steps(s standing) (all []flowtest.Step[standing]) {
	if w.until != nil && w.until(s) {
		return nil
	}
	for _, act := range w.acts {
		for _, by := range w.who {
			for _, work := range append(s.Flow.Open, flow.Work{}) {
				all = w.try(all, s, act, work, by)
			}
		}
	}
	if later := w.wait(s); later.After(s.now) {
		s.now = later
		all = append(all, flowtest.Step[standing]{Act: "until " + calendar.DayOf(later).String(), To: s})
	}
	return all
}

func (w *world) try(all []flowtest.Step[standing], s standing, act tried, work flow.Work, by identity.Actor) []flowtest.Step[standing] {
	m, err := act.do(s, work.ID, by)
	to := s
	if err == nil {
		to, err = w.after(s, m)
	}
	switch {
	case err != nil && fault.Of(err) == fault.Internal:
		w.t.Fatalf("%s %s: not foreseen: %v", by.Name, act.name, err)
	case err != nil || m.Work == nil && work.ID != "":
		return all // refused, or an act on no work, tried without one
	case !slices.Contains(cases.MoveOf(m.Act).By, m.By.Role):
		w.t.Fatalf("%s by %s, who is %s", m.Act, m.By.Name, m.By.Role)
	}
	return append(all, flowtest.Step[standing]{Act: by.Name + " " + act.name + " " + work.Name, To: to})
}

// wait is when time next makes a difference to the case.
func (w *world) wait(s standing) (next time.Time) {
	until := []time.Time{}
	if at := s.Alarm(w.days); at != 0 {
		until = append(until, at.Time())
	}
	if n := len(s.Notices); n > 0 && s.State == cases.Correcting {
		until = append(until, (s.Notices[n-1].Until + 1).Start())
	}
	if h := s.Hearing; h != nil {
		until = append(until, (h.Until + 1).Start(), h.At)
	}
	if l := s.Later; l.Pending() && l.Until != 0 {
		until = append(until, (l.Until + 1).Start())
	}
	for _, at := range until {
		if at.After(s.now) && (next.IsZero() || at.Before(next)) {
			next = at
		}
	}
	return next
}

// moving are the acts that may take work away from those who have it.
var moving = []cases.Act{cases.Review, cases.Decide, cases.SendBack, cases.Settle, cases.Withdraw, cases.Terminate, cases.GrantByRule, cases.Fire, cases.DropSigner}

// once are the papers that a case is given one of at most.
var once = []cases.PaperKind{cases.AcceptanceNotice, cases.NotNeededNotice, cases.RefusalNotice, cases.DecisionPaper, cases.RecordReceipt,
	cases.ExtensionNotice, cases.WithdrawalNotice, cases.TerminationNotice}

// holds is what must be so after every act: the law; no work lost, nothing given
// twice, no time that counts while it stands still, and a way out for the applicant.
func (w *world) holds(from, to standing, act string) error {
	if err := lawful(to.Case, to.facts); err != nil {
		return err
	}
	m := to.facts[len(to.facts)-1]
	if from.Case != nil && len(to.facts) > len(from.facts) && !slices.Contains(moving, m.Act) && nodes(from) != nodes(to) && from.State == cases.Accepted {
		return fmt.Errorf("%s lost work: %s became %s", m.Act, nodes(from), nodes(to))
	}
	if err := twice(to.Papers); err != nil {
		return err
	}
	if err := w.still(to); err != nil {
		return err
	}
	if _, err := to.Withdraw("不办了", casestest.LiMin, to.now); (err == nil) != to.State.Open() {
		return fmt.Errorf("may the applicant withdraw from %s? %v", to.State, err)
	}
	return nil
}

func nodes(s standing) (all string) {
	for _, work := range s.Flow.Open {
		all += work.Node + " "
	}
	return all
}

func twice(papers []cases.Paper) error {
	for i, p := range papers {
		if slices.ContainsFunc(papers[:i], func(o cases.Paper) bool {
			return o.Kind == p.Kind && (o.Seq == p.Seq || slices.Contains(once, p.Kind) || p.Title == "一次性补正告知书")
		}) {
			return fmt.Errorf("%s given twice: %+v", p.Title, papers)
		}
	}
	return nil
}

// still holds that a clock counts the days to come if and only if it runs.
func (w *world) still(s standing) error {
	for _, k := range []clock.Clock{s.Statutory, s.Promised, s.LowerTime()} {
		now, later := k.Used(s.now, w.days), k.Used(s.now.AddDate(0, 0, 30), w.days)
		if runs := k.Running() && !k.Paused(); runs != (later != now) {
			return fmt.Errorf("paused %v, and %v becomes %v in thirty days", k.Paused(), now, later)
		}
	}
	if openSpecial(s.Case) && !s.Legal().Paused() {
		return fmt.Errorf("the clock runs during a special procedure")
	}
	return nil
}
