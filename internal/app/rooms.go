package app

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"tongban/data"
	"tongban/internal/catalogue/halls"
	"tongban/internal/catalogue/halls/hallsstore"
	"tongban/internal/catalogue/industries"
	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/items/itemstore"
	"tongban/internal/catalogue/revisions"
	"tongban/internal/catalogue/revisions/imports"
	"tongban/internal/catalogue/revisions/revisionsstore"
	"tongban/internal/catalogue/switches"
	"tongban/internal/catalogue/switches/switchesstore"
	"tongban/internal/catalogue/themes"
	"tongban/internal/catalogue/themes/themestore"
	"tongban/internal/civic/agencies"
	"tongban/internal/civic/agencies/agenciesstore"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/calendar/calendarstore"
	"tongban/internal/civic/codes"
	"tongban/internal/civic/identity"
	"tongban/internal/civic/identity/identitystore"
	"tongban/internal/civic/laws"
	"tongban/internal/civic/laws/lawsstore"
	"tongban/internal/civic/marks"
	"tongban/internal/civic/marks/marksstore"
	"tongban/internal/civic/parties"
	"tongban/internal/civic/parties/partiesstore"
	"tongban/internal/civic/regions"
	"tongban/internal/civic/serials"
	"tongban/internal/civic/staff"
	"tongban/internal/civic/staff/staffstore"
	"tongban/internal/ground/blob"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/once"
	"tongban/internal/ground/pdf"
	"tongban/internal/ground/rekey"
	"tongban/internal/ground/secret"
	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/witness"
	"tongban/internal/handling/aid"
	"tongban/internal/handling/aid/aidstore"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/cases/casestore"
	"tongban/internal/handling/elsewhere/elsewherestore"
	"tongban/internal/handling/experts/expertstore"
	"tongban/internal/handling/hearings/hearingstore"
	"tongban/internal/handling/issuance"
	"tongban/internal/handling/issuance/issuancestore"
	"tongban/internal/handling/joint"
	"tongban/internal/handling/joint/jointstore"
	"tongban/internal/handling/licensing"
	"tongban/internal/handling/papers"
	"tongban/internal/handling/papers/papersstore"
	"tongban/internal/handling/projects/projectstore"
	"tongban/internal/handling/queue"
	"tongban/internal/handling/queue/queuestore"
	"tongban/internal/handling/relay/relaystore"
	"tongban/internal/handling/signing/signingstore"
	"tongban/internal/handling/tidings"
	"tongban/internal/handling/visits/visitstore"
	"tongban/internal/oversight/publicity"
	"tongban/internal/oversight/publicity/publicitystore"
	"tongban/internal/oversight/rating"
	"tongban/internal/oversight/rating/ratingstore"
	"tongban/internal/oversight/supervision"
	"tongban/internal/oversight/supervision/supervisionstore"
	"tongban/internal/register/archives"
	"tongban/internal/register/archives/archivestore"
	"tongban/internal/register/certificates"
	"tongban/internal/register/certificates/certificatestore"
	"tongban/internal/register/companies/companystore"
	"tongban/internal/register/credit/creditstore"
	"tongban/internal/register/licences"
	"tongban/internal/register/licences/licencestore"
	"tongban/internal/register/seals"
	"tongban/internal/register/seals/sealstore"
)

// Tables lists every room's schema, lower floors first.
var Tables = []sqldb.Schema{
	event.Schema, witness.Schema, rekey.Schema, once.Schema, blob.Schema, calendarstore.Schema,
	agenciesstore.Schema, partiesstore.Schema, identitystore.Schema, staffstore.Schema, lawsstore.Schema, marksstore.Schema,
	sealstore.Schema, certificatestore.Schema, licencestore.Schema, companystore.Schema, creditstore.Schema, archivestore.Schema,
	itemstore.Schema, revisionsstore.Schema, hallsstore.Schema, themestore.Schema,
	papersstore.Schema, signingstore.Schema, casestore.Schema, expertstore.Schema, hearingstore.Schema, relaystore.Schema, issuancestore.Schema, elsewherestore.Schema, jointstore.Schema, projectstore.Schema, visitstore.Schema, queuestore.Schema, aidstore.Schema,
	ratingstore.Schema, publicitystore.Schema, supervisionstore.Schema,
}

func (a *App) openGround(ctx context.Context) (err error) {
	if a.DB, err = sqldb.Open(ctx, a.Settings.DB); err != nil {
		return err
	}
	if a.Files, err = a.Settings.files(ctx); err != nil {
		return err
	}
	if err := a.tables(ctx); err != nil {
		return err
	}
	a.Post = event.NewPost(a.DB, a.Now)
	a.Witness = &witness.Service{DB: a.DB, Post: a.Post, Now: a.Now}
	if a.Keys, err = secret.Open(filepath.Join(a.Data, "keys")); err != nil {
		return err
	}
	if err := a.openRekey(ctx); err != nil {
		return err
	}
	a.Once = &once.Book{DB: a.DB, Vault: a.Keys, Now: a.Now}
	if err := a.scanned(); err != nil {
		return err
	}
	a.Loose = blob.NewLoose(a.DB, a.Now)
	a.Files, a.Post.Along = blob.Watched(a.Files, a.Loose), a.Loose.Named
	a.Uploads = blob.NewUploads(a.Files, a.DB, a.Now)
	a.typefaces = sync.OnceValues(func() ([]*pdf.Font, error) { return readTypefaces(filepath.Join(a.Data, "fonts")) })
	return nil
}

// tables brings the tables up to date and notes where files are kept. A command beside
// the platform does so in an empty city only: what serves there may be of another version.
func (a *App) tables(ctx context.Context) error {
	if a.Aside {
		if err := a.DB.Current(ctx, Tables...); err != nil {
			return err
		}
		if there, err := a.DB.Steps(ctx); err != nil || len(there) > 0 {
			return err
		}
	}
	if err := a.DB.Migrate(ctx, Tables...); err != nil {
		return err
	}
	return a.Settings.remember()
}

func (a *App) openCivic(ctx context.Context) (err error) {
	if a.Serials, err = serials.Read(ctx, a.Post); err != nil {
		return fmt.Errorf("copies brought back: %w", err)
	}
	days, err := calendar.Load(data.Calendars)
	if err != nil {
		return fmt.Errorf("calendars: %w", err)
	}
	a.Calendar = calendar.NewLive(days)
	a.Book = &calendar.Book{Live: a.Calendar, Built: days, Store: &calendarstore.Store{DB: a.DB}}
	if err := a.Book.Refresh(ctx); err != nil {
		return err
	}
	if a.Regions, err = arranged(a, "regions.csv", data.Regions, "regions/xuzhou.csv", readRegions); err != nil {
		return fmt.Errorf("regions: %w", err)
	}
	a.Agencies = &agencies.Service{Store: &agenciesstore.Store{DB: a.DB}, Place: a.Regions.Known, Now: a.Now}
	a.Parties = &parties.Service{Store: &partiesstore.Store{DB: a.DB, Keys: a.Keys}, Now: a.Now}
	a.Identity = &identity.Service{
		Store: &identitystore.Store{DB: a.DB, Keys: a.Keys}, Parties: a.Parties,
		Passwords: secret.NewPasswords(secret.Argon2id, 2), Now: a.Now,
		Place: func(region string) bool { _, known := a.Regions.Find(region); return known },
	}
	if err := a.careful(); err != nil {
		return err
	}
	a.Staff = &staff.Service{Store: &staffstore.Store{DB: a.DB}, Agencies: a.Agencies, Accounts: a.Identity, Now: a.Now}
	a.Identity.Posts = a.Staff
	a.Marks = &marks.Service{Store: &marksstore.Store{DB: a.DB}, Now: a.Now}
	return a.openLaws(ctx)
}

// openLaws begins an empty register with the articles that ship.
func (a *App) openLaws(ctx context.Context) error {
	shipped, err := laws.Cited(data.Laws)
	if err != nil {
		return fmt.Errorf("laws: %w", err)
	}
	a.Laws = &laws.Service{Store: &lawsstore.Store{DB: a.DB}, Now: a.Now}
	return a.Laws.Begin(ctx, shipped)
}

func readRegions(csv []byte) (regions.Regions, error) { return regions.Read(bytes.NewReader(csv)) }

func (a *App) openRegister(context.Context) error {
	authority := &seals.Authority{City: a.City, Keys: a.Keys, Founded: time.Date(2020, 1, 1, 0, 0, 0, 0, calendar.Zone), Now: a.Now}
	if _, err := authority.RootPEM(); err != nil {
		return fmt.Errorf("city root: %w", err)
	}
	a.Seals = &seals.Service{Store: &sealstore.Store{DB: a.DB, Post: a.Post}, Authority: authority, Now: a.Now}
	a.Certificates = &certificates.Service{
		Store: &certificatestore.Store{DB: a.DB, Post: a.Post, Cipher: a.Keys, Index: a.Keys},
		Seals: a.Seals, Roots: authority.Roots(), Now: a.Now, Address: a.Address + "/verify/",
	}
	a.Archives = &archives.Service{Store: &archivestore.Store{DB: a.DB, Post: a.Post}, Marks: a.Serials, Known: a.knownItem, Kinds: itemKinds(), Now: a.Now}
	a.Post.Shelf = a.Archives.Facts
	a.Licences = &licences.Service{Store: &licencestore.Store{DB: a.DB, Post: a.Post, Marks: a.Serials}, Certificates: a.Certificates, NewID: sqldb.NewID, Now: a.Now}
	return nil
}

func (a *App) openCatalogue(ctx context.Context) error {
	board, err := arranged(a, "board.yaml", data.Board, "board.yaml", halls.ReadBoard)
	if err != nil {
		return err
	}
	a.Halls = &halls.Service{Store: &hallsstore.Store{DB: a.DB}, Board: board, Agency: func(ctx context.Context, id string) error {
		_, err := a.Agencies.Find(ctx, id)
		return err
	}, Now: a.Now}
	synonyms, err := items.ReadSynonyms(data.Synonyms)
	if err != nil {
		return fmt.Errorf("synonyms: %w", err)
	}
	a.Items = &items.Service{Store: &itemstore.Store{DB: a.DB, Post: a.Post}, Now: a.Now, Synonyms: synonyms, Laws: a.Laws}
	a.Staff.Offers, a.Staff.Seat = a.offers, a.Halls.Seat
	if err := a.Items.Reckon(ctx); err != nil {
		return fmt.Errorf("reckon burdens: %w", err)
	}
	if a.Targets, err = arranged(a, "targets.yaml", data.Targets, "targets.yaml", items.ReadTargets); err != nil {
		return err
	}
	if a.Industries, err = arranged(a, "industries.yaml", data.Industries, "industries.yaml", industries.Read); err != nil {
		return err
	}
	a.openLibrary()
	a.Themes = &themes.Service{Store: &themestore.Store{DB: a.DB, Post: a.Post}, Items: a.Items, Days: a.Calendar, Now: a.Now, Seat: func(ctx context.Context, agency string) (string, error) {
		found, err := a.Agencies.Find(ctx, agency)
		if fault.Of(err) == fault.NotFound {
			return "", nil
		}
		return found.Region, err
	}}
	return nil
}

// openLibrary opens the rooms where items are changed.
func (a *App) openLibrary() {
	a.Revisions = &revisions.Service{
		Store: &revisionsstore.Store{DB: a.DB, Post: a.Post}, Items: a.Items, Known: a.Calendar.Known, Types: a.Certificates.TypeNames, NewID: sqldb.NewID, Now: a.Now,
		Rules: revisions.Rules{Superior: a.superior, Period: revisions.LeastPeriod},
	}
	a.Imports = &imports.Service{
		Store: &revisionsstore.Imports{DB: a.DB}, Files: a.Files, Items: a.Items, Revisions: a.Revisions, NewID: sqldb.NewID, Now: a.Now,
	}
	a.Switches = &switches.Service{Store: &switchesstore.Store{Post: a.Post}, Items: a.Items, Now: a.Now}
}

// superior is the region above this one that keeps its items here; the province
// keeps its own, so nothing is above the city.
func (a *App) superior(region string) string {
	up, ok := a.Regions.Parent(region)
	if !ok || up.Level() <= codes.Province {
		return ""
	}
	return up.Code.Long()
}

func (a *App) openHandling(ctx context.Context) error {
	a.Papers = &papers.Book{Store: &papersstore.Store{DB: a.DB}, Now: a.Now}
	if err := a.openCases(); err != nil {
		return err
	}
	a.openGrants()
	if err := a.openAid(ctx); err != nil {
		return err
	}
	if err := a.openQueue(); err != nil {
		return err
	}
	a.Tidings = &tidings.Service{Cases: a.Cases, Licences: a.Licences, Marks: a.Marks, Queue: a.Queue, Now: a.Now}
	a.openSigning()
	a.openVisits()
	a.openExperts()
	a.openHearings()
	a.openRelay()
	if err := a.openLifecourse(ctx); err != nil {
		return err
	}
	if err := a.openProjects(ctx); err != nil {
		return err
	}
	return a.openElsewhere()
}

// openCases opens the room of cases, with the papers that they lead to.
func (a *App) openCases() error {
	receive, err := arranged(a, "linkage.yaml", data.Linkage, "linkage.yaml", cases.ReadLinkage)
	if err != nil {
		return err
	}
	wordings, err := arranged(a, "decisions.yaml", data.Decisions, "decisions.yaml", cases.ReadWordings)
	if err != nil {
		return err
	}
	store := &casestore.Store{DB: a.DB, Post: a.Post, Marks: a.Serials, Days: a.Calendar, Shelf: a.Archives.Store}
	a.Cases = &cases.Service{
		Words:  a.Papers,
		Shelf:  a.Archives,
		Store:  counted{store, a.meters.acts},
		Drafts: &casestore.Drafts{DB: a.DB, Vault: a.Keys, Held: a.Loose.Held}, Vault: a.Keys,
		Editions: a.Items, Trust: a.Credit, Days: a.Calendar, Received: a.Calendar.ReceivedOn, NewID: sqldb.NewID, Now: a.Now,
		Party: a.Parties.Store.Party, Agency: a.Agencies.Find, Regulator: a.Agencies.Named, Receive: receive, Wordings: wordings,
		Auto: cases.Automation{Sources: sources{a}, Switches: a.Switches}, Holdings: sources{a},
	}
	store.Onward = a.Cases.Onward
	return nil
}

// openGrants opens the rooms of joint cases, and of what is issued when a case is
// granted: licences of industries, certificates.
func (a *App) openGrants() {
	a.Joint = &joint.Service{
		Store: &jointstore.Store{DB: a.DB, Post: a.Post, Marks: a.Serials}, Themes: a.Themes, Cases: a.Cases, Vault: a.Keys, Named: a.Loose.Named, Face: a.face, Days: a.Calendar, NewID: sqldb.NewID, Now: a.Now,
	}
	a.Licensing = &licensing.Service{
		Licences: a.Licences, Certificates: a.Certificates, Joint: a.Joint, Themes: a.Themes, Agencies: a.Agencies, Industries: a.Industries,
	}
	a.Issuance = &issuance.Service{
		Store: &issuancestore.Store{DB: a.DB}, Cases: a.Cases, Certificates: a.Certificates, Agencies: a.Agencies, Parties: a.Parties.Store,
	}
}

func (a *App) openAid(ctx context.Context) error {
	limits, err := arranged(a, "aid.yaml", data.Aid, "aid.yaml", aid.ReadLimits)
	if err != nil {
		return err
	}
	matters := &aidstore.Store{DB: a.DB, Post: a.Post}
	if err := matters.Fill(ctx); err != nil {
		return err
	}
	a.Aid = &aid.Service{Limits: limits, Store: matters, Vault: a.Keys, Days: a.Calendar, NewID: sqldb.NewID, Now: a.Now}
	return nil
}

func (a *App) openQueue() error {
	rules, err := arranged(a, "queue.yaml", data.Queue, "queue.yaml", queue.ReadRules)
	if err != nil {
		return err
	}
	a.Queue = &queue.Service{Rules: rules, Store: &queuestore.Store{DB: a.DB, Post: a.Post, Marks: a.Serials}, Halls: a.Halls, Days: a.Calendar, NewID: ticketID, Now: a.Now}
	return nil
}

func (a *App) openOversight(context.Context) error {
	a.Ratings = &rating.Service{Store: &ratingstore.Store{DB: a.DB, Post: a.Post}, Cases: a.Cases, Days: a.Calendar, Now: a.Now}
	watch := &supervisionstore.Store{DB: a.DB}
	a.Supervision = &supervision.Service{Store: watch, AlarmStore: watch, Cases: a.Cases, Watched: a.Cases, Relay: a.Relay, Ratings: a.Ratings, Days: a.Calendar, Now: a.Now}
	if err := a.readAlarms(); err != nil {
		return err
	}
	a.Publicity = &publicity.Service{Store: &publicitystore.Store{DB: a.DB}, Cases: a.Cases, Editions: a.Items, Days: a.Calendar, Now: a.Now}
	return nil
}

// face is what a certificate says, for the parts of a matter that wait for it.
func (a *App) face(ctx context.Context, identifier string) (joint.Face, error) {
	c, err := a.Certificates.Certificate(ctx, identifier, identity.TheSystem)
	if err != nil {
		return joint.Face{}, err
	}
	face := joint.Face{Type: c.TypeName, Number: c.Number, Lines: map[string]string{}}
	for _, line := range c.Face {
		face.Lines[line.Label] = line.Text
	}
	return face, nil
}

// ticketID names a ticket of a queue, or an appointment: nobody guesses another's.
func ticketID() string { return strings.ToLower(secret.Letters(20)) }
