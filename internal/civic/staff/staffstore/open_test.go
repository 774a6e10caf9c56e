package staffstore_test

import (
	"context"
	"testing"
	"time"

	"tongban/data"
	"tongban/internal/civic/agencies"
	"tongban/internal/civic/agencies/agenciesstore"
	"tongban/internal/civic/identity"
	"tongban/internal/civic/identity/identitystore"
	"tongban/internal/civic/parties"
	"tongban/internal/civic/parties/partiesstore"
	"tongban/internal/civic/staff"
	"tongban/internal/civic/staff/staffstore"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/secret"
	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
)

// city is the civic rooms together, with the people of the sample city.
type city struct {
	t        testing.TB
	agencies *agencies.Service
	parties  *parties.Service
	identity *identity.Service
	staff    *staff.Service
	now      time.Time
	db       *sqldb.DB
	sample   staff.Sample
}

var (
	ctx       = context.Background()
	tables    = []sqldb.Schema{identitystore.Schema, agenciesstore.Schema, partiesstore.Schema, staffstore.Schema}
	passwords = secret.NewPasswords(secret.Argon2id, 2)
)

func each(t *testing.T, test func(*testing.T, *city)) {
	sqldbtest.Each(t, tables, func(t *testing.T, db *sqldb.DB) { test(t, open(t, db)) })
}

func open(t testing.TB, db *sqldb.DB) *city {
	t.Helper()
	ring, err := secret.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	c := &city{t: t, db: db, now: time.Date(2026, 9, 21, 1, 0, 0, 0, time.UTC)}
	now := func() time.Time { return c.now }
	c.agencies = &agencies.Service{Store: &agenciesstore.Store{DB: db}, Now: now}
	c.parties = &parties.Service{Store: &partiesstore.Store{DB: db, Keys: ring}, Now: now}
	c.staff = &staff.Service{Store: &staffstore.Store{DB: db}, Agencies: c.agencies, Now: now}
	c.identity = &identity.Service{Store: &identitystore.Store{DB: db, Keys: ring}, Parties: c.parties, Posts: c.staff, Passwords: passwords, Now: now}
	c.staff.Accounts = c.identity
	c.populate()
	return c
}

func (c *city) populate() {
	c.t.Helper()
	all, err := agencies.Parse(c.file("sample/agencies.yaml"))
	c.want(err, "")
	c.want(c.agencies.Put(ctx, identity.TheSystem, all...), "")
	c.sample, err = staff.ParseSample(c.file("sample/people.yaml"))
	c.want(err, "")
	start := time.Now()
	c.want(c.staff.Populate(ctx, c.sample, c.identity, c.parties), "")
	c.t.Logf("%d officials, %d parties in %v", len(c.sample.Staff), len(c.sample.Persons)+len(c.sample.Organisations), time.Since(start))
}

func (c *city) file(name string) []byte {
	c.t.Helper()
	text, err := data.Sample.ReadFile(name)
	c.want(err, "")
	return text
}

func (c *city) want(err error, code string) {
	c.t.Helper()
	switch {
	case code == "" && err != nil:
		c.t.Fatalf("got %v %v, want no fault", err, fault.Fields(err))
	case code != "" && fault.Code(err) != code:
		c.t.Errorf("got %v, want %s", err, code)
	}
}

// as is the actor that a sample account acts as.
func (c *city) as(login string) identity.Actor {
	c.t.Helper()
	return c.signIn(login).Actor
}

func (c *city) signIn(login string) identity.Session {
	c.t.Helper()
	s, err := c.identity.SignIn(ctx, login, c.sample.Password, "", identity.Client{Channel: "pc"}, "")
	c.want(err, "")
	return s
}
