package desk_test

import (
	"encoding/csv"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/handling/cases"
)

// late is a food permit that was accepted and then left in a tray.
func (c *city) late() *cases.Case {
	c.T.Helper()
	got := c.accepted("food-permit")
	c.At = time.Date(2026, 10, 20, 10, 0, 0, 0, calendar.Zone)
	c.heard()
	return got
}

// Journey D of the design: a supervisor finds a late case, sees why, urges and
// reassigns.
func TestASupervisorFindsALateCaseAndSeesWhy(t *testing.T) {
	c := open(t)
	late := c.late()
	boss := c.SignIn("supervisor")
	body := boss.Sees("/desk", "今天要盯的事", "红牌", "无人签收", "为什么超时：", "督办", "窗口受理", "李敏")
	if !regexp.MustCompile(`派出后\d+个工作小时无人签收`).MatchString(body) {
		t.Error("the page does not say for how long nobody took the work up")
	}
	shut := boss.Sees("/desk?open=none", "红牌")
	if strings.Contains(shut, "为什么超时") {
		t.Error("a shut row tells why")
	}
	to := boss.Posts("/desk/cases/"+string(late.ID)+"/urge", url.Values{"text": {"请今天内签收"}, "request": {"k1"}, "back": {"watch"}})
	boss.Sees(to, "督办意见已发出", "已督办 1 次")
	boss.Posts("/desk/cases/"+string(late.ID)+"/urge", url.Values{"text": {"请今天内签收"}, "request": {"k1"}, "back": {"watch"}}) // a double click
	boss.Sees("/desk/cases/"+string(late.ID), "全过程留痕", "请今天内签收", "记录完整", "承诺时限", "法定时限", "应于", "1 次", "督办和答复", "前答复")
}

func TestAnEmptyDirectiveIsRefusedAtItsField(t *testing.T) {
	c := open(t)
	late := c.late()
	c.SignIn("supervisor").Answers(http.StatusUnprocessableEntity, "/desk/cases/"+string(late.ID)+"/urge", url.Values{"text": {""}},
		"有 1 处需要修改", "请写明督办事由和要求", `href="#f-text"`)
	c.SignIn("supervisor").Answers(http.StatusUnprocessableEntity, "/desk/cases/"+string(late.ID)+"/urge", url.Values{"text": {"请说明"}, "until": {"2026-01-02"}},
		"答复期限不能早于今天", `href="#f-until"`)
	c.SignIn("supervisor").Answers(http.StatusUnprocessableEntity, "/desk/cases/"+string(late.ID)+"/urge", url.Values{"text": {""}, "until": {"2026-02-30"}},
		"有 2 处需要修改", "请写明督办事由和要求", "请填写真实的日期")
	c.SignIn("supervisor").Answers(http.StatusUnprocessableEntity, "/desk/cases/"+string(late.ID)+"/urge", url.Values{"text": {"请说明"}, "until": {"2026-02-30"}}, "请填写真实的日期")
	if now, err := c.Cases.Case(t.Context(), late.ID, c.SignIn("supervisor").Actor); err != nil || now.Urged != 0 {
		t.Errorf("it was urged by a day that there is not: %v", err)
	}
}

func TestWorkIsGivenToSomebodyWhoHoldsThePost(t *testing.T) {
	c := open(t)
	late := c.late()
	w := late.Flow.Open[0]
	holders, err := c.Staff.Holders(t.Context(), w.Agency, w.Role)
	if err != nil || len(holders) == 0 {
		t.Fatal(err, holders)
	}
	boss := c.SignIn("supervisor")
	address := "/desk/cases/" + string(late.ID) + "/reassign"
	boss.Answers(http.StatusUnprocessableEntity, address, url.Values{"work": {w.ID}}, "请选择接办的同事", "请写明理由")
	boss.Answers(http.StatusUnprocessableEntity, address, url.Values{"work": {w.ID}, "reason": {"久未签收"}}, "请选择接办的同事", "久未签收")
	stranger := c.SignIn("window1").Actor.Account
	boss.Answers(http.StatusUnprocessableEntity, address, url.Values{"work": {w.ID}, "to": {stranger}, "reason": {"久未签收"}}, "请选择同岗位人员")
	for _, h := range holders {
		if h.Post.Title != w.Post {
			continue
		}
		to := boss.Posts(address, url.Values{"work": {w.ID}, "to": {h.Account}, "reason": {"久未签收"}, "back": {"watch"}})
		boss.Sees(to, "已改派", h.Name)
		return
	}
	t.Fatal("nobody holds the post")
}

func TestFiguresComeFromTheSums(t *testing.T) {
	c := open(t)
	boss := c.SignIn("supervisor")
	boss.Sees("/desk", "没有超时和即将到期的办件", "近 30 天还没有办结的办件", "没有待整改的差评")
	c.late()
	boss = c.SignIn("supervisor") // weeks later
	body := boss.Sees("/desk")
	if !regexp.MustCompile(`(?s)在办.{0,120}>1<small>件`).MatchString(body) || !regexp.MustCompile(`(?s)已超时.{0,120}dn">1<small>件`).MatchString(body) {
		t.Error("one open and one late case do not show in the figures")
	}
	boss.Sees("/desk/figures", "部门", "事项", "按时办结率")
	boss.Sees("/desk/ratings", "差评整改", "这里没有评价")
}

func TestCasesAreFoundByNumberNameAndState(t *testing.T) {
	c := open(t)
	late := c.late()
	boss := c.SignIn("supervisor")
	boss.Sees("/desk/cases", late.Number)
	boss.Sees("/desk/cases?q=李&state=accepted", late.Number)
	boss.Sees("/desk/cases?q=张", "没有查到办件")
	boss.Sees("/desk/cases?state=granted", "没有查到办件")
	boss.Sees("/desk/cases?agency="+late.Agency, late.Number)
	if res, _ := boss.Ask("GET", "/desk/cases?q="+late.Number, nil); res.Header.Get("Location") != "/desk/cases/"+string(late.ID) {
		t.Errorf("the number leads to %q", res.Header.Get("Location"))
	}
	boss.Sees("/desk/cases?q="+url.QueryEscape(`%' OR 1=1 --`), "没有查到办件")
	boss.Sees("/desk/cases/"+string(late.ID)+"/papers/acceptance/2", "受理通知书")
	if res, _ := boss.Ask("GET", "/desk/cases/"+string(late.ID)+"/papers/acceptance/x", nil); res.StatusCode != http.StatusNotFound {
		t.Errorf("a paper of no number: %s", res.Status)
	}
}

func TestADistrictsSupervisorSeesTheDistrictOnly(t *testing.T) {
	c := open(t)
	late := c.late()
	district := c.SignIn("yl-supervisor")
	if body := district.Sees("/desk?region=320300000000"); strings.Contains(body, string(late.ID)) {
		t.Error("a district sees the city's case")
	}
	if res, _ := district.Ask("GET", "/desk/cases/"+string(late.ID), nil); res.StatusCode != http.StatusNotFound {
		t.Errorf("a district opens the city's case: %s", res.Status)
	}
	res, _ := district.Ask("POST", "/desk/cases/"+string(late.ID)+"/urge", url.Values{"text": {"x"}})
	if res.StatusCode != http.StatusNotFound {
		t.Errorf("a district urges the city: %s", res.Status)
	}
}

func TestTheTableForSpreadsheetsRunsNothing(t *testing.T) {
	c := open(t)
	late := c.late()
	boss := c.SignIn("supervisor")
	res, body := boss.Ask("GET", "/desk/export.csv", nil)
	if res.StatusCode != http.StatusOK || !strings.HasPrefix(body, "\ufeff办件编号,") || !strings.Contains(body, late.Number) {
		t.Errorf("%s %.300s", res.Status, body)
	}
	boss.Ask("GET", "/desk/export.csv?what=agencies", nil)
}

// A file of cases has every one that the page would come to, once, however many
// pages it were.
func TestTheFileOfCasesIsWhole(t *testing.T) {
	c := open(t)
	late := c.late()
	if err := c.App.Fill(t.Context(), 450); err != nil {
		t.Fatal(err)
	}
	boss := c.SignIn("supervisor")
	for path, rows := range map[string]int{"/desk/cases/export.csv": 451, "/desk/cases/export.csv?q=" + url.QueryEscape(late.Applicant.Name) + "&agency=" + late.Agency: 1, "/desk/cases/export.csv?state=terminated": 0} {
		res, body := boss.Ask("GET", path, nil)
		table, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(body, "\ufeff"))).ReadAll()
		if err != nil || res.StatusCode != http.StatusOK || len(table)-1 != rows {
			t.Errorf("%s: %s, %d rows, %v", path, res.Status, len(table)-1, err)
		}
		seen := map[string]bool{}
		for _, row := range table {
			if seen[row[0]] {
				t.Errorf("%s: %s stands there twice", path, row[0])
			}
			seen[row[0]] = true
		}
	}
	var open int
	if err := c.App.DB.Row(t.Context(), `SELECT COUNT(*) FROM cases WHERE waiting = 1`).Scan(&open); err != nil {
		t.Fatal(err)
	}
	if _, body := boss.Ask("GET", "/desk/export.csv", nil); strings.Count(body, "\n") > open+1 || !strings.Contains(body, late.Number) {
		t.Errorf("%d cases are open, %d lines are due", open, strings.Count(body, "\n"))
	}
}
