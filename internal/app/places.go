package app

import (
	"net/http"

	"tongban/internal/places/bureau"
	"tongban/internal/places/frame"
	"tongban/internal/places/helpdesk"
	"tongban/internal/places/library"
	"tongban/internal/places/lobby"
	"tongban/internal/places/openapi"
	"tongban/internal/places/portal"
	"tongban/internal/places/registry"
	"tongban/internal/places/sitework"
	"tongban/internal/places/window"
)

// places are where people stand; each mounts its own addresses.
func (a *App) places() []func(*http.ServeMux) {
	return []func(*http.ServeMux){a.health, a.portal, a.window, a.bureau, a.desk, a.pad, a.relaydesk, a.library, a.lobby, a.helpdesk, a.sitework, a.registry, a.reviewroom, a.hearingroom, a.partners, a.openapi}
}

func (a *App) sessions() frame.Sessions {
	return frame.Sessions{Session: a.Identity.Session, HTTPS: a.HTTPS}
}

func (a *App) portal(mux *http.ServeMux) {
	p := &portal.Portal{
		Agencies: a.Agencies, Parties: a.Parties, Identity: a.Identity, Regions: a.Regions, Halls: a.Halls, Items: a.Items, Laws: a.Laws, Tidings: a.Tidings, Themes: a.Themes,
		Cases: a.Cases, Elsewhere: a.Elsewhere, Joint: a.Joint, Experts: a.Experts, Visits: a.Visits, Relay: a.Relay, Queue: a.Queue, Certificates: a.Certificates, Licences: a.Licences, Industries: a.Industries, Seals: a.Seals, Ratings: a.Ratings, Publicity: a.Publicity, Witness: a.Witness, Credit: a.Credit, Files: a.Files, Uploads: a.Uploads, Days: a.Calendar,
		Sessions: a.sessions(), Address: a.Address, Press: a.press(), Now: a.Now,
	}
	mux.Handle("/", p.Routes())
}

func (a *App) bureau(mux *http.ServeMux) {
	b := &bureau.Bureau{Press: a.press(), Cases: a.Cases, Hearings: a.Hearings, Elsewhere: a.Elsewhere, Visits: a.Visits, Relay: a.Relay, Supervision: a.Supervision, Licences: a.Licences, Licensing: a.Licensing, Certificates: a.Certificates, Agencies: a.Agencies, Parties: a.Parties, Staff: a.Staff, Files: a.Files, Days: a.Calendar, Now: a.Now}
	mux.Handle("/bureau", b.Routes())
	mux.Handle("/bureau/", b.Routes())
}

func (a *App) window(mux *http.ServeMux) {
	p := &window.Window{Press: a.press(), Cases: a.Cases, Elsewhere: a.Elsewhere, Joint: a.Joint, Items: a.Items, Parties: a.Parties, Regions: a.Regions, Queue: a.Queue, Signing: a.Signing, Aid: a.Aid, Relay: a.Relay, Certificates: a.Certificates, Supervision: a.Supervision, Files: a.Files, Days: a.Calendar, Now: a.Now}
	routes := p.Routes()
	mux.Handle("/window", routes)
	mux.Handle("/window/", routes)
}

func (a *App) helpdesk(mux *http.ServeMux) {
	h := &helpdesk.Helpdesk{Aid: a.Aid, Items: a.Items, Agencies: a.Agencies, Ratings: a.Ratings, Freight: a.freight, Region: a.Regions.Home().Code.Long(), Now: a.Now}
	routes := h.Routes()
	for _, path := range []string{"/my/help", "/my/help/", "/aid", "/aid/"} {
		mux.Handle(path, routes)
	}
}

func (a *App) sitework(mux *http.ServeMux) {
	s := &sitework.Sitework{Projects: a.Projects, Visits: a.Visits, Files: a.Files, Parties: a.Parties, Staff: a.Staff, Agencies: a.Agencies, Now: a.Now}
	routes := s.Routes()
	for _, path := range []string{"/my/projects", "/my/projects/", "/projects", "/projects/", "/visits", "/visits/"} {
		mux.Handle(path, routes)
	}
}

func (a *App) registry(mux *http.ServeMux) {
	s := &registry.Registry{Companies: a.Companies, Plan: a.Lifecourse.Plan, Parties: a.Parties, Now: a.Now}
	routes := s.Routes()
	for _, path := range []string{"/companies", "/companies/", "/my/company", "/my/company/", "/registry", "/registry/"} {
		mux.Handle(path, routes)
	}
}

func (a *App) lobby(mux *http.ServeMux) {
	l := &lobby.Lobby{Queue: a.Queue, Items: a.Items, Themes: a.Themes, Address: a.Address, Now: a.Now}
	routes := l.Routes()
	for _, path := range []string{"/halls/{hall}/queue", "/halls/{hall}/book", "/halls/{hall}/board", "/tickets/", "/my/appointments", "/my/appointments/"} {
		mux.Handle(path, routes)
	}
}

func (a *App) openapi(mux *http.ServeMux) {
	o := &openapi.API{
		Identity: a.Identity, Parties: a.Parties, Staff: a.Staff, Agencies: a.Agencies, Regions: a.Regions, Calendar: a.Calendar, Items: a.Items, Themes: a.Themes, Joint: a.Joint,
		Cases: a.Cases, Archives: a.Archives, Elsewhere: a.Elsewhere, Certificates: a.Certificates, Licences: a.Licences, Aid: a.Aid, Projects: a.Projects, Visits: a.Visits, Companies: a.Companies, Plan: a.Lifecourse.Plan, Queue: a.Queue, Ratings: a.Ratings, Supervision: a.Supervision, Credit: a.Credit, Tidings: a.Tidings, Files: a.Files, Press: a.press(), Address: a.Address, Now: a.Now,
	}
	o.Experts, o.Relay, o.Hearings, o.Once = a.Experts, a.Relay, a.Hearings, a.Once
	routes := o.Routes()
	mux.Handle("/api", routes)
	mux.Handle("/api/", routes)
}

func (a *App) library(mux *http.ServeMux) {
	l := &library.Library{Items: a.Items, Revisions: a.Revisions, Themes: a.Themes, Elsewhere: a.Elsewhere, Imports: a.Imports, Switches: a.Switches, Cases: a.Cases, Agencies: a.Agencies, Regions: a.Regions, Laws: a.Laws, Targets: a.Targets, Freight: a.freight, Now: a.Now}
	routes := l.Routes()
	for _, path := range []string{"/desk/items", "/desk/items/", "/desk/themes", "/desk/themes/", "/desk/revisions", "/desk/revisions/", "/desk/imports", "/desk/imports/", "/desk/switches", "/desk/switches/", "/publicity", "/publicity/", "/laws", "/laws/", "/desk/laws", "/desk/laws/", "/ledger", "/desk/ledger", "/desk/ledger/", "/desk/unity"} {
		mux.Handle(path, routes)
	}
}
