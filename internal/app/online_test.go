package app_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"tongban/internal/app"
	"tongban/internal/app/apptest"
	"tongban/internal/civic/calendar"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/elsewhere"
)

// A citizen here fills in the form of the portal for another installation, which
// decides (全程网办, 国办发〔2020〕35号): sent once however often it is pressed, forwarded
// at once, put right from here, and who answers is told at every step.
func TestACitizenSendsAMatterToAnotherPlaceByThemselves(t *testing.T) {
	apptest.Each(t, neighbour, opening, func(t *testing.T, here app.Settings) {
		a, b, _ := pairOf(t, here)
		c := &city{App: a.App, t: t, site: a.site}
		limin := c.signedIn("limin")
		limin.get("/apply/id-card")
		limin.misses("在外地办这件事") // somebody has to come for the fingerprints
		limin.get("/apply/birth-registration")
		limin.sees(http.StatusOK, "在外地办这件事", "徐州市云龙区")
		limin.post("/apply/birth-registration", url.Values{"to": {b.card().ID + "/320303000000"}})
		limin.fill(url.Values{"已婚": {"否"}, "女方姓名": {"李敏"}, "女方公民身份号码": {"320399199003070025"}, "女方电话": {"19900000001"}, "女方户籍地.county": {"320303000000"},
			"女方户籍地": {"320303000000"}, "男方姓名": {"张伟"}, "男方公民身份号码": {"320399198805120016"}, "本次孩次": {"1"}})
		draft := limin.at
		for _, m := range []string{"m2", "m4"} {
			if strings.Contains(limin.raw, "materials/"+m+`"`) {
				limin.upload(draft+"/"+m, "file", m+".pdf", paper, nil)
			}
		}
		limin.post(draft, nil)
		limin.post(limin.at, url.Values{"way": {"electronic"}})
		limin.sees(http.StatusOK, "提交前再看一遍", "由谁办理", "徐州市云龙区（外地，全程网办）", "办理期限以那里的为准")
		check := limin.at
		limin.post(check, url.Values{"agree": {"1"}})
		limin.sees(http.StatusOK, "全程网办", "网上办事大厅", "办理地", "徐州市云龙区", "现在由谁负责", "等对方确认收件")
		sent := limin.at
		limin.post(check, url.Values{"agree": {"1"}})
		if limin.at != sent {
			t.Fatalf("pressed twice it went on at %s, not %s", limin.at, sent)
		}
		c.usesAll()
		settle(t, a, b)

		p := a.parcel(strings.TrimPrefix(sent, "/my/elsewhere/"))
		made := b.madeOf(a, p.ID)
		if away, err := b.Elsewhere.Of(t.Context(), made.ID); err != nil || away.Mode != elsewhere.Online {
			t.Errorf("there it is told as %+v, %v", away, err)
		}
		limin.get(sent)
		limin.sees(http.StatusOK, made.Number, "审查是否受理", "法定时限由此起算")
		until := calendar.Parse("2026-09-30")
		if _, err := b.Cases.AskOnce(t.Context(), made.ID, []cases.Deficiency{{Material: "m2", Finding: cases.Defective, Say: "照片不清楚，请重新提供"}}, until, window1); err != nil {
			t.Fatal(err)
		}
		settle(t, b, a)
		limin.get("/my/messages")
		limin.sees(http.StatusOK, "徐州市云龙区：一次性告知补正")
		limin.get(sent)
		limin.sees(http.StatusOK, "等申请人补正材料", "照片不清楚", "2026年9月30日前")
		limin.upload(sent+"/correct", "other", "x.pdf", paper, nil)
		limin.sees(http.StatusUnprocessableEntity, "请上传“女方居民身份证”")
		limin.upload(sent+"/correct", "materials.m2", "新.pdf", paper, nil)
		settle(t, a, b)
		limin.get(sent)
		limin.sees(http.StatusOK, "代收补正材料", "审查是否受理")
		if _, err := b.Cases.Accept(t.Context(), made.ID, nil, nil, window1); err != nil {
			t.Fatal(err)
		}
		b.decide(made.ID)
		settle(t, b, a)
		limin.get(sent)
		limin.sees(http.StatusOK, "准予", "徐州市云龙区", "送达结果")
		if _, err := a.Elsewhere.Issue(t.Context(), p.ID, cases.Delivered{Way: "window"}, limin.actor()); err == nil {
			t.Error("the applicant hands the result over to themselves")
		}
		other := c.signedIn("zhangwei")
		other.get(sent)
		other.sees(http.StatusNotFound)
	})
}
