package items

import (
	"context"
	"fmt"

	"github.com/goccy/go-yaml"

	"tongban/internal/civic/calendar"
)

// A LedgerQuery says what part of the reduction ledger is asked for (压减台账).
type LedgerQuery struct {
	From   calendar.Day // each item is compared with its edition of this day; 0, and items that are newer: with its first
	Within string       // division, with all that lies in it
	Agency string
	Topic  string // see Edition.Topics
}

// A Saving compares what items cost then and now. Items alone counts those that
// have ended too; the burdens are of items that are still in force, so that what
// was dropped is not counted twice.
type Saving struct {
	Key               string // division, agency or item
	Name              string
	Agency            string // of an item
	ItemsWas, Items   int
	Was, Now          Burden
	WasNumber, Number int // editions of an item
}

// Plus adds up two savings under the name of the first.
func (s Saving) Plus(other Saving) Saving {
	s.ItemsWas, s.Items = s.ItemsWas+other.ItemsWas, s.Items+other.Items
	s.Was, s.Now = s.Was.Plus(other.Was), s.Now.Plus(other.Now)
	return s
}

// Cut is by how many of a hundred a number fell, rounded down; negative where it
// rose, 0 where there was nothing.
func Cut(was, now int) int {
	if was <= 0 {
		return 0
	}
	cut := (was - now) * 100
	if cut < 0 {
		return -((-cut + was - 1) / was)
	}
	return cut / was
}

// A Count is one column of the ledger.
type Count struct {
	ID, Name, Unit string
	Before         string // what it is compared with: "原来", "法定"
	of             func(Saving) (was, now int)
}

// Of is the column in a saving.
func (c Count) Of(s Saving) (was, now int) { return c.of(s) }

// LedgerCounts are the columns of the ledger, in its order.
func LedgerCounts() []Count { return ledgerCounts }

var ledgerCounts = []Count{
	{"items", "办理事项", "项", "原来", func(s Saving) (int, int) { return s.ItemsWas, s.Items }},
	{"materials", "申请材料", "份", "原来", func(s Saving) (int, int) { return s.Was.Materials, s.Now.Materials }},
	{"steps", "审批环节", "个", "原来", func(s Saving) (int, int) { return s.Was.Steps, s.Now.Steps }},
	{"days", "承诺时限", "天", "原来", func(s Saving) (int, int) { return s.Was.Days, s.Now.Days }},
	{"promise", "承诺比法定", "天", "法定", func(s Saving) (int, int) { return s.Now.Statutory, s.promised() }},
	{"visits", "跑动次数", "次", "原来", func(s Saving) (int, int) { return s.Was.Visits, s.Now.Visits }},
	{"fees", "收费项目", "项", "原来", func(s Saving) (int, int) { return s.Was.Fees, s.Now.Fees }},
}

// promised are the days now, of items for which the law sets a limit too: a
// promise without one saves nothing.
func (s Saving) promised() int { return min(s.Now.Days, s.Now.Statutory) }

// A Target is how far a count is to be cut (压减目标): by Part of Of, for
// everything or for the items of a topic.
type Target struct {
	Name   string `yaml:"name"`
	Count  string `yaml:"count"` // a Count's ID
	Part   int    `yaml:"part"`  // 1
	Of     int    `yaml:"of"`    // 3: a third
	Topic  string `yaml:"topic"` // "": all items
	Source string `yaml:"source"`
}

// Reached reports whether the target is met. Where there was nothing to cut,
// there is nothing to reach either: known is false.
func (t Target) Reached(s Saving) (reached, known bool) {
	for _, c := range ledgerCounts {
		if c.ID == t.Count {
			was, now := c.of(s)
			return was > 0 && (was-now)*t.Of >= was*t.Part, was > 0
		}
	}
	return false, false
}

// ReadTargets reads the targets of a city and refuses what cannot be reckoned.
func ReadTargets(text []byte) ([]Target, error) {
	var all []Target
	if err := yaml.UnmarshalWithOptions(text, &all, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("targets: %w", err)
	}
	for i, t := range all {
		known := false
		for _, c := range ledgerCounts {
			known = known || c.ID == t.Count
		}
		if !known || t.Name == "" || t.Part < 1 || t.Of < t.Part {
			return nil, fmt.Errorf("target %d (%s): count %q, part %d of %d", i+1, t.Name, t.Count, t.Part, t.Of)
		}
	}
	return all, nil
}

// By is what a ledger has one row for.
type By string

// The rows of a ledger.
const (
	ByDivision By = "division" // county or city
	ByAgency   By = "agency"
)

// Ledger adds up what is asked for by divisions or agencies, in the order of
// their keys.
func (s *Service) Ledger(ctx context.Context, q LedgerQuery, by By) ([]Saving, error) {
	return s.Store.Ledger(ctx, q, by, s.today())
}

// LedgerItems lists the items behind the numbers after a cursor, in order of
// names, with the cursor of the next page; the zero cursor when there is none.
func (s *Service) LedgerItems(ctx context.Context, q LedgerQuery, after Cursor, limit int) ([]Saving, Cursor, error) {
	limit = min(max(limit, 1), 1000)
	return s.Store.LedgerItems(ctx, q, s.today(), after, limit)
}

// Reckon counts the burdens of editions that were published before the ledger
// was kept. It does nothing where all are counted.
func (s *Service) Reckon(ctx context.Context) error {
	for {
		some, err := s.Store.Unreckoned(ctx, 200)
		if err != nil || len(some) == 0 {
			return err
		}
		if err := s.Store.Reckon(ctx, some); err != nil {
			return err
		}
	}
}
