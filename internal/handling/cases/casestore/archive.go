package casestore

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"

	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
)

// Closed lists cases that ended before a moment, by when they ended.
func (s *Store) Closed(ctx context.Context, before time.Time, after cases.Ended, limit int) ([]cases.Ended, error) {
	return sqldb.Rows(ctx, s.DB, func(scan func(...any) error) (e cases.Ended, err error) {
		var closed int64
		err = scan((*string)(&e.ID), &closed)
		e.Closed = sqldb.FromInstant(closed)
		return e, err
	}, `SELECT id, closed FROM cases WHERE closed > 0 AND closed < $1 AND (closed, id) > ($2, $3) ORDER BY closed, id LIMIT $4`,
		sqldb.Instant(before), sqldb.Instant(after.Closed), string(after.ID), limit)
}

// CountClosed counts them, by the index alone.
func (s *Store) CountClosed(ctx context.Context, before time.Time, most int) (n int, err error) {
	return n, s.DB.Row(ctx, `SELECT COUNT(*) FROM (SELECT 1 FROM cases WHERE closed > 0 AND closed < $1 LIMIT $2) c`, sqldb.Instant(before), most).Scan(&n)
}

var insertArchived = `INSERT INTO cases_archived (` + strings.Join(shelfColumns, ", ") + `) VALUES (` + places(len(shelfColumns)) + `)`

// Shelve takes cases off the working tables, all or none. If any of them moved
// since it was read nothing is kept: cases.Moving.
func (s *Store) Shelve(ctx context.Context, b *sqldb.Batch, all []cases.Shelved) error {
	for _, one := range all {
		if err := s.shelve(b, one); err != nil {
			return err
		}
	}
	err := s.DB.Commit(ctx, b)
	if sqldb.IsOutrun(err) {
		return cases.Moving()
	}
	return err
}

func (s *Store) shelve(b *sqldb.Batch, one cases.Shelved) error {
	c, was := one.Case, one.Was
	head, err := s.Post.Copy(b, c.ID.Stream(), was, one.Moved.At, one.Moved)
	if err != nil {
		return err
	}
	c.Head = head
	var id string
	b.Row([]any{&id}, `DELETE FROM cases WHERE id = $1 AND seq = $2 AND hash = $3 RETURNING id`, string(c.ID), was.Seq, was.Hash)
	b.Exec(`DELETE FROM cases_filings WHERE case_id = $1`, string(c.ID))
	b.Exec(insertArchived, s.shelfRow(c)...)
	shelveNumbers(b, c.ID)
	event.Store(b, c.ID.Stream(), was.Seq)
	return nil
}

// shelfRow is what the lists know of a case on the shelf.
func (s *Store) shelfRow(c *cases.Case) []any {
	return lean(slices.Concat(fixedOf(c), s.plainOf(c, ""), s.sortedOf(c)))
}

// offShelf reads a case that stands on the shelf: its facts, from its package, made
// true again.
func (s *Store) offShelf(ctx context.Context, where string, args ...any) (*cases.Case, error) {
	var r cases.Row
	if err := s.DB.Row(ctx, `SELECT id, number FROM cases_archived WHERE `+where, args...).Scan((*string)(&r.ID), &r.Number); err != nil {
		return nil, err
	}
	all, err := s.remade(ctx, []cases.Row{r})
	return all[r.ID], err
}

// remade are cases that stand on the shelf, made again from their facts, which are read
// together. Fault: archives.digest, of a package that is not what was taken in.
func (s *Store) remade(ctx context.Context, rows []cases.Row) (map[cases.ID]*cases.Case, error) {
	facts, err := s.shelvedFacts(ctx, rows)
	if err != nil {
		return nil, err
	}
	all := make(map[cases.ID]*cases.Case, len(rows))
	for _, r := range rows {
		own := facts[r.ID.Stream()]
		if len(own) == 0 {
			return nil, sql.ErrNoRows // it was fetched between the two looks
		}
		if own[0].Seq != 1 {
			return nil, fault.New(fault.Conflict, "archives.digest", "办件%s的档案与归档时的摘要不符，请联系系统管理员核对", r.Number)
		}
		c := &cases.Case{Number: r.Number}
		if err := s.Onward(ctx, c, own); err != nil {
			return nil, fmt.Errorf("make case %s again: %w", r.ID, err)
		}
		all[r.ID] = c
	}
	return all, nil
}

func (s *Store) shelvedFacts(ctx context.Context, rows []cases.Row) (map[string][]event.Record, error) {
	if len(rows) == 0 {
		return nil, nil
	}
	streams := make([]string, len(rows))
	for i, r := range rows {
		streams[i] = r.ID.Stream()
	}
	return s.Post.Several(ctx, streams)
}

// shelved is the part of a list that stands on the shelf, without the cases.
func (s *Store) shelved(ctx context.Context, f cases.Filter) ([]cases.Listed, error) {
	rows, err := s.page(ctx, shelf, f)
	list := make([]cases.Listed, len(rows))
	for i, r := range rows {
		list[i] = cases.Listed{Row: r}
	}
	return list, err
}

// openShelved makes those cases of a list again that stand on the shelf: only what is
// on the page after both tables were read.
func (s *Store) openShelved(ctx context.Context, list []cases.Listed) error {
	var rows []cases.Row
	for _, l := range list {
		if l.Case == nil {
			rows = append(rows, l.Row)
		}
	}
	all, err := s.remade(ctx, rows)
	for i := range list {
		if list[i].Case == nil {
			list[i].Case = all[list[i].ID]
		}
	}
	return err
}

// fetch puts an archived case back into the working tables, in the batch of the
// move that it is fetched for. Its package stays where it is. Of two who fetch
// it at once one fails.
func (s *Store) fetch(ctx context.Context, b *sqldb.Batch, c *cases.Case) error {
	facts, err := s.Post.Stream(ctx, c.ID.Stream())
	if err != nil {
		return err
	}
	if len(facts) == 0 || facts[0].Seq != 1 {
		return fmt.Errorf("the package of case %s does not hold its facts", c.ID)
	}
	body, err := bodyOf(c)
	if err != nil {
		return err
	}
	if err := putFiling(b, c); err != nil {
		return err
	}
	b.Exec(insertCase, slices.Concat(fixedOf(c), s.plainOf(c, body), s.sortedOf(c))...)
	b.Exec(`DELETE FROM cases_archived WHERE id = $1`, string(c.ID))
	event.Restore(b, facts[:len(facts)-1])
	return s.fetchPapers(ctx, b, c, facts)
}
