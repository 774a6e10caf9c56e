package cases

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
)

// Sources tells what the city itself vouches for about an applicant on a day:
// certificates held, credit, age. What it does not know it leaves out.
type Sources interface {
	About(ctx context.Context, who Applicant, names []string, on calendar.Day) ([]Input, error)
}

// Switches says what is switched off of an item's automatic rules: the rule's
// ID, "" for the whole item, and why.
type Switches interface {
	Off(ctx context.Context, item items.ID) (map[string]string, error)
}

// Automation is how the room finds out what automatic rules are judged by. The
// zero Automation knows nothing beside the case, and nothing is switched off.
type Automation struct {
	Sources  Sources
	Switches Switches
}

// Prejudged is what stays in a case of its latest automatic review.
type Prejudged struct {
	Of      int64    `json:"of"`  // fact after which it was reckoned
	Seq     int64    `json:"seq"` // fact that tells of it in full
	Granted bool     `json:"granted,omitempty"`
	Why     []string `json:"why,omitempty"`
	Sampled bool     `json:"sampled,omitempty"`
	Check   *Checked `json:"check,omitempty"`
}

// Checked is what a person found of an automatic decision afterwards (抽查).
type Checked struct {
	Right  bool      `json:"right"`
	Say    string    `json:"say"`
	Rule   string    `json:"rule,omitempty"` // the rule at fault
	By     string    `json:"by"`
	At     time.Time `json:"at"`
	Mended string    `json:"mended,omitempty"` // what was done about it, once it was
}

// bySystem signs what the program grants.
const bySystem = "自动办理（规则审查）"

// prejudged are the acts after which a case is looked over again.
var prejudged = []Act{Submit, Rectify, Correct, Accept, DeemAccept, Cure}

// Prejudge looks a case over by the rules of its edition and grants it if every
// rule holds and the item allows that (行政许可法第三十四条第二款: 能够当场作出决定的，
// 应当当场作出书面的行政许可决定). Otherwise it notes the findings for the people who
// go on with it; it never denies.
func (c *Case) Prejudge(e *items.Edition, r Reckoned, at time.Time) (Moved, error) {
	r.Number, r.Of = c.Number, c.Head.Seq
	r = Reckon(e, r)
	act := Prejudge
	if r.Clear {
		act = GrantByRule
	}
	doer, err := c.judge(act, identity.TheSystem)
	switch {
	case err != nil:
		return Moved{}, err
	case !e.Automatic.Reviews():
		return Moved{}, fault.New(fault.Conflict, "cases.prejudge.rules", "这个事项没有自动审查规则")
	case c.Prejudged != nil && c.Prejudged.Of >= r.Of:
		return Moved{}, fault.New(fault.Conflict, "cases.prejudge.twice", "这个办件已经自动审查过")
	}
	m := c.moved(act, c.State, doer, at)
	m.Reckoned = &r
	if r.Clear {
		m.To = Granted
		if e.Filing {
			m.Paper = RecordReceipt // what is only filed is not decided on the merits (优化营商环境条例第三十九条)
		}
		m.Decision = &Decision{Granted: true, Reason: "自动审查的规则全部成立", Signed: []string{bySystem}, Automatic: true, Called: e.Type.Decided(true), At: at}
	}
	return m, nil
}

// look keeps in the case what came of an automatic review.
func (c *Case) lookOver(m Moved) {
	if r := m.Reckoned; r != nil {
		c.Prejudged = &Prejudged{Of: max(r.Of, m.Seq), Seq: m.Seq, Granted: r.Clear, Why: r.Why, Sampled: r.Sampled}
	}
	if m.Checked == nil || c.Prejudged == nil {
		return
	}
	p := *c.Prejudged
	p.Check = m.Checked
	c.Prejudged = &p
}

// FilesNew reports whether a move brought something to look over.
func FilesNew(m Moved) bool { return slices.Contains(prejudged, m.Act) }

// CaseMoved looks a case over by itself when something new is on file. It is a
// listener for what FilesNew says: told twice it does nothing the second time.
func (s *Service) CaseMoved(ctx context.Context, m Moved, b *sqldb.Batch) error {
	c, err := s.Store.Case(ctx, m.Case)
	if err != nil {
		return err
	}
	f, err := s.Frame(ctx, c)
	if err != nil || !f.Edition.Automatic.Reviews() || c.may(Prejudge) != nil || c.Prejudged != nil && c.Prejudged.Of >= m.Seq {
		return err
	}
	err = s.Store.ChangeIn(ctx, b, m.Case, s.move(ctx, identity.TheSystem, func(c *Case, f Frame, at time.Time) (Moved, error) {
		r, err := s.reckoning(ctx, c, f)
		if err != nil {
			return Moved{}, err
		}
		return c.Prejudge(f.Edition, r, at)
	}))
	if fault.Of(err) == fault.Conflict {
		return nil // it went on meanwhile, and that will be told too
	}
	return err
}

// reckoning gathers what the rules are judged by.
func (s *Service) reckoning(ctx context.Context, c *Case, f Frame) (r Reckoned, err error) {
	var about []Input
	if s.Auto.Sources != nil {
		var names []string
		for _, rule := range f.Edition.Automatic.Rules {
			names = append(names, rule.Names()...)
		}
		if about, err = s.Auto.Sources.About(ctx, c.Applicant, names, calendar.DayOf(s.Now())); err != nil {
			return r, fmt.Errorf("sources of automatic review: %w", err)
		}
	}
	r = c.Inputs(f, about)
	if s.Auto.Switches != nil {
		r.Stopped, err = s.Auto.Switches.Off(ctx, c.Item)
	}
	return r, err
}

// Checks lists an agency's automatic decisions that were drawn and not checked
// yet, or found wrong and not mended yet, newest first: those of applicants whose name
// begins with find, or of the number that ends with these digits.
func (s *Service) Checks(ctx context.Context, agency, find, after string, by identity.Actor) ([]Listed, error) {
	f := Filter{Agency: agency, Drawn: true, Name: find, After: after}
	if numberEnd.MatchString(find) {
		f.Name, f.Tail = "", find
	}
	return s.Open(ctx, f, by)
}

// numberEnd is the end of a case number, as it is read to somebody.
var numberEnd = regexp.MustCompile(`^[0-9]{4,}$`)

// Recheck notes what a person found of an automatic decision that was drawn, or
// of any other that somebody doubts (抽查自动办理).
// Where ground names why it is to be annulled, that is proposed with the finding;
// what is put right in another way is told by Mend.
func (c *Case) Recheck(e *items.Edition, right bool, say, rule, ground string, days clock.Days, by identity.Actor, at time.Time) (Moved, error) {
	doer, err := c.judge(Check, by)
	switch {
	case err != nil:
		return Moved{}, err
	case c.Prejudged == nil || !c.Prejudged.Granted:
		return Moved{}, fault.New(fault.Conflict, "cases.check.human", "这个办件不是自动办理的，不需要抽查")
	case c.Prejudged.Check != nil:
		return Moved{}, fault.New(fault.Conflict, "cases.check.twice", "这个办件已经抽查过")
	}
	m := c.moved(Check, c.State, doer, at)
	m.Checked, m.Reason = &Checked{Right: right, Say: say, Rule: rule, By: by.Name, At: m.At}, say
	if right {
		return m, nil
	}
	err = wanted(Check, "say", say, "认为自动办理有误的，请写明错在哪里")
	if ground != "" {
		err = fault.Together(err, c.undoing(e, &m, ground, days))
	}
	return m, err
}

// Mend notes what was done about an automatic decision that was found wrong (纠错).
func (c *Case) Mend(how string, by identity.Actor, at time.Time) (Moved, error) {
	doer, err := c.judge(Mend, by)
	switch {
	case err != nil:
		return Moved{}, err
	case c.Prejudged == nil || c.Prejudged.Check == nil || c.Prejudged.Check.Right || c.Prejudged.Check.Mended != "":
		return Moved{}, fault.New(fault.Conflict, "cases.mend.none", "这个办件没有待纠正的自动决定")
	case c.Later.Pending() && c.Later.Of == Check:
		return Moved{}, fault.New(fault.Conflict, "cases.mend.annulling", "已经提出撤销，决定以后自动记为已纠正")
	case how == "":
		return Moved{}, fault.New(fault.Invalid, "cases.mend.how", "请写明怎样纠正的").At("how", "required", "请写明怎样纠正的")
	}
	m := c.moved(Mend, c.State, doer, at)
	done := *c.Prejudged.Check
	done.Mended = how
	m.Checked, m.Reason = &done, how
	return m, nil
}

// Wanting reports whether a person still has to look at an automatic decision.
func (c *Case) Wanting() bool {
	p := c.Prejudged
	if p == nil || !p.Granted {
		return false
	}
	if p.Check == nil {
		return p.Sampled
	}
	return !p.Check.Right && p.Check.Mended == ""
}

// CheckDecision has somebody who decides in the agency note a check.
func (s *Service) CheckDecision(ctx context.Context, id ID, right bool, say, rule, ground string, by identity.Actor) (*Case, error) {
	return s.do(ctx, id, asking(by, Check, ""), by, func(c *Case, f Frame, at time.Time) (Moved, error) {
		return c.Recheck(f.Edition, right, say, rule, ground, s.Days, by, at)
	})
}

// MendDecision has them note what was done about one found wrong.
func (s *Service) MendDecision(ctx context.Context, id ID, how string, by identity.Actor) (*Case, error) {
	return s.do(ctx, id, asking(by, Mend, ""), by, func(c *Case, _ Frame, at time.Time) (Moved, error) { return c.Mend(how, by, at) })
}

// Reckoning is the latest automatic review of a case in full, for those who may
// see the case; nil when there was none.
func (s *Service) Reckoning(ctx context.Context, c *Case, by identity.Actor) (*Reckoned, error) {
	if c.Prejudged == nil {
		return nil, nil
	}
	list, err := s.HistoryOf(ctx, c, by)
	if err != nil {
		return nil, err
	}
	for _, e := range list {
		if e.Seq == c.Prejudged.Seq {
			return e.Reckoned, nil
		}
	}
	return nil, nil
}

// Used are the inputs that a rule spoke of.
func (r Reckoned) Used(rule Ruled) []Input {
	names := items.AutoRule{When: rule.When}.Names()
	return slices.DeleteFunc(slices.Clone(r.Inputs), func(in Input) bool { return !slices.Contains(names, in.Name) })
}

// Say is the value as people read it.
func (in Input) Say() string {
	switch v := in.Value.(type) {
	case nil:
		return "缺"
	case bool:
		return map[bool]string{true: "是", false: "否"}[v]
	case []any:
		var all []string
		for _, one := range v {
			all = append(all, fmt.Sprint(one))
		}
		return strings.Join(all, "、")
	}
	return fmt.Sprint(in.Value)
}
