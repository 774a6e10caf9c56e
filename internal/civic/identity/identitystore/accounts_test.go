package identitystore_test

import (
	"context"
	"testing"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
)

func TestMandates(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		head, boss := c.person("boss")
		clerk, person := c.person("clerk")
		c.town.heads["firm"] = boss.Party
		today := calendar.DayOf(c.now)

		_, err := c.Switch(ctx, clerk.Token, "firm")
		c.want(err, "identity.switch.authority")
		_, err = c.Grant(ctx, "firm", "clerk", nil, today, today+30, person)
		c.want(err, "identity.mandate.authority")
		_, err = c.Grant(ctx, "firm", "ghost", nil, today, today+30, boss)
		c.want(err, "identity.mandate.login")
		_, err = c.Grant(ctx, "firm", "clerk", nil, today+3, today+1, boss)
		c.want(err, "identity.mandate.days")
		m, err := c.Grant(ctx, "firm", "clerk", []string{"food"}, today, today+30, boss)
		c.want(err, "")

		acting, err := c.Switch(ctx, clerk.Token, "firm")
		c.want(err, "")
		if a := acting.Actor; a.Party != "firm" || !a.MayApply("food") || a.MayApply("taxi") || a.Name != "李敏" {
			t.Errorf("acts as %+v", a)
		}
		_, err = c.Who(ctx, clerk.Token)
		c.want(err, "identity.who.none") // renewed
		c.want(c.Revoke(ctx, m.ID, person), "identity.mandate.authority")
		c.want(c.Revoke(ctx, m.ID, boss), "")
		c.want(c.Revoke(ctx, m.ID, boss), "identity.mandate.revoked")
		_, err = c.Who(ctx, acting.Token)
		c.want(err, "identity.who.none")

		own, err := c.Switch(ctx, head.Token, "firm")
		if err != nil || own.Actor.Party != "firm" || !own.Actor.MayApply("anything") {
			t.Fatalf("the legal representative: %+v, %v", own.Actor, err)
		}
		if all, err := c.Actings(ctx, own.Actor); err != nil || len(all) != 2 || all[0].Name != "名pboss" || !all[1].Current {
			t.Errorf("actings: %+v, %v", all, err)
		}
		back, err := c.Switch(ctx, own.Token, boss.Party)
		if err != nil || back.Actor.Party != boss.Party || !back.Ends.Equal(head.Ends) {
			t.Errorf("back: %+v, %v", back, err)
		}
		if all, err := c.Mandates(ctx, "firm", boss); err != nil || len(all) != 1 || all[0].Revoked.IsZero() {
			t.Errorf("mandates: %+v, %v", all, err)
		}
	})
}

func TestAMandateEndsWithItsLastDay(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		_, boss := c.person("boss")
		clerk, _ := c.person("clerk")
		c.town.heads["firm"] = boss.Party
		today := calendar.DayOf(c.now)
		_, err := c.Grant(ctx, "firm", "clerk", nil, today, today, boss)
		c.want(err, "")
		c.now = today.Start().Add(23*time.Hour + 50*time.Minute)
		clerk = c.signIn("clerk")
		acting, err := c.Switch(ctx, clerk.Token, "firm")
		c.want(err, "")
		c.now = c.now.Add(10 * time.Minute)
		_, err = c.Who(ctx, acting.Token)
		c.want(err, "identity.who.none")
	})
}

const cityCode, district = "320300000000", "320303000000"

// official gives the city an account with a post.
func (c *city) official(login, region string, role identity.Role) identity.Actor {
	c.t.Helper()
	root := identity.Actor{Account: "root", Posts: []identity.Post{{Role: identity.Admin, Region: cityCode}}}
	created, err := c.Create(ctx, identity.NewStaff{Login: login, Name: "王强", Region: region}, root)
	if err != nil {
		c.t.Fatal(err)
	}
	c.town.posts[created.Account] = []identity.Post{{Role: role, Region: region}}
	s, err := c.SignIn(ctx, login, created.Password, "", identity.Client{}, "")
	if err != nil || !s.MustChange {
		c.t.Fatalf("%+v, %v", s, err)
	}
	return s.Actor
}

func TestAdministrators(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		top := c.official("top", cityCode, identity.Admin)
		local := c.official("local", district, identity.Admin)
		clerk := c.official("clerk", district, identity.Window)
		raised := c.official("raised", district, identity.Window)
		c.town.posts[raised.Account] = []identity.Post{{Role: identity.Auditor, Region: cityCode}}
		_, citizen := c.person("limin")

		for _, tt := range []struct {
			name    string
			by      identity.Actor
			account string
			code    string
		}{
			{"an administrator of the district over its clerk", local, clerk.Account, ""},
			{"of the city over the district's", top, local.Account, ""},
			{"of the district over the city's", local, top.Account, "identity.admin.authority"},
			{"of the district over one who holds a city post", local, raised.Account, "identity.admin.authority"},
			{"of the district over a citizen", local, citizen.Account, "identity.admin.authority"},
			{"of the city over a citizen", top, citizen.Account, ""},
			{"a clerk", clerk, citizen.Account, "identity.admin.authority"},
			{"nobody", identity.Actor{}, citizen.Account, "identity.admin.authority"},
			{"over nobody", top, "ghost", "identity.account.none"},
		} {
			t.Run(tt.name, func(t *testing.T) {
				c.want(c.Lock(ctx, tt.account, "离岗", tt.by), tt.code)
				c.want(c.Unlock(ctx, tt.account, tt.by), tt.code)
				_, err := c.HistoryOf(ctx, tt.account, "", 10, tt.by)
				c.want(err, tt.code)
			})
		}
		c.want(c.Lock(ctx, top.Account, "离岗", top), "identity.lock.self")
		c.want(c.Lock(ctx, clerk.Account, "", top), "identity.lock.reason")
		_, err := c.Create(ctx, identity.NewStaff{Login: "newone", Name: "新人", Region: cityCode}, local)
		c.want(err, "identity.admin.authority")
		_, err = c.Create(ctx, identity.NewStaff{Login: "clerk", Name: "新人", Region: district}, local)
		c.want(err, "identity.account.taken")
		if all, err := c.Accounts(ctx, district, "", 10, local); err != nil || len(all) != 3 || all[0].Login != "clerk" || all[0].Password != "" {
			t.Errorf("accounts: %+v, %v", all, err)
		}
	})
}

func TestLockAndResetEndEverySession(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		top := c.official("top", cityCode, identity.Admin)
		s, by := c.person("limin")
		c.want(c.Lock(ctx, by.Account, "账号异常", top), "")
		_, err := c.Who(ctx, s.Token)
		c.want(err, "identity.who.none")
		_, err = c.SignIn(ctx, "limin", password, "", identity.Client{}, "")
		c.want(err, "identity.signin.closed")
		c.want(c.Unlock(ctx, by.Account, top), "")
		s = c.signIn("limin")
		for range 6 {
			c.SignIn(ctx, "limin", "wrong-password", "", identity.Client{}, "")
		}
		fresh, err := c.Reset(ctx, by.Account, top)
		c.want(err, "")
		_, err = c.Who(ctx, s.Token)
		c.want(err, "identity.who.none")
		s, err = c.SignIn(ctx, "limin", fresh, "", identity.Client{}, "")
		if err != nil || !s.MustChange {
			t.Errorf("%+v, %v", s, err)
		}
		all, err := c.HistoryOf(ctx, by.Account, "", 3, top)
		if err != nil || len(all) != 3 || all[0].Act != "signin" || all[1].Act != "endall" || all[2].By != top.Account {
			t.Errorf("history: %+v, %v", all, err)
		}
	})
}

func TestRegister(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		c.person("limin")
		again := identity.Registration{Login: "other", Password: password, Person: identity.Person{Name: "李敏", IDType: "111", IDNumber: "limin"}}
		_, err := c.Register(ctx, again)
		c.want(err, "parties.enrol.known")
		_, err = c.RegisterAtWindow(ctx, again, identity.Actor{})
		c.want(err, "identity.register.authority")
		clerk := identity.Actor{Account: "w", Posts: []identity.Post{{Role: identity.Window}}}
		squatter := c.signIn("limin")
		_, err = c.RegisterAtWindow(ctx, again, clerk) // the true one comes with the document
		c.want(err, "")
		_, err = c.Who(ctx, squatter.Token)
		c.want(err, "identity.who.none")
		_, err = c.SignIn(ctx, "limin", password, "", identity.Client{}, "")
		c.want(err, "identity.signin.closed")
		again.Login = "fourth"
		_, err = c.RegisterAtWindow(ctx, again, clerk)
		c.want(err, "identity.account.taken") // one person, one account
		c.town.known["seen-at-window"] = "p9"
		again.Login, again.Person.IDNumber = "third", "seen-at-window"
		pw, err := c.RegisterAtWindow(ctx, again, clerk)
		c.want(err, "")
		s, err := c.SignIn(ctx, "third", pw, "", identity.Client{}, "")
		if err != nil || s.Actor.Party != "p9" || !s.MustChange {
			t.Errorf("%+v, %v", s, err)
		}
	})
}

func TestConfirm(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		_, by := c.person("limin")
		c.person("wangwu")
		clerk := identity.Actor{Account: "w", Posts: []identity.Post{{Role: identity.Window}}}
		card := identity.Person{Name: "李敏", IDType: "111", IDNumber: "limin"}
		c.want(c.Confirm(ctx, "limin", card, by), "identity.register.authority")
		c.want(c.Confirm(ctx, "wangwu", card, clerk), "identity.confirm.other")
		c.want(c.Confirm(ctx, "limin", card, clerk), "")
		if mine, err := c.Mine(ctx, by); err != nil || mine.Real != identity.Shown {
			t.Errorf("%+v, %v", mine, err)
		}
	})
}

func TestSetUp(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		old, needed, err := c.SetUpToken(ctx)
		if err != nil || !needed {
			t.Fatal(needed, err)
		}
		token, _, err := c.SetUpToken(ctx) // the console was restarted
		c.want(err, "")
		admin := identity.NewStaff{Login: "root", Name: "周全", Region: cityCode}
		for _, wrong := range []string{"", old, "x"} {
			_, err = c.SetUp(ctx, wrong, password, admin, "zwb", identity.Client{})
			c.want(err, "identity.setup.token")
		}
		_, err = c.SetUp(ctx, token, "12345678", admin, "zwb", identity.Client{})
		c.want(err, "identity.password.common")
		s, err := c.SetUp(ctx, token, password, admin, "zwb", identity.Client{})
		if err != nil || !s.Actor.Administers(district) {
			t.Fatalf("%+v, %v", s.Actor, err)
		}
		_, err = c.SetUp(ctx, token, password, identity.NewStaff{Login: "root2", Name: "周全", Region: cityCode}, "zwb", identity.Client{})
		c.want(err, "identity.setup.token")
		if _, needed, err := c.SetUpToken(ctx); err != nil || needed {
			t.Errorf("needed again: %v, %v", needed, err)
		}
	})
}

// keepsNothing is a store that takes nothing for now.
type keepsNothing struct{ identity.Store }

func (keepsNothing) Within(context.Context, func(context.Context) error) error {
	return fault.New(fault.Busy, "sqldb.away", "系统暂时无法保存")
}

// Looking at an account keeps nothing, so it is looked at while nothing can be kept,
// and waits for nobody who writes.
func TestAnAccountIsLookedAtWhileNothingIsKept(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		c.town.posts["a1"] = []identity.Post{{Role: identity.Admin, Region: "320300000000"}}
		by := identity.Actor{Account: "a1", Posts: c.town.posts["a1"]}
		made, err := c.Create(ctx, identity.NewStaff{Login: "clerk", Name: "王芳", Mobile: "13900000000", Region: "320300000000"}, by)
		if err != nil {
			t.Fatal(err)
		}
		c.Store = keepsNothing{c.Store}
		if a, err := c.AccountOf(ctx, made.Account, by); err != nil || a.Login != "clerk" {
			t.Errorf("the account: %v, %v", a.Login, err)
		}
		if all, err := c.HistoryOf(ctx, made.Account, "", 10, by); err != nil || len(all) != 1 {
			t.Errorf("its history: %d lines, %v", len(all), err)
		}
	})
}
