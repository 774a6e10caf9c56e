package identitystore_test

import (
	"context"
	"testing"
	"time"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
)

func TestSessionsEnd(t *testing.T) {
	for _, tt := range []struct {
		name    string
		channel string
		every   time.Duration // a request every …
		until   time.Duration // … until this long after the sign-in
		live    bool
	}{
		{"half an hour of silence ends it", "pc", 30 * time.Minute, 30 * time.Minute, false},
		{"a request before that keeps it", "pc", 29 * time.Minute, 58 * time.Minute, true},
		{"twelve hours end it however busy", "pc", 20 * time.Minute, 12 * time.Hour, false},
		{"a busy one lasts nearly that long", "pc", 20 * time.Minute, 11*time.Hour + 40*time.Minute, true},
		{"an API token may rest", "api", 24 * time.Hour, 6 * 24 * time.Hour, true},
		{"but not for more than a week", "api", 24 * time.Hour, 7 * 24 * time.Hour, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			each(t, func(t *testing.T, c *city) {
				c.person("limin")
				s, err := c.SignIn(ctx, "limin", password, "", identity.Client{Channel: tt.channel}, "")
				c.want(err, "")
				start := c.now
				for c.now = start.Add(tt.every); c.now.Sub(start) <= tt.until; c.now = c.now.Add(tt.every) {
					_, err = c.Who(ctx, s.Token)
				}
				if (err == nil) != tt.live {
					t.Errorf("got %v", err)
				}
			})
		})
	}
}

func TestSessionsAreListedAndEnded(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		first, by := c.person("limin")
		second := c.signIn("limin")
		third := c.signIn("limin")
		all, err := c.Sessions(ctx, by)
		if err != nil || len(all) != 3 || all[0].ID != third.ID || !all[2].Current || all[2].Client.Agent != "Firefox" {
			t.Fatalf("%+v, %v", all, err)
		}
		_, stranger := c.person("wangwu")
		c.want(c.End(ctx, second.ID, stranger), "") // not there for them
		_, err = c.Who(ctx, second.Token)
		c.want(err, "")
		c.want(c.End(ctx, second.ID, by), "")
		_, err = c.Who(ctx, second.Token)
		c.want(err, "identity.who.none")
		c.want(c.EndOthers(ctx, by), "")
		_, err = c.Who(ctx, third.Token)
		c.want(err, "identity.who.none")
		_, err = c.Who(ctx, first.Token)
		c.want(err, "")
		c.want(c.SignOut(ctx, first.Token), "")
		c.want(c.SignOut(ctx, first.Token), "")
		_, err = c.Who(ctx, first.Token)
		c.want(err, "identity.who.none")
		_, err = c.Sessions(ctx, identity.Actor{})
		c.want(err, "identity.who.none")
	})
}

func TestAnEndReachesOtherReplicasInTwoSeconds(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		s, by := c.person("limin")
		replica := &identity.Service{Store: c.Store, Parties: c.town, Posts: c.town, Passwords: plain{}, Now: func() time.Time { return c.now }}
		if _, err := replica.Who(ctx, s.Token); err != nil {
			t.Fatal(err)
		}
		c.want(c.End(ctx, s.ID, by), "")
		c.now = c.now.Add(2 * time.Second)
		_, err := replica.Who(ctx, s.Token)
		c.want(err, "identity.who.none")
	})
}

func TestOldestSessionsGiveWay(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		first, by := c.person("limin")
		for range identity.Standard.Most {
			c.signIn("limin")
		}
		_, err := c.Who(ctx, first.Token)
		c.want(err, "identity.who.none")
		if all, err := c.Sessions(ctx, by); err != nil || len(all) != identity.Standard.Most {
			t.Errorf("%d sessions, %v", len(all), err)
		}
	})
}

func TestANewPasswordEndsTheOthers(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		thief, _ := c.person("limin")
		mine := c.signIn("limin")
		c.want(c.ChangePassword(ctx, "not it", "Another-2026", mine.Actor), "identity.password.wrong")
		c.want(c.ChangePassword(ctx, password, password, mine.Actor), "identity.password.same")
		c.want(c.ChangePassword(ctx, password, "limin-limin", mine.Actor), "identity.password.login")
		for range 6 { // the right one is not counted
			c.want(c.ChangePassword(ctx, password, "short", mine.Actor), "identity.password.short")
		}
		c.want(c.ChangePassword(ctx, password, "Another-2026", mine.Actor), "")
		_, err := c.Who(ctx, thief.Token)
		c.want(err, "identity.who.none")
		_, err = c.Who(ctx, mine.Token)
		c.want(err, "")
		_, err = c.SignIn(ctx, "limin", password, "", identity.Client{}, "")
		c.want(err, "identity.signin.wrong")
	})
}

func TestSweep(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		_, by := c.person("limin")
		c.now = c.now.Add(time.Hour)
		s := c.signIn("limin")
		c.want(c.Sweep(ctx), "")
		if all, err := c.Sessions(ctx, by); err != nil || len(all) != 1 || all[0].ID != s.ID {
			t.Errorf("%+v, %v", all, err)
		}
	})
}

// full is a store that keeps nothing for now.
type full struct{ identity.Store }

func (full) Touch(context.Context, identity.Session) error {
	return fault.New(fault.Busy, "sqldb.away", "系统暂时无法保存")
}

// While the database keeps nothing whoever is signed in can read on, as long as they
// could have without a word from them.
func TestASessionStandsWhileNothingIsKept(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		c.person("limin")
		s := c.signIn("limin")
		c.Store = full{c.Store}
		for _, tt := range []struct {
			later time.Duration
			code  string
		}{{20 * time.Minute, ""}, {9 * time.Minute, ""}, {time.Minute, "identity.who.none"}} {
			c.now = c.now.Add(tt.later)
			_, err := c.Who(ctx, s.Token)
			c.want(err, tt.code)
		}
	})
}
