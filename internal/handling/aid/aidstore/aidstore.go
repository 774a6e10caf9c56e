// Package aidstore keeps matters of those who need help in SQL.
package aidstore

import (
	"cmp"
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"strings"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/rekey"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/aid"
)

//go:embed schema
var files embed.FS

// Schema is the tables of this room.
var Schema = sqldb.Schema{Room: "aid", Files: files}

// Sealed are the columns of this room with telephones that are kept unreadable.
var Sealed = []rekey.Column{{Table: "aid_matters", Key: "id", Column: "body", About: aid.AboutPhone}}

// Store is an aid.Store.
type Store struct {
	DB   *sqldb.DB
	Post *event.Post
}

var _ aid.Store = (*Store)(nil)

// Put keeps a matter and the fact of what was done about it.
func (s *Store) Put(ctx context.Context, m aid.Matter, fact event.Fact) (aid.Matter, error) {
	body, err := json.Marshal(m)
	if err != nil {
		return m, fmt.Errorf("write a matter down: %w", err)
	}
	fresh := m.Seq == 0
	var b sqldb.Batch
	head, err := s.Post.Record(&b, "aid/"+m.ID, event.Head{Seq: m.Seq, Hash: m.Hash}, m.Log[len(m.Log)-1].At, fact)
	if err != nil {
		return m, err
	}
	m.Seq, m.Hash = head.Seq, head.Hash
	b.Exec(`INSERT INTO aid_matters (id, party, agency, region, kind, ended, day, cause, begun, body, seq, hash, tail, case_number, name, number) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
		ON CONFLICT (id) DO UPDATE SET agency = excluded.agency, ended = excluded.ended, day = excluded.day, cause = excluded.cause, body = excluded.body, seq = excluded.seq, hash = excluded.hash`,
		m.ID, m.Party, m.Agency, m.Region, string(m.Kind), sqldb.Bool(m.State.Over()), m.Order(), m.Cause, calendar.DayOf(m.At).String(), string(body), m.Seq, m.Hash, m.Tail(), strings.ToUpper(m.Case), m.Name, m.Number())
	if err := s.DB.Commit(ctx, &b); sqldb.IsDuplicate(err) && fresh {
		return m, aid.NumberTaken()
	} else if sqldb.IsDuplicate(err) {
		return m, fault.New(fault.Conflict, "aid.put.stale", "这件事刚刚有人处理过，请刷新后再看")
	} else if err != nil {
		return m, err
	}
	return m, nil
}

// Fill writes beside the matters of a city of before what they are found by: every
// matter has a name.
func (s *Store) Fill(ctx context.Context) error {
	for {
		some, err := sqldb.Rows(ctx, s.DB, scan, `SELECT `+columns+` FROM aid_matters WHERE name = '' LIMIT 200`)
		if err != nil || len(some) == 0 {
			return err
		}
		var b sqldb.Batch
		for _, m := range some {
			b.Exec(`UPDATE aid_matters SET case_number = $1, name = $2 WHERE id = $3`, strings.ToUpper(m.Case), cmp.Or(m.Name, "—"), m.ID)
		}
		if err := s.DB.Commit(ctx, &b); err != nil {
			return err
		}
	}
}

const columns = `body, seq, hash`

// Matter finds one.
func (s *Store) Matter(ctx context.Context, id string) (aid.Matter, error) {
	return sqldb.One(ctx, s.DB, scan, aid.None(), `SELECT `+columns+` FROM aid_matters WHERE id = $1`, id)
}

// List is a page of matters, by keyset.
func (s *Store) List(ctx context.Context, f aid.Filter) ([]aid.Matter, error) {
	var args []any
	mark := func(v any) string {
		args = append(args, v)
		return fmt.Sprintf("$%d", len(args))
	}
	where := sought(f, mark)
	switch {
	case f.Party != "":
		where += ` AND party = ` + mark(f.Party)
	case f.Agency != "":
		where += ` AND agency = ` + mark(f.Agency)
	default:
		stem := identity.Stem(f.Region)
		where += ` AND region >= ` + mark(stem) + ` AND region < ` + mark(stem+":") // ':' follows '9'
	}
	if f.Kind != "" && !f.Sought() {
		where += ` AND kind = ` + mark(string(f.Kind))
	}
	key, after, order := `day`, `>`, `day, id`
	switch {
	case f.Sought():
		key, after, order = `begun`, `<`, `begun DESC, id DESC`
	case f.Over:
		after, order = `<`, `day DESC, id DESC`
	}
	if day, id, ok := strings.Cut(f.After, "/"); ok {
		where += ` AND (` + key + `, id) ` + after + ` (` + mark(day) + `, ` + mark(id) + `)`
	}
	return sqldb.Rows(ctx, s.DB, scan, `SELECT `+columns+` FROM aid_matters WHERE `+where+` ORDER BY `+order+` LIMIT `+mark(f.Limit), args...)
}

// sought is the condition of a filter that looks for something, or else for what has
// ended or has not.
func sought(f aid.Filter, mark func(any) string) string {
	switch {
	case f.Tail != "":
		return `tail = ` + mark(f.Tail)
	case f.Case != "":
		return `case_number = ` + mark(f.Case)
	case f.Name != "":
		return `name >= ` + mark(f.Name) + ` AND name < ` + mark(f.Name+"\U0010ffff")
	}
	return `ended = ` + mark(sqldb.Bool(f.Over))
}

// Causes counts the answered matters by cause.
func (s *Store) Causes(ctx context.Context, region string, from calendar.Day) (map[string]int, error) {
	counts, stem := map[string]int{}, identity.Stem(region)
	return counts, s.DB.Each(ctx, func(scan func(...any) error) error {
		var cause string
		var n int
		err := scan(&cause, &n)
		counts[cause] = n
		return err
	}, `SELECT cause, COUNT(*) FROM aid_matters WHERE region >= $1 AND region < $2 AND begun >= $3 AND cause <> '' GROUP BY cause`, stem, stem+":", from.String())
}

func scan(read func(...any) error) (m aid.Matter, err error) {
	kept, head, err := event.Scan[aid.Matter](read)
	if err != nil {
		return m, err
	}
	kept.Seq, kept.Hash = head.Seq, head.Hash
	return *kept, nil
}
