package elsewhere

import (
	"context"
	"maps"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/forms"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
)

// Answer hands in what the other place asked for (代收补正材料), and the answers of
// the form that are put right.
func (s *Service) Answer(ctx context.Context, id string, x cases.Correction, by identity.Actor) (*Parcel, error) {
	return s.act(ctx, id, "answer", by, func(b *sqldb.Batch, p *Parcel, at time.Time) error {
		if err := p.MayAnswer(); err != nil {
			return err
		}
		p.note(at, p.Here.Name, "代收补正材料", by.Name, "")
		if p.There.Partner == "" {
			return s.correct(ctx, b, p.Status.Case, x, s.lent(p.Here, p.There.Region, by))
		}
		return s.handOn(ctx, b, p, x, by, at)
	})
}

func (s *Service) correct(ctx context.Context, b *sqldb.Batch, id cases.ID, x cases.Correction, by identity.Actor) error {
	return s.Cases.ActIn(ctx, b, id, by, s.Cases.Correcting(ctx, x, by))
}

// handOn sends what is handed in to the partner. Of the form all answers go, so that
// what was sent before and could not be done there comes with them.
func (s *Service) handOn(ctx context.Context, b *sqldb.Batch, p *Parcel, x cases.Correction, by identity.Actor, at time.Time) error {
	if err := fits(x.Handed); err != nil {
		return err
	}
	a, err := s.amended(ctx, p, x, at)
	if err != nil {
		return err
	}
	sealed, err := s.seal(b, p.ID, a)
	if err != nil {
		return err
	}
	s.Store.Amend(b, p.ID, sealed)
	m := asked{Parcel: p.ID, Case: p.Status.Case, Person: by.Name, Place: p.Here, Materials: x.Handed, Answers: a.Answers}
	return s.ask(ctx, b, p, Answered, m, at)
}

// amended is the application as it reads with a correction. What was sent before and
// could not be done there counts as told: the notice was answered with it.
func (s *Service) amended(ctx context.Context, p *Parcel, x cases.Correction, at time.Time) (cases.Application, error) {
	a, err := s.application(ctx, p.ID)
	if err != nil {
		return a, err
	}
	e, err := s.Items.Edition(ctx, p.Item, p.Edition)
	if err != nil {
		return a, err
	}
	if n := p.Status.Notice; n != nil && p.Unheard == 0 {
		if err := n.Answered(e, x, a.Answers, calendar.DayOf(at)); err != nil {
			return a, err
		}
	}
	a.Answers = maps.Clone(a.Answers)
	maps.Copy(a.Answers, x.Answers)
	return a, nil
}

// Form is the application form of a parcel for those who put it right: the edition
// it is by, and the answers as the actor may see them.
func (s *Service) Form(ctx context.Context, p *Parcel, by identity.Actor) (*items.Edition, forms.Answers, error) {
	if p.There.Partner == "" {
		c, err := s.Cases.Store.Case(ctx, p.Status.Case)
		if err != nil {
			return nil, nil, err
		}
		f, err := s.Cases.Frame(ctx, c)
		if err != nil {
			return nil, nil, err
		}
		answers, err := s.Cases.Answers(ctx, c, by)
		return f.Edition, answers, err
	}
	a, err := s.application(ctx, p.ID)
	if err != nil {
		return nil, nil, err
	}
	e, err := s.Items.Edition(ctx, p.Item, p.Edition)
	if err != nil || p.Own(by) {
		return e, a.Answers, err
	}
	return e, cases.Masked(e.Form, a.Answers), nil
}
