// Package companystore keeps the register of companies in SQL.
package companystore

import (
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/civic/serials"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/register/companies"
)

//go:embed schema
var files embed.FS

// Schema is the tables of this room.
var Schema = sqldb.Schema{Room: "companies", Files: files}

// Store is a companies.Store.
type Store struct {
	DB    *sqldb.DB
	Post  *event.Post
	Marks serials.Marks // after which numbers the series go on
}

var _ companies.Store = (*Store)(nil)

// Serial allots the next number of a series.
func (s *Store) Serial(ctx context.Context, name string) (int64, error) {
	var b sqldb.Batch
	var last int64
	serials.Take(&b, &last, "companies_serials", name, 1, s.Marks.Ever(serials.Company))
	if err := s.DB.Commit(ctx, &b); err != nil {
		return 0, fmt.Errorf("allot %s: %w", name, err)
	}
	return last, nil
}

// Put adds a company with its new fact to the batch; the chain of facts is its version.
func (s *Store) Put(b *sqldb.Batch, c *companies.Company, m companies.Moved) (err error) {
	before := c.Chain
	if c.Chain, err = s.Post.Record(b, c.ID.Stream(), before, m.At, m); err != nil {
		return err
	}
	body, err := json.Marshal(c)
	if err != nil {
		return fmt.Errorf("write company %s: %w", c.ID, err)
	}
	public := sqldb.Bool(c.State == companies.Resting || c.State == companies.Closing)
	if before.Seq == 0 {
		b.Exec(`INSERT INTO companies_companies (id, code, party, region, state, public, wake, watch, changed, body, seq, hash)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
			string(c.ID), c.Code, c.Party, c.Region, string(c.State), public, dayText(c.Wake()), dayText(c.Watch()), sqldb.Instant(c.Changed), string(body), c.Chain.Seq, c.Chain.Hash)
		return nil
	}
	b.Exec(`UPDATE companies_companies SET state = $1, public = $2, wake = $3, watch = $4, changed = $5, body = $6, seq = $7, hash = $8 WHERE id = $9`,
		string(c.State), public, dayText(c.Wake()), dayText(c.Watch()), sqldb.Instant(c.Changed), string(body), c.Chain.Seq, c.Chain.Hash, string(c.ID))
	return nil
}

func dayText(d calendar.Day) string {
	if d == 0 {
		return ""
	}
	return d.String()
}

// Change loads, judges, and keeps.
func (s *Store) Change(ctx context.Context, id companies.ID, do func(*companies.Company) (companies.Moved, error)) (*companies.Company, error) {
	stale := fault.New(fault.Conflict, "companies.stale", "这家公司的登记刚有变动，请刷新后再试")
	return event.Change(ctx, s.DB, stale, func() (*companies.Company, error) { return s.Company(ctx, id) }, func(c *companies.Company, _ *sqldb.Batch) (companies.Moved, error) { return do(c) }, s.Put)
}

const columns = `SELECT body, seq, hash FROM companies_companies`

func scan(read func(...any) error) (*companies.Company, error) {
	c, head, err := event.Scan[companies.Company](read)
	if err == nil {
		c.Chain = head
	}
	return c, err
}

func (s *Store) one(ctx context.Context, where string, args ...any) (*companies.Company, error) {
	return sqldb.One(ctx, s.DB, scan, companies.None(), columns+where, args...)
}

// Company reads one by its key.
func (s *Store) Company(ctx context.Context, id companies.ID) (*companies.Company, error) {
	return s.one(ctx, ` WHERE id = $1`, string(id))
}

// ByCode reads one by its code.
func (s *Store) ByCode(ctx context.Context, code string) (*companies.Company, error) {
	return s.one(ctx, ` WHERE code = $1`, code)
}

// OfParty reads the one that a party is.
func (s *Store) OfParty(ctx context.Context, party string) (*companies.Company, error) {
	return s.one(ctx, ` WHERE party = $1`, party)
}

// List is a page of companies, the latest changed first.
func (s *Store) List(ctx context.Context, f companies.Filter) ([]*companies.Company, error) {
	query, args := columns+` WHERE 1 = 1`, []any{}
	and := func(clause string, values ...any) {
		for _, v := range values {
			args = append(args, v)
			clause = strings.Replace(clause, "?", "$"+strconv.Itoa(len(args)), 1)
		}
		query += " AND " + clause
	}
	if stem := identity.Stem(f.Region); stem != "" {
		and(`region LIKE ?`, stem+"%")
	}
	if f.State != "" {
		and(`state = ?`, string(f.State))
	}
	if f.Notices {
		and(`public = ?`, sqldb.Bool(true))
	}
	if f.Watch != 0 {
		and(`watch <> ? AND watch <= ?`, "", f.Watch.String())
	}
	if at, id, ok := strings.Cut(f.After, "."); ok {
		n, _ := strconv.ParseInt(at, 10, 64) // what is no number begins at the end
		and(`(changed < ? OR changed = ? AND id < ?)`, n, n, id)
	}
	args = append(args, f.Limit)
	return sqldb.Rows(ctx, s.DB, scan, query+` ORDER BY changed DESC, id DESC LIMIT $`+strconv.Itoa(len(args)), args...)
}

// Waking lists those whose day has come.
func (s *Store) Waking(ctx context.Context, day calendar.Day, limit int) ([]companies.ID, error) {
	return sqldb.Column[companies.ID](ctx, s.DB, `SELECT id FROM companies_companies WHERE wake <> '' AND wake <= $1 ORDER BY wake LIMIT $2`, day.String(), limit)
}

// IDs lists keys in order.
func (s *Store) IDs(ctx context.Context, after companies.ID, limit int) ([]companies.ID, error) {
	return sqldb.Column[companies.ID](ctx, s.DB, `SELECT id FROM companies_companies WHERE id > $1 ORDER BY id LIMIT $2`, string(after), limit)
}

// History is the facts of a company in order.
func (s *Store) History(ctx context.Context, id companies.ID) ([]event.Record, error) {
	return s.Post.Stream(ctx, id.Stream())
}

// Use is how far the codes have come that begin, behind the division, with what the
// city's own begin with. Those of companies that were taken over are not counted.
func Use(ctx context.Context, db *sqldb.DB, own string) (serials.Use, error) {
	u, err := serials.Furthest(ctx, db, serials.Company, "companies_serials")
	if err != nil {
		return u, err
	}
	return u, db.Row(ctx, `SELECT COALESCE(MAX(n), 0) FROM (SELECT COUNT(*) AS n FROM companies_companies c
		JOIN event_facts f ON f.stream = $1 || c.id AND f.seq = 1 WHERE c.code LIKE $2 GROUP BY `+serials.DayOf("f.at")+`) d`,
		companies.ID("").Stream(), "________"+own+"%").Scan(&u.Day)
}
