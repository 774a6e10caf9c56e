package casestore

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"tongban/internal/ground/event"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
	"tongban/internal/register/archives"
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

var insertArchived = `INSERT INTO cases_archived (` + strings.Join(caseColumns, ", ") + `) VALUES (` + places(len(caseColumns)) + `)`

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
	row, err := s.archivedOf(c)
	if err != nil {
		return err
	}
	var id string
	b.Row([]any{&id}, `DELETE FROM cases WHERE id = $1 AND seq = $2 AND hash = $3 RETURNING id`, string(c.ID), was.Seq, was.Hash)
	b.Exec(`DELETE FROM cases_filings WHERE case_id = $1`, string(c.ID))
	b.Exec(insertArchived, row...)
	event.Store(b, c.ID.Stream(), was.Seq)
	return nil
}

// archivedOf is what stands in the columns of an archived case.
func (s *Store) archivedOf(c *cases.Case) ([]any, error) {
	body, err := bodyOf(c)
	if err != nil {
		return nil, err
	}
	filed, err := filingOf(c)
	if err != nil {
		return nil, err
	}
	packed, err := archives.Deflate(body + "\n" + filed) // JSON on one line has no line break in it
	return slices.Concat(fixedOf(c), s.plainOf(c, packed), s.sortedOf(c)), err
}

// unpacked are the two parts of an archived case.
func unpacked(packed string) (body, filed string, err error) {
	text, err := archives.Inflate(packed)
	body, filed, ok := strings.Cut(text, "\n")
	if err == nil && !ok {
		err = fmt.Errorf("an archived case has one part only")
	}
	return body, filed, err
}

const archivedColumns = `id, number, body, seq, hash`

func scanArchived(scan func(...any) error) (*cases.Case, error) {
	var id, number, packed string
	var head event.Head
	if err := scan(&id, &number, &packed, &head.Seq, &head.Hash); err != nil {
		return nil, err
	}
	body, filed, err := unpacked(packed)
	if err != nil {
		return nil, err
	}
	c, err := read(body, filed)
	if err != nil {
		return nil, err
	}
	c.ID, c.Number, c.Head = cases.ID(id), number, head
	return c, nil
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
	return nil
}
