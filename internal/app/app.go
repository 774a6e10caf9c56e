// Package app puts the building together: every room, every listener, every
// door. Nothing imports it but cmd and the stories.
package app

import (
	"cmp"
	"context"
	"errors"
	"net/netip"
	"os"
	"sync/atomic"
	"time"

	"tongban/internal/catalogue/halls"
	"tongban/internal/catalogue/industries"
	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/revisions"
	"tongban/internal/catalogue/revisions/imports"
	"tongban/internal/catalogue/switches"
	"tongban/internal/catalogue/themes"
	"tongban/internal/civic/agencies"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/civic/laws"
	"tongban/internal/civic/marks"
	"tongban/internal/civic/parties"
	"tongban/internal/civic/regions"
	"tongban/internal/civic/serials"
	"tongban/internal/civic/staff"
	"tongban/internal/ground/blob"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/once"
	"tongban/internal/ground/page"
	"tongban/internal/ground/pdf"
	"tongban/internal/ground/rekey"
	"tongban/internal/ground/secret"
	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/witness"
	"tongban/internal/handling/aid"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/elsewhere"
	"tongban/internal/handling/experts"
	"tongban/internal/handling/hearings"
	"tongban/internal/handling/issuance"
	"tongban/internal/handling/joint"
	"tongban/internal/handling/licensing"
	"tongban/internal/handling/lifecourse"
	"tongban/internal/handling/papers"
	"tongban/internal/handling/projects"
	"tongban/internal/handling/queue"
	"tongban/internal/handling/relay"
	"tongban/internal/handling/signing"
	"tongban/internal/handling/tidings"
	"tongban/internal/handling/visits"
	"tongban/internal/oversight/publicity"
	"tongban/internal/oversight/rating"
	"tongban/internal/oversight/supervision"
	"tongban/internal/register/archives"
	"tongban/internal/register/certificates"
	"tongban/internal/register/companies"
	"tongban/internal/register/credit"
	"tongban/internal/register/licences"
	"tongban/internal/register/seals"
)

// Settings say where the program keeps things and how it finds the time.
type Settings struct {
	Data     string           // the data directory: keys, uploads, and the database unless DB is given
	City     string           // what the city is called: "徐州市"; "" is a city without a name yet
	DB       string           // "postgres://…", or "" for a SQLite file in Data
	Blobs    string           // where files are kept: a folder, "s3://…" as blob.OpenBucket reads it, or "" for files/ in Data
	Address  string           // how strangers reach the portal, for codes printed on papers: "https://…"
	HTTPS    bool             // people reach us by HTTPS
	Roots    string           // file of the certificates that vouch for partners, PEM; "": their keys are compared by telephone
	Partners []string         // origins of other installations that the program may call: "https://zwfw.example.gov.cn"
	Proxies  []netip.Prefix   // whose X-Forwarded-For is believed
	Now      func() time.Time // nil: the wall clock
	Safety   Safety
	Aside    bool // a command given beside the platform: tables stay as they are, and so does what is noted of where files are kept
}

// App is the whole building.
type App struct {
	Settings
	DB       *sqldb.DB
	Post     *event.Post
	Witness  *witness.Service
	Keys     *secret.Ring
	Rekey    *rekey.Service
	Once     *once.Book
	Files    blob.Shelf
	Uploads  *blob.Uploads
	Loose    *blob.Loose
	Serials  serials.Marks // copies that were brought back: no number of then is given out again
	Calendar *calendar.Live
	Book     *calendar.Book
	Regions  regions.Regions

	Agencies     *agencies.Service
	Parties      *parties.Service
	Identity     *identity.Service
	Staff        *staff.Service
	Laws         *laws.Service
	Marks        *marks.Service
	Tidings      *tidings.Service
	Targets      []items.Target
	Halls        *halls.Service
	Seals        *seals.Service
	Certificates *certificates.Service
	Licences     *licences.Service
	Archives     *archives.Service
	Companies    *companies.Service
	Lifecourse   *lifecourse.Service
	Credit       *credit.Service
	Items        *items.Service
	Revisions    *revisions.Service
	Papers       *papers.Book
	Imports      *imports.Service
	Switches     *switches.Service
	Themes       *themes.Service
	Industries   *industries.Book
	Cases        *cases.Service
	Issuance     *issuance.Service
	Elsewhere    *elsewhere.Service
	Joint        *joint.Service
	Licensing    *licensing.Service
	Queue        *queue.Service
	Signing      *signing.Service
	Relay        *relay.Service
	Aid          *aid.Service
	Projects     *projects.Service
	Visits       *visits.Service
	Experts      *experts.Service
	Hearings     *hearings.Service
	Ratings      *rating.Service
	Supervision  *supervision.Service
	Publicity    *publicity.Service

	started   time.Time
	leak      *secret.Leak                // the city's own list of leaked passwords; nil: there is none
	scanner   blob.Clamd                  // of what is handed in; the zero one where Safety names none
	typefaces func() ([]*pdf.Font, error) // of papers, read when the first is asked for
	meters    *meters
	crowd     *page.Crowd
	freight   *page.Freight
	leaving   atomic.Bool               // no new work: the balancer is to send it elsewhere
	running   atomic.Pointer[time.Time] // since when the works are done
	probe     probe
	behind    behind

	wall   func() time.Time
	staged atomic.Pointer[time.Time] // set while the sample's past is played
}

// now is the time as every room is told it.
func (a *App) now() time.Time {
	if t := a.staged.Load(); t != nil {
		return *t
	}
	return a.wall()
}

// Open opens the data directory and the database, brings the tables up to date
// and furnishes every room.
func Open(ctx context.Context, s Settings) (*App, error) {
	if s.Now == nil {
		s.Now = time.Now
	}
	a := &App{wall: s.Now, started: s.Now(), meters: newMeters(), crowd: page.NewCrowd(inside, waiting, 5*time.Second), freight: page.NewFreight(tables)}
	s.Now = a.now
	if s.City == "" {
		s.City = "示范市"
	}
	if err := s.sound(); err != nil {
		return nil, err
	}
	a.probe.App = a
	s.DB = s.database()
	if err := os.MkdirAll(s.Data, 0o700); err != nil {
		return nil, fault.New(fault.Invalid, "app.open.data", "不能建立数据目录 %s（%s）：请用 --data 换一个能写的文件夹", s.Data, cmp.Or(fault.OfFile(err), err.Error()))
	}
	a.Settings = s
	for _, open := range []func(context.Context) error{a.openGround, a.openCivic, a.openRegister, a.openCredit, a.openCatalogue, a.openHandling, a.openOversight} {
		if err := open(ctx); err != nil {
			a.Close()
			return nil, err
		}
	}
	a.listen()
	a.watch()
	return a, nil
}

// How many requests are worked on at once, and how many more may wait for a
// moment. Two cores answer some 3,000 acts a second: whoever waits behind so
// many would have gone before the answer comes.
const inside, waiting = 512, 1024

// tables is how many whole tables are sent out at once.
const tables = 2

// Close lets go of the database and of the list of leaked passwords.
func (a *App) Close() error {
	if a.DB == nil {
		return nil
	}
	var err error
	if a.leak != nil {
		err = a.leak.Close()
	}
	return errors.Join(err, a.DB.Close())
}
