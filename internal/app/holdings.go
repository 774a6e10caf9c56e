package app

import (
	"context"

	"tongban/internal/civic/agencies"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/civic/parties"
	"tongban/internal/civic/staff"
	"tongban/internal/ground/fault"
	"tongban/internal/register/certificates"
	"tongban/internal/register/seals"
)

// holdings are the certificates that everybody of the sample city has: without
// them nothing could be fetched instead of handed in (免提交).
var holdings = map[parties.Kind]struct{ agency, name string }{
	parties.Person: {"xz-police", "居民身份证"}, parties.Organisation: {"xz-market", "营业执照"},
}

// loadHoldings issues them to the people and firms of the sample.
func (a *App) loadHoldings(ctx context.Context, people staff.Sample) error {
	for kind, h := range holdings {
		agency, err := a.Agencies.Find(ctx, h.agency)
		if err != nil {
			return err
		}
		if _, err := a.Seals.Usable(ctx, h.agency, seals.Certificate); fault.Of(err) == fault.Conflict {
			if err := a.loadSeals(ctx, h.agency); err != nil {
				return err
			}
		}
		t, err := a.Certificates.TypeNamed(ctx, h.name)
		if err != nil {
			return err
		}
		list := people.Persons
		if kind == parties.Organisation {
			list = people.Organisations
		}
		for _, one := range list {
			party, err := a.Parties.Store.Party(ctx, one.ID)
			if err != nil {
				return err
			}
			if _, err := a.Certificates.Issue(ctx, holding(party, agency, t, calendar.DayOf(a.Now())), identity.TheSystem); err != nil {
				return err
			}
		}
	}
	return nil
}

// holding is what such a certificate says.
func holding(p parties.Party, agency agencies.Agency, t certificates.Type, today calendar.Day) certificates.Order {
	o := certificates.Order{
		Type: t.Code, Issuer: seals.AgencyOf(agency), Area: agency.Region[:6],
		Holder: certificates.Holder{Party: p.ID, Name: p.Name, Code: p.Document.Number, Kind: p.Document.Type}, From: today.AddMonths(-18),
	}
	if p.Kind == parties.Organisation {
		o.Face = []certificates.Entry{{Label: "类型", Text: p.Sort}, {Label: "住所", Text: p.Address}, {Label: "法定代表人", Text: p.Head.Name}}
		return o
	}
	o.Face, o.Till = []certificates.Entry{{Label: "住址", Text: p.Address}}, o.From.AddMonths(240)-1
	return o
}
