package casestore

import (
	"context"
	"encoding/json"

	"tongban/internal/civic/calendar"
	"tongban/internal/engine/flow"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
)

// reckoned is a case and what lists go by, as it was reckoned.
type reckoned struct {
	*cases.Case
	due, legal string
	wake       int64
}

// Redue reckons due days anew. An act that somebody does at the same moment may
// leave the day as it was, so a page in which something moved is looked at again.
func (s *Store) Redue(ctx context.Context, since calendar.Day, after cases.ID, limit int) (last cases.ID, moved int, err error) {
	for range tries {
		var some int
		last, some, err = s.redue(ctx, since, after, limit)
		moved += some
		if some == 0 || err != nil {
			return last, moved, err
		}
	}
	return last, moved, nil
}

func (s *Store) redue(ctx context.Context, since calendar.Day, after cases.ID, limit int) (last cases.ID, moved int, err error) {
	ids, err := s.IDs(ctx, after, limit)
	if err != nil || len(ids) == 0 {
		return "", 0, err
	}
	last = ids[len(ids)-1]
	all, err := sqldb.Rows(ctx, s.DB, func(scanAll func(...any) error) (o reckoned, err error) {
		o.Case, err = scan(func(into ...any) error { return scanAll(append(into, &o.due, &o.legal, &o.wake)...) })
		return o, err
	}, `SELECT `+columns+`, due, legal_due, wake FROM cases WHERE id > $1 AND id <= $2 ORDER BY id`, string(after), string(last))
	if err != nil {
		return "", 0, err
	}
	var b sqldb.Batch
	if moved, err = s.redueShelf(ctx, &b, since, after, last); err != nil {
		return "", 0, err
	}
	for _, o := range all {
		changed, err := s.redueCase(ctx, &b, o)
		if err != nil {
			return "", 0, err
		}
		if changed {
			moved++
		}
	}
	if b.Len() > 0 {
		err = s.DB.Commit(ctx, &b)
	}
	return last, moved, err
}

// redueCase reckons the days of a case and of its work again, and reports whether those
// of the case itself have moved.
func (s *Store) redueCase(ctx context.Context, b *sqldb.Batch, o reckoned) (moved bool, err error) {
	due, legal, wake := s.due(o.Clock()), s.due(o.Legal()), s.wake(o.Case)
	if moved = due != o.due || legal != o.legal || wake != o.wake; moved {
		b.Exec(`UPDATE cases SET due = $1, legal_due = $2, wake = $3 WHERE id = $4 AND seq = $5`, due, legal, wake, string(o.ID), o.Head.Seq)
	}
	if err := s.redueWork(ctx, b, o.Case); err != nil {
		return moved, err
	}
	return moved, s.redueOwed(b, o.Case)
}

// redueShelf does the same for those on the shelf. Each that is looked at is made again
// from its package, so only those are whose days may move: terms are counted forward, and
// one that ended before the first day that may have changed ends there still; one without
// an end has none by any calendar.
func (s *Store) redueShelf(ctx context.Context, b *sqldb.Batch, since calendar.Day, after, last cases.ID) (moved int, err error) {
	type column struct{ due, legal string }
	was, wakes := map[cases.ID]column{}, map[cases.ID]int64{}
	rows, err := sqldb.Rows(ctx, s.DB, func(scan func(...any) error) (r cases.Row, err error) {
		var c column
		var wake int64
		err = scan((*string)(&r.ID), &r.Number, &c.due, &c.legal, &wake)
		was[r.ID], wakes[r.ID] = c, wake
		return r, err
	}, `SELECT id, number, due, legal_due, wake FROM cases_archived WHERE id > $1 AND id <= $2
		AND (due >= $3 AND due < $4 OR legal_due >= $3 AND legal_due < $4 OR wake > 0)`, string(after), string(last), since.String(), never)
	if err != nil {
		return 0, err
	}
	all, err := s.remade(ctx, rows)
	for id, c := range all {
		now, wake := column{s.due(c.Clock()), s.due(c.Legal())}, s.wake(c)
		if now != was[id] || wake != wakes[id] {
			moved++
			b.Exec(`UPDATE cases_archived SET due = $1, legal_due = $2, wake = $3 WHERE id = $4 AND seq = $5`, now.due, now.legal, wake, string(id), c.Head.Seq)
		}
	}
	return moved, err
}

// redueOwed does the same for what is owed in the case.
func (s *Store) redueOwed(b *sqldb.Batch, c *cases.Case) error {
	for i, o := range c.Owes(s.Days) {
		values, err := owedOf(c, o)
		if err != nil {
			return err
		}
		due, body := values[3], values[4] // in the order of owedColumns
		b.Exec(`UPDATE cases_owed SET due = $1, body = $2 WHERE case_id = $3 AND no = $4 AND due <> $5`, due, body, string(c.ID), i, due)
	}
	return nil
}

// redueWork does the same for the steps that are open.
func (s *Store) redueWork(ctx context.Context, b *sqldb.Batch, c *cases.Case) error {
	if len(c.Flow.Open) == 0 {
		return nil
	}
	return s.DB.Each(ctx, func(scan func(...any) error) error {
		var w flow.Work
		var body, was string
		var opened int64
		if err := scan(&body, &was, &opened); err != nil {
			return err
		}
		if err := json.Unmarshal([]byte(body), &w); err != nil {
			return err
		}
		if due := s.stepDue(c, w, sqldb.FromInstant(opened)); due != was {
			b.Exec(`UPDATE cases_work SET due = $1 WHERE case_id = $2 AND work_id = $3`, due, string(c.ID), w.ID)
		}
		return nil
	}, `SELECT body, due, opened FROM cases_work WHERE case_id = $1`, string(c.ID))
}
