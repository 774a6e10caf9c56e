package identity

import (
	"context"

	"tongban/internal/civic/calendar"
	"tongban/internal/ground/fault"
)

// Grant lets the person behind the account login act for by's firm, for items
// (nil: all), from one day through another. Only the legal representative may,
// while acting for the firm or as themselves: identity.mandate.authority.
func (s *Service) Grant(ctx context.Context, firm, login string, items []string, from, through calendar.Day, by Actor) (Mandate, error) {
	if err := s.heads(ctx, firm, by); err != nil {
		return Mandate{}, err
	}
	login = Fold(login)
	if err := CheckLogin(login); err != nil {
		return Mandate{}, err
	}
	to, err := s.Store.ByLogin(ctx, login)
	if fault.Of(err) == fault.NotFound || err == nil && to.Party == "" {
		return Mandate{}, at("identity.mandate.login", "login", "none", "没有这个登录名的个人账号，请核对后重填")
	}
	if err != nil {
		return Mandate{}, err
	}
	m := Mandate{ID: newID(), Firm: firm, Person: to.Party, Items: items, From: from, Through: through, Granted: by.Account, Made: s.Now()}
	if err := m.Check(s.today()); err != nil {
		return Mandate{}, err
	}
	return m, s.Store.AddMandates(ctx, []Mandate{m}, s.entry(to.ID, by.Account, "mandate", "", m.ID))
}

// Revoke ends a mandate at once.
func (s *Service) Revoke(ctx context.Context, id string, by Actor) error {
	m, err := s.Store.Mandate(ctx, id)
	if err != nil {
		return err
	}
	if err := s.heads(ctx, m.Firm, by); err != nil {
		return err
	}
	err = s.Store.Revoke(ctx, id, s.Now(), s.entry(by.Account, by.Account, "revoke", "", id))
	s.seen.forget()
	return err
}

// Mandates lists the mandates a firm gave, the latest first, for its legal
// representative.
func (s *Service) Mandates(ctx context.Context, firm string, by Actor) ([]Mandate, error) {
	if err := s.heads(ctx, firm, by); err != nil {
		return nil, err
	}
	return s.Store.Mandates(ctx, firm, "")
}

// Entrust keeps mandates made elsewhere, as when a sample city is loaded.
func (s *Service) Entrust(ctx context.Context, all []Mandate, by Actor) error {
	if !by.Plays(System) {
		return notYours()
	}
	return s.Store.AddMandates(ctx, all, s.entry("", by.Account, "mandate", "", "load"))
}

// heads refuses by unless they are the legal representative of firm.
func (s *Service) heads(ctx context.Context, firm string, by Actor) error {
	a, err := s.own(ctx, by)
	if err != nil {
		return err
	}
	ok, err := s.Parties.Represents(ctx, a.Party, firm)
	if err == nil && !ok {
		err = notYours()
	}
	return err
}
