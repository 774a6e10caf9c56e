package casestore

import (
	"context"

	"tongban/internal/ground/event"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
)

// kept is a case of the working tables as it is kept.
type kept struct {
	id, number, body, filed string
	head                    event.Head
}

func scanKept(scan func(...any) error) (r kept, err error) {
	return r, scan(&r.id, &r.number, &r.body, &r.filed, &r.head.Seq, &r.head.Hash)
}

func scan(scan func(...any) error) (*cases.Case, error) {
	r, err := scanKept(scan)
	if err != nil {
		return nil, err
	}
	return r.read()
}

func (r kept) read() (*cases.Case, error) {
	c, err := read(r.body, r.filed)
	if err != nil {
		return nil, err
	}
	c.ID, c.Number, c.Head = cases.ID(r.id), r.number, r.head
	return c, nil
}

// row is the row of one case: sql.ErrNoRows if it is not in the working tables.
// Where every question is a journey, those of one moment travel together.
func (s *Store) row(ctx context.Context, id cases.ID) (kept, error) {
	if s.DB.Postgres && !sqldb.Conversing(ctx) {
		return s.asking.Ask(ctx, id, s.rows)
	}
	return scanKept(s.DB.Row(ctx, `SELECT `+columns+` FROM cases WHERE id = $1`, string(id)).Scan)
}

func (s *Store) rows(ctx context.Context, ids []cases.ID) (map[cases.ID]kept, error) {
	marks, args := sqldb.In(ids)
	found := make(map[cases.ID]kept, len(ids))
	return found, s.DB.Each(ctx, func(scan func(...any) error) error {
		r, err := scanKept(scan)
		found[cases.ID(r.id)] = r
		return err
	}, `SELECT `+columns+` FROM cases WHERE id IN `+marks, args...)
}
