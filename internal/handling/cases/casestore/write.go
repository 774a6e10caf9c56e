package casestore

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/engine/clock"
	"tongban/internal/engine/flow"
	"tongban/internal/engine/forms"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
)

// Add keeps a new case, and what is done with it at once.
func (s *Store) Add(ctx context.Context, r cases.Request, c *cases.Case, m cases.Moved, e *items.Edition, then ...func(*cases.Case) (cases.Moved, error)) (*cases.Case, error) {
	if id, before, err := s.formerly(ctx, r); before || err != nil {
		return s.again(ctx, id, err)
	}
	number, err := s.number(ctx, e, calendar.DayOf(m.At))
	if err != nil {
		return nil, fmt.Errorf("allot case number: %w", err)
	}
	c.Number = number
	var b sqldb.Batch
	if err := s.put(&b, r, was{}, c, m); err != nil {
		return nil, err
	}
	for _, do := range then {
		if _, err := s.judge(ctx, &b, cases.Request{}, c, do); err != nil {
			return nil, err
		}
	}
	if err := s.DB.Commit(ctx, &b); err != nil {
		return s.afterFailure(ctx, r, err)
	}
	return c, nil
}

// AddIn keeps a new case with what else is in the batch.
func (s *Store) AddIn(ctx context.Context, b *sqldb.Batch, c *cases.Case, m cases.Moved, e *items.Edition) error {
	number, err := s.number(ctx, e, calendar.DayOf(m.At))
	if err != nil {
		return fmt.Errorf("allot case number: %w", err)
	}
	c.Number = number
	return s.put(b, cases.Request{}, was{}, c, m)
}

func (s *Store) again(ctx context.Context, id cases.ID, err error) (*cases.Case, error) {
	if err != nil {
		return nil, err
	}
	return s.Case(ctx, id)
}

// afterFailure finds out whether the same request was carried out at the same
// moment by someone else's hand.
func (s *Store) afterFailure(ctx context.Context, r cases.Request, err error) (*cases.Case, error) {
	if sqldb.IsDuplicate(err) {
		if id, before, seenErr := s.seen(ctx, r); before || seenErr != nil {
			return s.again(ctx, id, seenErr)
		}
	}
	return nil, fmt.Errorf("keep case: %w", err)
}

// tries is how often an act is judged again when others keep changing the case.
const tries = 4

// Change loads, judges, and keeps.
func (s *Store) Change(ctx context.Context, r cases.Request, id cases.ID, do func(*cases.Case) (cases.Moved, error)) (*cases.Case, error) {
	if done, before, err := s.formerly(ctx, r); before || err != nil {
		return s.again(ctx, done, err)
	}
	for range tries {
		var b sqldb.Batch
		c, err := s.change(ctx, &b, r, id, do)
		if err == nil {
			if err = s.DB.Commit(ctx, &b); err == nil {
				return c, nil
			}
			if !sqldb.IsOutrun(err) {
				return nil, fmt.Errorf("keep case %s: %w", id, err)
			}
		}
		// Refused, or someone was faster: perhaps this very request, before.
		if done, before, seenErr := s.seen(ctx, r); before || seenErr != nil {
			return s.again(ctx, done, seenErr)
		}
		if !sqldb.IsOutrun(err) {
			return nil, err
		}
	}
	return nil, fault.New(fault.Conflict, "cases.change.stale", "办件正在被多人更新，请刷新后再试")
}

// ChangeIn is Change within a listener's batch.
func (s *Store) ChangeIn(ctx context.Context, b *sqldb.Batch, id cases.ID, do func(*cases.Case) (cases.Moved, error)) error {
	_, err := s.change(ctx, b, cases.Request{}, id, do)
	return err
}

// change judges the case as it was last kept by us, and if that is refused, or
// we have not had it lately, as the database has it. A case that another
// replica changed since fails to commit, for its next fact is there already.
func (s *Store) change(ctx context.Context, b *sqldb.Batch, r cases.Request, id cases.ID, do func(*cases.Case) (cases.Moved, error)) (*cases.Case, error) {
	if c, ok := s.lately.take(id); ok {
		if c, err := s.judge(ctx, b, r, c, do); err == nil {
			return c, nil
		}
	}
	c, err := s.Case(ctx, id)
	if err != nil {
		return nil, err
	}
	return s.judge(ctx, b, r, c, do)
}

func (s *Store) judge(ctx context.Context, b *sqldb.Batch, r cases.Request, c *cases.Case, do func(*cases.Case) (cases.Moved, error)) (*cases.Case, error) {
	owed, err := owedText(c.Owes(s.Days))
	if err != nil {
		return nil, err
	}
	before := was{c.Flow.Open, owed, s.sortedOf(c), placeOf(c)}
	var fetched sqldb.Batch
	if c.Archived != nil {
		if err := s.fetch(ctx, &fetched, c); err != nil {
			return nil, err
		}
	}
	m, err := do(c)
	if err != nil {
		return nil, err
	}
	b.Join(&fetched)
	if err := s.move(ctx, b, c, m); err != nil {
		return nil, err
	}
	return c, s.put(b, r, before, c, m)
}

// move gives the open work its due days anew when the case's time stood still,
// ran on, was lengthened or is reckoned by another edition, so that inboxes stay in the order of what is due.
func (s *Store) move(ctx context.Context, b *sqldb.Batch, c *cases.Case, m cases.Moved) error {
	if m.Special == nil && m.Extension == nil && m.Edition == 0 {
		return nil
	}
	opened := map[string]int64{}
	_, err := sqldb.Rows(ctx, s.DB, func(scan func(...any) error) (id string, err error) {
		var at int64
		err = scan(&id, &at)
		opened[id] = at
		return id, err
	}, `SELECT work_id, opened FROM cases_work WHERE case_id = $1`, string(c.ID))
	for _, w := range c.Flow.Open {
		if at, there := opened[w.ID]; there {
			b.Exec(`UPDATE cases_work SET due = $1 WHERE case_id = $2 AND work_id = $3`, s.stepDue(c, w, sqldb.FromInstant(at)), string(c.ID), w.ID)
		}
	}
	return err
}

// was is what of a case is kept in rows of its own, as it was before a move.
type was struct {
	work   []flow.Work
	owed   string
	sorted []any
	place  []any
}

// put adds to the batch everything that the move changed.
func (s *Store) put(b *sqldb.Batch, r cases.Request, before was, c *cases.Case, m cases.Moved) error {
	seq := c.Head.Seq + 1
	body, err := bodyOf(c)
	if err != nil {
		return err
	}
	if len(m.Materials)+len(m.Verdicts)+len(m.Answers) > 0 || seq == 1 {
		if err := putFiling(b, c); err != nil {
			return err
		}
	}
	if c.Head, err = s.Post.Record(b, m.Case.Stream(), c.Head, m.At, m); err != nil {
		return err
	}
	if seq == 1 {
		s.insert(b, c, body)
	} else {
		s.update(b, c, body, before.sorted)
	}
	s.putWork(b, c, before.work, m.At)
	if err := s.putOwed(b, c, before.owed); err != nil {
		return err
	}
	putPassed(b, c, m)
	putDrawn(b, c, m)
	putPlace(b, c, before.place)
	putSigners(b, c, before.work)
	for _, p := range c.Papers {
		if p.Seq == seq {
			putPaper(b, c, p, m.At, 0)
		}
	}
	putRequest(b, r, c.ID, m.At)
	b.After(func() { s.lately.put(c) })
	return nil
}

func putFiling(b *sqldb.Batch, c *cases.Case) error {
	text, err := filingOf(c)
	b.Exec(`INSERT INTO cases_filings (case_id, body) VALUES ($1, $2) ON CONFLICT (case_id) DO UPDATE SET body = excluded.body`, string(c.ID), text)
	return err
}

// filing is the part of a case that was handed in, named as in cases.Case.
type filing struct {
	Answers   forms.Answers  `json:"answers,omitempty"`
	Materials []cases.Handed `json:"materials,omitempty"`
}

func (s *Store) insert(b *sqldb.Batch, c *cases.Case, body string) {
	b.Exec(insertCase, slices.Concat(fixedOf(c), s.plainOf(c, body), s.sortedOf(c))...)
}

// update writes what a move may change; of what lists are made by only what it did
// change, for with a column every index is written that it stands in.
func (s *Store) update(b *sqldb.Batch, c *cases.Case, body string, before []any) {
	values, which := s.plainOf(c, body), 0
	for i, now := range s.sortedOf(c) {
		if now != before[i] {
			values, which = append(values, now), which|1<<i
		}
	}
	b.Exec(updates[which], append(values, string(c.ID))...)
}

// papers are what cases have been sent; their numbers were drawn before.
var papers = sqldb.Log{Into: `INSERT INTO cases_papers (case_id, seq, kind, title, agency, year, serial)`}

func putPaper(b *sqldb.Batch, c *cases.Case, p cases.Paper, at time.Time, serial int) {
	papers.Add(b, slices.Concat([]any{string(c.ID), p.Seq, string(p.Kind)}, paperOf(c, p, at), []any{serial})...)
}

// due is the day to sort by. While a clock stands still its day is reckoned as
// if the pause ended as planned; what has no day sorts last.
func (s *Store) due(k clock.Clock) string {
	if due := k.Forecast(s.Days).Due(s.Days); due.Known {
		return due.Day.String()
	}
	return never
}

// never sorts after every day.
const never = "9999-12-31"

// wake is when the program itself must look at the case; 0 for never.
func (s *Store) wake(c *cases.Case) int64 { return int64(c.Alarm(s.Days)) }

// putWork writes what changed in the case's open work.
func (s *Store) putWork(b *sqldb.Batch, c *cases.Case, before []flow.Work, at time.Time) {
	for _, w := range before {
		if _, still := c.Flow.Find(w.ID); !still {
			b.Exec(`DELETE FROM cases_work WHERE case_id = $1 AND work_id = $2`, string(c.ID), w.ID)
		}
	}
	for _, w := range c.Flow.Open {
		i := slices.IndexFunc(before, func(old flow.Work) bool { return old.ID == w.ID })
		switch {
		case i < 0:
			s.openWork(b, c, w, at)
		case !reflect.DeepEqual(&before[i], &w):
			b.Exec(`UPDATE cases_work SET claimed = $1, body = $2 WHERE case_id = $3 AND work_id = $4`, w.Claimed, workBody(w), string(c.ID), w.ID)
		}
	}
}

func (s *Store) openWork(b *sqldb.Batch, c *cases.Case, w flow.Work, at time.Time) {
	b.Insert(`INSERT INTO cases_work (case_id, work_id, agency, role, claimed, due, opened, body)`,
		append([]any{string(c.ID), w.ID}, s.workOf(c, w, at)...)...)
}

func workBody(w flow.Work) string {
	body, err := json.Marshal(w)
	if err != nil {
		return "{}" // a Work is made of texts and numbers and always marshals
	}
	return string(body)
}

// stepDue is the day a step that was opened at should be done by: its own
// limit, or the case's if it has none.
func (s *Store) stepDue(c *cases.Case, w flow.Work, opened time.Time) string {
	if step := cases.StepClock(w.Limit, opened, time.Time{}, c.Stood()); step.Started != 0 {
		return s.due(step)
	}
	return s.due(c.Clock())
}
