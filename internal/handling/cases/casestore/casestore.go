// Package casestore keeps cases in SQL.
package casestore

import (
	"context"
	"database/sql"
	"embed"
	"encoding/json"
	"errors"
	"fmt"

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

	// Shelf is where the packages of archived cases are, and Again makes such a case
	// again from its facts (cases.Service.Again).
	Shelf archives.Store
	Again func(ctx context.Context, number string, facts []event.Record) (*cases.Case, error)

	numbers numbers
	lately  lately
	former  former
}

var _ cases.Store = (*Store)(nil)

// contents are the two parts in which a case is kept, see bodyOf and filingOf.
const contents = `body, (SELECT f.body FROM cases_filings f WHERE f.case_id = cases.id)`

const columns = `id, number, ` + contents + `, seq, hash`

// Case reads one case: only its head, if nothing has happened to it since we
// kept it.
func (s *Store) Case(ctx context.Context, id cases.ID) (*cases.Case, error) {
	c, ok := s.lately.look(id)
	if !ok {
		return s.one(ctx, string(id), `id = $1`, string(id))
	}
	if ahead, _ := ctx.Value(aheadKey{}).(map[string]string); ahead[string(id)] == c.Head.Hash {
		return c, nil
	}
	now, err := s.since(ctx, c)
	if err != nil {
		return s.one(ctx, string(id), `id = $1`, string(id))
	}
	s.lately.found(now == c)
	if now != c {
		s.lately.put(now)
		now, _ = own(now)
	}
	return now, nil
}

// since is how a case of the working tables stands that we know: it itself, if
// nobody has moved it.
func (s *Store) since(ctx context.Context, known *cases.Case) (*cases.Case, error) {
	var body, filed string
	var head event.Head
	err := s.DB.Row(ctx, `SELECT CASE WHEN hash = $2 THEN '' ELSE body END, CASE WHEN hash = $2 THEN '' ELSE (SELECT f.body FROM cases_filings f WHERE f.case_id = cases.id) END,
		seq, hash FROM cases WHERE id = $1`, string(known.ID), known.Head.Hash).Scan(&body, &filed, &head.Seq, &head.Hash)
	if err != nil || head == known.Head {
		return known, err
	}
	return found(known.ID, known.Number, body, filed, head)
}

type aheadKey struct{}

// Ahead asks for the heads of many cases at once. If that fails each is asked for
// by itself, and fails there.
func (s *Store) Ahead(ctx context.Context, ids []cases.ID) context.Context {
	if len(ids) == 0 {
		return ctx
	}
	marks, args := sqldb.In(ids)
	heads := make(map[string]string, len(ids))
	err := s.DB.Each(ctx, func(scan func(...any) error) error {
		var id, hash string
		err := scan(&id, &hash)
		heads[id] = hash
		return err
	}, `SELECT id, hash FROM cases WHERE id IN `+marks, args...)
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

func scan(scan func(...any) error) (*cases.Case, error) {
	var id, number, body, filed string
	var head event.Head
	if err := scan(&id, &number, &body, &filed, &head.Seq, &head.Hash); err != nil {
		return nil, err
	}
	return found(cases.ID(id), number, body, filed, head)
}

// found is the case of a row.
func found(id cases.ID, number, body, filed string, head event.Head) (*cases.Case, error) {
	c, err := read(body, filed)
	if err != nil {
		return nil, err
	}
	c.ID, c.Number, c.Head = id, number, head
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

// IDs walks all cases.
func (s *Store) IDs(ctx context.Context, after cases.ID, limit int) ([]cases.ID, error) {
	return sqldb.Rows(ctx, s.DB, scanID, `SELECT id FROM (SELECT id FROM cases WHERE id > $1 ORDER BY id LIMIT $2) w
		UNION ALL SELECT id FROM (SELECT id FROM cases_archived WHERE id > $1 ORDER BY id LIMIT $2) a ORDER BY id LIMIT $2`, string(after), limit)
}

func scanID(scan func(...any) error) (id cases.ID, err error) { return id, scan((*string)(&id)) }
