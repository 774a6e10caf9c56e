package app

import (
	"net/http"

	"tongban/internal/places/frame"
	"tongban/internal/places/portal"
)

// places are where people stand; each mounts its own addresses.
func (a *App) places() []func(*http.ServeMux) {
	return []func(*http.ServeMux){a.health, a.portal}
}

func (a *App) sessions() frame.Sessions {
	return frame.Sessions{Session: a.Identity.Session, HTTPS: a.HTTPS}
}

func (a *App) portal(mux *http.ServeMux) {
	p := &portal.Portal{
		Agencies: a.Agencies, Parties: a.Parties, Identity: a.Identity, Regions: a.Regions, Halls: a.Halls, Items: a.Items,
		Cases: a.Cases, Certificates: a.Certificates, Seals: a.Seals, Ratings: a.Ratings, Files: a.Files, Uploads: a.Uploads, Days: a.Calendar,
		Sessions: a.sessions(), Address: a.Address, Now: a.Now,
	}
	mux.Handle("/", p.Routes())
}
