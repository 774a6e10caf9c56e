package app_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"tongban/internal/app"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/forms"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/joint"
)

// Two departments that must see the same shop agree on a day and conclude, each
// on its own list, on the pages; the applicant sees when they come and what they
// look at, and others see nothing.
func TestTwoDepartmentsVisitAShopTogether(t *testing.T) {
	c := openCity(t)
	j := c.restaurant()
	if _, err := c.Joint.Accept(t.Context(), j.ID, window1); err != nil {
		t.Fatal(err)
	}
	c.deliver()
	food, fire := c.part(j.ID, "food-permit"), c.part(j.ID, "fire-assembly")
	market := c.signedIn("market-r")
	market.get("/bureau/cases/" + string(food.Case))
	market.sees(http.StatusOK, "联合踏勘", "约好一天一起去")
	market.get("/visits/new?case=" + string(food.Case))
	market.sees(http.StatusOK, "召集联合踏勘", "徐州市市场监督管理局", "徐州市消防救援支队")
	form := url.Values{"case": {string(food.Case)}, "day.year": {"2026"}, "day.month": {"9"}, "day.day": {"24"}, "where": {""}}
	market.post("/visits", form)
	market.sees(http.StatusUnprocessableEntity, "请填写踏勘地点")
	form.Set("where", "云龙区示例路18号")
	market.post("/visits", form)
	market.sees(http.StatusOK, "等各部门确认时间", "没有答复、没有到场都不算同意")
	visit := market.at
	market.post(visit, url.Values{"act": {"agree"}})
	market.sees(http.StatusOK, "同意时间")
	firemen := c.signedIn("fire-r")
	firemen.get("/visits")
	firemen.sees(http.StatusOK, "开餐饮店", "2026年9月24日")
	firemen.post(visit, url.Values{"act": {"agree"}})
	firemen.sees(http.StatusOK, "时间已定")
	firemen.get("/bureau/cases/" + string(fire.Case))
	firemen.sees(http.StatusOK, "现场核查")
	limin := c.signedIn("limin")
	limin.get("/my/joint/" + j.Number)
	limin.sees(http.StatusOK, "上门看现场", "只来一次", "会看什么")
	stranger := c.signedIn("land-r")
	stranger.get(visit)
	stranger.sees(http.StatusNotFound)

	c.now = c.now.AddDate(0, 0, 3)
	market = c.signedIn("market-r")
	market.post(visit, url.Values{"act": {"conclude"}, "verdict": {"通过"}, "sign.typed": {"别人"}})
	market.sees(http.StatusUnprocessableEntity)
	all, err := c.Visits.OfJoint(t.Context(), j.ID, identity.TheSystem)
	if err != nil || len(all) != 1 {
		t.Fatal(all, err)
	}
	by := c.official("market-r")
	answer := url.Values{"act": {"conclude"}, "verdict": {"通过"}, "sign.typed": {by.Name}}
	for _, p := range all[0].Own("xz-market") {
		answer.Set("meets."+p.ID, "yes")
	}
	answer.Set("place", "云龙区示例路18号后厨")
	market.upload(visit, "evidence", "后厨.jpg", shotAt(time.Time{}), answer)
	market.sees(http.StatusUnprocessableEntity, "没有自带拍摄时间")
	market.upload(visit, "evidence", "后厨.jpg", shotAt(c.now.AddDate(0, 0, -9)), answer)
	market.sees(http.StatusUnprocessableEntity, "早于召集这次踏勘的时间")
	market.upload(visit, "evidence", "后厨.jpg", shotAt(c.now.Add(-2*time.Hour)), answer)
	taken := c.now.Add(-2*time.Hour).In(calendar.Zone).Format("2006年1月2日 15:04") + "拍摄，云龙区示例路18号后厨"
	market.sees(http.StatusOK, "进行中，等各部门结论", "输入姓名确认", "后厨.jpg", taken)
	file := regexp.MustCompile(visit + `/evidence/[0-9a-f]+`).FindString(market.raw)
	market.get(file)
	market.sees(http.StatusOK)
	stranger = c.signedIn("land-r")
	stranger.get(file)
	stranger.sees(http.StatusNotFound)
	market.get("/bureau/cases/" + string(food.Case) + "?see=material")
	market.sees(http.StatusOK, "审查证据", taken)
	if kept, err := c.Cases.Store.Case(t.Context(), food.Case); err != nil || kept.Specials[0].Open() || !strings.Contains(kept.Specials[0].Result, "联合踏勘") {
		t.Errorf("the inspection of the case: %+v %v", kept.Specials, err)
	}
}

// restaurant is a restaurant that has been applied for as one matter.
func (c *city) restaurant() *joint.Joint {
	c.t.Helper()
	answers := forms.Answers{"公众聚集场所": "是", "卖预包装食品": "否"}
	e, err := c.Joint.Offer(c.t.Context(), "theme.restaurant", answers)
	if err != nil {
		c.t.Fatal(err)
	}
	return submitTogether(c.t.Context(), c.t, c.App, e, app.Example(e, cases.Applicant{Party: "p-limin", Name: "李敏"}, answers, nil, calendar.DayOf(c.now)))
}

func (c *city) part(id joint.ID, item string) joint.Part {
	c.t.Helper()
	j, err := c.Joint.Store.Joint(c.t.Context(), id)
	if err != nil {
		c.t.Fatal(err)
	}
	for _, p := range j.Parts {
		if string(p.Item) == item {
			return p
		}
	}
	c.t.Fatalf("no part %s in %+v", item, j.Parts)
	return joint.Part{}
}
