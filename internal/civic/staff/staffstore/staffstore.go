// Package staffstore keeps posts and stand-ins in SQL.
package staffstore

import (
	"context"
	"embed"
	"fmt"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/civic/staff"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
)

//go:embed schema
var files embed.FS

// Schema is the tables of this room.
var Schema = sqldb.Schema{Room: "staff", Files: files}

// Store is a staff.Store.
type Store struct{ DB *sqldb.DB }

var _ staff.Store = (*Store)(nil)

// forever is the last day of what has none, so that days compare as text.
const forever = "9999-12-31"

const holdingRow = `id, account, name, agency, region, role, title, counter, hall, since, through`

// Appoint keeps new holdings.
func (s *Store) Appoint(ctx context.Context, all ...staff.Holding) error {
	b := &sqldb.Batch{}
	for _, h := range all {
		b.Exec(`INSERT INTO staff_posts (`+holdingRow+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
			h.ID, h.Account, h.Name, h.Post.Agency, h.Post.Region, string(h.Post.Role), h.Post.Title, h.Post.Window, h.Post.Hall, h.Since.String(), last(h.Through))
	}
	return s.DB.Commit(ctx, b)
}

// Holding finds a holding by its id.
func (s *Store) Holding(ctx context.Context, id string) (staff.Holding, error) {
	return sqldb.One(ctx, s.DB, scanHolding, fault.New(fault.NotFound, "staff.post.none", "没有这条任职记录"), `SELECT `+holdingRow+` FROM staff_posts WHERE id = $1`, id)
}

// End sets the last day of a holding.
func (s *Store) End(ctx context.Context, id string, day calendar.Day) error {
	b := &sqldb.Batch{}
	b.Exec(`UPDATE staff_posts SET through = $1 WHERE id = $2`, last(day), id)
	return s.DB.Commit(ctx, b)
}

// Posts lists what the account holds on day, and what it stands in for.
func (s *Store) Posts(ctx context.Context, account string, day calendar.Day) ([]identity.Post, error) {
	return sqldb.Rows(ctx, s.DB, func(scan func(...any) error) (p identity.Post, err error) {
		return p, scan(&p.Agency, &p.Region, &p.Role, &p.Title, &p.Window, &p.Hall, &p.For)
	}, `SELECT agency, region, role, title, counter, hall, '' AS stands_for FROM staff_posts
			WHERE account = $1 AND since <= $2 AND through >= $2
		UNION ALL
		SELECT p.agency, p.region, p.role, p.title, p.counter, p.hall, p.account AS stands_for FROM staff_standins s
			JOIN staff_posts p ON p.account = s.absent
			WHERE s.by_account = $1 AND s.since <= $2 AND s.through >= $2 AND p.since <= $2 AND p.through >= $2
		ORDER BY stands_for, agency, role, title`, account, day.String())
}

// Held lists what an account holds on day.
func (s *Store) Held(ctx context.Context, account string, day calendar.Day) ([]staff.Holding, error) {
	return sqldb.Rows(ctx, s.DB, scanHolding, `SELECT `+holdingRow+` FROM staff_posts
		WHERE account = $1 AND since <= $2 AND through >= $2 ORDER BY agency, role, title`, account, day.String())
}

// Of lists who holds what in an agency on day.
func (s *Store) Of(ctx context.Context, agency string, role identity.Role, day calendar.Day) ([]staff.Holding, error) {
	return sqldb.Rows(ctx, s.DB, scanHolding, `SELECT `+holdingRow+` FROM staff_posts
		WHERE agency = $1 AND (role = $2 OR $2 = '') AND since <= $3 AND through >= $3 ORDER BY role, name, id`, agency, string(role), day.String())
}

// In lists who holds a role for one of the regions on day.
func (s *Store) In(ctx context.Context, regions []string, role identity.Role, day calendar.Day) ([]staff.Holding, error) {
	marks, args := sqldb.In(regions)
	at := len(args)
	return sqldb.Rows(ctx, s.DB, scanHolding, fmt.Sprintf(`SELECT `+holdingRow+` FROM staff_posts
		WHERE region IN %s AND role = $%d AND since <= $%d AND through >= $%d ORDER BY name, id`, marks, at+1, at+2, at+2), append(args, string(role), day.String())...)
}

// StandIn keeps a stand-in.
func (s *Store) StandIn(ctx context.Context, one staff.StandIn) error {
	b := &sqldb.Batch{}
	b.Exec(`INSERT INTO staff_standins (id, absent, absent_name, by_account, by_name, since, through) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		one.ID, one.Absent, one.AbsentName, one.By, one.ByName, one.From.String(), last(one.Through))
	return s.DB.Commit(ctx, b)
}

// Back ends a stand-in early.
func (s *Store) Back(ctx context.Context, id string, day calendar.Day) error {
	b := &sqldb.Batch{}
	b.Exec(`UPDATE staff_standins SET through = $1 WHERE id = $2`, last(day), id)
	return s.DB.Commit(ctx, b)
}

const standInRow = `id, absent, absent_name, by_account, by_name, since, through`

// FindStandIn finds a stand-in by its id.
func (s *Store) FindStandIn(ctx context.Context, id string) (staff.StandIn, error) {
	return sqldb.One(ctx, s.DB, scanStandIn, fault.New(fault.NotFound, "staff.standin.none", "没有这条代岗记录"), `SELECT `+standInRow+` FROM staff_standins WHERE id = $1`, id)
}

// StandIns lists those that concern the account, or the absent of the agencies, from day on.
func (s *Store) StandIns(ctx context.Context, account string, agencies []string, from calendar.Day) ([]staff.StandIn, error) {
	args, of := []any{account, from.String()}, ""
	for _, agency := range agencies {
		args = append(args, agency)
		of += fmt.Sprintf(` OR absent IN (SELECT account FROM staff_posts WHERE agency = $%d AND through >= $2)`, len(args))
	}
	return sqldb.Rows(ctx, s.DB, scanStandIn, `SELECT `+standInRow+` FROM staff_standins
		WHERE (absent = $1 OR by_account = $1`+of+`) AND through >= $2 ORDER BY since, id`, args...)
}

func scanHolding(scan func(...any) error) (staff.Holding, error) {
	var h staff.Holding
	var since, through string
	err := scan(&h.ID, &h.Account, &h.Name, &h.Post.Agency, &h.Post.Region, &h.Post.Role, &h.Post.Title, &h.Post.Window, &h.Post.Hall, &since, &through)
	h.Since, h.Through = calendar.Parse(since), until(through)
	return h, err
}

func scanStandIn(scan func(...any) error) (staff.StandIn, error) {
	var one staff.StandIn
	var since, through string
	err := scan(&one.ID, &one.Absent, &one.AbsentName, &one.By, &one.ByName, &since, &through)
	one.From, one.Through = calendar.Parse(since), until(through)
	return one, err
}

func last(day calendar.Day) string {
	if day == 0 {
		return forever
	}
	return day.String()
}

func until(text string) calendar.Day {
	if text == forever {
		return 0
	}
	return calendar.Parse(text)
}
