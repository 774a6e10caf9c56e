package issuance

import (
	"context"

	"tongban/internal/civic/parties"
	"tongban/internal/ground/event"
	"tongban/internal/handling/cases"
)

type aheadKey struct{}

// looked is what was found when the news of many cases was about to be told.
type looked struct {
	issued  map[cases.ID]string // of each that was asked for; "": none
	parties map[string]parties.Party
}

// Ahead asks at once for what issuing the certificates that this news promises takes.
// What could not be asked for is asked for one by one.
func (s *Service) Ahead(ctx context.Context, news []event.Record) context.Context {
	granted := granting(news)
	if len(granted) < 2 {
		return ctx
	}
	found := looked{issued: map[cases.ID]string{}}
	issued, err := s.Store.AllIssued(ctx, granted)
	if err != nil {
		return ctx
	}
	var holders []string
	for _, id := range granted {
		found.issued[id] = issued[id]
		if c, err := s.Cases.Store.Case(ctx, id); err == nil && issued[id] == "" {
			holders = append(holders, c.Applicant.Party)
		}
	}
	if found.parties, err = s.Parties.Parties(ctx, holders); err != nil {
		return ctx
	}
	return context.WithValue(ctx, aheadKey{}, found)
}

// granting are the cases that this news says were granted.
func granting(news []event.Record) (ids []cases.ID) {
	for _, r := range news {
		if r.Name != (cases.Moved{}).FactName() {
			continue
		}
		if m, err := event.Read[cases.Moved](r); err == nil && Wants(m) && !follows(m) && !confirms(m) {
			ids = append(ids, m.Case)
		}
	}
	return ids
}

// issued is the identifier of a case's certificate, "" if there is none.
func (s *Service) issued(ctx context.Context, id cases.ID) (string, error) {
	found, _ := ctx.Value(aheadKey{}).(looked)
	if identifier, asked := found.issued[id]; asked {
		return identifier, nil
	}
	return s.Store.Issued(ctx, id)
}

// party is who a certificate is made out to.
func (s *Service) party(ctx context.Context, id string) (parties.Party, error) {
	found, _ := ctx.Value(aheadKey{}).(looked)
	if p, asked := found.parties[id]; asked {
		return p, nil
	}
	return s.Parties.Party(ctx, id)
}
