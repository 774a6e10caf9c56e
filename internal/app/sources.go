package app

import (
	"context"
	"slices"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/codes"
	"tongban/internal/civic/identity"
	"tongban/internal/civic/parties"
	"tongban/internal/ground/fault"
	"tongban/internal/handling/cases"
	"tongban/internal/register/certificates"
)

// sources tells automatic review what the city itself vouches for: who the
// applicant is, which certificates they hold and how their credit stands.
type sources struct{ *App }

// About is cases.Sources.
func (s sources) About(ctx context.Context, who cases.Applicant, names []string, on calendar.Day) ([]cases.Input, error) {
	party, err := s.Parties.Store.Party(ctx, who.Party)
	if fault.Of(err) == fault.NotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	all := registered(party, on)
	if slices.Contains(names, items.Credit) {
		grade, err := s.Credit.GradeOf(ctx, who.Party)
		if err != nil {
			return nil, err
		}
		all = append(all, cases.Input{Name: items.Credit, Value: string(grade), Source: "信用记录库"})
	}
	held, err := s.certified(ctx, party.Document.Number, names, on)
	if err != nil {
		return nil, err
	}
	return append(all, held...), nil
}

// certified says of each certificate among the names whether the holder has it.
func (s sources) certified(ctx context.Context, holder string, names []string, on calendar.Day) (all []cases.Input, err error) {
	for _, name := range names {
		kind, ok := strings.CutPrefix(name, items.Certified)
		if !ok {
			continue
		}
		held, known, err := s.holds(ctx, holder, kind, on)
		if err != nil {
			return nil, err
		}
		if known != "" {
			all = append(all, cases.Input{Name: name, Value: held, Source: known})
		}
	}
	return all, nil
}

// registered is what the register of parties says of the applicant.
func registered(p parties.Party, on calendar.Day) []cases.Input {
	const source = "当事人库"
	kind := "个人"
	if p.Kind == parties.Organisation {
		kind = "单位"
	}
	all := []cases.Input{{Name: items.HolderName, Value: p.Name, Source: source}, {Name: items.HolderKind, Value: kind, Source: source}}
	if citizen, err := codes.ParseCitizen(p.Document.Number, on); p.Kind == parties.Person && err == nil {
		all = append(all, cases.Input{Name: items.HolderAge, Value: years(citizen.Birth, on), Source: source})
	}
	return all
}

// years is how old somebody is who was born on a day (周岁: from the day after the birthday).
func years(birth, on calendar.Day) int {
	n := 0
	for birth.AddMonths(12*(n+1)) < on {
		n++
	}
	return n
}

// holds reports whether whoever has that code holds a good certificate of a type,
// and by which certificate that is known; "" when the register has none of theirs.
func (s sources) holds(ctx context.Context, code, kind string, on calendar.Day) (held bool, known string, err error) {
	t, err := s.Certificates.TypeNamed(ctx, kind)
	if fault.Of(err) == fault.NotFound {
		return false, "", nil
	}
	if err != nil {
		return false, "", err
	}
	all, err := s.Certificates.Store.Held(ctx, code, t.Code)
	if err != nil || len(all) == 0 {
		return false, "", err
	}
	best := all[0]
	for _, c := range all {
		if c.Good(on) {
			best = c
		}
	}
	return best.Good(on), sourceOf(best, on), nil
}

func sourceOf(c *certificates.Certificate, on calendar.Day) string {
	return "电子证照库 " + c.Identifier + "（" + c.Standing(on).String() + "）"
}

// Held is cases.Holdings.
func (s sources) Held(ctx context.Context, party string, types []string, on calendar.Day) (map[string]string, error) {
	all, err := s.Certificates.Store.OfParty(ctx, party, nil, mostHeld)
	if err != nil {
		return nil, err
	}
	held := map[string]string{}
	for _, kind := range types {
		if i := slices.IndexFunc(all, func(c *certificates.Certificate) bool { return c.Proves(kind, on) }); i >= 0 {
			held[kind] = all[i].Identifier
		}
	}
	return held, nil
}

// Proves is cases.Holdings.
func (s sources) Proves(ctx context.Context, party, identifier, kind string, on calendar.Day) (bool, error) {
	c, err := s.Certificates.Certificate(ctx, identifier, identity.Actor{Party: party})
	if fault.Of(err) == fault.NotFound || fault.Of(err) == fault.Invalid {
		return false, nil
	}
	return err == nil && c.Proves(kind, on), err
}

// mostHeld is how many of a party's certificates are looked through, newest first.
const mostHeld = 100
