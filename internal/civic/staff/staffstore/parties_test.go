package staffstore_test

import (
	"strings"
	"testing"

	"tongban/internal/civic/identity"
	"tongban/internal/civic/parties"
)

func TestWhoSeesWhatOfAParty(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		me, clerk := c.as("limin"), c.as("window1")
		for _, tt := range []struct {
			name   string
			by     identity.Actor
			code   string
			masked bool
		}{
			{"the person", me, "", false},
			{"a clerk", clerk, "", true},
			{"the program", identity.TheSystem, "", false},
			{"another person", c.as("wangfang"), "parties.none", false},
			{"nobody", identity.Actor{}, "parties.none", false},
		} {
			p, err := c.parties.View(ctx, "p-limin", tt.by)
			t.Log(tt.name)
			c.want(err, tt.code)
			if err == nil && (p.Masked != tt.masked || strings.Contains(p.Document.Number, "1990") == tt.masked || strings.Contains(p.Mobile, "*") != tt.masked || p.Name != "李敏") {
				t.Errorf("%s sees %+v", tt.name, p)
			}
		}
		_, err := c.parties.Unmask(ctx, "p-limin", "x", clerk)
		c.want(err, "parties.unmask.reason")
		_, err = c.parties.Unmask(ctx, "p-limin", "核对身份证件原件", me)
		c.want(err, "parties.unmask.authority")
		_, err = c.parties.Unmask(ctx, "p-limin", "核对身份证件原件", c.as("items"))
		c.want(err, "parties.unmask.authority")
		p, err := c.parties.Unmask(ctx, "p-limin", "核对身份证件原件", clerk)
		if err != nil || p.Document.Number != "320399199003070025" || p.Masked {
			t.Fatalf("%+v, %v", p, err)
		}
		for _, by := range []identity.Actor{me, c.as("auditor")} {
			log, err := c.parties.Unmaskings(ctx, "p-limin", "", "", 10, by)
			if err != nil || len(log) != 1 || log[0].Account != "u-window1" || log[0].Reason != "核对身份证件原件" {
				t.Errorf("%+v, %v", log, err)
			}
		}
		_, err = c.parties.Unmaskings(ctx, "p-limin", "", "", 10, clerk)
		c.want(err, "parties.none")
		f, err := c.parties.View(ctx, "f-canyin", clerk)
		if err != nil || f.Document.Number != "91320300YB9000012R" || !strings.Contains(f.Head.Document.Number, "*") {
			t.Errorf("%+v, %v", f, err)
		}
		if f = f.Public(); f.Mobile != "" || f.Name != "徐州示例餐饮管理有限公司" {
			t.Errorf("%+v", f)
		}
	})
}

func TestNothingPrivateIsReadableInTheTable(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		var row string
		if err := c.db.Row(ctx, `SELECT document_index || head_index || private FROM parties WHERE id = 'p-limin'`).Scan(&row); err != nil {
			t.Fatal(err)
		}
		for _, private := range []string{"320399199003070025", "19900000001", "示例路"} {
			if strings.Contains(row, private) {
				t.Errorf("%s stands in the table", private)
			}
		}
	})
}

func TestRegisterAPersonAndTheirFirm(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		clerk := c.as("window1")
		person := identity.Person{Name: "欧阳小云", IDType: "111", IDNumber: "11010519491231002x", Mobile: "199 0000 0999"}
		bad := person
		bad.IDNumber = "110105194912310021"
		_, err := c.identity.Register(ctx, identity.Registration{Login: "ouyang", Password: "Tongban-2026", Person: bad})
		c.want(err, "identity.register")
		person.Mobile = "19900000999"
		bad.Mobile = person.Mobile
		_, err = c.identity.Register(ctx, identity.Registration{Login: "ouyang", Password: "Tongban-2026", Person: bad})
		c.want(err, "parties.check")
		_, err = c.identity.Register(ctx, identity.Registration{Login: "ouyang", Password: "Tongban-2026", Person: person})
		c.want(err, "")
		me := c.as("ouyang")

		firm := parties.Party{Kind: parties.Organisation, Name: "徐州欧阳样本公司", Document: parties.Document{Type: parties.CreditCode, Number: "91350100M000100Y43"},
			Head: parties.Head{Name: "欧阳小云", Document: parties.Document{Type: "111", Number: "11010519491231002X"}}, Sort: "企业"}
		_, err = c.parties.Enter(ctx, firm, me)
		c.want(err, "parties.enter.authority") // only their word says who they are
		c.want(c.identity.Confirm(ctx, "ouyang", person, clerk), "")
		id, err := c.parties.Enter(ctx, firm, me)
		c.want(err, "")
		if ok, err := c.parties.Represents(ctx, me.Party, id); err != nil || !ok {
			t.Errorf("represents: %v, %v", ok, err)
		}
		_, err = c.parties.Enter(ctx, firm, clerk)
		c.want(err, "parties.add.known")
		found, err := c.parties.Find(ctx, parties.Document{Type: "111", Number: "１１０１０５19491231002x "}, clerk)
		if err != nil || found.ID != me.Party || !found.Masked {
			t.Errorf("%+v, %v", found, err)
		}
		_, err = c.parties.Find(ctx, parties.Document{Type: "111", Number: "11010519491231002X"}, me)
		c.want(err, "parties.none")
		c.want(c.parties.ChangeContact(ctx, "12345", "", me), "parties.check")
		c.want(c.parties.ChangeContact(ctx, "19900000998", "徐州市云龙区", me), "")
	})
}

// Who claims somebody's number by their word alone gains nothing by it.
func TestAClaimedNumberOpensNothing(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		head := identity.Person{Name: "徐样本", IDType: "111", IDNumber: "320723199003070011"}
		firm := parties.Party{Kind: parties.Organisation, Name: "徐州样本二公司", Document: parties.Document{Type: parties.CreditCode, Number: "12441500196720244T"},
			Head: parties.Head{Name: head.Name, Document: parties.Document{Type: "111", Number: head.IDNumber}}}
		id, err := c.parties.Enter(ctx, firm, c.as("window1"))
		c.want(err, "")
		_, err = c.identity.Register(ctx, identity.Registration{Login: "thief", Password: "Tongban-2026", Person: head})
		c.want(err, "")
		thief := c.signIn("thief")
		_, err = c.identity.Switch(ctx, thief.Token, id)
		c.want(err, "identity.switch.authority")
		_, err = c.identity.Register(ctx, identity.Registration{Login: "other", Password: "Tongban-2026", Person: identity.Person{Name: "李敏", IDType: "111", IDNumber: "320399199003070025"}})
		c.want(err, "parties.enrol.known")
	})
}
