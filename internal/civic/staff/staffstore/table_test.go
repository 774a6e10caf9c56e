package staffstore_test

import (
	"context"
	"strings"
	"testing"

	"tongban/internal/civic/agencies"
	"tongban/internal/civic/identity"
	"tongban/internal/civic/staff"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sheet"
)

func table(c *city, text string, headings ...string) *sheet.Table {
	c.t.Helper()
	t, err := sheet.Read(strings.NewReader(text), headings...)
	c.want(err, "")
	return t
}

const head = "登录名,姓名,部门编号,岗位角色,岗位名称,手机号,服务区域,窗口号\n"

func TestImportOfficials(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		local := c.as("yl-admin")
		c.staff.Seat = func(_ context.Context, _, window string) error {
			if window == "Z99" {
				return fault.New(fault.Invalid, "halls.seat", "窗口和大厅对不上").At("window", "unknown", "没有这个窗口")
			}
			return nil
		}
		for _, tt := range []struct{ name, rows, places string }{
			{"a login taken", "yl-gso-r,李四,yl-market,审查岗,审查岗,,,", "第2行“登录名”"},
			{"all that is wrong, each at its cell", "x,,ghost,老板,审查岗,12,,\ngood,李四,yl-market,reviewer,,,,", "第2行“部门编号” 第2行“登录名” 第2行“姓名” 第2行“手机号” 第3行“岗位名称”"},
			{"a department of the city", "newone,李四,xz-market,审查岗,审查岗,,,", "第2行“部门编号”"},
			{"one login, two names", "newone,李四,yl-market,审查岗,审查岗,,,\nnewone,王五,yl-civil,审查岗,审查岗,,,", "第3行“姓名”"},
			{"beyond the department's region", "newone,李四,yl-market,审查岗,审查岗,,320300000000,", "第2行“部门编号”"},
			{"a window that there is not, in their second post", "newone,李四,yl-market,审查岗,审查岗,,,\nnewone,李四,yl-centre,综合窗口,综合窗口,,,Z99", "第3行“窗口号”"},
		} {
			_, err := c.staff.Import(ctx, table(c, head+tt.rows, staff.Headings...), c.identity, local)
			var places []string
			for _, f := range fault.Fields(err) {
				places = append(places, f.Path)
			}
			if fault.Code(err) != "staff.table" || strings.Join(places, " ") != tt.places {
				t.Errorf("%s: %v at %v", tt.name, err, places)
			}
		}
		created, err := c.staff.Import(ctx, table(c, head+"NewOne,李四,yl-market,审查岗,首席代表,19900000999,,\nnewone,李四,yl-civil,审批岗,审批岗,,,\nother,王五,yl-centre,综合窗口,综合窗口,,,A03", staff.Headings...), c.identity, local)
		if err != nil || len(created) != 2 {
			t.Fatalf("%+v, %v", created, err)
		}
		s, err := c.identity.SignIn(ctx, "newone", created[0].Password, "", identity.Client{}, "")
		if err != nil || !s.MustChange || len(s.Actor.Posts) != 2 || !s.Actor.Holds(identity.Approver, "yl-civil") {
			t.Errorf("%+v, %v", s.Actor, err)
		}
		_, err = c.identity.Taken(ctx, "ghost")
		c.want(err, "")
	})
}

func TestImportAgencies(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		rows := strings.Join(agencies.Headings, ",") + "\n"
		_, err := c.agencies.Import(ctx, table(c, rows+"yl-new,新部门,,9,320303,部门,ghost,,,,", agencies.Headings[:6]...), c.as("yl-admin"))
		var places []string
		for _, f := range fault.Fields(err) {
			places = append(places, f.Path)
		}
		if got := strings.Join(places, " "); got != "第2行“简称” 第2行“区划代码” 第2行“统一社会信用代码” 第2行“上级部门编号”" {
			t.Errorf("%v at %s", err, got)
		}
		good := "yl-sport,徐州市云龙区体育局,云龙区体育局,11320300YB0000019R,320303000000,部门,yl-gov,,,,\nyl-sport-pool,徐州市云龙区游泳馆,区游泳馆,12320300YB0000019P,320303000000,中心,yl-sport,,,,\n"
		_, err = c.agencies.Import(ctx, table(c, rows+good, agencies.Headings[:6]...), c.as("qs-admin"))
		c.want(err, "agencies.put.authority")
		n, err := c.agencies.Import(ctx, table(c, rows+good, agencies.Headings[:6]...), c.as("yl-admin"))
		if err != nil || n != 2 {
			t.Fatalf("%d, %v", n, err)
		}
		if n, err = c.agencies.Import(ctx, table(c, rows+good, agencies.Headings[:6]...), c.as("yl-admin")); err != nil || n != 2 {
			t.Errorf("again: %d, %v", n, err)
		}
	})
}
