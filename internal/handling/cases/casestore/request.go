package casestore

import (
	"context"
	"database/sql"
	"errors"
	"sync/atomic"
	"time"

	"tongban/internal/ground/fault"
	"tongban/internal/ground/once"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
)

// Names of requests are kept for as long as somebody may ask again: as short
// digests, for there is one for every act.

func aboutOf(r cases.Request) string { return once.About(r.What) }

func nameOf(r cases.Request) string { return once.Name(r.Account, r.Key) }

// askedOf is the name of a request as the version before kept it.
func askedOf(r cases.Request) string { return once.Short(22, r.Account, r.Key) }

// named are the requests that were answered.
var named = sqldb.Log{Into: `INSERT INTO cases_named (name, about, case_id, at)`}

// putRequest keeps the name of a request with what it did. The same name a second
// time undoes the batch.
func putRequest(b *sqldb.Batch, r cases.Request, id cases.ID, at time.Time) {
	if r.Key != "" {
		named.Add(b, nameOf(r), aboutOf(r), string(id), sqldb.Instant(at))
	}
}

// Asked finds what became of a request.
func (s *Store) Asked(ctx context.Context, r cases.Request) (*cases.Case, bool) {
	id, before, err := s.seen(ctx, r)
	if err != nil || !before {
		return nil, false
	}
	c, err := s.Case(ctx, id)
	return c, err == nil
}

// seen reports whether the request was carried out before, and on which case.
// The same key for something else is a mistake of the caller's.
func (s *Store) seen(ctx context.Context, r cases.Request) (cases.ID, bool, error) {
	if r.Key == "" {
		return "", false, nil
	}
	var about, id string
	err := s.DB.Row(ctx, `SELECT about, case_id FROM cases_named WHERE name = $1`, nameOf(r)).Scan(&about, &id)
	if errors.Is(err, sql.ErrNoRows) {
		return s.formerly(ctx, r)
	}
	return sameRequest(cases.ID(id), r.What == "" || about == aboutOf(r), err)
}

func sameRequest(id cases.ID, same bool, err error) (cases.ID, bool, error) {
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return "", false, nil
	case err != nil:
		return "", false, err
	case !same:
		return "", false, fault.New(fault.Conflict, "cases.request.reused", "这个请求编号已用于另一项操作，请重新发起")
	}
	return id, true, nil
}

// former says whether names are left that earlier versions kept otherwise, in
// tables of their own; they go as they expire.
type former struct{ none atomic.Bool }

// formerly is seen for those names. Once none is left nobody asks any more.
func (s *Store) formerly(ctx context.Context, r cases.Request) (cases.ID, bool, error) {
	if r.Key == "" || s.former.none.Load() {
		return "", false, nil
	}
	var digests, whole int
	err := s.DB.Row(ctx, `SELECT (SELECT COUNT(*) FROM (SELECT 1 FROM cases_asked LIMIT 1) a), (SELECT COUNT(*) FROM (SELECT 1 FROM cases_requests LIMIT 1) b)`).Scan(&digests, &whole)
	if err != nil {
		return "", false, err
	}
	if digests+whole == 0 {
		s.former.none.Store(true)
		return "", false, nil
	}
	var what, id string
	err = s.DB.Row(ctx, `SELECT about, case_id FROM cases_asked WHERE name = $1`, askedOf(r)).Scan(&what, &id)
	if errors.Is(err, sql.ErrNoRows) {
		err = s.DB.Row(ctx, `SELECT act, case_id FROM cases_requests WHERE account = $1 AND request = $2`, r.Account, r.Key).Scan(&what, &id)
	}
	return sameRequest(cases.ID(id), r.What == "" || what == r.What || what == aboutOf(r), err)
}

// ForgetRequests takes away the names of requests made before an instant, a part
// at a time, so that nobody waits for it.
func (s *Store) ForgetRequests(ctx context.Context, before time.Time) error {
	if err := once.Forget(ctx, s.DB, "cases_named", before); err != nil || s.former.none.Load() {
		return err
	}
	if err := once.Forget(ctx, s.DB, "cases_asked", before); err != nil {
		return err
	}
	_, err := s.DB.Exec(ctx, `DELETE FROM cases_requests WHERE at < $1`, sqldb.Instant(before))
	return err
}
