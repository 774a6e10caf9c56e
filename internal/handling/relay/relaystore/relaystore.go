// Package relaystore keeps slips of originals in SQL.
package relaystore

import (
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/relay"
)

//go:embed schema
var files embed.FS

// Schema is the tables of this room.
var Schema = sqldb.Schema{Room: "relay", Files: files}

// Store is a relay.Store.
type Store struct {
	DB   *sqldb.DB
	Post *event.Post
	Now  func() time.Time
}

var _ relay.Store = (*Store)(nil)

// Put keeps a slip and the fact of what happened to it.
func (s *Store) Put(ctx context.Context, slip relay.Slip, fact event.Fact) (relay.Slip, error) {
	body, err := json.Marshal(slip)
	if err != nil {
		return slip, fmt.Errorf("write a slip down: %w", err)
	}
	var b sqldb.Batch
	head, err := s.Post.Record(&b, "relay/"+slip.ID, event.Head{Seq: slip.Seq, Hash: slip.Hash}, s.Now(), fact)
	if err != nil {
		return slip, err
	}
	b.Exec(`INSERT INTO relay_slips (id, region, agency, ended, due, body, seq, hash, number) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (id) DO UPDATE SET ended = excluded.ended, body = excluded.body, seq = excluded.seq, hash = excluded.hash`,
		slip.ID, slip.Region, slip.Agency, sqldb.Bool(slip.State == relay.Taken), slip.Due.String(), string(body), head.Seq, head.Hash, slip.Number())
	seen := map[string]bool{}
	for _, p := range slip.Pieces {
		if slip.Seq == 0 && !seen[p.Case] {
			seen[p.Case] = true
			b.Exec(`INSERT INTO relay_pieces (case_id, slip) VALUES ($1, $2)`, p.Case, slip.ID)
		}
	}
	s.away(&b, slip)
	if err := s.DB.Commit(ctx, &b); sqldb.IsDuplicate(err) {
		return slip, s.refused(ctx, slip)
	} else if err != nil {
		return slip, err
	}
	slip.Seq, slip.Hash = head.Seq, head.Hash
	return slip, nil
}

// refused says why a slip was not kept: another has its number, or somebody was faster
// with the slip or a piece of it.
func (s *Store) refused(ctx context.Context, slip relay.Slip) error {
	if slip.Seq > 0 {
		return fault.New(fault.Conflict, "relay.put.stale", "这份交接单刚刚有人处理过，请刷新后再看")
	}
	other := func(scan func(...any) error) (id string, err error) { return id, scan(&id) }
	if _, err := sqldb.One(ctx, s.DB, other, relay.PieceGone(), `SELECT id FROM relay_slips WHERE number = $1 AND id <> $2`, slip.Number(), slip.ID); err != nil {
		return err
	}
	return relay.NumberTaken()
}

// away notes which originals left the window with a new slip, and which came back
// because they had never gone: of two clerks who give the same piece, one is refused.
func (s *Store) away(b *sqldb.Batch, slip relay.Slip) {
	for _, p := range slip.Pieces {
		switch {
		case slip.Seq == 0:
			b.Exec(`INSERT INTO relay_away (case_id, material, slip) VALUES ($1, $2, $3)`, p.Case, p.Material, slip.ID)
		case slip.Back(p):
			b.Exec(`DELETE FROM relay_away WHERE case_id = $1 AND material = $2 AND slip = $3`, p.Case, p.Material, slip.ID)
		}
	}
}

const columns = `s.body, s.seq, s.hash`

// Slip finds one.
func (s *Store) Slip(ctx context.Context, id string) (relay.Slip, error) {
	return sqldb.One(ctx, s.DB, scan, relay.None(), `SELECT `+columns+` FROM relay_slips s WHERE s.id = $1`, id)
}

// List is a page of slips, by keyset.
func (s *Store) List(ctx context.Context, f relay.Filter) ([]relay.Slip, error) {
	var args []any
	mark := func(v any) string {
		args = append(args, v)
		return fmt.Sprintf("$%d", len(args))
	}
	where := `s.ended = ` + mark(sqldb.Bool(f.Over))
	if f.Region != "" {
		stem := identity.Stem(f.Region)
		where += ` AND s.region >= ` + mark(stem) + ` AND s.region < ` + mark(stem+":") // ':' follows '9'
	} else {
		where += ` AND s.agency = ` + mark(f.Agency)
	}
	after, order := `>`, `s.due, s.id`
	if f.Over {
		after, order = `<`, `s.due DESC, s.id DESC`
	}
	if due, id, ok := strings.Cut(f.After, "/"); ok {
		where += ` AND (s.due, s.id) ` + after + ` (` + mark(due) + `, ` + mark(id) + `)`
	}
	return sqldb.Rows(ctx, s.DB, scan, `SELECT `+columns+` FROM relay_slips s WHERE `+where+` ORDER BY `+order+` LIMIT `+mark(f.Limit), args...)
}

// Of lists the slips of a case.
func (s *Store) Of(ctx context.Context, id string) ([]relay.Slip, error) {
	return sqldb.Rows(ctx, s.DB, scan, `SELECT `+columns+` FROM relay_pieces p JOIN relay_slips s ON s.id = p.slip WHERE p.case_id = $1 ORDER BY s.id`, id)
}

// Under lists the slips of many cases, each case's in order.
func (s *Store) Under(ctx context.Context, ids []cases.ID) (map[cases.ID][]relay.Slip, error) {
	all := map[cases.ID][]relay.Slip{}
	if len(ids) == 0 {
		return all, nil
	}
	keys, args := sqldb.In(ids)
	type travelled struct {
		id   cases.ID
		slip relay.Slip
	}
	rows, err := sqldb.Rows(ctx, s.DB, func(read func(...any) error) (t travelled, err error) {
		var id string
		t.slip, err = scan(func(into ...any) error { return read(append([]any{&id}, into...)...) })
		t.id = cases.ID(id)
		return t, err
	}, `SELECT p.case_id, `+columns+` FROM relay_pieces p JOIN relay_slips s ON s.id = p.slip WHERE p.case_id IN `+keys+` ORDER BY s.id`, args...)
	for _, t := range rows {
		all[t.id] = append(all[t.id], t.slip)
	}
	return all, err
}

func scan(read func(...any) error) (slip relay.Slip, err error) {
	kept, head, err := event.Scan[relay.Slip](read)
	if err != nil {
		return slip, err
	}
	kept.Seq, kept.Hash = head.Seq, head.Hash
	return *kept, nil
}
