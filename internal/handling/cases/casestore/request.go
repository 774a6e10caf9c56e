package casestore

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"errors"
	"sync/atomic"
	"time"

	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
)

// Names of requests are kept for as long as somebody may ask again: as short
// digests, for there is one for every act.

// short is a text of n letters that stands for another; two of 22 letters that are
// alike are not met with.
func short(n int, parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		h.Write([]byte(p))
		h.Write([]byte{0})
	}
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil))[:n]
}

func aboutOf(r cases.Request) string { return short(8, r.What) }

// nameOf begins as the key does that the caller made: keys mostly grow with time
// (ours do, and so do UUIDs of version 7), so those of one moment stand together
// in the table, and a commit touches one page of it and not one for each act.
func nameOf(r cases.Request) string {
	begin := 0
	for begin < min(len(r.Key), 12) && r.Key[begin] > ' ' && r.Key[begin] < 0x7f {
		begin++
	}
	return r.Key[:begin] + short(14, r.Account, r.Key)
}

// askedOf is the name of a request as the version before kept it.
func askedOf(r cases.Request) string { return short(22, r.Account, r.Key) }

// putRequest keeps the name of a request with what it did. The same name a second
// time undoes the batch.
func putRequest(b *sqldb.Batch, r cases.Request, id cases.ID, at time.Time) {
	if r.Key != "" {
		b.Exec(`INSERT INTO cases_named (name, about, case_id, at) VALUES ($1, $2, $3, $4)`, nameOf(r), aboutOf(r), string(id), sqldb.Instant(at))
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

// forgotten is how many names one commit takes away.
const forgotten = 500

// ForgetRequests takes away the names of requests made before an instant, a part
// at a time, so that nobody waits for it.
func (s *Store) ForgetRequests(ctx context.Context, before time.Time) error {
	if err := s.forget(ctx, "cases_named", before); err != nil || s.former.none.Load() {
		return err
	}
	if err := s.forget(ctx, "cases_asked", before); err != nil {
		return err
	}
	_, err := s.DB.Exec(ctx, `DELETE FROM cases_requests WHERE at < $1`, sqldb.Instant(before))
	return err
}

func (s *Store) forget(ctx context.Context, table string, before time.Time) error {
	for after := ""; ; {
		names, err := sqldb.Rows(ctx, s.DB, func(scan func(...any) error) (name string, err error) {
			return name, scan(&name)
		}, `SELECT name FROM `+table+` WHERE name > $1 AND at < $2 ORDER BY name LIMIT $3`, after, sqldb.Instant(before), forgotten)
		if err != nil || len(names) == 0 {
			return err
		}
		marks, args := sqldb.In(names)
		if _, err := s.DB.Exec(ctx, `DELETE FROM `+table+` WHERE name IN `+marks, args...); err != nil {
			return err
		}
		after = names[len(names)-1]
	}
}
