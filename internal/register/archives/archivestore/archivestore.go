// Package archivestore keeps packages of archives in SQL.
package archivestore

import (
	"context"
	"embed"

	"tongban/internal/civic/serials"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/register/archives"
)

//go:embed schema
var files embed.FS

// Schema is the tables of this room.
var Schema = sqldb.Schema{Room: "archives", Files: files}

// Store is an archives.Store.
type Store struct {
	DB   *sqldb.DB
	Post *event.Post
}

var _ archives.Store = (*Store)(nil)

const columns = `id, version, number, about, title, agency, year, keep, serial, made, size, digest, prev, content`

// Put adds a package and moves the end of its series on, if it is still where it was.
func (s *Store) Put(b *sqldb.Batch, p archives.Package, before archives.Series) {
	b.Exec(insert+` VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`, valuesOf(p)...)
	if before.Last == 0 {
		b.Exec(`INSERT INTO archives_series (agency, year, keep, last, head, bytes) VALUES ($1, $2, $3, $4, $5, $6)`,
			p.Agency, p.Year, string(p.Keep), p.Serial, p.Digest, len(p.Packed))
		return
	}
	var last int64
	b.Row([]any{&last}, `UPDATE archives_series SET last = $1, head = $2, bytes = bytes + $3 WHERE agency = $4 AND year = $5 AND keep = $6 AND last = $7 RETURNING last`,
		p.Serial, p.Digest, len(p.Packed), p.Agency, p.Year, string(p.Keep), before.Last)
}

const insert = `INSERT INTO archives_packages (` + columns + `)`

func valuesOf(p archives.Package) []any {
	return []any{p.ID, p.Version, p.Number, p.About, p.Title, p.Agency, p.Year, string(p.Keep), p.Serial, sqldb.Instant(p.Made), p.Size, p.Digest, p.Prev, p.Packed}
}

// Load adds a package that comes with very many others. Where their series end is
// kept by End when all are there.
func Load(b *sqldb.Batch, p archives.Package) { b.Insert(insert, valuesOf(p)...) }

// End keeps where series end.
func (s *Store) End(ctx context.Context, all []archives.Series) error {
	var b sqldb.Batch
	for _, one := range all {
		b.Exec(`INSERT INTO archives_series (agency, year, keep, last, head, bytes) VALUES ($1, $2, $3, $4, $5, $6)
			ON CONFLICT (agency, year, keep) DO UPDATE SET last = excluded.last, head = excluded.head, bytes = excluded.bytes`,
			one.Agency, one.Year, string(one.Keep), one.Last, one.Head, one.Bytes)
	}
	return s.DB.Commit(ctx, &b)
}

// Latest reads the newest version.
func (s *Store) Latest(ctx context.Context, id string) (archives.Package, error) {
	return sqldb.One(ctx, s.DB, scan, fault.New(fault.NotFound, "archives.none", "这个办件还没有归档"), `SELECT `+columns+` FROM archives_packages WHERE id = $1 ORDER BY version DESC LIMIT 1`, id)
}

// Newest reads the newest version of each.
func (s *Store) Newest(ctx context.Context, ids []string) ([]archives.Package, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	marks, args := sqldb.In(ids)
	return sqldb.Rows(ctx, s.DB, scan, `SELECT `+columns+` FROM archives_packages p WHERE id IN `+marks+`
		AND version = (SELECT MAX(q.version) FROM archives_packages q WHERE q.id = p.id)`, args...)
}

func scan(scan func(...any) error) (p archives.Package, err error) {
	var made int64
	err = scan(&p.ID, &p.Version, &p.Number, &p.About, &p.Title, &p.Agency, &p.Year, (*string)(&p.Keep), &p.Serial, &made, &p.Size, &p.Digest, &p.Prev, &p.Packed)
	p.Made = sqldb.FromInstant(made)
	return p, err
}

const seriesColumns = `agency, year, keep, last, head, bytes`

// Series lists all series.
func (s *Store) Series(ctx context.Context) ([]archives.Series, error) {
	return sqldb.Rows(ctx, s.DB, scanSeries, `SELECT `+seriesColumns+` FROM archives_series ORDER BY agency, year, keep`)
}

// Head reads one; it is empty before its first package.
func (s *Store) Head(ctx context.Context, agency string, year int, keep archives.Keep) (archives.Series, error) {
	all, err := sqldb.Rows(ctx, s.DB, scanSeries, `SELECT `+seriesColumns+` FROM archives_series WHERE agency = $1 AND year = $2 AND keep = $3`, agency, year, string(keep))
	if err != nil || len(all) == 0 {
		return archives.Series{Agency: agency, Year: year, Keep: keep}, err
	}
	return all[0], nil
}

func scanSeries(scan func(...any) error) (s archives.Series, err error) {
	return s, scan(&s.Agency, &s.Year, (*string)(&s.Keep), &s.Last, &s.Head, &s.Bytes)
}

// atOnce is how many packages are read at once.
const atOnce = 200

// Walk reads a series by pages, up to its last package as it was read: one that grows
// meanwhile does not keep anybody walking.
func (s *Store) Walk(ctx context.Context, of archives.Series, see func(archives.Package) error) error {
	page := func(after int64) ([]archives.Package, error) {
		return sqldb.Rows(ctx, s.DB, scan, `SELECT `+columns+` FROM archives_packages WHERE agency = $1 AND year = $2 AND keep = $3 AND serial > $4 AND serial <= $5 ORDER BY serial LIMIT $6`,
			of.Agency, of.Year, string(of.Keep), after, of.Last, atOnce)
	}
	return sqldb.Walk(page, func(p archives.Package) int64 { return p.Serial }, see)
}

// Strays lists the numbers of packages that stand beyond the end of their series, or in
// none. One statement sees both as they stand at one moment.
func (s *Store) Strays(ctx context.Context) ([]string, error) {
	return sqldb.Rows(ctx, s.DB, func(scan func(...any) error) (number string, err error) { return number, scan(&number) },
		`SELECT number FROM archives_packages p WHERE NOT EXISTS
		(SELECT 1 FROM archives_series s WHERE s.agency = p.agency AND s.year = p.year AND s.keep = p.keep AND s.last >= p.serial) ORDER BY number`)
}

// Refuse notes why something stays.
func (s *Store) Refuse(ctx context.Context, r archives.Refusal) error {
	var b sqldb.Batch
	b.Exec(`INSERT INTO archives_refused (id, about, say, at) VALUES ($1, $2, $3, $4) ON CONFLICT (id) DO UPDATE SET say = excluded.say, at = excluded.at
		WHERE archives_refused.say <> excluded.say`, r.ID, r.About, r.Say, sqldb.Instant(r.At))
	return s.DB.Commit(ctx, &b)
}

// Taken forgets it.
func (s *Store) Taken(b *sqldb.Batch, id string) {
	b.Exec(`DELETE FROM archives_refused WHERE id = $1`, id)
}

// Refusals lists the newest.
func (s *Store) Refusals(ctx context.Context, limit int) ([]archives.Refusal, error) {
	return sqldb.Rows(ctx, s.DB, func(scan func(...any) error) (r archives.Refusal, err error) {
		var at int64
		err = scan(&r.ID, &r.About, &r.Say, &at)
		r.At = sqldb.FromInstant(at)
		return r, err
	}, `SELECT id, about, say, at FROM archives_refused ORDER BY at DESC, id LIMIT $1`, limit)
}

// Made lists the newest packages without what they hold.
func (s *Store) Made(ctx context.Context, limit int) ([]archives.Package, error) {
	return sqldb.Rows(ctx, s.DB, scan, `SELECT id, version, number, about, title, agency, year, keep, serial, made, size, digest, prev, '' FROM archives_packages
		ORDER BY made DESC, number DESC LIMIT $1`, limit)
}

// rules is the stream of the rules, beside which nothing else is kept.
const rules = "archives/rule"

// Rules reads all that were laid down.
func (s *Store) Rules(ctx context.Context) ([]archives.Rule, error) {
	return event.All[archives.Rule](ctx, s.Post, rules)
}

// AddRule keeps one more.
func (s *Store) AddRule(ctx context.Context, r archives.Rule, after int) error {
	return s.Post.Append(ctx, rules, after, r.At, r)
}

// terms is the stream of the terms of keeping.
const terms = "archives/terms"

// Terms reads all that were laid down.
func (s *Store) Terms(ctx context.Context) ([]archives.Terms, error) {
	return event.All[archives.Terms](ctx, s.Post, terms)
}

// AddTerms keeps one more.
func (s *Store) AddTerms(ctx context.Context, t archives.Terms, after int) error {
	return s.Post.Append(ctx, terms, after, t.At, t)
}

// Use is how far the numbers of packages have come.
func Use(ctx context.Context, db *sqldb.DB) (serials.Use, error) {
	all, err := (&Store{DB: db}).Series(ctx)
	if err != nil {
		return serials.Use{}, err
	}
	var most int64
	err = db.Row(ctx, `SELECT COALESCE(MAX(n), 0) FROM (SELECT COUNT(*) AS n FROM archives_packages GROUP BY agency, year, keep, `+serials.DayOf("made")+`) d`).Scan(&most)
	return archives.Use(all, most), err
}
