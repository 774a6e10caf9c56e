package app

import (
	"context"
	"fmt"

	"github.com/goccy/go-yaml"

	"tongban/data"
	"tongban/internal/catalogue/halls"
	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/themes"
	"tongban/internal/civic/agencies"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/civic/staff"
	"tongban/internal/ground/sqldb"
	"tongban/internal/register/certificates"
	"tongban/internal/register/seals"
)

// LoadSample furnishes an empty city with the demonstration city: agencies,
// halls, people, types of certificate, items, and the seals of those who decide: all of it in one
// transaction, so that a city whose furnishing was cut off is empty again. A city that has accounts
// already is left as it is. It returns the accounts to tell about.
func (a *App) LoadSample(ctx context.Context) ([]staff.Guide, string, error) {
	text, err := data.Sample.ReadFile("sample/people.yaml")
	if err != nil {
		return nil, "", err
	}
	people, err := staff.ParseSample(text)
	if err != nil {
		return nil, "", err
	}
	err = a.DB.Within(ctx, func(ctx context.Context) error {
		empty, err := a.Identity.NeedsSetUp(ctx)
		if err != nil || !empty {
			return err
		}
		return a.furnish(ctx, people)
	})
	if sqldb.IsDuplicate(err) {
		err = nil // another replica furnished the city at the same moment
	}
	return people.Demo, people.Password, err
}

func (a *App) furnish(ctx context.Context, people staff.Sample) error {
	for _, load := range []func(context.Context) error{a.loadAgencies, a.loadHalls, a.loadTypes, a.loadItems, a.loadThemes} {
		if err := load(ctx); err != nil {
			return fmt.Errorf("load sample city: %w", err)
		}
	}
	if err := a.Staff.Populate(ctx, people, a.Identity, a.Parties); err != nil {
		return fmt.Errorf("load sample people: %w", err)
	}
	if err := a.loadHoldings(ctx, people); err != nil {
		return fmt.Errorf("load sample certificates: %w", err)
	}
	if err := a.loadCompanies(ctx, people); err != nil {
		return err
	}
	return a.loadExperts(ctx)
}

func (a *App) loadAgencies(ctx context.Context) error {
	text, err := data.Sample.ReadFile("sample/agencies.yaml")
	if err != nil {
		return err
	}
	all, err := agencies.Parse(text)
	if err != nil {
		return err
	}
	return a.Agencies.Put(ctx, identity.TheSystem, all...)
}

func (a *App) loadHalls(ctx context.Context) error {
	text, err := data.Sample.ReadFile("sample/halls.yaml")
	if err != nil {
		return err
	}
	all, err := halls.Parse(text)
	if err != nil {
		return err
	}
	return a.Halls.Put(ctx, identity.TheSystem, all...)
}

// loadSeals gives an agency of the sample its seals.
func (a *App) loadSeals(ctx context.Context, id string) error {
	agency, err := a.Agencies.Find(ctx, id)
	if err != nil {
		return err
	}
	today := calendar.DayOf(a.Now())
	owner := seals.AgencyOf(agency)
	for _, kind := range []seals.Kind{seals.Approval, seals.Intake, seals.Certificate} {
		seal, err := a.Seals.Make(ctx, owner, kind, today.AddMonths(-12), today.AddMonths(120), identity.TheSystem)
		if err != nil {
			return err
		}
		if err := a.Seals.Enable(ctx, seal.ID, identity.TheSystem); err != nil {
			return err
		}
	}
	return nil
}

func (a *App) loadTypes(ctx context.Context) error {
	text, err := data.Sample.ReadFile("sample/certificates.yaml")
	if err != nil {
		return err
	}
	var types []certificates.Type
	if err := yaml.UnmarshalWithOptions(text, &types, yaml.Strict()); err != nil {
		return err
	}
	for _, t := range types {
		if err := a.Certificates.Define(ctx, t, identity.TheSystem); err != nil {
			return err
		}
	}
	return nil
}

func (a *App) loadItems(ctx context.Context) error {
	all, err := items.ReadAll(data.Sample, "sample/items")
	if err != nil {
		return err
	}
	if _, err := a.Items.PublishAll(ctx, all, identity.TheSystem); err != nil {
		return err
	}
	sealed := map[string]bool{}
	for _, e := range all {
		if sealed[e.Agency] {
			continue
		}
		if err := a.loadSeals(ctx, e.Agency); err != nil {
			return fmt.Errorf("seals of %s: %w", e.Agency, err)
		}
		sealed[e.Agency] = true
	}
	return nil
}

// loadThemes publishes the themes of the notice (苏协调小组〔2021〕1号附件).
func (a *App) loadThemes(ctx context.Context) error {
	all, err := themes.ReadAll(data.Sample, "sample/themes")
	if err != nil {
		return err
	}
	return a.Themes.Load(ctx, identity.TheSystem, all...)
}
