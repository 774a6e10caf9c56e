package casestore

import (
	"context"
	"encoding/json"

	"tongban/internal/engine/flow"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
)

// openCase is an open case and the day it is listed under.
type openCase struct {
	*cases.Case
	due string
}

// Redue reckons due days anew. A case that somebody changes at the same moment
// is left alone: what they write is reckoned by the new calendar already.
func (s *Store) Redue(ctx context.Context, after cases.ID, limit int) (last cases.ID, moved int, err error) {
	open, err := sqldb.Rows(ctx, s.DB, func(scanAll func(...any) error) (o openCase, err error) {
		o.Case, err = scan(func(into ...any) error { return scanAll(append(into, &o.due)...) })
		return o, err
	}, `SELECT `+columns+`, due FROM cases WHERE waiting = 1 AND id > $1 ORDER BY id LIMIT $2`, string(after), limit)
	if err != nil || len(open) == 0 {
		return "", 0, err
	}
	var b sqldb.Batch
	for _, o := range open {
		if due := s.due(o.Clock()); due != o.due {
			moved++
			b.Exec(`UPDATE cases SET due = $1, legal_due = $2, wake = $3 WHERE id = $4 AND seq = $5`,
				due, s.due(o.Statutory), s.wake(o.Case), string(o.ID), o.Head.Seq)
		}
		if err := s.redueWork(ctx, &b, o.Case); err != nil {
			return "", 0, err
		}
	}
	if b.Len() > 0 {
		err = s.DB.Commit(ctx, &b)
	}
	return open[len(open)-1].ID, moved, err
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
