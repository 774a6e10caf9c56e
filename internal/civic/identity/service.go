package identity

import (
	"context"
	"sync"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/ground/secret"
	"tongban/internal/ground/sqldb"
)

// Service is the door of the room: who is there, and what they do about their
// account. Store, Parties, Posts, Passwords and Now must be given.
type Service struct {
	Store     Store
	Parties   Parties
	Posts     Posts
	Passwords Passwords
	Now       func() time.Time
	Policy    Policy                              // zero: Standard
	Guard     Guard                               // zero: Usual
	Place     func(region string) bool            // whether the city's list of divisions has one; nil: not asked
	Leaked    func(password string) (bool, error) // whether the city's own list of leaked passwords has one; nil: there is none
	Factor    []Role                              // whoever holds a post of these must have a second factor
	Issuer    string                              // the platform, as authenticator apps name it; "": 通办

	seen  seats
	dummy struct {
		once sync.Once
		hash string
		err  error
	}
}

// Passwords keeps passwords so that nobody can read them (secret.Passwords).
type Passwords interface {
	Hash(ctx context.Context, password string) (string, error)
	// Check reports whether the password is right, and whether it should be
	// hashed again because we have become more careful since.
	Check(ctx context.Context, password, kept string) (right, again bool, err error)
}

// Parties is what we ask of the parties room.
type Parties interface {
	// Enrol enters a person, or finds the one with that number, and returns its
	// parties.ID. A person already known is only found if real is more than Claimed.
	Enrol(ctx context.Context, p Person, real Real) (party string, err error)
	// Represents reports whether person is the legal representative of firm.
	Represents(ctx context.Context, person, firm string) (bool, error)
	// Names returns what the parties are called.
	Names(ctx context.Context, parties ...string) (map[string]string, error)
	// Represented lists the firms whose legal representative person is.
	Represented(ctx context.Context, person string) ([]string, error)
}

// Posts is what we ask of the staff room.
type Posts interface {
	// Posts lists what the account holds on day, stand-ins included.
	Posts(ctx context.Context, account string, day calendar.Day) ([]Post, error)
	// Deputed lists what agencies have the account decide at the window on day.
	Deputed(ctx context.Context, account string, day calendar.Day) ([]Deputation, error)
	// Found gives the first administrator of an empty city their post.
	Found(ctx context.Context, account, name string, post Post) error
}

// An Entry is one line of an account's history: who did what to it.
type Entry struct {
	ID      string
	At      time.Time
	Account string
	By      string // account; "" for nobody signed in
	Act     string // "signin", "signout", "password", "lock", …
	IP      string
	Detail  string
}

// A Seat is all we need to know about a token, read at once.
type Seat struct {
	Session Session
	Account Account
	Mandate *Mandate // of a session that acts by one
}

// An Opening is what the beginning of a session does besides.
type Opening struct {
	Tries  string // the key under which tries are forgotten; "": none
	Old    string // hash of the token of the session that ends; "": none
	Proven string // the password that was proven, as it is kept; "": none was asked for
	Most   int    // sessions of the account that stay, the latest
}

// Store keeps accounts, sessions and mandates. Whatever is named by an id that
// is not there is fault.NotFound; entries are kept with the change or not at all.
type Store interface {
	// Within runs do in one transaction that the other methods join.
	Within(ctx context.Context, do func(context.Context) error) error

	// Add keeps new accounts. A login or person that has one already: Conflict.
	Add(ctx context.Context, accounts []*Account, entries ...Entry) error
	Account(ctx context.Context, id string) (*Account, error)
	ByLogin(ctx context.Context, login string) (*Account, error)
	// ByParty finds the account of a person.
	ByParty(ctx context.Context, party string) (*Account, error)
	// Save keeps the account if nobody else changed it: Conflict.
	Save(ctx context.Context, a *Account, entries ...Entry) error
	// Accounts lists those of the regions that start with stem, by login.
	Accounts(ctx context.Context, stem, after string, limit int) ([]Account, error)
	// Empty reports whether there is no account at all.
	Empty(ctx context.Context) (bool, error)

	// Charge counts one try, as Tries.Charge does, whoever else tries at once.
	Charge(ctx context.Context, key string, now time.Time, g Guard) (Tries, error)
	// Forgive forgets the tries of key.
	Forgive(ctx context.Context, key string) error

	// Begin keeps a new session, with what else its opening does. If another password
	// is kept than the one that was proven, nothing is: Conflict.
	Begin(ctx context.Context, s Session, o Opening, entry Entry) error
	// Seat finds a session by the hash of its token.
	Seat(ctx context.Context, hash string) (Seat, error)
	// Touch writes down when a session was last heard.
	Touch(ctx context.Context, s Session) error
	Sessions(ctx context.Context, account string) ([]Session, error)
	// End ends a session of the account; all but id if others is set.
	End(ctx context.Context, account, id string, others bool, entry Entry) error

	// Recover replaces the recovery codes of an account, kept as hashes.
	Recover(ctx context.Context, account string, hashes []string) error
	// Recovered uses up one recovery code, if it is there.
	Recovered(ctx context.Context, account, hash string) (bool, error)
	// Stepped notes that the account's code of step was used; false if that
	// or a later one was before.
	Stepped(ctx context.Context, account string, step int64) (bool, error)

	AddMandates(ctx context.Context, m []Mandate, entry Entry) error
	Mandate(ctx context.Context, id string) (Mandate, error)
	// Mandates lists those of a firm, or if firm is "" those of a person.
	Mandates(ctx context.Context, firm, person string) ([]Mandate, error)
	Revoke(ctx context.Context, id string, now time.Time, entry Entry) error

	// Offer keeps the hash of the one set-up token; Taken uses it up.
	Offer(ctx context.Context, hash string) error
	Taken(ctx context.Context, hash string) (bool, error)

	History(ctx context.Context, account, before string, limit int) ([]Entry, error)
	// Sweep forgets sessions that ended and tries that no longer count.
	Sweep(ctx context.Context, now time.Time) error
}

func (s *Service) policy() Policy {
	if s.Policy == (Policy{}) {
		return Standard
	}
	return s.Policy
}

func (s *Service) guard() Guard {
	if s.Guard == (Guard{}) {
		return Usual
	}
	return s.Guard
}

func (s *Service) today() calendar.Day { return calendar.DayOf(s.Now()) }

// entry is a line of history about account.
func (s *Service) entry(account, by, act, ip, detail string) Entry {
	return Entry{ID: newID(), At: s.Now(), Account: account, By: by, Act: act, IP: clip(ip, 45), Detail: detail}
}

// Sweep forgets sessions that ended and tries that no longer count; run it now
// and then.
func (s *Service) Sweep(ctx context.Context) error { return s.Store.Sweep(ctx, s.Now()) }

func newID() string    { return sqldb.NewID() }
func newToken() string { return secret.Token() }
