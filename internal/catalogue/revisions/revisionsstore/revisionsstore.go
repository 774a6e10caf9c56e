// Package revisionsstore keeps revisions of items in SQL.
package revisionsstore

import (
	"context"
	"database/sql"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/revisions"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
)

//go:embed schema
var files embed.FS

// Schema is the tables of this room.
var Schema = sqldb.Schema{Room: "revisions", Files: files}

// Store is a revisions.Store.
type Store struct {
	DB   *sqldb.DB
	Post *event.Post
}

var _ revisions.Store = (*Store)(nil)

// Add keeps a new revision.
func (s *Store) Add(ctx context.Context, r *revisions.Revision, m revisions.Moved) error {
	return s.AddAll(ctx, []*revisions.Revision{r}, []revisions.Moved{m})
}

// AddAll keeps new revisions, all or none.
func (s *Store) AddAll(ctx context.Context, all []*revisions.Revision, facts []revisions.Moved) error {
	var b sqldb.Batch
	for i, r := range all {
		if err := s.record(&b, r, event.Head{}, facts[i]); err != nil {
			return err
		}
		row, err := columnsOf(r, facts[i].At)
		if err != nil {
			return err
		}
		b.Exec(`INSERT INTO revisions (item, open, name, agency_name, region, reason, state, effective, until_day, unanswered, editor, changed, body, head_seq, head_hash, founds, id)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`, row...)
	}
	err := s.DB.Commit(ctx, &b)
	if sqldb.IsDuplicate(err) {
		return fault.New(fault.Conflict, "revisions.open.twice", "“%s”已有一份调整申请正在办理，请在那一份上继续", all[0].Text.Name)
	}
	return err
}

func (s *Store) record(b *sqldb.Batch, r *revisions.Revision, head event.Head, m revisions.Moved) (err error) {
	r.Head, err = s.Post.Record(b, r.ID.Stream(), head, m.At, m)
	return err
}

func columnsOf(r *revisions.Revision, at time.Time) ([]any, error) {
	body, err := json.Marshal(r)
	if err != nil {
		return nil, fmt.Errorf("write revision %s: %w", r.ID, err)
	}
	return []any{
		string(r.Item), sqldb.Bool(r.State.Open()), r.Text.Name, r.Text.AgencyName, r.Region, string(r.Reason), string(r.State),
		dayText(r.Text.Effective), dayText(r.PublicUntil), r.Unanswered(), r.Editors[0].Account, sqldb.Instant(at), string(body),
		r.Head.Seq, r.Head.Hash, sqldb.Bool(r.Base == 0), string(r.ID),
	}, nil
}

func dayText(d calendar.Day) string {
	if d == 0 {
		return ""
	}
	return d.String()
}

// Change loads, lets do judge, and keeps.
func (s *Store) Change(ctx context.Context, id revisions.ID, do func(context.Context, *revisions.Revision) (revisions.Moved, error)) (changed *revisions.Revision, err error) {
	err = s.DB.Within(ctx, func(ctx context.Context) error {
		r, err := s.Revision(ctx, id)
		if err != nil {
			return err
		}
		m, err := do(ctx, r)
		if err != nil {
			return err
		}
		changed = r
		if m.Act == "" {
			return nil
		}
		return s.keep(ctx, r, m)
	})
	if sqldb.IsOutrun(err) {
		return nil, fault.New(fault.Conflict, "revisions.stale", "这份调整申请刚被他人处理，请刷新后再试")
	}
	if err != nil {
		return nil, err
	}
	return changed, nil
}

func (s *Store) keep(ctx context.Context, r *revisions.Revision, m revisions.Moved) error {
	var b sqldb.Batch
	version := r.Head.Seq
	if err := s.record(&b, r, r.Head, m); err != nil {
		return err
	}
	row, err := columnsOf(r, m.At)
	if err != nil {
		return err
	}
	var kept string
	b.Row([]any{&kept}, `UPDATE revisions SET item = $1, open = $2, name = $3, agency_name = $4, region = $5, reason = $6, state = $7, effective = $8,
		until_day = $9, unanswered = $10, editor = $11, changed = $12, body = $13, head_seq = $14, head_hash = $15, founds = $16 WHERE id = $17 AND head_seq = $18 RETURNING id`,
		append(row, version)...)
	return s.DB.Commit(ctx, &b)
}

// Revision reads one revision.
func (s *Store) Revision(ctx context.Context, id revisions.ID) (*revisions.Revision, error) {
	return sqldb.One(ctx, s.DB, scan, revisions.None(), `SELECT body, head_seq, head_hash FROM revisions WHERE id = $1`, string(id))
}

func scan(read func(...any) error) (*revisions.Revision, error) {
	r, head, err := event.Scan[revisions.Revision](read)
	if err == nil {
		r.Head = head
	}
	return r, err
}

// OpenOf is the revision of an item that is on its way.
func (s *Store) OpenOf(ctx context.Context, item items.ID) (id revisions.ID, err error) {
	err = s.DB.Row(ctx, `SELECT id FROM revisions WHERE item = $1 AND open = 1`, string(item)).Scan((*string)(&id))
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return id, err
}

// OpenAmong is OpenOf for many items at once.
func (s *Store) OpenAmong(ctx context.Context, all []items.ID) (map[items.ID]revisions.ID, error) {
	found := map[items.ID]revisions.ID{}
	if len(all) == 0 {
		return found, nil
	}
	var q question
	q.add(`SELECT item, id FROM revisions WHERE open = 1 AND item IN (`)
	between := ``
	for _, item := range all {
		q.add(between, string(item))
		between = `, `
	}
	q.add(`)`)
	return found, s.DB.Each(ctx, func(scan func(...any) error) error {
		var item items.ID
		var id revisions.ID
		if err := scan((*string)(&item), (*string)(&id)); err != nil {
			return err
		}
		found[item] = id
		return nil
	}, q.text.String(), q.args...)
}

// Begun lists the names of the items that drafts on their way would found.
func (s *Store) Begun(ctx context.Context) ([]string, error) {
	return sqldb.Rows(ctx, s.DB, func(scan func(...any) error) (item string, err error) { return item, scan(&item) },
		`SELECT item FROM revisions WHERE open = 1 AND founds = 1`)
}

// List is a page of revisions, the last changed first.
func (s *Store) List(ctx context.Context, f revisions.Filter) ([]revisions.Row, error) {
	var q question
	q.add(`SELECT id, item, name, agency_name, region, reason, state, effective, until_day, unanswered, changed FROM revisions WHERE 1 = 1`)
	if f.Within != "" {
		q.add(` AND region LIKE `, identity.Stem(f.Within)+"%")
	}
	if f.Item != "" {
		q.add(` AND item = `, string(f.Item))
	}
	if f.Editor != "" {
		q.add(` AND editor = `, f.Editor)
	}
	for i, state := range f.States {
		q.add(map[bool]string{true: ` AND state IN (`, false: `, `}[i == 0], string(state))
	}
	if len(f.States) > 0 {
		q.add(`)`)
	}
	if changed, id, ok := strings.Cut(f.After, "."); ok {
		q.add(` AND (changed, id) < (`, sqldb.Instant(instantOf(changed)))
		q.add(`, `, id)
		q.add(`)`)
	}
	q.add(` ORDER BY changed DESC, id DESC LIMIT `, min(max(f.Limit, 1), 200))
	return sqldb.Rows(ctx, s.DB, scanRow, q.text.String(), q.args...)
}

func scanRow(scan func(...any) error) (r revisions.Row, err error) {
	var effective, until string
	var changed int64
	err = scan((*string)(&r.ID), (*string)(&r.Item), &r.Name, &r.AgencyName, &r.Region, (*string)(&r.Reason), (*string)(&r.State), &effective, &until, &r.Unanswered, &changed)
	r.Effective, r.Until, r.Changed = calendar.Parse(effective), calendar.Parse(until), sqldb.FromInstant(changed)
	r.Cursor = fmt.Sprintf("%d.%s", changed, r.ID)
	return r, err
}

func instantOf(ms string) time.Time {
	var n int64
	if _, err := fmt.Sscan(ms, &n); err != nil {
		return time.Time{} // a cursor nobody gave out begins at the end of the list
	}
	return sqldb.FromInstant(n)
}

// Over lists revisions in publicity whose last day was before day.
func (s *Store) Over(ctx context.Context, day calendar.Day, limit int) ([]revisions.ID, error) {
	return sqldb.Rows(ctx, s.DB, func(scan func(...any) error) (id revisions.ID, err error) {
		return id, scan((*string)(&id))
	}, `SELECT id FROM revisions WHERE state = 'public' AND until_day < $1 AND unanswered = 0 ORDER BY until_day, id LIMIT $2`, day.String(), limit)
}

// Unweighed lists what was published, is in force on day, and has not been noted
// as weighed.
func (s *Store) Unweighed(ctx context.Context, day calendar.Day, limit int) ([]revisions.Row, error) {
	return sqldb.Rows(ctx, s.DB, scanRow, `SELECT id, item, name, agency_name, region, reason, state, effective, until_day, unanswered, changed FROM revisions
		WHERE state = 'published' AND weighed = 0 AND effective <= $1 ORDER BY changed, id LIMIT $2`, day.String(), limit)
}

// NoteWeighed notes that the running cases were held against it.
func (s *Store) NoteWeighed(ctx context.Context, id revisions.ID) error {
	_, err := s.DB.Exec(ctx, `UPDATE revisions SET weighed = 1 WHERE id = $1`, string(id))
	return err
}

// History is the facts of a revision in order.
func (s *Store) History(ctx context.Context, id revisions.ID) ([]event.Record, error) {
	return s.Post.Stream(ctx, id.Stream())
}

// question puts a statement together from parts and their arguments.
type question struct {
	text strings.Builder
	args []any
}

func (q *question) add(part string, args ...any) {
	q.text.WriteString(part)
	for _, a := range args {
		q.args = append(q.args, a)
		fmt.Fprintf(&q.text, "$%d", len(q.args))
	}
}
