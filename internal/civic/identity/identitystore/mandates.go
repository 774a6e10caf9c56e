package identitystore

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
)

const mandateRow = `id, firm, person, items, valid_from, valid_through, granted, made, revoked`

// AddMandates keeps new mandates.
func (s *Store) AddMandates(ctx context.Context, all []identity.Mandate, entry identity.Entry) error {
	b := &sqldb.Batch{}
	for _, m := range all {
		items, err := json.Marshal(m.Items)
		if err != nil {
			return err
		}
		b.Exec(`INSERT INTO identity_mandates (`+mandateRow+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
			m.ID, m.Firm, m.Person, string(items), m.From.String(), m.Through.String(), m.Granted, sqldb.Instant(m.Made), sqldb.Instant(m.Revoked))
	}
	note(b, entry)
	return s.DB.Commit(ctx, b)
}

// Mandate finds a mandate by its id.
func (s *Store) Mandate(ctx context.Context, id string) (identity.Mandate, error) {
	return sqldb.One(ctx, s.DB, scanMandate, none("mandate", "没有这项授权"), `SELECT `+mandateRow+` FROM identity_mandates WHERE id = $1`, id)
}

// Mandates lists those of a firm, or of a person, the latest first; nobody has
// so many that pages would be needed.
func (s *Store) Mandates(ctx context.Context, firm, person string) ([]identity.Mandate, error) {
	if firm != "" {
		return sqldb.Rows(ctx, s.DB, scanMandate, `SELECT `+mandateRow+` FROM identity_mandates WHERE firm = $1 ORDER BY id DESC LIMIT 500`, firm)
	}
	return sqldb.Rows(ctx, s.DB, scanMandate, `SELECT `+mandateRow+` FROM identity_mandates WHERE person = $1 ORDER BY id DESC LIMIT 500`, person)
}

// Revoke ends a mandate.
func (s *Store) Revoke(ctx context.Context, id string, now time.Time, entry identity.Entry) error {
	b := &sqldb.Batch{}
	var gone string
	b.Row([]any{&gone}, `UPDATE identity_mandates SET revoked = $1 WHERE id = $2 AND revoked = 0 RETURNING id`, sqldb.Instant(now), id)
	note(b, entry)
	err := s.DB.Commit(ctx, b)
	if errors.Is(err, sql.ErrNoRows) {
		return fault.New(fault.Conflict, "identity.mandate.revoked", "这项授权已经撤销")
	}
	return err
}

func scanMandate(scan func(...any) error) (identity.Mandate, error) {
	var (
		m             identity.Mandate
		items         string
		from, through string
		made, revoked int64
	)
	if err := scan(&m.ID, &m.Firm, &m.Person, &items, &from, &through, &m.Granted, &made, &revoked); err != nil {
		return m, err
	}
	m.From, m.Through = calendar.Parse(from), calendar.Parse(through)
	m.Made, m.Revoked = sqldb.FromInstant(made), sqldb.FromInstant(revoked)
	return m, json.Unmarshal([]byte(items), &m.Items)
}
