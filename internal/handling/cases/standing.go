package cases

import (
	"context"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/forms"
)

// Standing says whether the law lets an applicant ask for an item as they stand
// on the city's registers: a company that has ended asks for nothing more, one
// that rests does not rest anew. The fault says why, and what to do instead.
type Standing interface {
	// Concerns reports whether the item is one that such a standing decides.
	Concerns(items.ID) bool
	// MayApply judges an application. Without answers it judges what can be known
	// before anything is filled in.
	MayApply(ctx context.Context, e *items.Edition, who Applicant, answers forms.Answers, day calendar.Day) error
}

// MayBegin refuses to begin what would be refused when it is filed.
func (s *Service) MayBegin(ctx context.Context, e *items.Edition, who Applicant) error {
	return s.stands(ctx, e, who, nil, calendar.DayOf(s.Now()))
}

func (s *Service) stands(ctx context.Context, e *items.Edition, who Applicant, answers forms.Answers, day calendar.Day) error {
	if s.Standing == nil || !s.Standing.Concerns(e.Item) {
		return nil
	}
	return s.Standing.MayApply(ctx, e, who, answers, day)
}

// stillStands judges again when something is granted: what the register says may
// have changed since it was filed. The day is that of the application.
func (s *Service) stillStands(ctx context.Context, c *Case, e *items.Edition, m Moved) error {
	if m.Decision == nil || !m.Decision.Granted || s.Standing == nil || !s.Standing.Concerns(c.Item) {
		return nil
	}
	answers, err := s.Answers(ctx, c, identity.TheSystem)
	if err != nil {
		return err
	}
	return s.Standing.MayApply(ctx, e, c.Applicant, answers, c.Received)
}
