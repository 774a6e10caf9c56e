package app

import (
	"context"
	"fmt"
	"net/http"

	"github.com/goccy/go-yaml"

	"tongban/data"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/experts"
	"tongban/internal/handling/experts/expertstore"
	"tongban/internal/places/reviewroom"
)

// openExperts furnishes the room of reviews by drawn experts. Its seeds come from
// the installation's own key: nobody can know them before they are told, and they
// are the same however often they are asked for.
func (a *App) openExperts() {
	a.Experts = &experts.Service{
		Store: &expertstore.Store{DB: a.DB, Post: a.Post}, Cases: a.Cases, Days: a.Calendar, NewID: sqldb.NewID, Now: a.Now,
		Seeds: func(about string) []string { return a.Keys.Marks(about, "experts.seed") },
	}
	a.Tidings.Experts = a.Experts
}

// reviewroom is where experts are drawn and review.
func (a *App) reviewroom(mux *http.ServeMux) {
	routes := (&reviewroom.Reviewroom{Experts: a.Experts, Files: a.Files, Now: a.Now}).Routes()
	for _, path := range []string{"/my/reviews", "/my/reviews/", "/reviews", "/reviews/", "/desk/experts", "/desk/experts/"} {
		mux.Handle(path, routes)
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
