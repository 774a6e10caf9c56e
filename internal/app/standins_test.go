package app_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"tongban/internal/civic/calendar"
)

// Who is away arranges who does their work (AB岗); only they and their head may
// end it, and other departments see nothing of it.
func TestAnAbsenceIsArrangedOnThePage(t *testing.T) {
	c := openCity(t)
	const at = "/bureau/standins"
	today := calendar.DayOf(c.now)
	away, other, head := c.signedIn("market-r"), c.signedIn("market-r2"), c.signedIn("market-h")
	away.get(at)
	away.sees(200, "现在没有代岗", "毛云（审查岗）")
	give := url.Values{"absent": {"u-market-r"}, "by": {"u-market-r"}, "from": {today.String()}, "through": {(today + 2).String()}}
	away.post(at, give)
	away.sees(422, "不能由本人代自己的岗")
	away.post(at, url.Values{"from": {"2026-02-30"}})
	away.sees(422, "请选择谁不在岗", "请选择由谁代岗", "请填写真实的日期", "请填写代岗的起止日期")
	give.Set("by", "u-fire-r")
	away.post(at, give)
	away.sees(422, "代岗人须是同一部门的工作人员")
	give.Set("by", "u-market-r2")
	other.post(at, give)
	other.sees(http.StatusForbidden, "只有本人、本部门负责人")
	away.post(at, give)
	away.sees(200, "石波", "毛云", "已回岗，结束")

	other.get(at)
	other.sees(200, "石波")
	other.misses("已回岗，结束")
	head.get(at)
	head.sees(200, "石波", "已回岗，结束")
	fire := c.signedIn("fire-h")
	fire.get(at)
	fire.sees(200, "现在没有代岗")

	all, err := c.Staff.StandIns(t.Context(), c.official("market-h"))
	if err != nil || len(all) != 1 {
		t.Fatalf("%d, %v", len(all), err)
	}
	other.post(at+"/"+all[0].ID+"/back", nil)
	other.sees(http.StatusForbidden, "只有本人、本部门负责人")
	head.post(at+"/"+all[0].ID+"/back", nil)
	head.sees(200, "现在没有代岗")
}

// A program arranges and ends it by the same rule, and is told at which field.
func TestAnAbsenceIsArrangedByTheInterface(t *testing.T) {
	c := openCity(t)
	away, other, head := c.as("market-r"), c.as("market-r2"), c.as("market-h")
	today := calendar.DayOf(c.now)
	give := func(by string) string {
		return fmt.Sprintf(`{"absent":"u-market-r","by":%q,"from":"%s","through":"%s"}`, by, today, today+2)
	}
	other.refused("/standins", "s1", give("u-market-r2"), http.StatusForbidden, "staff.standin.authority")
	status, v := away.call("POST", "/standins", "s2", "application/json", []byte(give("u-fire-r")))
	if at := fmt.Sprint(v["fields"]); status != 422 || !strings.Contains(at, "path:by") || !strings.Contains(at, "同一部门") {
		t.Errorf("another department: %d %v", status, v)
	}
	one := away.post("/standins", "s3", give("u-market-r2"))
	if one["absentName"] != "石波" || one["byName"] != "毛云" {
		t.Errorf("arranged: %v", one)
	}
	end := "/standins/" + one["id"].(string) + "/end"
	for who, n := range map[string]int{"market-r": 1, "market-r2": 1, "market-h": 1, "fire-h": 0, "limin": 0} {
		if all := c.as(who).get("/standins")["items"].([]any); len(all) != n {
			t.Errorf("%s sees %v", who, all)
		}
	}
	other.refused(end, "s4", "", http.StatusForbidden, "staff.standin.authority")
	head.post(end, "s5", "")
	if all := away.get("/standins")["items"].([]any); len(all) != 0 {
		t.Errorf("ended: %v", all)
	}
}

// What somebody signs in another's place stands under their own name, and the
// trail says in whose.
func TestTheTrailSaysInWhosePlaceSomebodySigned(t *testing.T) {
	c := openCity(t)
	k := c.accepted()
	step := c.step(k.ID, "材料审查").ID
	if _, err := c.Cases.Claim(t.Context(), k.ID, step, c.official("market-r")); err != nil {
		t.Fatal(err)
	}
	today := calendar.DayOf(c.now)
	if _, err := c.Staff.StandIn(t.Context(), "u-market-r", "u-market-r2", today, today, c.official("market-h")); err != nil {
		t.Fatal(err)
	}
	at := "/bureau/cases/" + string(k.ID)
	other := c.signedIn("market-r2")
	other.get(at)
	other.sees(200, "代其办理（AB岗）")
	other.post(at+"/review", url.Values{"request": {"r1"}, "work": {step}, "opinion": {"同意"}})
	other.sees(200, "毛云（代石波）")
	other.get(at + "/history")
	other.sees(200, "代石波（AB岗）")
}
