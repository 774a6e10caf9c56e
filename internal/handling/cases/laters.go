package cases

import (
	"context"
	"time"

	"tongban/internal/civic/identity"
)

// The acts on what was granted.

// Ask has the holder ask for a change, a renewal or the end; see Case.Ask.
func (s *Service) Ask(ctx context.Context, id ID, l Later, by identity.Actor) (*Case, error) {
	return s.do(ctx, id, asking(by, AskChange, string(l.Kind)), by, func(c *Case, f Frame, at time.Time) (Moved, error) {
		return c.Ask(f.Edition, l, s.Days, by, at)
	})
}

// Vet has a reviewer judge that; see Case.Vet.
func (s *Service) Vet(ctx context.Context, id ID, opinion string, by identity.Actor) (*Case, error) {
	return s.do(ctx, id, asking(by, VetLater, ""), by, func(c *Case, _ Frame, at time.Time) (Moved, error) { return c.Vet(opinion, by, at) })
}

// Propose has a reviewer propose to undo the decision; see Case.Propose.
func (s *Service) Propose(ctx context.Context, id ID, l Later, by identity.Actor) (*Case, error) {
	return s.do(ctx, id, asking(by, ProposeLater, ""), by, func(c *Case, f Frame, at time.Time) (Moved, error) {
		return c.Propose(f.Edition, l, s.Days, by, at)
	})
}

// PleadLater hears the holder; see Case.PleadLater.
func (s *Service) PleadLater(ctx context.Context, id ID, text string, hearing bool, by identity.Actor) (*Case, error) {
	return s.do(ctx, id, asking(by, PleadLater, ""), by, func(c *Case, _ Frame, at time.Time) (Moved, error) {
		return c.PleadLater(text, hearing, by, at)
	})
}

// Conclude decides; see Case.Conclude.
func (s *Service) Conclude(ctx context.Context, id ID, r LaterRuling, by identity.Actor) (*Case, error) {
	return s.do(ctx, id, asking(by, DismissLater, ""), by, func(c *Case, f Frame, at time.Time) (Moved, error) {
		return c.Conclude(f.Edition, r, by, at)
	})
}

// ServeLater notes service of the later decision; see Case.ServeLater.
func (s *Service) ServeLater(ctx context.Context, id ID, d Delivered, by identity.Actor) (*Case, error) {
	return s.do(ctx, id, asking(by, ServeLater, ""), by, func(c *Case, _ Frame, at time.Time) (Moved, error) { return c.ServeLater(d, by, at) })
}
