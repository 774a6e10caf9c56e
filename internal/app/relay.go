package app

import (
	"net/http"

	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/relay"
	"tongban/internal/handling/relay/relaystore"
	"tongban/internal/places/relaydesk"
)

// openRelay furnishes how originals travel to the bureaus.
func (a *App) openRelay() {
	a.Relay = &relay.Service{Store: &relaystore.Store{DB: a.DB, Post: a.Post, Now: a.Now}, Cases: a.Cases, Days: a.Calendar, NewID: sqldb.NewID, Now: a.Now}
}

// relaydesk is where they change hands.
func (a *App) relaydesk(mux *http.ServeMux) {
	d := &relaydesk.Relaydesk{Relay: a.Relay, Agencies: a.Agencies, Freight: a.freight, Now: a.Now}
	mux.Handle("/relay", d.Routes())
	mux.Handle("/relay/", d.Routes())
}
