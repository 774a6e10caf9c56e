package identitystore_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/civic/identity/identitystore"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
)

// town stands for the rooms to the right of identity, parties and staff, whose
// own tests try them together with this one.
type town struct {
	mu    sync.Mutex
	known map[string]string // number → party
	heads map[string]string // firm → person
	posts map[string][]identity.Post
}

func (t *town) Enrol(_ context.Context, p identity.Person, real identity.Real) (string, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if id, ok := t.known[p.IDNumber]; ok {
		if real == identity.Claimed {
			return "", fault.New(fault.Conflict, "parties.enrol.known", "已登记")
		}
		return id, nil
	}
	t.known[p.IDNumber] = "p" + p.IDNumber
	return "p" + p.IDNumber, nil
}

func (t *town) Represents(_ context.Context, person, firm string) (bool, error) {
	return person != "" && t.heads[firm] == person, nil
}

func (t *town) Names(_ context.Context, parties ...string) (map[string]string, error) {
	m := map[string]string{}
	for _, p := range parties {
		m[p] = "名" + p
	}
	return m, nil
}

func (t *town) Represented(_ context.Context, person string) (firms []string, err error) {
	for firm, head := range t.heads {
		if head == person {
			firms = append(firms, firm)
		}
	}
	return firms, nil
}

func (c *town) Deputed(context.Context, string, calendar.Day) ([]identity.Deputation, error) {
	return nil, nil
}

func (t *town) Posts(_ context.Context, account string, _ calendar.Day) ([]identity.Post, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.posts[account], nil
}

func (t *town) Found(_ context.Context, account, _ string, p identity.Post) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.posts[account] = append(t.posts[account], p)
	return nil
}

// plain keeps passwords readably, for tests that are about something else.
type plain struct{}

func (plain) Hash(_ context.Context, p string) (string, error) { return "plain:" + p, nil }
func (plain) Check(_ context.Context, p, kept string) (bool, bool, error) {
	return "plain:"+p == kept, false, nil
}

// Seal shows in a test whether a column was sealed at all.
func (plain) Seal(s, column string) (string, error) { return column + "|" + reverse(s), nil }
func (plain) Open(s, column string) (string, error) {
	return reverse(strings.TrimPrefix(s, column+"|")), nil
}

func reverse(s string) string {
	b := []byte(s)
	for i, j := 0, len(b)-1; i < j; i, j = i+1, j-1 {
		b[i], b[j] = b[j], b[i]
	}
	return string(b)
}

// city is a running identity room with a clock set by hand.
type city struct {
	*identity.Service
	t    *testing.T
	town *town
	now  time.Time
	db   *sqldb.DB
}

var ctx = context.Background()

func each(t *testing.T, test func(*testing.T, *city)) {
	sqldbtest.Each(t, []sqldb.Schema{identitystore.Schema}, func(t *testing.T, db *sqldb.DB) {
		test(t, open(t, db))
	})
}

func open(t *testing.T, db *sqldb.DB) *city {
	c := &city{t: t, db: db, now: time.Date(2026, 9, 21, 1, 0, 0, 0, time.UTC)}
	c.town = &town{known: map[string]string{}, heads: map[string]string{}, posts: map[string][]identity.Post{}}
	c.Service = &identity.Service{Store: &identitystore.Store{DB: db, Keys: plain{}}, Parties: c.town, Posts: c.town,
		Passwords: plain{}, Now: func() time.Time { return c.now }}
	return c
}

const password = "Tongban-2026"

// person registers someone with a login and signs them in.
func (c *city) person(login string) (identity.Session, identity.Actor) {
	c.t.Helper()
	_, err := c.Register(ctx, identity.Registration{Login: login, Password: password,
		Person: identity.Person{Name: "李敏", IDType: "111", IDNumber: login, Mobile: "13900000000"}})
	if err != nil {
		c.t.Fatal(err)
	}
	s := c.signIn(login)
	return s, s.Actor
}

func (c *city) signIn(login string) identity.Session {
	c.t.Helper()
	s, err := c.SignIn(ctx, login, password, "", identity.Client{Agent: "Firefox", IP: "10.0.0.1", Channel: "pc"}, "")
	if err != nil {
		c.t.Fatal(err)
	}
	return s
}

func (c *city) want(err error, code string) {
	c.t.Helper()
	switch {
	case code == "" && err != nil:
		c.t.Errorf("got %v, want no fault", err)
	case code != "" && fault.Code(err) != code:
		c.t.Errorf("got %v, want %s", err, code)
	}
}
