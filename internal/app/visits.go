package app

import (
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/visits"
	"tongban/internal/handling/visits/visitstore"
)

// openVisits furnishes the room of joint visits.
func (a *App) openVisits() {
	a.Visits = &visits.Service{
		Store: &visitstore.Store{DB: a.DB, Post: a.Post}, Joint: a.Joint, Cases: a.Cases, Themes: a.Themes, Industries: a.Industries, Days: a.Calendar, NewID: sqldb.NewID, Now: a.Now,
	}
}
