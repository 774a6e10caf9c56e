package app

import (
	"net/http"

	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/hearings"
	"tongban/internal/handling/hearings/hearingstore"
	"tongban/internal/places/hearingroom"
)

// openHearings furnishes the room of announced hearings.
func (a *App) openHearings() {
	a.Hearings = &hearings.Service{
		Store: &hearingstore.Store{DB: a.DB, Facts: a.Post}, Cases: a.Cases, Parties: a.Parties, Vault: a.Keys, Days: a.Calendar, NewID: sqldb.NewID, Now: a.Now,
	}
	a.Tidings.Hearings = a.Hearings
}

// hearingroom is where hearings are announced and people sign up for them.
func (a *App) hearingroom(mux *http.ServeMux) {
	routes := (&hearingroom.Hearingroom{Hearings: a.Hearings, Agencies: a.Agencies, Now: a.Now}).Routes()
	for _, path := range []string{"/hearings", "/hearings/", "/my/hearings/", "/bureau/hearings/", "/my/stakes", "/my/stakes/", "/bureau/stakes/", "/window/hearings", "/window/hearings/"} {
		mux.Handle(path, routes)
	}
}
