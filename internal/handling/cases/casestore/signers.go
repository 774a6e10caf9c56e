package casestore

import (
	"context"

	"tongban/internal/civic/identity"
	"tongban/internal/engine/flow"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
)

// putSigners lists who is still asked to sign; most cases never ask anybody.
func putSigners(b *sqldb.Batch, c *cases.Case, before []flow.Work) {
	if !asks(before) && !asks(c.Flow.Open) {
		return
	}
	b.Exec(`DELETE FROM cases_signers WHERE case_id = $1`, string(c.ID))
	for _, a := range asked(c.Flow.Open) {
		b.Exec(`INSERT INTO cases_signers (account, case_id, work_id) VALUES ($1, $2, $3)`, a.account, string(c.ID), a.work)
	}
}

// asking is somebody who was asked to sign a work and has not yet.
type asking struct{ work, account string }

func asked(open []flow.Work) (all []asking) {
	for _, w := range open {
		for _, account := range w.Signers {
			if cases.Asked(w, identity.Actor{Account: account}) {
				all = append(all, asking{w.ID, account})
			}
		}
	}
	return all
}

func asks(open []flow.Work) bool {
	for _, w := range open {
		if len(w.Signers) > 0 {
			return true
		}
	}
	return false
}

// Signing is the open work that somebody was asked to sign.
func (s *Store) Signing(ctx context.Context, account string, limit int) ([]cases.WorkRow, error) {
	return sqldb.Rows(ctx, s.DB, scanWork, `SELECT w.case_id, c.number, c.item_name, c.applicant, w.body, w.opened, w.due, c.due, c.paused, c.pauses
		FROM cases_signers s JOIN cases_work w ON w.case_id = s.case_id AND w.work_id = s.work_id JOIN cases c ON c.id = s.case_id
		WHERE s.account = $1 ORDER BY w.due, w.case_id, w.work_id LIMIT $2`, account, limit)
}
