// Package casestore keeps cases in SQL.
package casestore

import (
	"context"
	"database/sql"
	"embed"
	"encoding/json"
	"errors"
	"fmt"

	"tongban/internal/civic/serials"
	"tongban/internal/engine/clock"
	"tongban/internal/ground/event"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
	"tongban/internal/register/archives"
)

//go:embed schema
var files embed.FS

// Schema is the tables of this room.
var Schema = sqldb.Schema{Room: "cases", Files: files}

// Store is a cases.Store.
type Store struct {
	DB   *sqldb.DB
	Post *event.Post
	Days clock.Days

	// Marks say after which numbers the series go on.
	Marks serials.Marks

	// Shelf is where the packages of archived cases are.
	Shelf archives.Store

	// Onward makes facts true of a case that stands where they begin
	// (cases.Service.Onward): all of one on the shelf, those that another replica added
	// of one that we hold.
	Onward func(ctx context.Context, c *cases.Case, facts []event.Record) error

	numbers numbers
	lately  lately
	former  former
	asking  sqldb.Together[cases.ID, kept]
}

var _ cases.Store = (*Store)(nil)

// contents are the two parts in which a case is kept, see bodyOf and filingOf.
const contents = `body, (SELECT f.body FROM cases_filings f WHERE f.case_id = cases.id)`

const columns = `id, number, ` + contents + `, seq, hash`

// Case reads one case. One that we hold is not made anew if nothing has happened
// to it since.
func (s *Store) Case(ctx context.Context, id cases.ID) (*cases.Case, error) {
	c, held := s.lately.look(id)
	if held && s.current(ctx, c) {
		return c, nil
	}
	if held && s.broughtOn(ctx, c) {
		return c, nil
	}
	now, err := s.row(ctx, id)
	if err != nil {
		return s.one(ctx, string(id), `id = $1`, string(id)) // it may be on the shelf
	}
	read, err := now.read()
	if held && err == nil {
		s.lately.put(read)
		read, _ = own(read)
	}
	return read, err
}

// broughtOn makes true of a case that we hold what others have added to it since: few
// facts say less than the whole case. If it cannot be had so, the case is to be read.
func (s *Store) broughtOn(ctx context.Context, c *cases.Case) bool {
	since, err := s.Post.Since(ctx, c.ID.Stream(), c.Head)
	if err != nil {
		return false
	}
	s.lately.found(len(since) == 0)
	if len(since) == 0 {
		return true
	}
	s.DB.Beside()
	if err := s.Onward(ctx, c, since); err != nil || c.Archived != nil {
		return false
	}
	kept, _ := own(c)
	s.lately.put(kept)
	return true
}

// current reports whether a case that we hold is as the database has it, or had it
// when its head was asked for ahead: what we hold is always something that was kept,
// so if it is further on it is what followed. The head alone is asked for where a
// question is no journey and the case is likely to be as we hold it.
func (s *Store) current(ctx context.Context, c *cases.Case) bool {
	if ahead, asked := headsOf(ctx)[c.ID]; asked && (c.Head == ahead || c.Head.Seq > ahead.Seq) {
		return true
	}
	if s.DB.Postgres || s.lately.doubted() {
		return false
	}
	var now event.Head
	err := s.DB.Row(ctx, `SELECT seq, hash FROM cases WHERE id = $1`, string(c.ID)).Scan(&now.Seq, &now.Hash)
	return err == nil && now == c.Head
}

// Cases reads several cases with one question, and one by one those on the shelf.
func (s *Store) Cases(ctx context.Context, ids []cases.ID) (map[cases.ID]*cases.Case, error) {
	all := make(map[cases.ID]*cases.Case, len(ids))
	if len(ids) == 0 {
		return all, nil
	}
	found, err := s.rows(ctx, ids)
	if err != nil {
		return nil, fmt.Errorf("read cases: %w", err)
	}
	for _, id := range ids {
		if r, working := found[id]; working {
			all[id], err = r.read()
		} else {
			all[id], err = s.Case(ctx, id)
		}
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}

type aheadKey struct{}

// headsOf are the heads that were asked for ahead.
func headsOf(ctx context.Context) map[cases.ID]event.Head {
	heads, _ := ctx.Value(aheadKey{}).(map[cases.ID]event.Head)
	return heads
}

// Ahead asks for the heads of many cases at once. If that fails each is asked for
// by itself, and fails there.
func (s *Store) Ahead(ctx context.Context, ids []cases.ID) context.Context {
	if len(ids) == 0 {
		return ctx
	}
	marks, args := sqldb.In(ids)
	heads := make(map[cases.ID]event.Head, len(ids))
	err := s.DB.Each(ctx, func(scan func(...any) error) error {
		var id cases.ID
		var head event.Head
		err := scan(&id, &head.Seq, &head.Hash)
		heads[id] = head
		return err
	}, `SELECT id, seq, hash FROM cases WHERE id IN `+marks, args...)
	if err != nil {
		return ctx
	}
	return context.WithValue(ctx, aheadKey{}, heads)
}

// ByNumber reads one case by the number printed on its papers.
func (s *Store) ByNumber(ctx context.Context, number string) (*cases.Case, error) {
	return s.one(ctx, number, `number = $1`, number)
}

// one reads a case from the working tables or, if it is not there, off the shelf.
// One that is put on the shelf, or fetched, between the two looks is looked for again.
func (s *Store) one(ctx context.Context, name, where string, args ...any) (c *cases.Case, err error) {
	for range 2 {
		if c, err = scan(s.DB.Row(ctx, `SELECT `+columns+` FROM cases WHERE `+where, args...).Scan); errors.Is(err, sql.ErrNoRows) {
			c, err = s.offShelf(ctx, where, args...)
		}
		if !errors.Is(err, sql.ErrNoRows) {
			break
		}
	}
	if errors.Is(err, sql.ErrNoRows) {
		return nil, cases.None(name)
	}
	if err != nil {
		return nil, fmt.Errorf("read case %s: %w", name, err)
	}
	return c, nil
}

// read puts the two parts of a case together.
func read(body, filed string) (*cases.Case, error) {
	var c cases.Case
	var f filing
	if err := json.Unmarshal([]byte(body), &c); err != nil {
		return nil, err
	}
	if err := json.Unmarshal([]byte(filed), &f); err != nil {
		return nil, err
	}
	c.Answers, c.Materials = f.Answers, f.Materials
	return &c, nil
}

// History reads the facts of a case.
func (s *Store) History(ctx context.Context, id cases.ID) ([]event.Record, error) {
	return s.Post.Stream(ctx, id.Stream())
}

// HistoryOf finds the facts of a case that was read, by the head it has.
func (s *Store) HistoryOf(ctx context.Context, c *cases.Case) ([]event.Record, error) {
	return s.Post.UpTo(ctx, c.ID.Stream(), c.Head)
}

// LetGo forgets the facts of a case: they stand in the database.
func (s *Store) LetGo(id cases.ID) { s.Post.LetGo(id.Stream()) }

// Histories reads those of several cases together.
func (s *Store) Histories(ctx context.Context, ids []cases.ID) (map[cases.ID][]event.Record, error) {
	streams := make([]string, len(ids))
	for i, id := range ids {
		streams[i] = id.Stream()
	}
	found, err := s.Post.Several(ctx, streams)
	if err != nil {
		return nil, fmt.Errorf("read the histories of cases: %w", err)
	}
	all := make(map[cases.ID][]event.Record, len(ids))
	for _, id := range ids {
		all[id] = found[id.Stream()]
	}
	return all, nil
}

// IDs walks all cases.
func (s *Store) IDs(ctx context.Context, after cases.ID, limit int) ([]cases.ID, error) {
	return sqldb.Column[cases.ID](ctx, s.DB, `SELECT id FROM (SELECT id FROM cases WHERE id > $1 ORDER BY id LIMIT $2) w
		UNION ALL SELECT id FROM (SELECT id FROM cases_archived WHERE id > $1 ORDER BY id LIMIT $2) a ORDER BY id LIMIT $2`, string(after), limit)
}
