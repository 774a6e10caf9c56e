package supervisionstore

import (
	"context"

	"tongban/internal/engine/clock"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
	"tongban/internal/oversight/supervision"
)

// Load brings very many new lines in: they are added up in memory, and their
// sums kept once, by End.
type Load struct {
	days map[supervision.Key]supervision.Counts
	open map[supervision.OpenKey]int64
}

// Line adds the line of a case that had none.
func (l *Load) Line(b *sqldb.Batch, id cases.ID, now supervision.Line) error {
	if l.days == nil {
		l.days, l.open = map[supervision.Key]supervision.Counts{}, map[supervision.OpenKey]int64{}
	}
	body, err := pack(now)
	b.Insert(`INSERT INTO supervision_lines (case_id, body, version)`, string(id), body, int64(1))
	differ(l.days, l.open, now, 1)
	return err
}

// Look notes when a new case is to be looked at.
func (l *Load) Look(b *sqldb.Batch, id cases.ID, at clock.Moment) {
	b.Insert(`INSERT INTO supervision_looks (case_id, due)`, string(id), int64(at))
}

// End keeps the sums.
func (l *Load) End(ctx context.Context, db *sqldb.DB) error {
	var b sqldb.Batch
	raise(&b, l.days, l.open)
	return db.Commit(ctx, &b)
}
