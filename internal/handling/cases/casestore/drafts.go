package casestore

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/rekey"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
)

// Drafts is a cases.Drafts. What people are still writing is nobody else's
// business: it is kept sealed.
type Drafts struct {
	DB    *sqldb.DB
	Vault cases.Vault
	// Held, if set, says in the batch that a text names files until then.
	Held func(b *sqldb.Batch, text string, until time.Time)
}

var _ cases.Drafts = (*Drafts)(nil)

// Sealed are the columns of this room that are kept unreadable. The private
// answers of a case stand in its facts and stay as they were written.
var Sealed = []rekey.Column{{Table: "cases_drafts", Key: "id", Column: "body", About: aboutDraft}}

func aboutDraft(id string) string { return "draft/" + id }

// Put keeps a draft.
func (s *Drafts) Put(ctx context.Context, d *cases.Draft) error {
	plain, err := json.Marshal(d)
	if err != nil {
		return err
	}
	body, err := s.Vault.Seal(string(plain), aboutDraft(d.ID))
	if err != nil {
		return fmt.Errorf("seal draft: %w", err)
	}
	d.Version++
	var b sqldb.Batch
	if s.Held != nil {
		s.Held(&b, string(plain), d.Changed.AddDate(0, 0, 2*cases.DraftLasts)) // Forget may come late
	}
	var kept string
	b.Row([]any{&kept}, `INSERT INTO cases_drafts (id, party, item, edition, body, changed, version) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (id) DO UPDATE SET edition = excluded.edition, body = excluded.body, changed = excluded.changed, version = excluded.version
		WHERE cases_drafts.version = excluded.version - 1 RETURNING id`,
		d.ID, d.Party, string(d.Item), d.Edition, body, sqldb.Instant(d.Changed), d.Version)
	switch err := s.DB.Commit(ctx, &b); {
	case errors.Is(err, sql.ErrNoRows):
		return fault.New(fault.Conflict, "cases.draft.stale", "您在另一个页面修改过这份草稿，请刷新后再继续")
	case err != nil:
		return fmt.Errorf("keep draft: %w", err)
	}
	return nil
}

const draftColumns = `id, party, item, edition, body, changed, version`

// Draft reads a draft.
func (s *Drafts) Draft(ctx context.Context, id string) (*cases.Draft, error) {
	return sqldb.One(ctx, s.DB, s.scan, cases.NoDraft(), `SELECT `+draftColumns+` FROM cases_drafts WHERE id = $1`, id)
}

// DraftsOf lists a party's drafts.
func (s *Drafts) DraftsOf(ctx context.Context, party string) ([]*cases.Draft, error) {
	return sqldb.Rows(ctx, s.DB, s.scan, `SELECT `+draftColumns+` FROM cases_drafts WHERE party = $1 ORDER BY id DESC LIMIT 100`, party)
}

// Discard deletes a draft.
func (s *Drafts) Discard(ctx context.Context, id string) error {
	_, err := s.DB.Exec(ctx, `DELETE FROM cases_drafts WHERE id = $1`, id)
	return err
}

// Forget discards old drafts, a part at a time, so that nobody waits for it; one that
// is changed meanwhile stays.
func (s *Drafts) Forget(ctx context.Context, before time.Time) error {
	for after := ""; ; {
		ids, err := sqldb.Column[string](ctx, s.DB, `SELECT id FROM cases_drafts WHERE id > $1 AND changed < $2 ORDER BY id LIMIT 500`, after, sqldb.Instant(before))
		if err != nil || len(ids) == 0 {
			return err
		}
		marks, args := sqldb.In(ids)
		if _, err := s.DB.Exec(ctx, fmt.Sprintf(`DELETE FROM cases_drafts WHERE id IN %s AND changed < $%d`, marks, len(ids)+1), append(args, sqldb.Instant(before))...); err != nil {
			return err
		}
		after = ids[len(ids)-1]
	}
}

func (s *Drafts) scan(scan func(...any) error) (*cases.Draft, error) {
	var d cases.Draft
	var id, party, item, body string
	var edition, version int
	var changed int64
	if err := scan(&id, &party, &item, &edition, &body, &changed, &version); err != nil {
		return nil, err
	}
	plain, err := s.Vault.Open(body, aboutDraft(id))
	if err != nil {
		return nil, fmt.Errorf("open draft %s: %w", id, err)
	}
	if err := json.Unmarshal([]byte(plain), &d); err != nil {
		return nil, fmt.Errorf("read draft %s: %w", id, err)
	}
	d.ID, d.Party, d.Edition, d.Version, d.Changed = id, party, edition, version, sqldb.FromInstant(changed)
	d.Item = items.ID(item)
	return &d, nil
}
