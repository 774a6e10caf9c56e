package identitystore

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"time"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/sqldb"
)

// Charge counts one try in a single statement, so that replicas which count at
// once do not lose any. It is identity.Tries.Charge in SQL; a test compares them.
func (s *Store) Charge(ctx context.Context, key string, now time.Time, g identity.Guard) (identity.Tries, error) {
	at := now.UnixMilli()
	var n, since, until int64
	b := &sqldb.Batch{}
	b.Row([]any{&n, &since, &until}, `INSERT INTO identity_tries (who, n, since, closed_until) VALUES ($1, 1, $2, 0)
		ON CONFLICT (who) DO UPDATE SET
		n = CASE WHEN identity_tries.closed_until > $2 THEN identity_tries.n + 1
			WHEN identity_tries.closed_until > 0 OR identity_tries.since <= $3 THEN 1
			ELSE identity_tries.n + 1 END,
		since = CASE WHEN identity_tries.closed_until > $2 THEN identity_tries.since
			WHEN identity_tries.closed_until > 0 OR identity_tries.since <= $3 THEN $2
			ELSE identity_tries.since END,
		closed_until = CASE WHEN identity_tries.closed_until > $2 THEN identity_tries.closed_until
			WHEN identity_tries.closed_until > 0 OR identity_tries.since <= $3 THEN 0
			WHEN identity_tries.n + 1 >= $4 THEN $5
			ELSE 0 END
		RETURNING n, since, closed_until`, key, at, at-g.Within.Milliseconds(), g.Wrong, at+g.Lock.Milliseconds())
	if err := s.DB.Commit(ctx, b); err != nil {
		return identity.Tries{}, err
	}
	return identity.Tries{N: int(n), Since: sqldb.FromInstant(since), Until: sqldb.FromInstant(until)}, nil
}

// Forgive forgets the tries of key.
func (s *Store) Forgive(ctx context.Context, key string) error {
	b := &sqldb.Batch{}
	b.Exec(`DELETE FROM identity_tries WHERE who = $1`, key)
	return s.DB.Commit(ctx, b)
}

// Begin keeps a new session and ends those it replaces.
func (s *Store) Begin(ctx context.Context, n identity.Session, o identity.Opening, entry identity.Entry) error {
	b := &sqldb.Batch{}
	if o.Proven != "" {
		// The row is held, so that whoever replaces the password comes before this
		// and nothing is kept, or after it and ends this session too.
		var id string
		b.Row([]any{&id}, `UPDATE identity_accounts SET password = $1 WHERE id = $2 AND password = $1 RETURNING id`, o.Proven, n.Account)
	}
	if o.Tries != "" {
		b.Exec(`DELETE FROM identity_tries WHERE who = $1`, o.Tries)
	}
	if o.Old != "" {
		b.Exec(`DELETE FROM identity_sessions WHERE token = $1`, o.Old)
	}
	b.Exec(`INSERT INTO identity_sessions (id, token, account, party, mandate, api, agent, ip, channel, label, created, seen, ends, live_until)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
		n.ID, hash(n.Token), n.Account, n.Party, n.Mandate, sqldb.Bool(n.API), n.Client.Agent, n.Client.IP, n.Client.Channel, n.Client.Label,
		sqldb.Instant(n.Created), sqldb.Instant(n.Seen), sqldb.Instant(n.Ends), sqldb.Instant(n.Until))
	b.Exec(`DELETE FROM identity_sessions WHERE account = $1 AND id NOT IN
		(SELECT id FROM identity_sessions WHERE account = $1 ORDER BY id DESC LIMIT $2)`, n.Account, o.Most)
	note(b, entry)
	err := s.DB.Commit(ctx, b)
	if errors.Is(err, sql.ErrNoRows) {
		return stale()
	}
	return err
}

const sessionRow = `s.id, s.account, s.party, s.mandate, s.api, s.agent, s.ip, s.channel, s.label, s.created, s.seen, s.ends, s.live_until`

// sessionColumns is a row of identity_sessions as it comes out of the table.
type sessionColumns struct {
	s                          identity.Session
	api                        int
	created, seen, ends, until int64
}

func (r *sessionColumns) into() []any {
	return []any{&r.s.ID, &r.s.Account, &r.s.Party, &r.s.Mandate, &r.api, &r.s.Client.Agent, &r.s.Client.IP, &r.s.Client.Channel, &r.s.Client.Label,
		&r.created, &r.seen, &r.ends, &r.until}
}

func (r *sessionColumns) session() identity.Session {
	s := r.s
	s.API = r.api == 1
	s.Created, s.Seen = sqldb.FromInstant(r.created), sqldb.FromInstant(r.seen)
	s.Ends, s.Until = sqldb.FromInstant(r.ends), sqldb.FromInstant(r.until)
	return s
}

// Seat finds a session with its account by the hash of its token, and by which
// mandate it acts.
func (s *Store) Seat(ctx context.Context, token string) (identity.Seat, error) {
	var session sessionColumns
	var account accountColumns
	err := s.DB.Row(ctx, `SELECT `+sessionRow+`, `+accountRow+` FROM identity_sessions s JOIN identity_accounts a ON a.id = s.account WHERE s.token = $1`, token).
		Scan(append(session.into(), account.into()...)...)
	if errors.Is(err, sql.ErrNoRows) {
		return identity.Seat{}, none("session", "请先登录")
	}
	if err != nil {
		return identity.Seat{}, err
	}
	a, err := account.account(s.Keys)
	if err != nil {
		return identity.Seat{}, err
	}
	seat := identity.Seat{Session: session.session(), Account: *a}
	if seat.Session.Mandate == "" {
		return seat, nil
	}
	m, err := s.Mandate(ctx, seat.Session.Mandate)
	seat.Mandate = &m
	return seat, err
}

// Touch writes down when a session was last heard.
func (s *Store) Touch(ctx context.Context, n identity.Session) error {
	b := &sqldb.Batch{}
	b.Exec(`UPDATE identity_sessions SET seen = $1, live_until = $2 WHERE id = $3`, sqldb.Instant(n.Seen), sqldb.Instant(n.Until), n.ID)
	return s.DB.Commit(ctx, b)
}

// Sessions lists the sessions of an account, the latest first.
func (s *Store) Sessions(ctx context.Context, account string) ([]identity.Session, error) {
	return sqldb.Rows(ctx, s.DB, func(scan func(...any) error) (identity.Session, error) {
		var row sessionColumns
		err := scan(row.into()...)
		return row.session(), err
	}, `SELECT `+sessionRow+` FROM identity_sessions s WHERE s.account = $1 ORDER BY s.id DESC`, account)
}

// End ends a session of the account; all but id if others is set.
func (s *Store) End(ctx context.Context, account, id string, others bool, entry identity.Entry) error {
	b := &sqldb.Batch{}
	if others {
		b.Exec(`DELETE FROM identity_sessions WHERE account = $1 AND id <> $2`, account, id)
	} else {
		b.Exec(`DELETE FROM identity_sessions WHERE account = $1 AND id = $2`, account, id)
	}
	note(b, entry)
	return s.DB.Commit(ctx, b)
}

// Recover replaces the recovery codes of an account.
func (s *Store) Recover(ctx context.Context, account string, hashes []string) error {
	b := &sqldb.Batch{}
	b.Exec(`DELETE FROM identity_recovery WHERE account = $1`, account)
	for _, h := range hashes {
		b.Exec(`INSERT INTO identity_recovery (account, code) VALUES ($1, $2)`, account, h)
	}
	return s.DB.Commit(ctx, b)
}

// Recovered uses up one recovery code, if it is there.
func (s *Store) Recovered(ctx context.Context, account, hash string) (bool, error) {
	n, err := s.DB.Exec(ctx, `DELETE FROM identity_recovery WHERE account = $1 AND code = $2`, account, hash)
	return n == 1, err
}

// Stepped notes that a code was used, unless that or a later one was before.
func (s *Store) Stepped(ctx context.Context, account string, step int64) (bool, error) {
	n, err := s.DB.Exec(ctx, `UPDATE identity_accounts SET totp_step = $1 WHERE id = $2 AND totp_step < $1`, step, account)
	return n == 1, err
}

// Offer keeps the hash of the one set-up token.
func (s *Store) Offer(ctx context.Context, hash string) error {
	b := &sqldb.Batch{}
	b.Exec(`INSERT INTO identity_setup (id, token) VALUES (1, $1) ON CONFLICT (id) DO UPDATE SET token = excluded.token`, hash)
	return s.DB.Commit(ctx, b)
}

// Taken uses the set-up token up.
func (s *Store) Taken(ctx context.Context, hash string) (bool, error) {
	n, err := s.DB.Exec(ctx, `DELETE FROM identity_setup WHERE token = $1`, hash)
	return n == 1, err
}

// Sweep forgets sessions that ended and tries that no longer count.
func (s *Store) Sweep(ctx context.Context, now time.Time) error {
	b := &sqldb.Batch{}
	b.Exec(`DELETE FROM identity_sessions WHERE live_until < $1`, now.UnixMilli())
	b.Exec(`DELETE FROM identity_tries WHERE since < $1 AND closed_until < $2`, now.Add(-24*time.Hour).UnixMilli(), now.UnixMilli())
	return s.DB.Commit(ctx, b)
}

// hash is identity's way to keep a token.
func hash(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}
