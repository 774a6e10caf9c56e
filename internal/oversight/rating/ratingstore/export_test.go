package ratingstore

import (
	"context"

	"tongban/internal/oversight/rating"
)

// Plan is how the database would make a page.
func (s *Store) Plan(ctx context.Context, f rating.Filter) ([]string, error) {
	q := listing(f)
	return s.DB.Plan(ctx, q.text, q.args...)
}
