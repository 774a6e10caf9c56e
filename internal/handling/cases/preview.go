package cases

import (
	"context"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
)

// DecisionPreview is the decision paper as it would be handed over if work were
// signed with r now, without a number. What Decide would refuse, it refuses;
// nothing is changed. Where another signature is still to come the paper shows
// what both will have signed.
func (s *Service) DecisionPreview(ctx context.Context, id ID, work string, r Ruling, by identity.Actor) (Sheet, error) {
	c, err := s.Case(ctx, id, by)
	if err != nil {
		return Sheet{}, err
	}
	f, err := s.Frame(ctx, c)
	if err != nil {
		return Sheet{}, err
	}
	at := s.Now()
	m, err := c.Decide(f, work, r, by, at)
	if err == nil {
		err = m.checkLength()
	}
	if err != nil {
		return Sheet{}, err
	}
	if m.Decision == nil {
		m.Decision = &Decision{Granted: r.Grant, Reason: r.Reason, Basis: r.Basis, Conditions: r.Conditions, Called: f.Edition.Type.Decided(r.Grant), At: at}
	}
	m.Decision.say(s.Wordings, f.Edition.Type)
	p := Paper{Kind: DecisionPaper, Title: m.title(DecisionPaper, f.Edition.Type), Year: calendar.DayOf(at).Year()}
	m.Paper = DecisionPaper
	if err := s.words(ctx, &m); err != nil {
		return Sheet{}, err
	}
	return s.compose(ctx, p, c, m, f.Edition)
}
