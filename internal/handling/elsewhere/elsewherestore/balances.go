package elsewherestore

import (
	"context"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/elsewhere"
)

// SumOut adds up what was written for a partner.
func (s *Store) SumOut(ctx context.Context, partner string, after, upto int64) (elsewhere.Sum, error) {
	return s.sum(ctx, `SELECT number, kind, content FROM elsewhere_out WHERE partner = $1 AND number > $2 AND number <= $3 ORDER BY number`, partner, after, upto)
}

// SumIn adds up what was done of what came from a partner.
func (s *Store) SumIn(ctx context.Context, partner string, after, upto int64) (elsewhere.Sum, error) {
	return s.sum(ctx, `SELECT number, kind, content FROM elsewhere_in WHERE partner = $1 AND number > $2 AND number <= $3 AND state = 'done' ORDER BY number`, partner, after, upto)
}

func (s *Store) sum(ctx context.Context, query, partner string, after, upto int64) (elsewhere.Sum, error) {
	sum := elsewhere.NewSummer(after, upto)
	err := s.DB.Each(ctx, func(scan func(...any) error) error {
		var number int64
		var kind, content string
		if err := scan(&number, &kind, &content); err != nil {
			return err
		}
		sum.Add(number, elsewhere.Kind(kind), content)
		return nil
	}, query, partner, after, upto)
	return sum.Done(), err
}

// With are the parcels for a partner that have not ended, the latest first.
func (s *Store) With(ctx context.Context, partner string, most int) ([]*elsewhere.Parcel, error) {
	return sqldb.Rows(ctx, s.DB, scan, columns+`WHERE partner = $1 AND ended = 0 ORDER BY id DESC LIMIT $2`, partner, most)
}

// KeepBalance keeps the outcome of a day.
func (s *Store) KeepBalance(b *sqldb.Batch, partner string, day calendar.Day, at time.Time, body string) {
	b.Exec(`INSERT INTO elsewhere_balances (partner, day, at, body) VALUES ($1, $2, $3, $4)
		ON CONFLICT (partner, day) DO UPDATE SET at = excluded.at, body = excluded.body`, partner, day.String(), sqldb.Instant(at), body)
}

// Balances are the last that were kept, the latest first.
func (s *Store) Balances(ctx context.Context, partner string, most int) ([]string, error) {
	return sqldb.Rows(ctx, s.DB, func(scan func(...any) error) (text string, err error) { return text, scan(&text) },
		`SELECT body FROM elsewhere_balances WHERE partner = $1 ORDER BY day DESC LIMIT $2`, partner, most)
}
