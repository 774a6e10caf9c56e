// Package portal is where people find and do what they came for (公众门户与“我的”):
// the public pages in public.go and those behind a name in own.go.
package portal

import (
	"net/http"
	"time"

	"tongban/internal/catalogue/halls"
	"tongban/internal/catalogue/industries"
	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/themes"
	"tongban/internal/civic/agencies"
	"tongban/internal/civic/identity"
	"tongban/internal/civic/laws"
	"tongban/internal/civic/parties"
	"tongban/internal/civic/regions"
	"tongban/internal/engine/clock"
	"tongban/internal/ground/blob"
	"tongban/internal/ground/witness"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/elsewhere"
	"tongban/internal/handling/experts"
	"tongban/internal/handling/joint"
	"tongban/internal/handling/queue"
	"tongban/internal/handling/relay"
	"tongban/internal/handling/tidings"
	"tongban/internal/handling/visits"
	"tongban/internal/oversight/publicity"
	"tongban/internal/oversight/rating"
	"tongban/internal/places/frame"
	"tongban/internal/register/certificates"
	"tongban/internal/register/credit"
	"tongban/internal/register/licences"
	"tongban/internal/register/seals"
)

// Portal is the place: the services behind its pages.
type Portal struct {
	Agencies     *agencies.Service
	Parties      *parties.Service
	Identity     *identity.Service
	Regions      regions.Regions
	Halls        *halls.Service
	Items        *items.Service
	Laws         *laws.Service
	Tidings      *tidings.Service
	Themes       *themes.Service
	Industries   *industries.Book
	Cases        *cases.Service
	Elsewhere    *elsewhere.Service
	Joint        *joint.Service
	Visits       *visits.Service
	Experts      *experts.Service
	Relay        *relay.Service
	Queue        *queue.Service
	Certificates *certificates.Service
	Licences     *licences.Service
	Seals        *seals.Service
	Ratings      *rating.Service
	Publicity    *publicity.Service
	Credit       *credit.Service
	Witness      *witness.Service

	Files    blob.Store
	Press    *frame.Press
	Uploads  *blob.Uploads
	Days     clock.Days
	Sessions frame.Sessions
	Address  string // how strangers reach the portal, for codes printed on papers; "" the host asked for
	Now      func() time.Time

	held held
}

// Routes are the addresses of the place.
func (p *Portal) Routes() http.Handler {
	mux := http.NewServeMux()
	p.public(mux)
	p.own(mux)
	return mux
}
