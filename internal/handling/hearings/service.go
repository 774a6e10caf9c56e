package hearings

import (
	"context"
	"fmt"
	"time"

	"tongban/internal/civic/identity"
	"tongban/internal/civic/parties"
	"tongban/internal/engine/clock"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
)

// Service is the door of the room.
type Service struct {
	Store   Store
	Cases   *cases.Service
	Parties *parties.Service
	Vault   Vault
	Days    clock.Days
	NewID   func() string
	Now     func() time.Time
}

// Vault makes telephones unreadable outside the program.
type Vault interface {
	Seal(plain, about string) (string, error)
	Open(sealed, about string) (string, error)
}

// Store keeps notices and who signed up.
type Store interface {
	// Post puts a notice after its Head, with the fact of it, into the batch.
	Post(b *sqldb.Batch, p Posted) error
	// Sign puts a sign-up after its Head, with the fact of it, into the batch.
	Sign(b *sqldb.Batch, s Signed) error
	// Commit keeps a batch: fault.Conflict if somebody was faster.
	Commit(ctx context.Context, b *sqldb.Batch) error
	// Notice finds one: fault.NotFound.
	Notice(ctx context.Context, id ID) (*Notice, error)
	// OfCase are the notices of a case, the latest first.
	OfCase(ctx context.Context, id cases.ID) ([]*Notice, error)
	// Announced are those of the cases of which a hearing was announced.
	Announced(ctx context.Context, ids []cases.ID) (map[cases.ID]bool, error)
	// List is a page of notices, after a cursor: those to be held, the next first,
	// or those that have ended, the latest first.
	List(ctx context.Context, over bool, after string, limit int) ([]*Notice, error)
	// Signups are all who signed up, in the order in which they did.
	Signups(ctx context.Context, id ID) ([]*Signup, error)
	// Signup is that of a party; nil: none.
	Signup(ctx context.Context, id ID, party string) (*Signup, error)
	// Stakes puts somebody concerned, with the fact of them, into the batch.
	Stakes(b *sqldb.Batch, m Staked) error
	// Stake is that of a party in a case; nil: none.
	Stake(ctx context.Context, id cases.ID, party string) (*Stake, error)
	// StakesIn are all in a case, in the order in which they became known.
	StakesIn(ctx context.Context, id cases.ID) ([]*Stake, error)
	// StakesBy are those of a party, the latest first.
	StakesBy(ctx context.Context, party string, limit int) ([]*Stake, error)
	// Of are the sign-ups of a party, the latest hearing first.
	Of(ctx context.Context, party string, limit int) ([]Held, error)
}

// None is the answer about a notice that does not exist.
func None() error {
	return fault.New(fault.NotFound, "hearings.none", "没有找到这份听证公告，请核对地址")
}

func (s *Service) now() time.Time { return event.Moment(s.Now()) }

// Notice is one notice, for everybody.
func (s *Service) Notice(ctx context.Context, id ID) (*Notice, error) {
	return s.Store.Notice(ctx, id)
}

// perPage is how many notices stand on a page.
const perPage = 20

// List is a page of notices, for everybody.
func (s *Service) List(ctx context.Context, over bool, after string) (all []*Notice, next string, err error) {
	all, err = s.Store.List(ctx, over, after, perPage)
	if len(all) == perPage {
		next = all[perPage-1].Cursor()
	}
	return all, next, err
}

// Cursor is where the next page begins after this notice.
func (n *Notice) Cursor() string { return fmt.Sprintf("%d/%s", sqldb.Instant(n.At), n.ID) }

// SignUp takes down that somebody wants to take part; see Notice.SignUp. Who
// withdrew may sign up again.
func (s *Service) SignUp(ctx context.Context, id ID, u Signup, by identity.Actor) (*Signup, error) {
	n, err := s.Store.Notice(ctx, id)
	if err != nil {
		return nil, err
	}
	if by.Party == "" {
		_, err := n.SignUp(u, by, s.now())
		return nil, err
	}
	who, err := s.Parties.View(ctx, by.Party, by)
	if err != nil {
		return nil, err
	}
	u.Clerk = ""
	return s.signUp(ctx, n, u, who.Mask(), by)
}

// signUp keeps the sign-up of somebody; by is them.
func (s *Service) signUp(ctx context.Context, n *Notice, u Signup, who parties.Party, by identity.Actor) (*Signup, error) {
	at := s.now()
	u, err := n.SignUp(u, by, at)
	if err != nil {
		return nil, err
	}
	before, err := s.Store.Signup(ctx, n.ID, by.Party)
	switch {
	case err != nil:
		return nil, err
	case before == nil:
		u.ID = s.NewID()
	case before.Seat == Removed:
		return nil, fault.New(fault.Conflict, "hearings.sign-up.removed", "报名已被取消：%s。有异议的请打公告上的咨询电话", before.Why)
	case before.Seat != Gone:
		return nil, fault.New(fault.Conflict, "hearings.sign-up.twice", "已经报过名，不用再报")
	default:
		u.ID, u.Head = before.ID, before.Head
	}
	u.Name, u.Person, u.Document = who.Name, who.Kind == parties.Person, who.Document.Number
	if u.Agent == u.Name {
		u.Agent = ""
	}
	if u.Phone, err = s.Vault.Seal(u.Phone, u.Stream()); err != nil {
		return nil, fmt.Errorf("seal a telephone: %w", err)
	}
	return &u, s.sign(ctx, &u, by, at)
}

func (s *Service) sign(ctx context.Context, u *Signup, by identity.Actor, at time.Time) error {
	var b sqldb.Batch
	if err := s.Store.Sign(&b, Signed{*u, by.Account, at}); err != nil {
		return err
	}
	return s.Store.Commit(ctx, &b)
}

// Withdraw takes one's own sign-up back.
func (s *Service) Withdraw(ctx context.Context, id ID, by identity.Actor) error {
	n, err := s.Store.Notice(ctx, id)
	if err != nil {
		return err
	}
	u, err := s.Own(ctx, id, by)
	if err != nil {
		return err
	}
	if u == nil {
		return fault.New(fault.NotFound, "hearings.withdraw.none", "您没有报名参加这次听证")
	}
	at := s.now()
	after, err := n.Withdraw(*u, at)
	if err != nil {
		return err
	}
	return s.sign(ctx, &after, by, at)
}

// Own is one's own sign-up; nil: none.
func (s *Service) Own(ctx context.Context, id ID, by identity.Actor) (*Signup, error) {
	if by.Party == "" {
		return nil, nil
	}
	return s.Store.Signup(ctx, id, by.Party)
}

// Signups are all who signed up, for the agency that holds the hearing, and without
// their telephones, which were given to it alone, for supervisors of the place.
func (s *Service) Signups(ctx context.Context, n *Notice, by identity.Actor) ([]*Signup, error) {
	if !n.sees(by) {
		return nil, fault.New(fault.Forbidden, "hearings.signups.agency", "报名由组织听证的部门查看")
	}
	all, err := s.Store.Signups(ctx, n.ID)
	if err != nil {
		return nil, err
	}
	for _, u := range all {
		if u.Phone, err = s.phone(n, u, by); err != nil {
			return nil, fmt.Errorf("open a telephone: %w", err)
		}
	}
	return all, nil
}

func (s *Service) phone(n *Notice, u *Signup, by identity.Actor) (string, error) {
	if !by.SpeaksFor(n.Agency) {
		return "", nil
	}
	return s.Vault.Open(u.Phone, u.Stream())
}

func (n *Notice) sees(by identity.Actor) bool {
	return by.SpeaksFor(n.Agency) || by.In(identity.Supervisor, func(p identity.Post) bool { return p.Serves(n.Region) })
}

// Choose says who takes part; see Notice.Choose. Of two who choose at the same
// time one is refused.
func (s *Service) Choose(ctx context.Context, id ID, choices []Choice, by identity.Actor) error {
	n, err := s.Store.Notice(ctx, id)
	if err != nil {
		return err
	}
	all, err := s.Store.Signups(ctx, id)
	if err != nil {
		return err
	}
	at := s.now()
	chosen, err := n.Choose(all, choices, s.Days, by, at)
	if err != nil {
		return err
	}
	var b sqldb.Batch
	if err := s.Store.Post(&b, Posted{Notice: *n, Chosen: choices, By: by.Account, When: at}); err != nil {
		return err
	}
	for _, u := range chosen {
		if err := s.Store.Sign(&b, Signed{*u, by.Account, at}); err != nil {
			return err
		}
	}
	return s.Store.Commit(ctx, &b)
}

// Speakers are who was chosen to speak at the hearing of a case that is open
// now, as the minutes name them.
func (s *Service) Speakers(ctx context.Context, c *cases.Case) ([]*Signup, error) {
	h := c.CurrentHearing()
	if h == nil || h.Public == nil {
		return nil, nil
	}
	return s.speakers(ctx, NameOf(c.ID, h))
}

// Shown are the names of those who were chosen to speak, as everybody reads them.
func (s *Service) Shown(ctx context.Context, n *Notice) ([]string, error) {
	all, err := s.speakers(ctx, n.ID)
	var names []string
	for _, u := range all {
		names = append(names, u.Shown())
	}
	return names, err
}

func (s *Service) speakers(ctx context.Context, id ID) (chosen []*Signup, err error) {
	all, err := s.Store.Signups(ctx, id)
	for _, u := range all {
		if u.Seat == Speaker {
			chosen = append(chosen, u)
		}
	}
	return chosen, err
}
