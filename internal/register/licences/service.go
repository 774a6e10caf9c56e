package licences

import (
	"context"
	"strings"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/codes"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/register/certificates"
	"tongban/internal/register/seals"
)

// Store keeps licences. What is put into a batch is kept when the batch is;
// two who made the same edition are told apart there, and one is undone.
type Store interface {
	// Number allots the next number of a day, with which the stem ends; numbers may have gaps.
	Number(ctx context.Context, stem string, day calendar.Day) (string, error)
	// Put adds a licence with its new edition to the batch.
	Put(*sqldb.Batch, *Licence, Changed) error
	// Licence, OfMatter, OfPart, OfSheet and Numbered find one; the fault is NotFound.
	// OfPart and OfSheet take the Root of a certificate.
	Licence(context.Context, ID) (*Licence, error)
	OfMatter(ctx context.Context, matter string) (*Licence, error)
	OfPart(ctx context.Context, root string) (*Licence, error)
	OfSheet(ctx context.Context, root string) (*Licence, error)
	Numbered(ctx context.Context, number string) (*Licence, error)
	// OfIssuer lists those with a part granted by the agency of a code, the newest
	// first, older than the one that ended the last page ("": from the newest).
	OfIssuer(ctx context.Context, code string, before ID, limit int) ([]*Licence, error)
	// OfParty lists a holder's, the newest first.
	OfParty(ctx context.Context, party string, limit int) ([]*Licence, error)
	// IDs lists the keys after one, for audit.
	IDs(ctx context.Context, after ID, limit int) ([]ID, error)
	History(context.Context, ID) ([]event.Record, error)
}

// Service is the door of the room.
type Service struct {
	Store        Store
	Certificates *certificates.Service
	NewID        func() string
	Now          func() time.Time
}

// unknown is the answer about a licence that does not exist, or not for those eyes.
func unknown() error {
	return fault.New(fault.NotFound, "licences.none", "没有找到这份综合许可证，请核对编号")
}

// Begun is the licence of a matter, nil while none of its permits is granted.
func (s *Service) Begun(ctx context.Context, matter string) (*Licence, error) {
	return absent(s.Store.OfMatter(ctx, matter))
}

// Showing is the licence that shows a certificate as one of its parts, or nil.
func (s *Service) Showing(ctx context.Context, certificate string) (*Licence, error) {
	return absent(s.Store.OfPart(ctx, Root(certificate)))
}

// On is the licence of a sealed paper, of whichever edition; nil for the paper
// of something else.
func (s *Service) On(ctx context.Context, sheet string) (*Licence, error) {
	if id, err := codes.ParseCertificateID(sheet); err == nil {
		sheet = id.String()
	}
	return absent(s.Store.OfSheet(ctx, Root(sheet)))
}

func absent(l *Licence, err error) (*Licence, error) {
	if err != nil && fault.Of(err) == fault.NotFound {
		return nil, nil
	}
	return l, err
}

// Begin makes a licence of the first permit that was granted of a matter, with
// its sealed paper, all in the batch of the news of it.
func (s *Service) Begin(ctx context.Context, b *sqldb.Batch, o Opening, first *certificates.Certificate) error {
	now := event.Moment(s.Now())
	today := calendar.DayOf(now)
	number, err := s.Store.Number(ctx, "ZH"+o.Area+strings.ReplaceAll(today.String(), "-", ""), today)
	if err != nil {
		return err
	}
	o.ID, o.Number, o.Party = ID(s.NewID()), number, first.Holder.Party
	c, err := Compose(o, PartOf(first), now)
	if err != nil {
		return err
	}
	return s.edition(ctx, b, &Licence{}, c, first.Holder)
}

// See has a licence show one part as its certificate now says, in a new edition,
// and for what reason; told twice, it does nothing the second time. Members of the
// same licence that nothing was said of stay as they were.
func (s *Service) See(ctx context.Context, b *sqldb.Batch, l *Licence, now *certificates.Certificate, reason string) error {
	c, moved, err := l.Change(PartOf(now), event.Moment(s.Now()))
	if err != nil || !moved {
		return err
	}
	c.Reason = reason
	return s.edition(ctx, b, l, c, now.Holder)
}

// edition makes the fact true, with the paper that says so.
func (s *Service) edition(ctx context.Context, b *sqldb.Batch, l *Licence, c Changed, holder certificates.Holder) error {
	sheet := l.Sheet
	next := *l
	next.Apply(c)
	var err error
	if c.Sheet, err = s.paper(ctx, b, &next, sheet, holder); err != nil {
		return err
	}
	next.Sheet = c.Sheet
	return s.Store.Put(b, &next, c)
}

// paper issues the paper of an edition in the place of the one before. Of a
// licence of which nothing is left the last paper is cancelled; one that was
// cancelled begins anew when another permit is granted.
func (s *Service) paper(ctx context.Context, b *sqldb.Batch, l *Licence, before string, holder certificates.Holder) (string, error) {
	t, err := s.Certificates.TypeNamed(ctx, TypeName)
	if err != nil {
		return "", err
	}
	var old *certificates.Certificate
	if before != "" {
		if old, err = s.Certificates.Certificate(ctx, before, identity.TheSystem); err != nil {
			return "", err
		}
	}
	stands := old != nil && old.State == certificates.Valid
	if l.gone() {
		if !stands {
			return before, nil
		}
		return before, s.Certificates.MoveInto(ctx, b, before, certificates.Cancel, "综合许可证上的许可均已失效", identity.TheSystem)
	}
	order := Order(l, t, holder)
	var made *certificates.Certificate
	if stands {
		made, err = s.Certificates.RenewInto(ctx, b, before, order, identity.TheSystem)
	} else {
		made, err = s.Certificates.IssueInto(ctx, b, order, identity.TheSystem)
	}
	if err != nil {
		return "", err
	}
	return made.Identifier, nil
}

// gone reports whether no part can ever hold again.
func (l *Licence) gone() bool {
	for _, p := range l.Parts {
		if !p.ended() {
			return false
		}
	}
	return true
}

// Own shows a licence to its holder or to staff.
func (s *Service) Own(ctx context.Context, id ID, by identity.Actor) (*Licence, error) {
	l, err := s.Store.Licence(ctx, id)
	if err != nil {
		return nil, err
	}
	if !by.Staff() && (by.Party == "" || by.Party != l.Party) {
		return nil, unknown()
	}
	return l, nil
}

// OwnOn shows the licence of a sealed paper, of whichever edition, to its holder
// or to staff. The fault is licences.none.
func (s *Service) OwnOn(ctx context.Context, sheet string, by identity.Actor) (*Licence, error) {
	l, err := s.Scanned(ctx, sheet)
	if err != nil {
		return nil, err
	}
	return s.Own(ctx, l.ID, by)
}

// Scanned is the licence that the code on a sealed paper leads to. The fault is
// licences.none.
func (s *Service) Scanned(ctx context.Context, sheet string) (*Licence, error) {
	l, err := s.On(ctx, sheet)
	if err == nil && l == nil {
		err = unknown()
	}
	return l, err
}

// Mine are the actor's own licences, the newest first.
func (s *Service) Mine(ctx context.Context, by identity.Actor) ([]*Licence, error) {
	if by.Party == "" {
		return nil, nil
	}
	return s.Store.OfParty(ctx, by.Party, 50)
}

// Granted lists the licences with a permit of an agency, for those who review and
// decide there, the newest first; before is the last of the page before, or "".
func (s *Service) Granted(ctx context.Context, a seals.Agency, before ID, limit int, by identity.Actor) ([]*Licence, error) {
	if !by.SpeaksFor(a.ID) {
		return nil, fault.New(fault.Forbidden, "licences.granted.by", "只能查看本部门许可所在的综合许可证")
	}
	return s.Store.OfIssuer(ctx, a.Code, before, limit)
}

// Find is the licence with a number, or of a certificate or a sealed paper, for
// staff; nil if there is none.
func (s *Service) Find(ctx context.Context, text string, by identity.Actor) (*Licence, error) {
	if !by.Staff() {
		return nil, unknown()
	}
	if i := strings.LastIndex(text, "/verify/"); i >= 0 {
		text = text[i+len("/verify/"):] // as a scanner reads the code
	}
	text = codes.Tidy(text)
	for _, find := range []func(context.Context, string) (*Licence, error){s.Store.Numbered, s.Showing, s.On} {
		if l, err := absent(find(ctx, text)); err != nil || l != nil {
			return l, err
		}
	}
	return nil, nil
}
