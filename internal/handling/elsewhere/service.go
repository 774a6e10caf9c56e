package elsewhere

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"github.com/emmansun/gmsm/smx509"

	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/themes"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/civic/parties"
	"tongban/internal/engine/clock"
	"tongban/internal/ground/blob"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/secret"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
)

// Service is the door of the room.
type Service struct {
	Store   Store
	Vault   Vault
	Named   func(b *sqldb.Batch, text string) // says that the batch names files; nil: nobody asks
	Cases   *cases.Service
	Items   *items.Service
	Themes  *themes.Service
	Parties *parties.Service
	Files   blob.Store
	Proof   func(ctx context.Context, certificate string) ([]byte, error) // the file of a certificate of ours
	Carrier Carrier
	Keys    secret.Signers           // of this installation: the series secret.Partners
	Roots   *smx509.CertPool         // that vouch for partners; nil: their keys are compared by telephone
	Name    string                   // of this installation
	Region  func(code string) string // name of a division
	Days    clock.Days
	NewID   func() string
	Now     func() time.Time
}

// Vault makes texts unreadable outside the program.
type Vault interface {
	Seal(plain, about string) (string, error)
	Open(sealed, about string) (string, error)
}

// Carrier carries a message to the address of a partner and brings the answer.
type Carrier interface {
	// May refuses an address that the operator has not allowed.
	May(address string) error
	Carry(ctx context.Context, address string, message []byte) (answer []byte, err error)
}

// Told is the fact of what was done to a parcel.
type Told struct {
	Parcel string    `json:"parcel"`
	Act    string    `json:"act"`
	To     State     `json:"to"`
	By     string    `json:"by,omitempty"`
	Status *Status   `json:"status,omitempty"`
	Say    string    `json:"say,omitempty"`
	At     time.Time `json:"at"`
}

// FactName is the name listeners ask for.
func (Told) FactName() string { return "elsewhere.told" }

// None is the answer about a parcel that does not exist, or not for those eyes.
func None() error {
	return fault.New(fault.NotFound, "elsewhere.none", "没有找到这件代收件，请核对编号")
}

func (s *Service) now() time.Time { return event.Moment(s.Now()) }

func (s *Service) today() calendar.Day { return calendar.DayOf(s.Now()) }

// Term is the term of forwarding in force.
func (s *Service) Term(ctx context.Context) (clock.Limit, error) {
	days, err := s.Store.Term(ctx)
	if err != nil || days == 0 {
		return UsualTerm, err
	}
	return TermOf(days)
}

// Taking is what a window takes in for another place.
type Taking struct {
	Application cases.Application
	Partner     string // Partner.ID; "": within this installation
	Region      string // of the partner; "": where the item is carried out
	With        string // ID of a parcel that was taken together with this one
}

// Take takes an application in for another place: identity and form are checked
// here, the rest there. What the applicant sends by themselves is forwarded in
// the same commit. The same request a second time takes nothing and
// returns the parcel of the first.
func (s *Service) Take(ctx context.Context, t Taking, by identity.Actor) (*Parcel, error) {
	request := by.Account + "/" + by.Request
	if by.Request == "" {
		request += s.NewID()
	} else if p, err := s.Store.ByRequest(ctx, request); err == nil || fault.Of(err) != fault.NotFound {
		return p, err
	}
	var b sqldb.Batch
	p, sealed, err := s.taken(ctx, &b, &t, by)
	if err != nil {
		return nil, err
	}
	if err := s.bundle(ctx, &b, p, t.With, by); err != nil {
		return nil, err
	}
	if p.Mode == Online {
		p.forward("", p.Taken)
		if err := s.send(ctx, &b, p, t.Application, p.Taken); err != nil {
			return nil, err
		}
	}
	if err := s.Store.Put(&b, p, request, sealed, "", Told{p.ID, "take", p.State, by.Account, nil, "", p.Taken}); err != nil {
		return nil, err
	}
	return p, s.commit(ctx, &b)
}

// taken judges what is taken in; t holds the application as it would be filed then.
func (s *Service) taken(ctx context.Context, b *sqldb.Batch, t *Taking, by identity.Actor) (*Parcel, string, error) {
	at := s.now()
	e, err := s.Items.Open(ctx, t.Application.Item, calendar.DayOf(at))
	if err != nil {
		return nil, "", err
	}
	there, err := s.there(ctx, *t, e)
	if err != nil {
		return nil, "", err
	}
	post, mode, err := Taker(e, there, t.Application.Applicant.Party, by)
	if err != nil {
		return nil, "", err
	}
	a, err := s.sound(ctx, e, t.Application, there, at)
	if err != nil {
		return nil, "", err
	}
	term, err := s.Term(ctx)
	if err != nil {
		return nil, "", err
	}
	p := &Parcel{ID: s.NewID(), Mode: mode, State: Taken, Here: s.here(mode, e, post, by), There: there, Item: e.Item, Edition: e.Number, Catalogue: e.Codes.Catalogue,
		ItemName: e.Name, Applicant: a.Applicant, Materials: names(a.Materials), Taken: at, ForwardBy: Due(term, at, s.Days)}
	p.note(at, p.Here.Name, p.takenWord(), by.Name, "")
	t.Application = a
	sealed, err := s.seal(b, p.ID, a)
	return p, sealed, err
}

// sound judges an application as far as that can be done here: the form, whose the
// certificates are, and whether what is handed in can travel there.
func (s *Service) sound(ctx context.Context, e *items.Edition, a cases.Application, there Place, at time.Time) (cases.Application, error) {
	a, err := cases.Sound(e, a, at)
	if err != nil {
		return a, err
	}
	if err := s.Cases.CheckFetched(ctx, a.Applicant.Party, e, a.Answers, a.Materials); err != nil {
		return a, err
	}
	if there.Partner == "" {
		return a, nil
	}
	return a, fits(a.Materials)
}

// names are the names of materials.
func names(handed []cases.Handed) (all []string) {
	for _, h := range handed {
		all = append(all, h.Name)
	}
	return all
}

// here is the place that takes it in: the counter, or online the city itself.
func (s *Service) here(mode Mode, e *items.Edition, post identity.Post, by identity.Actor) Place {
	if mode == Online {
		return Place{Region: e.Region, Name: s.Name, Agency: "网上办事大厅", Account: by.Account}
	}
	return Place{Region: post.Region, Name: s.Region(post.Region), Agency: post.Title, Person: by.Name, Account: by.Account}
}

// there is the place that will decide.
func (s *Service) there(ctx context.Context, t Taking, e *items.Edition) (Place, error) {
	if t.Partner == "" {
		return Place{Region: e.Region, Name: s.Region(e.Region), Agency: e.AgencyName, Phone: e.Phone}, nil
	}
	partner, err := s.Store.Partner(ctx, t.Partner)
	if err != nil {
		return Place{}, err
	}
	region, ok := partner.In(t.Region)
	if !ok || partner.Resting {
		return Place{}, fault.New(fault.Invalid, "elsewhere.take.place", "不能向这个地方转送").At("to", "choice", "请从列出的地方里选择")
	}
	return Place{Partner: partner.ID, Region: region.Code, Name: region.Name, Agency: partner.Name}, nil
}

// bundle ties parcels that were taken together (多地联办).
func (s *Service) bundle(ctx context.Context, b *sqldb.Batch, p *Parcel, with string, by identity.Actor) error {
	if with == "" {
		return nil
	}
	first, err := s.Parcel(ctx, with, by)
	if err != nil {
		return err
	}
	if first.Applicant.Party != p.Applicant.Party {
		return fault.New(fault.Invalid, "elsewhere.take.bundle", "多地联办的各件应是同一位申请人")
	}
	p.Mode, p.Bundle = Several, first.ID
	if first.Bundle != "" {
		p.Bundle = first.Bundle
		return nil
	}
	first.Mode, first.Bundle = Several, first.ID
	first.note(p.Taken, first.Here.Name, "多地联办，同时代收"+p.ItemName, by.Name, "")
	return s.Store.Put(b, first, "", "", "", Told{first.ID, "bundle", first.State, by.Account, nil, p.ID, p.Taken})
}

// AboutApplication is what the sealed application of a parcel is bound to.
func AboutApplication(parcel string) string { return "elsewhere/" + parcel }

// AboutCertificate is what the sealed certificate of a parcel is bound to.
func AboutCertificate(parcel string) string { return "elsewhere/" + parcel + "/certificate" }

func (s *Service) seal(b *sqldb.Batch, id string, a cases.Application) (string, error) {
	text, err := json.Marshal(a)
	if err != nil {
		return "", fmt.Errorf("write an application down: %w", err)
	}
	s.names(b, text)
	return s.Vault.Seal(string(text), AboutApplication(id))
}

// names says that the batch names the files of what it keeps sealed.
func (s *Service) names(b *sqldb.Batch, text []byte) {
	if s.Named != nil {
		s.Named(b, string(text))
	}
}

// application is what was taken down.
func (s *Service) application(ctx context.Context, id string) (a cases.Application, err error) {
	sealed, err := s.Store.Application(ctx, id)
	if err != nil {
		return a, err
	}
	text, err := s.Vault.Open(sealed, AboutApplication(id))
	if err != nil {
		return a, err
	}
	return a, json.Unmarshal([]byte(text), &a)
}

// commit keeps a batch; who was not the first is told so.
func (s *Service) commit(ctx context.Context, b *sqldb.Batch) error {
	err := s.Store.Commit(ctx, b)
	if s.Store.Collided(err) {
		return somebodyWas()
	}
	return err
}

const stale = "elsewhere.stale"

func somebodyWas() error {
	return fault.New(fault.Conflict, stale, "这件刚刚有人处理过，请刷新后再看")
}

// Parcel is one parcel, for those who may see it.
func (s *Service) Parcel(ctx context.Context, id string, by identity.Actor) (*Parcel, error) {
	p, err := s.Store.Parcel(ctx, id)
	if err == nil && !p.Sees(by) {
		return nil, None()
	}
	return p, err
}

// List is a page of parcels: an applicant's own, or those of the place that a
// window or supervisor serves.
func (s *Service) List(ctx context.Context, f Filter, by identity.Actor) ([]*Parcel, error) {
	region, _ := by.Reach()
	switch {
	case f.Party != "" || region == "":
		if by.Party == "" {
			return nil, fault.New(fault.Forbidden, "elsewhere.list.post", "代收件由窗口和效能监督查看，您没有这些岗位")
		}
		f.Party, f.Here, f.There = by.Party, "", ""
	case f.There != "":
		f.There, f.Here = region, ""
	default:
		f.Here = region
	}
	f.Limit = min(max(f.Limit, 1), 200)
	return s.Store.List(ctx, f)
}

// Of is the parcel that a case of ours was taken in as, for the page of the
// case; nil if it was filed here.
func (s *Service) Of(ctx context.Context, id cases.ID) (*Parcel, error) {
	if p, err := s.Store.OfCase(ctx, id); p != nil || err != nil {
		return p, err
	}
	f, err := s.Store.Foreign(ctx, id)
	if err != nil || f.Parcel == "" {
		return nil, err
	}
	return &Parcel{ID: f.Parcel, Mode: f.Mode, State: There, Here: f.Place}, nil
}

// CertificateFile is the certificate that another installation issued.
func (s *Service) CertificateFile(ctx context.Context, id string, by identity.Actor) ([]byte, error) {
	p, err := s.Parcel(ctx, id, by)
	if err != nil {
		return nil, err
	}
	sealed, err := s.Store.Certificate(ctx, p.ID)
	if err != nil || sealed == "" {
		return nil, orNone(err)
	}
	text, err := s.Vault.Open(sealed, AboutCertificate(p.ID))
	return []byte(text), err
}

func orNone(err error) error {
	if err != nil {
		return err
	}
	return fault.New(fault.NotFound, "elsewhere.certificate", "办理地还没有发来证照")
}

// contents are the files of materials, to travel with a message.
func (s *Service) contents(ctx context.Context, handed []cases.Handed) (map[string][]byte, error) {
	files := map[string][]byte{}
	for _, h := range handed {
		for _, f := range h.Files {
			content, err := s.Files.Open(ctx, f.Hash)
			if err != nil {
				return nil, err
			}
			files[f.Hash], err = io.ReadAll(io.LimitReader(content, MostBytes))
			content.Close()
			if err != nil {
				return nil, fmt.Errorf("read file %s: %w", f.Hash, err)
			}
		}
	}
	return files, nil
}
