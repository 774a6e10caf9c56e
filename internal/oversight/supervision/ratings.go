package supervision

import (
	"context"
	"fmt"
	"strconv"

	"tongban/internal/engine/clock"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
	"tongban/internal/oversight/rating"
)

// BadRatings is what the room asks about what people say; rating.Service is one.
type BadRatings interface {
	Unanswered(ctx context.Context, ids []cases.ID) (map[cases.ID][]rating.Rating, error)
}

func (s *Service) ratings(ctx context.Context, ids []cases.ID) (map[cases.ID][]rating.Rating, error) {
	if s.Ratings == nil {
		return nil, nil
	}
	return s.Ratings.Unanswered(ctx, ids)
}

// lookAt has a case looked at to which itself nothing has happened.
func (s *Service) lookAt(b *sqldb.Batch, id cases.ID) error {
	s.AlarmStore.LookAt(b, id, clock.At(s.Now()))
	return nil
}

// Rated has the case of a bad rating looked at.
func (s *Service) Rated(_ context.Context, g rating.Given, b *sqldb.Batch) error {
	return s.lookAt(b, g.Case)
}

// RaterCalled has its case looked at.
func (s *Service) RaterCalled(_ context.Context, f rating.Found, b *sqldb.Batch) error {
	return s.lookAt(b, f.Case)
}

// RatingReviewed has its case looked at.
func (s *Service) RatingReviewed(_ context.Context, r rating.Reviewed, b *sqldb.Batch) error {
	return s.lookAt(b, r.Case)
}

// RatingAnswered has its case looked at.
func (s *Service) RatingAnswered(_ context.Context, a rating.Answered, b *sqldb.Batch) error {
	return s.lookAt(b, a.Case)
}

// raterUncalled is a bad rating under a name whose rater nobody called in time
// (差评回访, 国办发〔2019〕51号).
func raterUncalled(s Sight, _ AlarmRule) (all []watched) {
	for _, r := range s.Ratings {
		if r.Waits() && !r.Anonymous && r.Called.IsZero() {
			all = append(all, watched{strconv.Itoa(r.Seq), clock.At((r.Contact + 1).Start()), fmt.Sprintf("%s的实名差评应在%s前回访核实，还没有回访", r.Grade.Han(), r.Contact.Han()), 0})
		}
	}
	return all
}

// ratingLate is a bad rating that nobody answered in time (差评整改).
func ratingLate(s Sight, _ AlarmRule) (all []watched) {
	for _, r := range s.Ratings {
		if r.Waits() {
			all = append(all, watched{strconv.Itoa(r.Seq), clock.At((r.Rectify + 1).Start()), fmt.Sprintf("%s的差评应在%s前整改答复，还没有答复", r.Grade.Han(), r.Rectify.Han()), 0})
		}
	}
	return all
}
