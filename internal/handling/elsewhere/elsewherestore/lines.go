package elsewherestore

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/elsewhere"
)

const partner = `SELECT id, name, address, public, regions, resting, superior, certificate FROM elsewhere_partners `

func scanPartner(row func(...any) error) (p elsewhere.Partner, err error) {
	var regions string
	var resting, superior int
	if err = row(&p.ID, &p.Name, &p.Address, &p.Key, &regions, &resting, &superior, &p.Certificate); err != nil {
		return p, err
	}
	p.Resting, p.Superior = resting != 0, superior != 0
	return p, json.Unmarshal([]byte(regions), &p.Regions)
}

// Partners lists all by name.
func (s *Store) Partners(ctx context.Context) ([]elsewhere.Partner, error) {
	return sqldb.Rows(ctx, s.DB, scanPartner, partner+`ORDER BY name, id`)
}

// Partner finds one.
func (s *Store) Partner(ctx context.Context, id string) (elsewhere.Partner, error) {
	return sqldb.One(ctx, s.DB, scanPartner, fault.New(fault.NotFound, "elsewhere.partner.none", "没有登记这个协作平台"), partner+`WHERE id = $1`, id)
}

// SavePartner keeps one, with its line.
func (s *Store) SavePartner(ctx context.Context, p elsewhere.Partner) error {
	regions, err := json.Marshal(p.Regions)
	if err != nil {
		return fmt.Errorf("write partner %s: %w", p.ID, err)
	}
	var b sqldb.Batch
	b.Exec(`INSERT INTO elsewhere_partners (id, name, address, public, regions, resting, superior, certificate) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (id) DO UPDATE SET name = excluded.name, address = excluded.address, public = excluded.public, regions = excluded.regions, resting = excluded.resting, superior = excluded.superior, certificate = excluded.certificate`,
		p.ID, p.Name, p.Address, p.Key, string(regions), sqldb.Bool(p.Resting), sqldb.Bool(p.Superior), p.Certificate)
	b.Exec(`INSERT INTO elsewhere_lines (partner, sent, kept, taken, tries, due, say, refused, last, last_at) VALUES ($1, 0, 0, 0, 0, 0, '', 0, '', 0)
		ON CONFLICT (partner) DO UPDATE SET due = 0`, p.ID)
	return s.DB.Commit(ctx, &b)
}

// Renew keeps the newer key of a partner.
func (s *Store) Renew(ctx context.Context, id, before, key string) error {
	rows, err := s.DB.Exec(ctx, `UPDATE elsewhere_partners SET public = $1 WHERE id = $2 AND public IN ($1, $3)`, key, id, before)
	if err == nil && rows == 0 {
		err = fault.New(fault.Conflict, "elsewhere.partner.changed", "协作平台的公钥刚被改动，请重新发送")
	}
	return err
}

// Lines are how far the exchange has come with each partner.
func (s *Store) Lines(ctx context.Context) (map[string]elsewhere.Line, error) {
	all := map[string]elsewhere.Line{}
	return all, s.DB.Each(ctx, func(scan func(...any) error) error {
		var id string
		var l elsewhere.Line
		var due, lastAt, oldest, since int64
		if err := scan(&id, &l.Sent, &l.Kept, &l.Taken, &l.Tries, &due, &l.Say, &l.Refused, &l.Last, &lastAt, &l.Ahead, &l.SumsOut, &l.SumsIn, &l.Continued,
			&oldest, &l.Held, &l.Gap, &since); err != nil {
			return err
		}
		l.Due, l.LastAt, l.Oldest, l.HeldSince = sqldb.FromInstant(due), sqldb.FromInstant(lastAt), sqldb.FromInstant(oldest), sqldb.FromInstant(since)
		all[id] = l
		return nil
	}, `SELECT l.partner, l.sent, l.kept, l.taken, l.tries, l.due, l.say, l.refused, l.last, l.last_at, l.ahead, l.sums_out, l.sums_in, l.continued,
		COALESCE((SELECT o.made FROM elsewhere_out o WHERE o.partner = l.partner AND o.number = l.kept + 1), 0),
		COUNT(i.number), COALESCE(MIN(i.number) - 1, 0), COALESCE(MIN(i.at), 0)
		FROM elsewhere_lines l LEFT JOIN elsewhere_in i ON i.partner = l.partner AND i.number > l.taken AND i.state = 'held'
		GROUP BY l.partner, l.sent, l.kept, l.taken, l.tries, l.due, l.say, l.refused, l.last, l.last_at, l.ahead, l.sums_out, l.sums_in, l.continued`)
}

const foreign = `SELECT case_id, partner, parcel, place FROM elsewhere_foreign `

func oneForeign(row sqldb.Found) (f elsewhere.Foreign, err error) {
	var id, place string
	err = row.Scan(&id, &f.Partner, &f.Parcel, &place)
	if errors.Is(err, sql.ErrNoRows) {
		return f, nil
	}
	if err != nil {
		return f, err
	}
	f.Case = cases.ID(id)
	kept := keptPlace{Mode: elsewhere.Counter} // what was kept before the mode was is of windows
	err = json.Unmarshal([]byte(place), &kept)
	f.Place, f.Mode = kept.Place, kept.Mode
	return f, err
}

// keptPlace is what is kept of the place where a parcel was taken in.
type keptPlace struct {
	elsewhere.Place
	Mode elsewhere.Mode `json:"mode"`
}

// Foreign is the parcel of a partner that became the case.
func (s *Store) Foreign(ctx context.Context, id cases.ID) (elsewhere.Foreign, error) {
	return oneForeign(s.DB.Row(ctx, foreign+`WHERE case_id = $1`, string(id)))
}

// ForeignParcel is the case that a parcel of a partner became.
func (s *Store) ForeignParcel(ctx context.Context, partner, parcel string) (elsewhere.Foreign, error) {
	return oneForeign(s.DB.Row(ctx, foreign+`WHERE partner = $1 AND parcel = $2`, partner, parcel))
}

// AddForeign notes it.
func (s *Store) AddForeign(b *sqldb.Batch, f elsewhere.Foreign) {
	place, _ := json.Marshal(keptPlace{f.Place, f.Mode}) // plain strings: never fails
	b.Exec(`INSERT INTO elsewhere_foreign (case_id, partner, parcel, place) VALUES ($1, $2, $3, $4)`, string(f.Case), f.Partner, f.Parcel, string(place))
}

// Write gives the message the next number: the row of the line is locked until
// the batch is kept, so numbers have no gap and no two messages have the same.
func (s *Store) Write(b *sqldb.Batch, partner string, m elsewhere.Message) {
	b.Exec(`UPDATE elsewhere_lines SET sent = sent + 1 WHERE partner = $1`, partner)
	b.Exec(`INSERT INTO elsewhere_out (partner, number, name, kind, made, body, content)
		SELECT partner, sent, CAST($1 AS TEXT), CAST($2 AS TEXT), CAST($3 AS BIGINT), CAST($4 AS TEXT), CAST($5 AS TEXT) FROM elsewhere_lines WHERE partner = $6`,
		m.Key, string(m.Kind), sqldb.Instant(m.Made), m.Body, m.Content, partner)
}

// Written reports whether a message with that key was written before.
func (s *Store) Written(ctx context.Context, partner, key string) (bool, error) {
	var n int
	err := s.DB.Row(ctx, `SELECT COUNT(*) FROM elsewhere_out WHERE partner = $1 AND name = $2`, partner, key).Scan(&n)
	return n > 0, err
}

// Next is the first message that the partner does not keep, if it is due.
func (s *Store) Next(ctx context.Context, partner string, now time.Time) (m elsewhere.Message, due bool, err error) {
	var made int64
	var kind string
	err = s.DB.Row(ctx, `SELECT o.number, o.name, o.kind, o.made, o.body FROM elsewhere_lines l JOIN elsewhere_out o ON o.partner = l.partner AND o.number = l.kept + 1
		WHERE l.partner = $1 AND l.due <= $2`, partner, sqldb.Instant(now)).Scan(&m.Number, &m.Key, &kind, &made, &m.Body)
	if errors.Is(err, sql.ErrNoRows) {
		return m, false, nil
	}
	m.Kind, m.Made = elsewhere.Kind(kind), sqldb.FromInstant(made)
	return m, err == nil, err
}

// Kept notes that the partner keeps the message.
func (s *Store) Kept(ctx context.Context, partner string, number int64) error {
	_, err := s.DB.Exec(ctx, `UPDATE elsewhere_lines SET kept = $1, tries = 0, due = 0, say = '', ahead = 0 WHERE partner = $2 AND kept = $3`, number, partner, number-1)
	return err
}

// PutOff notes a try that failed.
func (s *Store) PutOff(ctx context.Context, partner string, due time.Time, say string, ahead int64) error {
	_, err := s.DB.Exec(ctx, `UPDATE elsewhere_lines SET tries = tries + 1, due = $1, say = $2, ahead = $3 WHERE partner = $4`, sqldb.Instant(due), say, ahead, partner)
	return err
}

// Taken is how far the inbox has come, and what came under number before.
func (s *Store) Taken(ctx context.Context, partner string, number int64) (last int64, before string, err error) {
	err = s.DB.Row(ctx, `SELECT l.taken, COALESCE((SELECT i.digest FROM elsewhere_in i WHERE i.partner = l.partner AND i.number = $1), '')
		FROM elsewhere_lines l WHERE l.partner = $2`, number, partner).Scan(&last, &before)
	return last, before, err
}

// Note adds that a message was done: the batch is not kept unless its turn has come.
func (s *Store) Note(b *sqldb.Batch, partner string, a elsewhere.Arrived) {
	var taken int64
	b.Row([]any{&taken}, `UPDATE elsewhere_lines SET taken = $1 WHERE partner = $2 AND taken = $3 RETURNING taken`, a.Number, partner, a.Number-1)
	b.Exec(`INSERT INTO elsewhere_in (partner, number, name, kind, digest, made, at, state, say, body, content) VALUES ($1, $2, $3, $4, $5, $6, $7, 'done', $8, '', $9)
		ON CONFLICT (partner, number) DO UPDATE SET at = excluded.at, state = 'done', say = excluded.say, body = ''`,
		partner, a.Number, a.Key, string(a.Kind), a.Digest, sqldb.Instant(a.Made), sqldb.Instant(a.At), a.Say, a.Content)
}

// Hold keeps one that came before its turn.
func (s *Store) Hold(ctx context.Context, partner string, a elsewhere.Arrived) error {
	_, err := s.DB.Exec(ctx, `INSERT INTO elsewhere_in (partner, number, name, kind, digest, made, at, state, say, body, content) VALUES ($1, $2, $3, $4, $5, $6, $7, 'held', '', $8, $9)
		ON CONFLICT (partner, number) DO NOTHING`, partner, a.Number, a.Key, string(a.Kind), a.Digest, sqldb.Instant(a.Made), sqldb.Instant(a.At), a.Body, a.Content)
	return err
}

// HeldNext is the message whose turn has come, if it is held.
func (s *Store) HeldNext(ctx context.Context, partner string) (a elsewhere.Arrived, held bool, err error) {
	var made, at int64
	var kind string
	err = s.DB.Row(ctx, `SELECT i.number, i.name, i.kind, i.digest, i.made, i.at, i.body FROM elsewhere_lines l JOIN elsewhere_in i ON i.partner = l.partner AND i.number = l.taken + 1
		WHERE l.partner = $1 AND i.state = 'held'`, partner).Scan(&a.Number, &a.Key, &kind, &a.Digest, &made, &at, &a.Body)
	if errors.Is(err, sql.ErrNoRows) {
		return a, false, nil
	}
	a.Kind, a.Made, a.At = elsewhere.Kind(kind), sqldb.FromInstant(made), sqldb.FromInstant(at)
	return a, err == nil, err
}

// Refuse notes that a message in the partner's name was refused.
func (s *Store) Refuse(ctx context.Context, partner, say string, at time.Time) error {
	_, err := s.DB.Exec(ctx, `UPDATE elsewhere_lines SET refused = refused + 1, last = $1, last_at = $2 WHERE partner = $3`, say, sqldb.Instant(at), partner)
	return err
}

// Undone are messages that were taken and could not be done, the latest first.
func (s *Store) Undone(ctx context.Context, partner string, most int) ([]elsewhere.Arrived, error) {
	return sqldb.Rows(ctx, s.DB, func(scan func(...any) error) (a elsewhere.Arrived, err error) {
		var kind string
		var at int64
		err = scan(&a.Number, &kind, &at, &a.Say)
		a.Kind, a.At = elsewhere.Kind(kind), sqldb.FromInstant(at)
		return a, err
	}, `SELECT number, kind, at, say FROM elsewhere_in WHERE partner = $1 AND say <> '' ORDER BY number DESC LIMIT $2`, partner, most)
}
