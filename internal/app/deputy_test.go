package app_test

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/handling/cases"
)

// A chief representative decides at the window what the agency's head gave them,
// under the rules of every case; what was not given is refused (首席代表,
// 汉中经开区2023年方案（八）).
func TestAChiefRepresentativeDecidesAtTheWindow(t *testing.T) {
	c := openCity(t)
	today := calendar.DayOf(c.now)
	head := c.official("market-h")
	k := c.readyToDecide()
	at := "/window/cases/" + string(k.ID)
	post := identity.Post{Agency: "xz-market", Region: "320300000000", Role: identity.Window, Title: "首席代表"}
	if _, err := c.Staff.Appoint(t.Context(), "u-window2", post, today, identity.TheSystem); err != nil {
		t.Fatal(err)
	}

	clerk := c.signedIn("window2")
	clerk.get(at)
	clerk.misses("当场决定")
	step := c.step(k.ID, "决定").ID
	clerk.post(at+"/do/decide", url.Values{"request": {"d1"}, "grant": {"1"}})
	clerk.sees(http.StatusForbidden, "部门没有授权您作为首席代表办理“食品经营许可")
	c.as("window2").refused("/cases/"+string(k.ID)+"/work/"+step+"/decide", "d2", `{"grant":true}`, 403, "cases.decide.post")

	boss := c.signedIn("market-h")
	boss.get("/bureau/deputies")
	boss.sees(200, "还没有授权首席代表")
	give := url.Values{"account": {"u-window2"}, "items": {"food-permit"}, "from": {today.String()}, "through": {(today + 10).String()}}
	two := c.signedIn("market-a")
	two.post("/bureau/deputies", give)
	two.sees(http.StatusForbidden, "只有本部门负责人")
	boss.post("/bureau/deputies", nil)
	boss.sees(422, "请选择首席代表", "请选择授权办理的事项", "请填写授权的起止日期")
	boss.post("/bureau/deputies", give)
	boss.sees(200, "收回", "夏然", "食品经营许可")
	c.deputes("food-permit", head, "staff.post.items")
	c.deputes("fire-check", head, "staff.post.items")
	c.deputes("food-permit", c.official("market-a"), "staff.depute.authority")
	clerk = c.signedIn("window2")
	clerk.get(at)
	clerk.sees(200, "当场决定")
	clerk.get(at + "/do/decide")
	clerk.sees(200, "环节：决定")
	clerk.post(at+"/do/decide", url.Values{"request": {"d3"}})
	clerk.sees(422, "请选择准予还是不予")
	clerk.post(at+"/do/decide", url.Values{"request": {"d4"}, "grant": {"0"}})
	clerk.sees(422, "请写明不予许可的理由", "请写明法律依据")
	clerk.post(at+"/do/decide", url.Values{"request": {"d5"}, "grant": {"1"}})
	clerk.sees(200, "已办好")
	clerk.post(at+"/do/decide", url.Values{"request": {"d6"}, "grant": {"1"}})
	clerk.sees(http.StatusForbidden, "须由另一人办理")
	two.does(k.ID, "claim", "决定", nil)
	two.does(k.ID, "decide", "决定", url.Values{"grant": {"1"}})
	two.sees(200, "准予")
	c.deliver()

	decided, err := c.Cases.Store.Case(t.Context(), k.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range decided.Papers {
		if p.Kind == cases.DecisionPaper {
			clerk.get(at + "/papers/" + cases.PaperRef{Kind: p.Kind, Seq: p.Seq}.String())
			clerk.sees(200, "首席代表", "由负责人陈新授权，期限自"+today.Han())
		}
	}
	clerk.get(at + "?tab=history")
	clerk.sees(200, "由负责人陈新授权")
	two.get("/bureau/cases/" + string(k.ID) + "/history")
	two.sees(200, "记录完整", "由负责人陈新授权")
}

// What the head takes back, and what has run out, nobody decides by any longer:
// the page offers nothing and a stale form is refused.
func TestADeputationEndsByRecallAndByItsLastDay(t *testing.T) {
	c := openCity(t)
	today, head := calendar.DayOf(c.now), c.official("market-h")
	k := c.readyToDecide()
	at := "/window/cases/" + string(k.ID)
	post := identity.Post{Agency: "xz-market", Region: "320300000000", Role: identity.Window, Title: "首席代表"}
	if _, err := c.Staff.Appoint(t.Context(), "u-window2", post, today, identity.TheSystem); err != nil {
		t.Fatal(err)
	}
	c.deputes("food-permit", head, "")
	clerk, boss, two := c.signedIn("window2"), c.signedIn("market-h"), c.signedIn("market-a")
	clerk.get(at)
	clerk.sees(200, "当场决定")
	given, err := c.Staff.Deputations(t.Context(), "xz-market", head)
	if err != nil || len(given) != 1 {
		t.Fatalf("%d given, %v", len(given), err)
	}
	recall := "/bureau/deputies/" + given[0].ID + "/recall"
	two.post(recall, nil)
	two.sees(http.StatusForbidden, "只有本部门负责人")
	boss.post(recall, nil)
	boss.sees(200, "还没有授权首席代表")
	boss.post(recall, nil)
	boss.sees(200, "还没有授权首席代表")
	c.now = c.now.Add(time.Minute) // what is known of a session is believed for a moment
	clerk.post(at+"/do/decide", url.Values{"request": {"r1"}, "grant": {"1"}})
	clerk.sees(http.StatusForbidden, "部门没有授权您")

	c.deputes("food-permit", head, "")
	c.now = c.now.AddDate(0, 0, 11)
	clerk = c.signedIn("window2")
	clerk.get(at)
	clerk.misses("当场决定")
	clerk.post(at+"/do/decide", url.Values{"request": {"r2"}, "grant": {"1"}})
	clerk.sees(http.StatusForbidden, "部门没有授权您")
}

// deputes gives the item to window2 for ten days, or is refused with code.
func (c *city) deputes(item string, by identity.Actor, code string) {
	c.t.Helper()
	today := calendar.DayOf(c.now)
	err := c.Staff.Depute(c.t.Context(), "xz-market", "u-window2", []string{item}, today, today+10, by)
	if err == nil && code != "" || err != nil && fault.Code(err) != code {
		c.t.Fatalf("got %v, want %q", err, code)
	}
}
