package app

import (
	"context"
	"fmt"

	"github.com/goccy/go-yaml"

	"tongban/data"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/experts"
	"tongban/internal/handling/experts/expertstore"
)

// openExperts furnishes the room of reviews by drawn experts. Its seeds come from
// the installation's own key: nobody can know them before they are told, and they
// are the same however often they are asked for.
func (a *App) openExperts() {
	a.Experts = &experts.Service{
		Store: &expertstore.Store{DB: a.DB, Post: a.Post}, Cases: a.Cases, Days: a.Calendar, NewID: sqldb.NewID, Now: a.Now,
		Seed: func(about string) string { return a.Keys.Index(about, "experts.seed") },
	}
}

// loadExperts fills the register of the sample city.
func (a *App) loadExperts(ctx context.Context) error {
	text, err := data.Sample.ReadFile("sample/experts.yaml")
	if err != nil {
		return err
	}
	var all []experts.Expert
	if err := yaml.UnmarshalWithOptions(text, &all, yaml.Strict()); err != nil {
		return fmt.Errorf("load sample experts: %w", err)
	}
	for _, e := range all {
		if _, err := a.Experts.Put(ctx, e, identity.TheSystem); err != nil {
			return fmt.Errorf("load sample expert %s: %w", e.Name, err)
		}
	}
	return nil
}
