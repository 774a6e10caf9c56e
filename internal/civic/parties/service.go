package parties

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
)

// Service is the door of the room; it is the identity.Parties.
type Service struct {
	Store Store
	Now   func() time.Time
}

var _ identity.Parties = (*Service)(nil)

// An Unmasking is one time an official saw a party whole, and why.
type Unmasking struct {
	ID      string
	At      time.Time
	Party   string
	Account string
	Name    string // of the official, at the time
	Reason  string
}

// Store keeps parties. One named by an id or number that is not there is
// fault.NotFound.
type Store interface {
	// Add keeps new parties. A document that somebody has already: fault.Conflict.
	Add(ctx context.Context, all ...Party) error
	Party(ctx context.Context, id string) (Party, error)
	// Parties finds several at once; one that is not there is not among them.
	Parties(ctx context.Context, ids []string) (map[string]Party, error)
	ByDocument(ctx context.Context, d Document) (Party, error)
	// Save keeps the party if nobody else changed it: fault.Conflict.
	Save(ctx context.Context, p Party) error
	Names(ctx context.Context, ids []string) (map[string]string, error)
	// Heads lists the organisations whose head carries the document of person,
	// if we are sure of that person.
	Heads(ctx context.Context, person string) ([]string, error)

	// Unmask writes down that a party was seen whole.
	Unmask(ctx context.Context, u Unmasking) error
	// Unmaskings lists them, the latest first: of a party, or if that is "" of
	// an official.
	Unmaskings(ctx context.Context, party, account, before string, limit int) ([]Unmasking, error)
}

func (s *Service) today() calendar.Day { return calendar.DayOf(s.Now()) }

// Enrol enters a person, or finds the one with that document; see identity.Parties.
// parties.enrol.known if only the person's word says who they are and the
// document is known already, parties.enrol.name if it belongs to another name.
func (s *Service) Enrol(ctx context.Context, who identity.Person, real identity.Real) (string, error) {
	p := Party{ID: sqldb.NewID(), Kind: Person, Name: who.Name, Document: Document{who.IDType, who.IDNumber},
		Mobile: who.Mobile, Real: real, Created: s.Now()}.tidy()
	if err := p.Check(s.today()); err != nil {
		return "", err
	}
	old, err := s.Store.ByDocument(ctx, p.Document)
	if fault.Of(err) == fault.NotFound {
		return p.ID, s.Store.Add(ctx, p)
	}
	if err != nil {
		return "", err
	}
	if err := old.sameAs(p, real); err != nil {
		return "", err
	}
	if old.Real >= real {
		return old.ID, nil
	}
	old.Real, old.Mobile = real, orElse(p.Mobile, old.Mobile)
	return old.ID, s.Store.Save(ctx, old)
}

// sameAs refuses to take a newcomer for somebody we know.
func (p Party) sameAs(newcomer Party, real identity.Real) error {
	if real == identity.Claimed {
		return fault.New(fault.Conflict, "parties.enrol.known", "该证件号码已登记。如是您本人，请找回账号，或携带证件到政务服务窗口开通").
			At("number", "known", "该证件号码已登记")
	}
	if p.Name != newcomer.Name {
		return fault.New(fault.Conflict, "parties.enrol.name", "该证件号码登记的是另一个姓名，请核对证件原件").At("name", "other", "与登记的姓名不一致，请核对证件原件")
	}
	return nil
}

// Enter enters an organisation, or a person who has no account, and returns its
// id. A window clerk may, and whoever works in a department; a person may enter the organisation they
// are the head of, if we are sure of them.
func (s *Service) Enter(ctx context.Context, p Party, by identity.Actor) (string, error) {
	p = p.tidy()
	p.ID, p.Created, p.Real = sqldb.NewID(), s.Now(), identity.Claimed
	if err := p.Check(s.today()); err != nil {
		return "", err
	}
	if by.Plays(identity.Window) {
		p.Real = identity.Shown
	} else if !by.Plays(identity.System) && !slices.ContainsFunc(identity.Deciding, by.Plays) {
		if err := s.headOf(ctx, p, by); err != nil {
			return "", err
		}
	}
	return p.ID, s.Store.Add(ctx, p)
}

// headOf refuses by unless they are the head that the organisation names.
func (s *Service) headOf(ctx context.Context, p Party, by identity.Actor) error {
	no := fault.New(fault.Forbidden, "parties.enter.authority", "只有经过实名核验的法定代表人本人，或窗口工作人员，可以登记企业")
	if by.Party == "" || p.Kind != Organisation {
		return no
	}
	self, err := s.Store.Party(ctx, by.Party)
	if err != nil {
		return err
	}
	if self.Kind != Person || self.Real == identity.Claimed || self.Document != p.Head.Document || self.Name != p.Head.Name {
		return no
	}
	return nil
}

// Load keeps parties made elsewhere, as when a sample city is loaded, all or
// none; only the program itself does this.
func (s *Service) Load(ctx context.Context, all []Party, by identity.Actor) error {
	if !by.Plays(identity.System) {
		return fault.New(fault.Forbidden, "parties.load.authority", "只有系统可以批量导入当事人")
	}
	for i := range all {
		all[i] = all[i].tidy()
		if err := all[i].Check(s.today()); err != nil {
			return err
		}
	}
	return s.Store.Add(ctx, all...)
}

// View is the party as by may see it: whole for themselves and for the program,
// masked for officials. For everyone else it is not there: parties.none. The
// number of a head is whole only in Unmask and for the program.
func (s *Service) View(ctx context.Context, id string, by identity.Actor) (Party, error) {
	p, err := s.Store.Party(ctx, id)
	switch {
	case err != nil:
		return Party{}, err
	case by.Plays(identity.System):
		return p, nil
	case by.Party == id && id != "":
		whole := p
		whole.Head.Document = p.Mask().Head.Document
		return whole, nil
	case by.Staff():
		return p.Mask(), nil
	}
	return Party{}, None()
}

// Find finds a party by its document, for officials at work on a case.
func (s *Service) Find(ctx context.Context, d Document, by identity.Actor) (Party, error) {
	if !by.Staff() {
		return Party{}, None()
	}
	d = Party{Document: d}.tidy().Document
	if err := d.Check(s.today()); err != nil {
		return Party{}, err
	}
	p, err := s.Store.ByDocument(ctx, d)
	if err != nil || by.Plays(identity.System) {
		return p, err
	}
	return p.Mask(), nil
}

// Unmask shows a party whole to an official who says why; who, when, whom and
// why is written down first.
func (s *Service) Unmask(ctx context.Context, id, reason string, by identity.Actor) (Party, error) {
	if err := MayUnmask(reason, by); err != nil {
		return Party{}, err
	}
	p, err := s.Store.Party(ctx, id)
	if err != nil {
		return Party{}, err
	}
	return p, s.Store.Unmask(ctx, Unmasking{ID: sqldb.NewID(), At: s.Now(), Party: id, Account: by.Account, Name: by.Name, Reason: strings.TrimSpace(reason)})
}

// MayUnmask judges the reason that somebody gives to see others whole.
func MayUnmask(reason string, by identity.Actor) error {
	may := slices.ContainsFunc(identity.Serving, by.Plays)
	switch n := utf8.RuneCountInString(strings.TrimSpace(reason)); {
	case !may:
		return fault.New(fault.Forbidden, "parties.unmask.authority", "您的岗位不能查看完整的个人信息")
	case n < 4 || n > 200 || !identity.Printable(reason):
		return fault.New(fault.Invalid, "parties.unmask.reason", "请写明查看完整信息的事由（4至200字），此次查看将被记录").At("reason", "required", "请写明事由（4至200字）")
	}
	return nil
}

// Unmaskings lists who saw a party whole, or if party is "" whom an official's
// account saw: for the party itself, and for auditors and administrators.
// before is the id of the last one already seen.
func (s *Service) Unmaskings(ctx context.Context, party, account, before string, limit int, by identity.Actor) ([]Unmasking, error) {
	own := party != "" && by.Party == party
	if !own && !by.Plays(identity.Admin) && !by.Plays(identity.Auditor) && !by.Plays(identity.System) {
		return nil, None()
	}
	if limit < 1 || limit > 200 {
		limit = 50
	}
	return s.Store.Unmaskings(ctx, party, account, before, limit)
}

// ChangeContact sets the telephone and address of by's own party.
func (s *Service) ChangeContact(ctx context.Context, mobile, address string, by identity.Actor) error {
	if by.Party == "" || by.Scope != nil {
		return fault.New(fault.Forbidden, "parties.change.authority", "只能修改本人或本企业的联系方式")
	}
	p, err := s.Store.Party(ctx, by.Party)
	if err != nil {
		return err
	}
	p.Mobile, p.Address = mobile, address
	p = p.tidy()
	if err := p.Check(s.today()); err != nil {
		return err
	}
	return s.Store.Save(ctx, p)
}

// Names returns what the parties are called; one that is not there is left out.
func (s *Service) Names(ctx context.Context, parties ...string) (map[string]string, error) {
	if len(parties) == 0 {
		return map[string]string{}, nil
	}
	return s.Store.Names(ctx, parties)
}

// Represented lists the organisations whose head person is. Somebody whom only
// their own word names is nobody's head.
func (s *Service) Represented(ctx context.Context, person string) ([]string, error) {
	if person == "" {
		return nil, nil
	}
	return s.Store.Heads(ctx, person)
}

// Represents reports whether person is the head of firm.
func (s *Service) Represents(ctx context.Context, person, firm string) (bool, error) {
	firms, err := s.Represented(ctx, person)
	for _, f := range firms {
		if f == firm {
			return true, nil
		}
	}
	return false, err
}

// None is the fault for a party that is not there, or not for these eyes.
func None() error { return fault.New(fault.NotFound, "parties.none", "没有这个申请人") }

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

// Rewrite has an organisation read as the register of companies now says: name,
// address, who acts for it by law. Only the program does this, when a change was
// decided. parties.rewrite.authority
func (s *Service) Rewrite(ctx context.Context, p Party, by identity.Actor) error {
	if !by.Plays(identity.System) {
		return fault.New(fault.Forbidden, "parties.rewrite.authority", "登记事项只能凭变更登记修改")
	}
	p = p.tidy()
	if err := p.Check(s.today()); err != nil {
		return err
	}
	return s.Store.Save(ctx, p)
}
