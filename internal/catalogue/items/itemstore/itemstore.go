// Package itemstore keeps items and their editions in SQL.
package itemstore

import (
	"context"
	"database/sql"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"slices"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
)

//go:embed schema
var files embed.FS

// Schema is the tables of this room. The facts of the room are kept by the
// event room, whose tables come first.
var Schema = sqldb.Schema{Room: "items", Files: files}

// Store is an items.Store.
type Store struct {
	DB   *sqldb.DB
	Post *event.Post
}

var _ items.Store = (*Store)(nil)

// Edition reads one edition.
func (s *Store) Edition(ctx context.Context, id items.ID, number int) (*items.Edition, error) {
	var body string
	err := s.DB.Row(ctx, `SELECT body FROM items_editions WHERE item = $1 AND number = $2`, string(id), number).Scan(&body)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, fault.New(fault.NotFound, "items.edition.none", "没有这一版事项，请从事项清单中选择")
	}
	if err != nil {
		return nil, err
	}
	return editionOf(body)
}

func editionOf(body string) (*items.Edition, error) {
	var e items.Edition
	if err := json.Unmarshal([]byte(body), &e); err != nil {
		return nil, fmt.Errorf("read edition: %w", err)
	}
	return &e, nil
}

// NumberOn is the edition of an item in force on day.
func (s *Store) NumberOn(ctx context.Context, id items.ID, day calendar.Day) (int, error) {
	var number int
	err := s.DB.Row(ctx, `SELECT number FROM items_editions WHERE item = $1 AND effective <= $2 ORDER BY number DESC LIMIT 1`,
		string(id), day.String()).Scan(&number)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return number, err
}

const entryColumns = `i.id, i.number, i.name, i.sort, i.aliases, i.type, i.level, i.region, i.agency, i.agency_name, i.catalogue,
	i.kind, i.days, i.visits, i.online, i.filing, i.person, i.firm, i.state, i.effective, i.retired`

func scanEntry(scan func(...any) error) (e items.Entry, err error) {
	var aliases, effective, retired string
	var online, filing, person, firm int
	err = scan(&e.ID, &e.Number, &e.Name, &e.Sort, &aliases, &e.Type, &e.Level, &e.Region, &e.Agency, &e.AgencyName, &e.Catalogue,
		&e.Kind, &e.Limit, &e.Visits, &online, &filing, &person, &firm, &e.State, &effective, &retired)
	if aliases != "" {
		e.Aliases = strings.Split(aliases, "\n")
	}
	e.Online, e.Filing, e.Person, e.Firm = online == 1, filing == 1, person == 1, firm == 1
	e.Effective, e.Retired = calendar.Parse(effective), calendar.Parse(retired)
	return e, err
}

// inForce is the condition that an item is in force on the day of the first
// argument.
const inForce = `i.state = '在用' AND i.effective <= $1 AND (i.retired = '' OR i.retired > $1)`

// List lists what is in force on day after the cursor.
func (s *Store) List(ctx context.Context, f items.Filter, day calendar.Day, after items.Cursor, limit int) ([]items.Entry, error) {
	q := question{args: []any{day.String()}}
	q.add(`SELECT ` + entryColumns + ` FROM items i`)
	if f.Topic != "" {
		q.add(` JOIN items_topics t ON t.item = i.id AND t.topic = `, f.Topic)
	}
	q.add(` WHERE ` + inForce)
	for _, c := range []struct{ column, want string }{
		{"agency", f.Agency}, {"type", string(f.Type)}, {"level", string(f.Level)}, {"region", f.Region},
	} {
		if c.want != "" {
			q.add(` AND i.`+c.column+` = `, c.want)
		}
	}
	if f.Person {
		q.add(` AND i.person = 1`)
	}
	if f.Firm {
		q.add(` AND i.firm = 1`)
	}
	table := "i.sort, i.id"
	if f.Topic != "" {
		table = "t.sort, t.item"
	}
	if after.ID != "" {
		q.add(` AND (`+table+`) > (`, after.Sort)
		q.add(`, `, string(after.ID))
		q.add(`)`)
	}
	q.add(` ORDER BY `+table+` LIMIT `, limit)
	return sqldb.Rows(ctx, s.DB, scanEntry, q.text.String(), q.args...)
}

// Catalogued lists what is in force on day under any of the catalogue codes.
func (s *Store) Catalogued(ctx context.Context, codes []string, day calendar.Day) (all []items.Entry, err error) {
	for some := range slices.Chunk(codes, 200) {
		q := question{args: []any{day.String()}}
		q.add(`SELECT ` + entryColumns + ` FROM items i WHERE ` + inForce)
		between := ` AND i.catalogue IN (`
		for _, c := range some {
			q.add(between, c)
			between = `, `
		}
		q.add(`)`)
		found, err := sqldb.Rows(ctx, s.DB, scanEntry, q.text.String(), q.args...)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	return all, nil
}

// LastCatalogue is the highest catalogue code that begins with prefix and was
// ever published.
func (s *Store) LastCatalogue(ctx context.Context, prefix string) (last string, err error) {
	err = s.DB.Row(ctx, `SELECT COALESCE(MAX(catalogue), '') FROM items_editions WHERE catalogue >= $1 AND catalogue < $2`, prefix, prefix+"~").Scan(&last)
	return last, err
}

// question puts a statement together from parts and their arguments.
type question struct {
	text strings.Builder
	args []any
}

func (w *question) add(part string, args ...any) {
	w.text.WriteString(part)
	for _, a := range args {
		w.args = append(w.args, a)
		fmt.Fprintf(&w.text, "$%d", len(w.args))
	}
}

// Heads tells where the history of each item ends.
func (s *Store) Heads(ctx context.Context, ids []items.ID) (map[items.ID]items.Head, error) {
	heads := map[items.ID]items.Head{}
	for len(ids) > 0 {
		n := min(len(ids), 200)
		if err := s.someHeads(ctx, ids[:n], heads); err != nil {
			return nil, err
		}
		ids = ids[n:]
	}
	return heads, nil
}

func (s *Store) someHeads(ctx context.Context, ids []items.ID, heads map[items.ID]items.Head) error {
	var q question
	q.add(`SELECT i.id, i.last, i.number, i.head_seq, i.head_hash, e.digest FROM items i
		JOIN items_editions e ON e.item = i.id AND e.number = i.last WHERE i.id IN (`)
	between := ``
	for _, id := range ids {
		q.add(between, string(id))
		between = `, `
	}
	q.add(`)`)
	return s.DB.Each(ctx, func(scan func(...any) error) error {
		var id items.ID
		var h items.Head
		if err := scan(&id, &h.Last, &h.Current, &h.Seq, &h.Hash, &h.Digest); err != nil {
			return err
		}
		heads[id] = h
		return nil
	}, q.text.String(), q.args...)
}

// rowOf is the number of an item's row in the search index: the same for ever,
// without asking anybody. Two of a million items meet once in ten million tries,
// and then the second is refused, because the number is unique.
func rowOf(id items.ID) int64 {
	h := fnv.New64a()
	h.Write([]byte(id)) // never fails
	return int64(h.Sum64() >> 1)
}
