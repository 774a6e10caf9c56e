package app_test

import (
	"html"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/revisions"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/handling/cases"
)

var (
	formOf    = `(?s)<form[^>]*action="%s"[^>]*>(.*?)</form>`
	textareas = regexp.MustCompile(`(?s)<textarea[^>]* name="([^"]+)"[^>]*>(.*?)</textarea>`)
	selects   = regexp.MustCompile(`(?s)<select[^>]* name="([^"]+)"[^>]*>(.*?)</select>`)
	chosen    = regexp.MustCompile(`<option value="([^"]*)" selected`)
)

// holds is what the form with this action would send as it stands.
func (v *visitor) holds(action string) url.Values {
	v.city.t.Helper()
	m := regexp.MustCompile(strings.Replace(formOf, "%s", regexp.QuoteMeta(action), 1)).FindStringSubmatch(v.raw)
	if m == nil {
		v.city.t.Fatalf("%s has no form for %s\n%s", v.at, action, v.page)
	}
	inside := &visitor{city: v.city, raw: m[1]}
	sent := inside.asked(nil)
	for _, t := range textareas.FindAllStringSubmatch(m[1], -1) {
		sent.Set(html.UnescapeString(t[1]), html.UnescapeString(t[2]))
	}
	for _, s := range selects.FindAllStringSubmatch(m[1], -1) {
		if one := chosen.FindStringSubmatch(s[2]); one != nil {
			sent.Set(html.UnescapeString(s[1]), html.UnescapeString(one[1]))
		}
	}
	return sent
}

// sends posts a form of the page with some of its fields changed.
func (v *visitor) sends(action string, changes url.Values) {
	v.city.t.Helper()
	form := v.holds(action)
	maps.Copy(form, changes)
	v.post(action, form)
}

// does presses one of the buttons of a revision's overview.
func (v *visitor) moves(revision, act string, fields url.Values) {
	v.city.t.Helper()
	v.get(revision)
	v.sends(revision+"/"+act, fields)
}

// opened is the address of a new revision of an item.
func (v *visitor) opened(item string) string {
	v.city.t.Helper()
	v.get("/desk/items/" + item)
	v.sends("/desk/items/"+item, url.Values{"reason": {"优化服务"}, "why": {"减时限，让群众早拿证"}})
	v.sees(http.StatusOK, "调整申请", "草稿")
	return v.at
}

func (c *city) edition(item items.ID) *items.Edition {
	c.t.Helper()
	e, err := c.Items.Current(c.t.Context(), item)
	if err != nil {
		c.t.Fatal(err)
	}
	return e
}

// Three people change an item: one writes, one reviews, one confirms; the public
// speaks, is answered, and the new edition is in force on its day
// (徐政发〔2022〕21号（一）; 阿营组发〔2018〕3号).
func TestAnItemIsChangedByThreePeople(t *testing.T) {
	c := openCity(t)
	keeper := c.signedIn("items")
	keeper.get("/desk/items?q=食品经营许可")
	keeper.sees(http.StatusOK, "食品经营许可（新办）", "待确认")
	rev := keeper.opened("food-permit")

	keeper.get(rev + "/edit/basics")
	keeper.sends(rev+"/edit/basics", url.Values{"promisedNote": {"更快了，现场核查另计"}})
	keeper.sees(http.StatusOK, "已保存")
	keeper.get(rev + "/difference")
	keeper.sees(http.StatusOK, "承诺时限说明", "更快了，现场核查另计", "修改")
	keeper.moves(rev, "submit", nil)
	keeper.sees(http.StatusOK, "待同级审核")
	keeper.misses(rev + "/approve")

	auditor := c.signedIn("auditor")
	auditor.get("/desk/revisions?state=submitted")
	auditor.sees(http.StatusOK, "食品经营许可（新办）", "待同级审核")
	auditor.moves(rev, "return", url.Values{"return.say": {"说明请写清另计多少天"}})
	auditor.sees(http.StatusOK, "已退回修改", "说明请写清另计多少天")
	keeper.get(rev + "/edit/basics")
	keeper.sends(rev+"/edit/basics", url.Values{"promisedNote": {"现场核查最长10个工作日，另计"}})
	keeper.moves(rev, "submit", nil)
	auditor.moves(rev, "approve", url.Values{"approve.say": {"同意"}})
	auditor.sees(http.StatusOK, "待上级确认")
	auditor.misses(rev + "/confirm")

	superior := c.signedIn("auditor2")
	superior.moves(rev, "confirm", nil)
	superior.sees(http.StatusUnprocessableEntity, "上级不在本平台办理，请填写上级同意的文号")
	superior.moves(rev, "confirm", url.Values{"confirm.document": {"苏政务函〔2026〕12号"}})
	superior.sees(http.StatusOK, "公示中")

	c.speakAndPublish(keeper, rev)
}

// speakAndPublish is the second half: publicity, opinion, answer, publication.
func (c *city) speakAndPublish(keeper *visitor, rev string) {
	c.t.Helper()
	public := strings.Replace(rev, "/desk/revisions", "/publicity", 1)
	public, _, _ = strings.Cut(public, "?")
	stranger := c.visitor()
	stranger.get("/publicity")
	stranger.sees(http.StatusOK, "食品经营许可（新办）")
	stranger.get(public)
	stranger.sees(http.StatusOK, "现场核查最长10个工作日，另计", "登录后提意见")
	citizen := c.signedIn("limin")
	citizen.get(public)
	citizen.sends(public, url.Values{"say": {"希望核查提前约时间"}})
	citizen.sees(http.StatusOK, "您的意见已经收到", "李**")
	citizen.misses("李敏</span>")

	keeper.moves(rev, "publish", nil)
	keeper.sees(http.StatusConflict, "期满后才能发布")
	c.now = c.now.AddDate(0, 0, 8)
	keeper = c.signedIn("items")
	keeper.moves(rev, "publish", nil)
	keeper.sees(http.StatusConflict, "1条公示意见没有答复")
	keeper.get(rev)
	keeper.sends(rev+"/answer", url.Values{"answer[0].say": {"核查前一天电话约定"}, "answer[0].adopted": {"1"}})
	keeper.sees(http.StatusOK, "已采纳", "核查前一天电话约定")
	if err := c.Revisions.Ripen(c.t.Context()); err != nil {
		c.t.Fatal(err)
	}
	e := c.edition("food-permit")
	if e.Number != 2 || e.PromisedNote != "现场核查最长10个工作日，另计" || e.Effective != calendar.DayOf(c.now) {
		c.t.Fatalf("edition %d from %s: %s", e.Number, e.Effective, e.PromisedNote)
	}
	stranger.get("/items/food-permit")
	stranger.sees(http.StatusOK, "现场核查最长10个工作日，另计")
	stranger.get(public)
	stranger.sees(http.StatusOK, "公示已经结束", "已采纳")
}

// publishes brings a revision through the whole procedure to its publication.
func (c *city) publishes(rev string) {
	c.t.Helper()
	c.signedIn("items").moves(rev, "submit", nil)
	c.signedIn("auditor").moves(rev, "approve", nil)
	c.signedIn("auditor2").moves(rev, "confirm", url.Values{"confirm.document": {"苏政务函〔2026〕12号"}})
	c.now = c.now.AddDate(0, 0, 8)
	if err := c.Revisions.Ripen(c.t.Context()); err != nil {
		c.t.Fatal(err)
	}
}

// Running cases stay on their edition unless the new one is provably no worse,
// and a draft is told what changed (徐政发〔2022〕21号（三）).
func TestRunningCasesAndDraftsAreTreatedFairly(t *testing.T) {
	for _, tt := range []struct {
		name, tab string
		change    url.Values
		edition   int
		reason    string
		draft     string
	}{
		{"a later day for a paper is better", "materials", url.Values{"materials[4].deferrable": {"1"}}, 2, "改按第2版办理", "可容缺"},
		{"one more paper is worse", "materials", url.Values{"materials[8].name": {"门头照片"}, "materials[8].basis": {"《中华人民共和国食品安全法》第三十五条"}, "materials[8].proves": {"c2"}},
			1, "要多交“门头照片”", "新增：门头照片"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := openCity(t)
			running := c.accepted()
			draft, err := c.Cases.Begin(t.Context(), "food-permit", cases.Applicant{Party: "p-limin", Name: "李敏"}, identity.Actor{Account: "u-limin", Party: "p-limin", Name: "李敏"})
			if err != nil {
				t.Fatal(err)
			}
			keeper := c.signedIn("items")
			rev := keeper.opened("food-permit")
			keeper.get(rev + "/edit/" + tt.tab)
			keeper.sends(rev+"/edit/"+tt.tab, tt.change)
			keeper.sees(http.StatusOK, "已保存")
			c.publishes(rev)

			c.signedIn("items").moves(rev, "weigh", nil)
			if again, err := c.Cases.Store.Case(t.Context(), running.ID); err != nil || again.Edition != tt.edition || again.Weighed != 2 {
				t.Fatalf("the running case is on edition %d, weighed %d (%v)", again.Edition, again.Weighed, err)
			}
			if d, err := c.Cases.AuditOne(t.Context(), running.ID); err != nil || d != nil {
				t.Fatalf("after the weighing the case is not what its facts say: %+v, %v", d, err)
			}
			records, err := c.Cases.Store.History(t.Context(), running.ID)
			if err != nil || !strings.Contains(records[len(records)-1].Body, tt.reason) {
				t.Errorf("the reason is not on file: %s (%v)", records[len(records)-1].Body, err)
			}
			limin := c.signedIn("limin")
			limin.get("/my/drafts/" + draft.ID)
			limin.sees(http.StatusOK, "办事指南更新了", tt.draft)
		})
	}
}

func TestADistrictsChangeIsConfirmedByTheCity(t *testing.T) {
	c := openCity(t)
	keeper := c.signedIn("yl-items")
	keeper.get("/desk/items")
	keeper.sees(http.StatusOK, "老年人福")
	rev := keeper.opened("elder-subsidy")
	keeper.get(rev + "/edit/guide")
	keeper.sends(rev+"/edit/guide", url.Values{"plain": {"满八十岁，带身份证就能领。"}})
	keeper.moves(rev, "submit", nil)
	city := c.signedIn("auditor")
	city.get(rev)
	city.misses(rev + "/approve")
	local := c.signedIn("yl-auditor")
	local.moves(rev, "approve", nil)
	local.misses(rev + "/confirm")
	city.moves(rev, "confirm", nil)
	city.sees(http.StatusOK, "公示中")
	other := c.signedIn("qs-items")
	other.get("/desk/revisions")
	other.misses(rev)
}

// What the superior's record fixes is shown and not changed, and what goes
// beyond it is refused with both values (徐政发〔2022〕21号（一）).
func TestALowerLevelIsHeldToTheSuperiorsRecord(t *testing.T) {
	c := openCity(t)
	superior := revisions.Clone(c.edition("elder-subsidy"))
	superior.Item, superior.Level, superior.Region, superior.Agency = "elder-subsidy-city", items.City, "320300000000", "xz-civil"
	superior.Materials[0].Name = "老年人补贴申请表（市统一）"
	if _, err := c.Items.PublishAll(t.Context(), []*items.Edition{superior}, identity.TheSystem); err != nil {
		t.Fatal(err)
	}
	keeper := c.signedIn("yl-items")
	rev := keeper.opened("elder-subsidy")
	keeper.get(rev + "/edit/basics")
	keeper.sees(http.StatusOK, "上级目录，不能改动")
	keeper.sends(rev+"/edit/basics", url.Values{"name": {"云龙老人红包"}, "quota": {"不限"}})
	keeper.sees(http.StatusOK, "已保存")
	if got := keeper.holds(rev + "/edit/basics"); got.Get("name") != superior.Name || got.Get("quota") != "不限" {
		t.Errorf("after saving the name is %q, the quota %q", got.Get("name"), got.Get("quota"))
	}
	keeper.get(rev + "/check")
	keeper.sees(http.StatusOK, "申请材料超出上级目录：本级为", "上级为", "items.superior")
}

func TestTheLibraryIsForItsPeople(t *testing.T) {
	c := openCity(t)
	rev := c.signedIn("items").opened("food-permit")
	for _, tt := range []struct {
		login string
		code  int
	}{{"limin", http.StatusForbidden}, {"window1", http.StatusForbidden}, {"qs-items", http.StatusNotFound}, {"auditor", http.StatusOK}} {
		v := c.signedIn(tt.login)
		v.get(rev)
		if v.code != tt.code {
			t.Errorf("%s is answered %d, want %d", tt.login, v.code, tt.code)
		}
	}
	stranger := c.visitor()
	stranger.get(strings.Replace(rev, "/desk/revisions", "/publicity", 1))
	stranger.sees(http.StatusNotFound)
}
