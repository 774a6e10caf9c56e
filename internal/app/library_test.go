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
	"tongban/internal/engine/clock"
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
	keeper.sends(rev+"/answer", url.Values{"answer.say": {"核查前一天电话约定"}, "adopted": {"1"}})
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

// Opening a tab and saving it as it stands changes nothing, for every tab of
// every item: no element is lost on the way through a page.
func TestSavingATabAsItStandsChangesNothing(t *testing.T) {
	c := openCity(t)
	keeper, district := c.signedIn("items"), c.signedIn("yl-items")
	for _, item := range []string{"food-permit", "construction-permit", "newborn-household", "medical-resident"} {
		v := keeper
		if c.edition(items.ID(item)).Region != "320300000000" {
			v = district
		}
		rev := v.opened(item)
		for _, tab := range []string{"basics", "whose", "topics", "conditions", "materials", "questions", "form", "steps", "fees", "results", "guide"} {
			v.get(rev + "/edit/" + tab)
			v.sees(http.StatusOK, "保存")
			v.sends(rev+"/edit/"+tab, nil)
			v.sees(http.StatusOK, "已保存")
		}
		r, err := c.Revisions.Store.Revision(t.Context(), revisions.ID(strings.TrimPrefix(rev, "/desk/revisions/")))
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range revisions.Diff(c.edition(items.ID(item)), r.Text) {
			if d.Path != "effective" {
				t.Errorf("%s: %+v", item, d)
			}
		}
	}
}

func TestTheEditorLosesNothing(t *testing.T) {
	c := openCity(t)
	keeper := c.signedIn("items")
	rev := keeper.opened("food-permit")

	// What cannot be read is shown again at its cell.
	keeper.get(rev + "/edit/basics")
	keeper.sends(rev+"/edit/basics", url.Values{"promised": {"8天"}, "plain": nil, "quota": {"每年十家"}})
	keeper.sees(http.StatusUnprocessableEntity, "时限单位“天”有歧义")
	if got := keeper.holds(rev + "/edit/basics"); got.Get("promised") != "8天" || got.Get("quota") != "每年十家" {
		t.Errorf("after the refusal the page holds %q and %q", got.Get("promised"), got.Get("quota"))
	}

	// Two people with the same draft open: the second sees both texts.
	first, second := c.signedIn("items"), c.signedIn("items")
	first.get(rev + "/edit/guide")
	second.get(rev + "/edit/guide")
	first.sends(rev+"/edit/guide", url.Values{"plain": {"第一个人写的白话"}})
	first.sees(http.StatusOK, "已保存")
	second.sends(rev+"/edit/guide", url.Values{"plain": {"第二个人写的白话"}})
	second.sees(http.StatusConflict, "已被他人修改", "第一个人写的白话", "第二个人写的白话")
	second.sends(rev+"/edit/guide", nil)
	second.sees(http.StatusOK, "已保存", "第二个人写的白话")

	// A material is added with a basis from the list, moved to the front, and another is taken away.
	keeper.get(rev + "/edit/materials")
	keeper.sends(rev+"/edit/materials", url.Values{
		"materials[8].name": {"门头照片"}, "materials[8].basis.pick": {"《中华人民共和国食品安全法》第三十五条"}, "materials[7].delete": {"1"}, "materials[1].place": {"0"},
	})
	keeper.sees(http.StatusOK, "已保存", "门头照片")
	r, err := c.Revisions.Store.Revision(t.Context(), revisions.ID(strings.TrimPrefix(rev, "/desk/revisions/")))
	if err != nil {
		t.Fatal(err)
	}
	m := r.Text.Materials
	if len(m) != 8 || m[0].Name != "营业执照" || m[7].Name != "门头照片" || len(m[7].Basis) != 1 || m[7].Basis[0].Article != "第三十五条" {
		t.Errorf("%+v", m)
	}
}

func TestTheCheckLeadsToTheField(t *testing.T) {
	c := openCity(t)
	keeper := c.signedIn("items")
	rev := keeper.opened("food-permit")
	keeper.get(rev + "/edit/steps")
	keeper.sends(rev+"/edit/steps", url.Values{"steps[3].limit": {"9个工作日"}})
	keeper.get(rev + "/edit/materials")
	keeper.sends(rev+"/edit/materials", url.Values{"materials[2].basis": {""}, "materials[3].name": {"其他材料"}})
	keeper.get(rev + "/check")
	keeper.sees(http.StatusOK, "不得发布", "超过承诺时限", "走到这里的路线：", "flow.limit.promise", "items.material.basis")
	if !strings.Contains(keeper.raw, rev+"/edit/materials#f-materials-2-basis") {
		t.Error("the check does not lead to the basis of the third material")
	}
	keeper.moves(rev, "submit", nil)
	keeper.sees(http.StatusUnprocessableEntity, "体检有3处不符，还不能报送")
}

func TestTheDiagramIsTheSameDefinition(t *testing.T) {
	c := openCity(t)
	keeper := c.signedIn("items")
	rev := keeper.opened("food-permit")
	keeper.get(rev + "/edit/flow")
	keeper.sees(http.StatusOK, "场所布局审查", "下载 BPMN")
	fields := keeper.holds(rev + "/flow")
	keeper.get(rev + "/flow.bpmn")
	keeper.sees(http.StatusOK)
	file := keeper.raw
	if !strings.Contains(file, "definitions") {
		t.Fatalf("%.200s", file)
	}
	keeper.upload(rev+"/flow", "file", "flow.bpmn", []byte(strings.ReplaceAll(file, "消防安全核对", "消防安全复核")), fields)
	keeper.sees(http.StatusOK, "消防安全复核")
	keeper.get(rev + "/edit/steps")
	keeper.sees(http.StatusOK, "消防安全复核")
	fields = keeper.holds(rev + "/edit/steps")
	keeper.get(rev + "/edit/flow")
	keeper.upload(rev+"/flow", "file", "evil.bpmn", []byte(`<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>`), keeper.holds(rev+"/flow"))
	keeper.sees(http.StatusUnprocessableEntity, "出于安全不予读取")
	if fields.Get("steps[2].limit") != (clock.Limit{N: 3, Unit: clock.WorkingDays}).String() {
		t.Errorf("the fire check takes %q", fields.Get("steps[2].limit"))
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

// Every element has its place in the editor (GB/T 39046-2020; 国家政务服务平台交换表).
func TestElementsThatHadNoEditor(t *testing.T) {
	c := openCity(t)
	keeper := c.signedIn("items")
	rev := keeper.opened("food-permit")
	for tab, change := range map[string]url.Values{
		"whose": {"codes.localCatalogue": {"jsxk-0012"}, "regulator": {"徐州市市场监督管理局执法支队"}, "outsideHall": {"现场勘验较多"}, "filing": {"1"}, "retired": {"2030-01-01"}},
		"topics": {"personTopics": {"040", "045"}, "lifeStages": {"就业", "创业"}, "publicity.notice": {"1"}, "remedies.review.phone": {"0516-00000077"},
			"extras[0].name": {"交通指引"}, "extras[0].value": {"地铁2号线"}},
		"basics":    {"kiosk": {"1"}},
		"materials": {"materials[0].paper": {"A4"}, "materials[0].maxMB": {"20"}},
		"fees":      {"payOnline": {"1"}},
		"steps":     {"steps[0].kind": {"会签"}, "steps[0].quorum": {"全部同意"}, "steps[0].among": {"xz-fire/审查岗"}},
	} {
		keeper.get(rev + "/edit/" + tab)
		keeper.sends(rev+"/edit/"+tab, change)
		keeper.sees(http.StatusOK, "已保存")
		keeper.get(rev + "/edit/" + tab)
		for name, want := range change {
			if got := keeper.holds(rev + "/edit/" + tab)[name]; strings.Join(got, "、") != strings.Replace(strings.Join(want, "、"), "jsxk", "JSXK", 1) {
				t.Errorf("%s: %s holds %q, want %q", tab, name, got, want)
			}
		}
	}
	keeper.get(rev + "/edit/whose")
	keeper.sends(rev+"/edit/whose", url.Values{"agency": {"xz-fire"}, "region": {"320303000000"}})
	r, err := c.Revisions.Store.Revision(t.Context(), revisions.ID(strings.TrimPrefix(rev, "/desk/revisions/")))
	if err != nil || r.Text.Agency != "xz-market" || r.Text.Region != "320300000000" {
		t.Errorf("an item there is was given to %s in %s (%v)", r.Text.Agency, r.Text.Region, err)
	}
}

// What is drawn beyond the subset is named and kept on the board; what is sound is
// the draft's procedure.
func TestADrawingIsKeptOrItsFaultsAreNamed(t *testing.T) {
	c := openCity(t)
	keeper := c.signedIn("items")
	rev := keeper.opened("food-permit")
	keeper.get(rev + "/draw")
	keeper.sees(http.StatusOK, "画流程图", "选中的图元", "由谁办")
	drawn := keeper.holds(rev + "/draw").Get("xml")
	keeper.sends(rev+"/draw", url.Values{"xml": {strings.Replace(drawn, `name="决定"`, `name="会商后决定"`, 1)}})
	keeper.sees(http.StatusOK, "已保存")
	keeper.get(rev + "/difference")
	keeper.sees(http.StatusOK, "会商后决定")

	keeper.get(rev + "/draw")
	beyond := strings.ReplaceAll(keeper.holds(rev+"/draw").Get("xml"), "parallelGateway", "complexGateway")
	keeper.sends(rev+"/draw", url.Values{"xml": {beyond}})
	keeper.sees(http.StatusUnprocessableEntity, "不支持复杂网关", "没有照搬")
	if strings.TrimSpace(keeper.holds(rev+"/draw").Get("xml")) != strings.TrimSpace(beyond) {
		t.Error("the drawing that was refused is lost")
	}
	keeper.sends(rev+"/draw", url.Values{"xml": {"<!DOCTYPE x><definitions/>"}})
	keeper.sees(http.StatusUnprocessableEntity, "文件")
	c.signedIn("auditor").get(rev + "/draw")
}
