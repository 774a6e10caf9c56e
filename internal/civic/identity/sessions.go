package identity

import (
	"context"

	"tongban/internal/ground/fault"
)

// SignOut ends the session of the token; a token nobody holds is signed out already.
func (s *Service) SignOut(ctx context.Context, token string) error {
	session, err := s.Session(ctx, token)
	if fault.Of(err) == fault.SignIn {
		return nil
	}
	if err != nil {
		return err
	}
	return s.end(ctx, session.Account, session.ID, false, "signout", session.Actor)
}

// Sessions lists where by is signed in, the latest first.
func (s *Service) Sessions(ctx context.Context, by Actor) ([]Session, error) {
	if by.Account == "" {
		return nil, nobody()
	}
	all, err := s.Store.Sessions(ctx, by.Account)
	for i := range all {
		all[i].Current = all[i].ID == by.Session
	}
	return all, err
}

// End ends one session of by's own account; one that has ended is no fault, and
// one of somebody else is not there.
func (s *Service) End(ctx context.Context, id string, by Actor) error {
	if by.Account == "" {
		return nobody()
	}
	return s.end(ctx, by.Account, id, false, "end", by)
}

// EndOthers ends every session of by's account but the one that asks.
func (s *Service) EndOthers(ctx context.Context, by Actor) error {
	if by.Account == "" {
		return nobody()
	}
	return s.end(ctx, by.Account, by.Session, true, "endothers", by)
}

func (s *Service) end(ctx context.Context, account, id string, others bool, act string, by Actor) error {
	err := s.Store.End(ctx, account, id, others, s.entry(account, by.Account, act, "", id))
	s.seen.forget()
	return err
}

// An Acting is one in whose name by may act.
type Acting struct {
	Party   string
	Name    string
	Mandate string   // "" for oneself and for a firm one represents
	Items   []string // nil: all
	Current bool
}

// Actings lists in whose name by may act: their own, that of the firms whose
// legal representative they are, and of those that gave them a mandate.
func (s *Service) Actings(ctx context.Context, by Actor) ([]Acting, error) {
	a, err := s.own(ctx, by)
	if err != nil || a.Party == "" {
		return nil, err
	}
	all := []Acting{{Party: a.Party}}
	firms, err := s.Parties.Represented(ctx, a.Party)
	if err != nil {
		return nil, err
	}
	for _, firm := range firms {
		all = append(all, Acting{Party: firm})
	}
	mandates, err := s.Store.Mandates(ctx, "", a.Party)
	if err != nil {
		return nil, err
	}
	for _, m := range mandates {
		if m.Stands(s.today()) {
			all = append(all, Acting{Party: m.Firm, Mandate: m.ID, Items: m.Items})
		}
	}
	return s.named(ctx, all, by)
}

// named adds what each is called, and which one stands now.
func (s *Service) named(ctx context.Context, all []Acting, by Actor) ([]Acting, error) {
	ids := make([]string, len(all))
	for i, a := range all {
		ids[i] = a.Party
	}
	names, err := s.Parties.Names(ctx, ids...)
	for i := range all {
		all[i].Name, all[i].Current = names[all[i].Party], all[i].Party == by.Party
	}
	return all, err
}

// Switch goes on in the name of party: oneself, or a firm one may act for. The
// session is renewed: the old token ends, and the new one lasts no longer than
// it would have. identity.switch.authority if by may not act for party.
func (s *Service) Switch(ctx context.Context, token, party string) (Session, error) {
	old, err := s.Session(ctx, token)
	if err != nil {
		return Session{}, err
	}
	all, err := s.Actings(ctx, old.Actor)
	if err != nil {
		return Session{}, err
	}
	for _, one := range all {
		if one.Party == party {
			return s.renew(ctx, old, token, one)
		}
	}
	return Session{}, fault.New(fault.Forbidden, "identity.switch.authority", "您没有代表该企业办事的授权，请由法定代表人先行授权")
}

func (s *Service) renew(ctx context.Context, old Session, token string, as Acting) (Session, error) {
	fresh := old
	fresh.ID, fresh.Token, fresh.Party, fresh.Mandate, fresh.Created = newID(), newToken(), as.Party, as.Mandate, s.Now()
	fresh = fresh.touched(s.Now(), s.policy())
	if err := s.start(ctx, &fresh, Opening{Old: token}, "switch"); err != nil {
		return Session{}, err
	}
	read, err := s.Session(ctx, fresh.Token)
	read.Token = fresh.Token
	return read, err
}

// own is the account of by.
func (s *Service) own(ctx context.Context, by Actor) (*Account, error) {
	if by.Account == "" || by.Account == TheSystem.Account {
		return nil, nobody()
	}
	return s.Store.Account(ctx, by.Account)
}
