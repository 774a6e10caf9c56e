package app

import (
	"context"
	"fmt"
	"strings"

	"tongban/data"
	"tongban/internal/civic/staff"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/lifecourse"
	"tongban/internal/register/companies"
	"tongban/internal/register/companies/companystore"
)

// openLifecourse furnishes the register of companies with the items of this
// place: companies.yaml of the data directory, or what ships.
func (a *App) openLifecourse(context.Context) error {
	plan, err := arranged(a, "companies.yaml", data.Companies, "companies.yaml", lifecourse.Read)
	if err != nil {
		return err
	}
	a.Companies = &companies.Service{Store: &companystore.Store{DB: a.DB, Post: a.Post, Marks: a.Serials}, Own8: plan.Own8, ClaimDays: plan.Claim, Agency: a.agencyName, NewID: sqldb.NewID, Now: a.Now}
	a.Lifecourse = &lifecourse.Service{Plan: plan, Companies: a.Companies, Cases: a.Cases, Parties: a.Parties, Certificates: a.Certificates, Agency: a.agencyName}
	a.Cases.Standing = a.Lifecourse
	a.Issuance.Founds = a.Lifecourse.Founded
	return nil
}

func (a *App) agencyName(ctx context.Context, id string) (string, error) {
	agency, err := a.Agencies.Find(ctx, id)
	return agency.Name, err
}

// loadCompanies puts the companies of the sample city on the register, as taken
// over from the one before.
func (a *App) loadCompanies(ctx context.Context, people staff.Sample) error {
	for _, o := range people.Organisations {
		if !strings.HasPrefix(o.Number, "91") {
			continue
		}
		p, err := a.Parties.Store.Party(ctx, o.ID)
		if err != nil {
			return err
		}
		if err := a.Lifecourse.Register(ctx, a.DB, p, "xz-market", "320300000000"); err != nil {
			return fmt.Errorf("register company %s: %w", o.ID, err)
		}
	}
	return nil
}
