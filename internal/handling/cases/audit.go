package cases

import (
	"context"
	"encoding/json"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/ground/event"
	"tongban/internal/ground/sqldb"
)

// Difference is the first thing in which a case is not what its facts say; Case
// is empty when it is about the papers of an agency.
type Difference struct {
	Case ID
	Say  string
}

// String is the difference in a line.
func (d Difference) String() string {
	if d.Case == "" {
		return d.Say
	}
	return "办件 " + string(d.Case) + "：" + d.Say
}

// Stored is all that the tables hold of one case, for audit.
type Stored struct {
	ID     ID
	Number string
	Head   event.Head // as noted beside the case
	Facts  []event.Record
	Rows   []Cells
	Read   func() (*Case, error) // the case as it is kept; it is read only to say what differs
}

// auditPage is how many cases are read at once.
const auditPage = 200

// Audit builds every case again from its facts and compares it with what is
// kept: the chain of hashes, and every column of every row of the case, its
// work, its papers and what is owed in it. See is told of each case that
// differs, one at a time, and how many were looked at so far. Several cases are
// audited at the same time.
func (s *Service) Audit(ctx context.Context, see func(looked int, d *Difference)) (looked int, err error) {
	var one sync.Mutex
	group, within := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	page := func(ids []ID) error {
		all, err := s.auditPage(within, ids[0], ids[len(ids)-1])
		one.Lock()
		defer one.Unlock()
		for _, d := range all {
			looked++
			see(looked, d)
		}
		return err
	}
	err = s.auditPages(within, func(ids []ID) error {
		if sqldb.Conversing(ctx) {
			return page(ids) // one question after another
		}
		group.Go(func() error { return page(ids) })
		return nil
	})
	if failed := group.Wait(); failed != nil {
		err = failed
	}
	if err != nil {
		return looked, err
	}
	gaps, err := s.Store.Gaps(ctx)
	for _, say := range gaps {
		see(looked, &Difference{Say: say})
	}
	return looked, err
}

// auditPages hands out the keys of all cases.
func (s *Service) auditPages(ctx context.Context, page func([]ID) error) error {
	for after := ID(""); ; {
		ids, err := s.Store.IDs(ctx, after, auditPage)
		if err != nil || len(ids) == 0 {
			return err
		}
		if err := page(ids); err != nil {
			return err
		}
		after = ids[len(ids)-1]
	}
}

// auditPage audits the cases from one to another; nil stands for one that is
// what its facts say. One that differs is read again by itself, for it may have
// been changed between the reading of its row and that of its facts.
func (s *Service) auditPage(ctx context.Context, from, until ID) ([]*Difference, error) {
	stored, err := s.Store.Stored(ctx, from, until)
	if err != nil {
		return nil, fmt.Errorf("audit cases %s to %s: %w", from, until, err)
	}
	all := make([]*Difference, len(stored))
	for i, one := range stored {
		if all[i], err = s.audit(ctx, one); all[i] != nil && from != until {
			all[i], err = s.AuditOne(ctx, one.ID)
		}
		if err != nil {
			return nil, fmt.Errorf("audit case %s: %w", one.ID, err)
		}
	}
	return all, nil
}

// auditTries is how often a case is read before it is said to differ.
const auditTries = 3

// AuditOne audits one case; nil means that it is what its facts say.
func (s *Service) AuditOne(ctx context.Context, id ID) (d *Difference, err error) {
	for range auditTries {
		all, err := s.auditPage(ctx, id, id)
		if err != nil {
			return nil, err
		}
		if len(all) == 0 {
			return nil, None(string(id))
		}
		if d = all[0]; d == nil {
			return nil, nil
		}
	}
	return d, nil
}

func (s *Service) audit(ctx context.Context, kept Stored) (*Difference, error) {
	head, err := event.Verify(kept.Facts)
	if err != nil {
		return &Difference{kept.ID, "记录链断裂：" + err.Error()}, nil
	}
	if head != kept.Head || head.Seq == 0 {
		return &Difference{kept.ID, fmt.Sprintf("办件停在第%d条记录，记录链止于第%d条", kept.Head.Seq, head.Seq)}, nil
	}
	again, opened, d, err := s.rebuild(ctx, kept)
	if d != nil || err != nil {
		return d, err
	}
	again.Head = head
	at := make([]time.Time, len(kept.Facts))
	for i, f := range kept.Facts {
		at[i] = f.At
	}
	would, err := s.Store.Would(again, opened, at)
	if err != nil {
		return nil, err
	}
	return kept.differ(again, would)
}

// rebuild makes a case again from its facts.
func (s *Service) rebuild(ctx context.Context, kept Stored) (*Case, Openings, *Difference, error) {
	list, frames, err := s.framed(ctx, pinned{}, kept.Facts)
	if err != nil {
		return nil, nil, nil, err
	}
	again, opened := &Case{}, Openings{}
	for i, e := range list {
		if err := again.Apply(e.Moved, frames[i]); err != nil {
			return nil, nil, &Difference{kept.ID, fmt.Sprintf("第%d条记录（%s）不能重演：%v", e.Seq, MoveOf(e.Act).Name, err)}, nil
		}
		opened.Note(again.Flow.Open, e.At)
	}
	again.Number = numbered(kept.Number, frames[0].Edition, calendar.DayOf(again.Opened))
	return again, opened, nil, nil
}

// NumberStem is what the case numbers of an item on a day begin with: the
// implementation code and the day.
func NumberStem(e *items.Edition, day calendar.Day) string {
	return e.Codes.Implementation + strings.ReplaceAll(day.String(), "-", "")
}

// numbered is the number of a case, of which the facts tell all but the serial.
func numbered(number string, e *items.Edition, day calendar.Day) string {
	stem := NumberStem(e, day)
	serial, ok := strings.CutPrefix(number, stem)
	if !ok || len(serial) < 4 || len(serial) > 4 && serial[0] == '0' || strings.Trim(serial, "0123456789") != "" {
		return stem + "####"
	}
	return number
}

// firstDifference compares part by part, so that the first that differs can be named.
func firstDifference(again, kept *Case) (*Difference, error) {
	for _, part := range []struct {
		name string
		of   func(*Case) any
	}{
		{"状态", func(c *Case) any { return c.State }},
		{"法定时钟", func(c *Case) any { return c.Statutory }},
		{"承诺时钟", func(c *Case) any { return c.Promised }},
		{"下级机关审查", func(c *Case) any { return c.FirstReview }},
		{"文书", func(c *Case) any { return c.Papers }},
		{"流程", func(c *Case) any { return c.Flow }},
		{"定时", func(c *Case) any { return c.Timers }},
		{"申请表", func(c *Case) any { return c.Answers }},
		{"材料", func(c *Case) any { return c.Materials }},
		{"其他内容", func(c *Case) any { return c }},
	} {
		want, err := json.Marshal(part.of(again))
		if err != nil {
			return nil, err
		}
		got, err := json.Marshal(part.of(kept))
		if err != nil {
			return nil, err
		}
		if string(want) != string(got) {
			return &Difference{again.ID, fmt.Sprintf("%s与记录不符：应为%s，实为%s", part.name, clip(string(want)), clip(string(got)))}, nil
		}
	}
	return nil, nil
}

func clip(text string) string {
	if r := []rune(text); len(r) > 200 {
		return string(r[:200]) + "…"
	}
	return text
}
