package app

import (
	"context"
	"net/http"
	"slices"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/signing"
	"tongban/internal/handling/signing/signingstore"
	"tongban/internal/places/pad"
)

// openSigning furnishes the second screens of counters.
func (a *App) openSigning() {
	a.Signing = &signing.Service{
		Store: &signingstore.Store{DB: a.DB, Post: a.Post, Vault: a.Keys},
		Live:  a.sessionLives, NewID: sqldb.NewID, Now: a.Now,
	}
}

// sessionLives reports whether somebody's session still stands, on whichever
// replica it was begun or ended.
func (a *App) sessionLives(ctx context.Context, account, session string) (bool, error) {
	all, err := a.Identity.Store.Sessions(ctx, account)
	return slices.ContainsFunc(all, func(s identity.Session) bool { return s.ID == session && s.Live(a.Now()) }), err
}

// pad is the screen towards the public.
func (a *App) pad(mux *http.ServeMux) {
	p := &pad.Pad{Signing: a.Signing, Files: a.Files, HTTPS: a.HTTPS, Now: a.Now}
	mux.Handle("/pad", p.Routes())
	mux.Handle("/pad/", p.Routes())
}
