package openapi

import (
	"context"
	"net/http"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/themes"
	"tongban/internal/civic/agencies"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/civic/parties"
	"tongban/internal/civic/regions"
	"tongban/internal/civic/staff"
	"tongban/internal/ground/blob"
	"tongban/internal/ground/once"
	"tongban/internal/handling/aid"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/elsewhere"
	"tongban/internal/handling/experts"
	"tongban/internal/handling/hearings"
	"tongban/internal/handling/joint"
	"tongban/internal/handling/lifecourse"
	"tongban/internal/handling/projects"
	"tongban/internal/handling/queue"
	"tongban/internal/handling/relay"
	"tongban/internal/handling/tidings"
	"tongban/internal/handling/visits"
	"tongban/internal/oversight/rating"
	"tongban/internal/oversight/supervision"
	"tongban/internal/places/frame"
	"tongban/internal/register/archives"
	"tongban/internal/register/certificates"
	"tongban/internal/register/companies"
	"tongban/internal/register/credit"
	"tongban/internal/register/licences"
)

// API is the place: the services behind its operations.
type API struct {
	Identity     *identity.Service
	Parties      *parties.Service
	Staff        *staff.Service
	Agencies     *agencies.Service
	Regions      regions.Regions
	Calendar     *calendar.Live
	Items        *items.Service
	Themes       *themes.Service
	Joint        *joint.Service
	Cases        *cases.Service
	Archives     *archives.Service
	Elsewhere    *elsewhere.Service
	Certificates *certificates.Service
	Licences     *licences.Service
	Ratings      *rating.Service
	Supervision  *supervision.Service
	Queue        *queue.Service
	Aid          *aid.Service
	Projects     *projects.Service
	Visits       *visits.Service
	Experts      *experts.Service
	Relay        *relay.Service
	Hearings     *hearings.Service
	Companies    *companies.Service
	Plan         *lifecourse.Plan
	Credit       *credit.Service
	Files        blob.Store
	Once         *once.Book
	Tidings      *tidings.Service
	Press        *frame.Press
	Address      string // how strangers reach us: "https://…"
	Now          func() time.Time
}

// Routes are the operations of the place, each told in the file of what it is
// about, and the two ways to read of them.
func (a *API) Routes() http.Handler {
	mux := http.NewServeMux()
	b := newBook(mux, a)
	for _, route := range []func(*book){
		a.routeSessions, a.routeMessages, a.routeItems, a.routeLists,
		a.routeThemes, a.routeJoint, a.routeFiles, a.routeCases,
		a.routeArchive, a.routeActs, a.routeHearing, a.routeTesters,
		a.routeLater, a.routeWork, a.routeCredit, a.routeRatings,
		a.routeSupervision, a.routeCertificates, a.routeLicences, a.routeQueue,
		a.routeAid, a.routeProjects, a.routeRelay, a.routeExperts,
		a.routeHearings, a.routeDemands, a.routeVisits, a.routeCompanies,
		a.routeElsewhere, a.routeDeputies, a.routeStandins, a.routeCivic,
	} {
		route(b)
	}
	b.finish(mux, a.Address)
	return mux
}

// handler is what an operation does: who asks, and for what.
type handler[I, O any] func(ctx context.Context, by identity.Actor, in *I) (O, error)
