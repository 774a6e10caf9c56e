package supervisionstore

import (
	"context"
	"fmt"
	"time"

	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
	"tongban/internal/oversight/supervision"
)

var decided = sqldb.Log{Into: `INSERT INTO supervision_decided (account, at, case_id, name)`, Else: `ON CONFLICT (account, at, case_id) DO NOTHING`}

// NoteDecided keeps who decided a case.
func (s *Store) NoteDecided(b *sqldb.Batch, id cases.ID, d supervision.Decider) {
	decided.Add(b, d.Account, sqldb.Instant(d.At), string(id), d.Name)
}

// Decided counts around each decision, by the index, no further than there is use for.
func (s *Store) Decided(ctx context.Context, ids []cases.ID, within time.Duration) (map[cases.ID][]supervision.Decider, error) {
	in, args := sqldb.In(ids)
	args = append(args, within.Milliseconds(), supervision.MostNear)
	n := len(args)
	around := fmt.Sprintf(`SELECT COUNT(*) FROM (SELECT 1 FROM supervision_decided o WHERE o.account = d.account AND o.at BETWEEN d.at - $%d AND d.at + $%[1]d AND o.case_id <> d.case_id LIMIT $%d) few`, n-1, n)
	type row struct {
		id cases.ID
		supervision.Decider
	}
	rows, err := sqldb.Rows(ctx, s.DB, func(scan func(...any) error) (r row, err error) {
		var at int64
		err = scan((*string)(&r.id), &r.Account, &r.Name, &at, &r.Others)
		r.At = sqldb.FromInstant(at)
		return r, err
	}, `SELECT d.case_id, d.account, d.name, d.at, (`+around+`) FROM supervision_decided d WHERE d.case_id IN `+in+` ORDER BY d.case_id, d.at`, args...)
	all := map[cases.ID][]supervision.Decider{}
	for _, r := range rows {
		all[r.id] = append(all[r.id], r.Decider)
	}
	return all, err
}
