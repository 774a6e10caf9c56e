package staffstore

import (
	"context"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/civic/staff"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
)

const deputationRow = `id, account, holder, agency, item, name, by_account, giver, since, through`

// Depute keeps deputations, all or none.
func (s *Store) Depute(ctx context.Context, all ...staff.Deputation) error {
	b := &sqldb.Batch{}
	for _, d := range all {
		b.Exec(`INSERT INTO staff_deputations (`+deputationRow+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
			d.ID, d.Account, d.Holder, d.Agency, d.Item, d.Name, d.By, d.Giver, d.From.String(), last(d.Through))
	}
	return s.DB.Commit(ctx, b)
}

// Recall sets the last day of a deputation.
func (s *Store) Recall(ctx context.Context, id string, day calendar.Day) error {
	b := &sqldb.Batch{}
	b.Exec(`UPDATE staff_deputations SET through = $1 WHERE id = $2`, last(day), id)
	return s.DB.Commit(ctx, b)
}

// FindDeputation finds a deputation by its id.
func (s *Store) FindDeputation(ctx context.Context, id string) (staff.Deputation, error) {
	return sqldb.One(ctx, s.DB, scanDeputation, fault.New(fault.NotFound, "staff.depute.none", "没有这条授权记录"), `SELECT `+deputationRow+` FROM staff_deputations WHERE id = $1`, id)
}

// Deputed lists what the account may decide on day, while it works in the agency
// and at a window.
func (s *Store) Deputed(ctx context.Context, account string, day calendar.Day) ([]identity.Deputation, error) {
	return sqldb.Rows(ctx, s.DB, func(scan func(...any) error) (identity.Deputation, error) {
		d, err := scanDeputation(scan)
		return d.Deputation, err
	}, `SELECT `+deputationRow+` FROM staff_deputations d WHERE account = $1 AND since <= $2 AND through >= $2
		AND EXISTS (SELECT 1 FROM staff_posts p WHERE p.account = d.account AND p.agency = d.agency AND p.since <= $2 AND p.through >= $2)
		AND EXISTS (SELECT 1 FROM staff_posts w WHERE w.account = d.account AND w.role = 'window' AND w.since <= $2 AND w.through >= $2)
		ORDER BY agency, item, id`, account, day.String())
}

// Deputations lists what an agency has given that is not over before day.
func (s *Store) Deputations(ctx context.Context, agency string, day calendar.Day) ([]staff.Deputation, error) {
	return sqldb.Rows(ctx, s.DB, scanDeputation, `SELECT `+deputationRow+` FROM staff_deputations
		WHERE agency = $1 AND through >= $2 ORDER BY holder, name, since, id`, agency, day.String())
}

func scanDeputation(scan func(...any) error) (staff.Deputation, error) {
	var d staff.Deputation
	var since, through string
	err := scan(&d.ID, &d.Account, &d.Holder, &d.Agency, &d.Item, &d.Name, &d.By, &d.Giver, &since, &through)
	d.From, d.Through = calendar.Parse(since), until(through)
	return d, err
}
