package staffstore_test

import (
	"testing"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
)

func TestSampleCity(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		for _, role := range []identity.Role{identity.Window, identity.Reviewer, identity.Approver, identity.Head, identity.Supervisor, identity.Items, identity.Auditor, identity.Admin} {
			found := false
			for _, p := range c.sample.Staff {
				for _, post := range p.Posts {
					found = found || post.Role == string(role)
				}
			}
			if !found {
				t.Errorf("nobody is %s", role)
			}
		}
		for _, g := range c.sample.Demo {
			if by := c.as(g.Login); by.Name == "" || by.Party == "" && !by.Staff() {
				t.Errorf("%s acts as %+v", g.Login, by)
			}
		}
		window := c.as("window1")
		if len(window.Posts) != 1 || window.Posts[0].Window != "A01" || window.Posts[0].Hall != "xz-centre" || window.Posts[0].Region != "320300000000" {
			t.Errorf("window1: %+v", window.Posts)
		}
		agent := c.signIn("chenjie")
		all, err := c.identity.Actings(ctx, agent.Actor)
		if err != nil || len(all) != 2 || all[1].Name != "徐州示例餐饮管理有限公司" {
			t.Fatalf("%+v, %v", all, err)
		}
		acting, err := c.identity.Switch(ctx, agent.Token, all[1].Party)
		if err != nil || acting.Actor.Party != "f-canyin" || acting.Actor.Staff() {
			t.Errorf("%+v, %v", acting.Actor, err)
		}
		head := c.signIn("zhangwei")
		if s, err := c.identity.Switch(ctx, head.Token, "f-canyin"); err != nil || !s.Actor.MayApply("x") {
			t.Errorf("%+v, %v", s.Actor, err)
		}
		all2, err := c.staff.Of(ctx, "xz-market", window)
		if err != nil || len(all2) != 6 {
			t.Errorf("%+v, %v", all2, err)
		}
		city, err := c.staff.Serving(ctx, "320300000000", identity.Reviewer)
		county, errCounty := c.staff.Serving(ctx, "320303000000", identity.Reviewer)
		if err != nil || errCounty != nil || len(city) == 0 || len(county) < len(city) {
			t.Errorf("a county is served by %d, of whom %d serve the whole city: %v %v", len(county), len(city), err, errCounty)
		}
		for _, h := range county {
			if !h.Post.Serves("320303000000") || h.Post.Role != identity.Reviewer {
				t.Errorf("%s does not serve the place: %+v", h.Name, h.Post)
			}
		}
		if holders, err := c.staff.Holders(ctx, "xz-market", identity.Reviewer); err != nil || len(holders) != 2 {
			t.Errorf("%+v, %v", holders, err)
		}
	})
}

func TestAppointAndDismiss(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		admin, local := c.as("admin"), c.as("yl-admin")
		post := identity.Post{Agency: "yl-market", Region: "320303000000", Role: identity.Approver, Title: "首席代表"}
		for _, tt := range []struct {
			name    string
			by      identity.Actor
			account string
			turn    func(*identity.Post)
			code    string
		}{
			{"the district's administrator", local, "u-yl-market-r", func(*identity.Post) {}, ""},
			{"the city's administrator", admin, "u-yl-market-r", func(*identity.Post) {}, ""},
			{"in a city's department", local, "u-yl-market-r", func(p *identity.Post) { p.Agency, p.Region = "xz-market", "320300000000" }, "staff.appoint.authority"},
			{"a city's department for the district only", local, "u-yl-market-r", func(p *identity.Post) { p.Agency = "xz-market" }, "staff.appoint.authority"},
			{"a district's department for the whole city", admin, "u-yl-market-r", func(p *identity.Post) { p.Region = "320300000000" }, "staff.post.region"},
			{"as the program", admin, "u-yl-market-r", func(p *identity.Post) { p.Role = identity.System }, "staff.post.role"},
			{"without a title", admin, "u-yl-market-r", func(p *identity.Post) { p.Title = "" }, "staff.post.title"},
			{"nobody", admin, "ghost", func(*identity.Post) {}, "identity.account.none"},
			{"in no agency", admin, "u-yl-market-r", func(p *identity.Post) { p.Agency = "ghost" }, "agencies.none"},
			{"by a clerk", c.as("window1"), "u-yl-market-r", func(*identity.Post) {}, "staff.appoint.authority"},
		} {
			p := post
			tt.turn(&p)
			_, err := c.staff.Appoint(ctx, tt.account, p, 0, tt.by)
			t.Log(tt.name)
			c.want(err, tt.code)
		}
		clerk := c.signIn("yl-market-r")
		if len(clerk.Actor.Posts) != 3 {
			t.Fatalf("%+v", clerk.Actor.Posts)
		}
		of, err := c.staff.Holders(ctx, "yl-market", identity.Approver)
		c.want(err, "")
		for _, h := range of {
			if h.Account == "u-yl-market-r" {
				c.want(c.staff.Dismiss(ctx, h.ID, calendar.DayOf(c.now)-1, local), "")
			}
		}
		c.now = c.now.Add(2 * time.Second)
		if by, err := c.identity.Who(ctx, clerk.Token); err != nil || len(by.Posts) != 1 {
			t.Errorf("two seconds later: %+v, %v", by, err)
		}
		mine, err := c.staff.Holders(ctx, "xz-gso", identity.Admin)
		c.want(err, "")
		c.want(c.staff.Dismiss(ctx, mine[0].ID, 1, admin), "staff.dismiss.self")
	})
}

func TestStandIn(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		today := calendar.DayOf(c.now)
		absent, other := "u-market-r", "u-market-r2"
		me, head := c.as("market-r"), c.as("market-h")
		for _, tt := range []struct {
			name         string
			by           string
			from, throug calendar.Day
			who          identity.Actor
			code         string
		}{
			{"somebody of another agency", "u-civil-r", today, today + 3, me, "staff.post.by"},
			{"themselves", absent, today, today + 3, me, "staff.post.by"},
			{"for ever", other, today, today + 400, me, "staff.post.through"},
			{"arranged by a colleague", other, today, today + 3, c.as("market-r2"), "staff.standin.authority"},
			{"arranged by another department's head", other, today, today + 3, c.as("civil-h"), "staff.standin.authority"},
			{"arranged by the head", other, today, today + 3, head, ""},
		} {
			_, err := c.staff.StandIn(ctx, absent, tt.by, tt.from, tt.throug, tt.who)
			t.Log(tt.name)
			c.want(err, tt.code)
		}
		stand := c.as("market-r2")
		if len(stand.Posts) != 2 || stand.Posts[1].For != absent {
			t.Fatalf("%+v", stand.Posts)
		}
		all, err := c.staff.StandIns(ctx, me)
		if err != nil || len(all) != 1 || all[0].ByName != stand.Name {
			t.Fatalf("%+v, %v", all, err)
		}
		sees := func(by identity.Actor, want int) {
			t.Helper()
			if all, err := c.staff.StandIns(ctx, by); err != nil || len(all) != want {
				t.Errorf("%d are listed, want %d (%v)", len(all), want, err)
			}
		}
		both := identity.Actor{Account: "x", Posts: []identity.Post{{Agency: "xz-market", Role: identity.Head}, {Agency: "xz-civil", Role: identity.Head}}}
		sees(both, 1)
		sees(c.as("civil-h"), 0)
		sees(identity.Actor{Account: "x", Posts: []identity.Post{{Agency: "xz-market", Role: identity.Reviewer}}}, 0)
		if _, err := c.db.Exec(ctx, `UPDATE staff_posts SET through = $1 WHERE account = $2`, (today - 1).String(), absent); err != nil {
			t.Fatal(err)
		}
		sees(both, 0)
		if _, err := c.db.Exec(ctx, `UPDATE staff_posts SET through = $1 WHERE account = $2`, "9999-12-31", absent); err != nil {
			t.Fatal(err)
		}
		for who, may := range map[string]bool{"market-r": true, "market-h": true, "admin": true, "market-r2": false, "civil-h": false} {
			if got, err := c.staff.MayEnd(ctx, all[0], c.as(who)); got != may || err != nil {
				t.Errorf("%s may end it: %v, %v", who, got, err)
			}
		}
		c.now = c.now.AddDate(0, 0, 4)
		if stand = c.as("market-r2"); len(stand.Posts) != 1 {
			t.Errorf("after the last day: %+v", stand.Posts)
		}
		c.now = c.now.AddDate(0, 0, -3)
		c.want(c.staff.Back(ctx, all[0].ID, c.as("civil-h")), "staff.standin.authority")
		c.want(c.staff.Back(ctx, all[0].ID, c.as("market-r")), "")
		if stand = c.as("market-r2"); len(stand.Posts) != 1 {
			t.Errorf("after they are back: %+v", stand.Posts)
		}
	})
}
