package app_test

import (
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

// What was typed into a form that is refused stands in it again, with what to do at
// its field.
func TestAThemeBegunWronglyIsToldAtItsFields(t *testing.T) {
	c := openCity(t)
	keeper := c.signedIn("items")
	for _, tt := range []struct{ id, name, says string }{
		{"a/b", "开火锅店", "标识只能用小写字母、数字和短横线"},
		{"hotpot", "", "请填写名称"},
		{"birth", "开火锅店", "“birth”是“新生儿出生”的标识，请换一个"},
	} {
		keeper.get("/desk/themes")
		keeper.sends("/desk/themes", url.Values{"id": {tt.id}, "name": {tt.name}})
		keeper.sees(http.StatusUnprocessableEntity, tt.says)
		if id, name := keeper.typed("id"), keeper.typed("name"); id != tt.id || name != tt.name {
			t.Errorf("after the refusal the form holds %q and %q", id, name)
		}
		leadsSomewhere(keeper)
	}
	keeper.upload("/desk/themes/scheme", "file", "方案.yaml", []byte("themes: [{name: 甲, items: [A]}, {name: 乙, items: [B]}]"), url.Values{"scheme.id": {"wed"}, "scheme.name": {"丙"}})
	keeper.sees(http.StatusUnprocessableEntity, "文件里有：甲、乙")
	if got := keeper.holds("/desk/themes/scheme"); got.Get("scheme.id") != "wed" || got.Get("scheme.name") != "丙" {
		t.Errorf("after the refusal the form holds %q", got)
	}
	keeper.get("/desk/themes")
	keeper.sends("/desk/themes", url.Values{"id": {"hotpot"}, "name": {"开火锅店"}})
	keeper.sees(http.StatusOK, "新编，还没有发布过")
	keeper.misses("看公众看到的页面")
	keeper.get("/desk/themes?q=开火锅店")
	keeper.sees(http.StatusOK, "未发布", "4 处不得发布")
	keeper.sends("/desk/themes", url.Values{"id": {"hotpot"}, "name": {"开火锅店"}})
	keeper.sees(http.StatusConflict, "“hotpot”已有“开火锅店”的草稿（草稿），请在列表里打开它")
}

// What a row says by half is not thrown away in silence.
func TestATypedRowOfAThemeIsNotLost(t *testing.T) {
	c := openCity(t)
	keeper := c.signedIn("items")
	keeper.get("/desk/themes")
	keeper.sends("/desk/themes", url.Values{"id": {"birth"}})
	keeper.sends("/desk/themes/birth/save", url.Values{"components[3].given": {"参保人类别是新生儿"}, "people[1].whom": {""}, "components[0].delete": {"1"}, "components[1].place": {"第一"}})
	keeper.sees(http.StatusUnprocessableEntity, "“参保人类别是新生儿”请写成 问题=回答", "请写明事项里的叫法和在这件事里是谁", "排在第几：请填写数字")
	got := keeper.holds("/desk/themes/birth/save")
	for name, want := range map[string]string{"components[3].given": "参保人类别是新生儿", "people[1].whom": "", "components[0].delete": "1", "components[1].place": "第一"} {
		if got.Get(name) != want {
			t.Errorf("after the refusal %s holds %q, want %q", name, got.Get(name), want)
		}
	}
	leadsSomewhere(keeper)
	keeper.sends("/desk/themes/birth/save", url.Values{"components[3].given": {"参保人类别＝新生儿"}, "people[1].whom": {"新生儿"}, "components[0].delete": nil, "components[1].place": {"2"}})
	keeper.sees(http.StatusOK, "已保存")
	d, err := c.Themes.Store.Draft(t.Context(), "birth")
	if err != nil || d.Text.Components[3].Given["参保人类别"] != "新生儿" || len(d.Text.Components) != 6 {
		t.Errorf("%+v (%v)", d.Text.Components, err)
	}
}

// Who reviews the next edition of a theme sees what is changed in it; whom somebody
// forestalled sees both texts; findings lead to where they are mended.
func TestWhatChangesInAThemeIsShown(t *testing.T) {
	c := openCity(t)
	first, second := c.signedIn("items"), c.signedIn("items")
	first.get("/desk/themes")
	first.sends("/desk/themes", url.Values{"id": {"birth"}})
	first.misses("改了什么")
	second.get("/desk/themes/birth")
	first.sends("/desk/themes/birth/save", url.Values{"plain": {"先存的说明"}, "components[5].delete": {"1"}})
	first.sees(http.StatusOK, "已保存", "改了什么", "第1版与本草稿", "先存的说明", "联办事项“生育医疗费用报销”")
	second.sends("/desk/themes/birth/save", url.Values{"plain": {"后存的说明"}})
	second.sees(http.StatusConflict, "他人刚保存的内容与您的内容", "先存的说明", "后存的说明")
	if got := second.holds("/desk/themes/birth/save").Get("plain"); got != "后存的说明" {
		t.Errorf("what the second typed is lost: %q", got)
	}
	first.sends("/desk/themes/birth/save", url.Values{"lead": {""}, "components[0].item": {"no-such-item"}, "order[2].why": {"因为"}})
	first.sees(http.StatusOK, "请写明牵头部门", "清单中没有事项", "先后顺序第3条请选好先办、后办的事项")
	leadsSomewhere(first)
	for _, want := range []string{`href="#f-lead"`, `href="#f-components-0"`, `href="#f-order-2"`} {
		if !strings.Contains(first.raw, want) {
			t.Errorf("no finding leads to %s", want)
		}
	}
	first.sends("/desk/themes/birth/submit", url.Values{})
	first.sees(http.StatusUnprocessableEntity, "请写明牵头部门")
	leadsSomewhere(first)
}

// A question of the check leads to where it is answered, in words that read.
func TestMaterialsThatMayBeOneAreAskedAbout(t *testing.T) {
	c := openCity(t)
	keeper := c.signedIn("items")
	keeper.upload("/desk/themes/scheme", "file", "方案.yaml", []byte("name: 结婚落户\nitems: [内地居民结婚登记, 生育登记]\nmaterials: [居民身份证（女方）]\n"), url.Values{"scheme.id": {"wed"}})
	keeper.sees(http.StatusOK, "可能是同一份材料", "）：必要")
	keeper.misses("要必要")
	leadsSomewhere(keeper)
	if !strings.Contains(keeper.raw, `href="#f-proposals"`) {
		t.Error("nothing leads to the question")
	}
}

// The trial tells by the draft what somebody who answers so hands in, and begins the
// page there.
func TestADraftOfAThemeIsTried(t *testing.T) {
	c := openCity(t)
	keeper := c.signedIn("items")
	keeper.get("/desk/themes")
	keeper.sends("/desk/themes", url.Values{"id": {"birth"}})
	keeper.sees(http.StatusOK, "问谁", "所有人")
	if !strings.Contains(keeper.raw, `action="/desk/themes/birth#trial"`) || !strings.Contains(keeper.raw, `id="trial"`) {
		t.Error("the page does not begin at the trial")
	}
	keeper.misses("第0天")
	keeper.get("/desk/themes/birth?a.办社保卡=是")
	keeper.sees(http.StatusOK, "要办 5 项")
	keeper.get("/desk/themes")
	keeper.sends("/desk/themes", url.Values{"id": {"restaurant"}})
	keeper.get("/desk/themes/restaurant?a.自有房产=是")
	keeper.sees(http.StatusOK, "要交 3 份材料，2 份自动调取，1 份不用交")
}

var anchor = regexp.MustCompile(`href="#(f-[^"]*)"`)

// typed is what the last field of that name on the page holds.
func (v *visitor) typed(name string) string {
	all := regexp.MustCompile(`<input[^>]* name="`+regexp.QuoteMeta(name)+`"[^>]*>`).FindAllString(v.raw, -1)
	if len(all) == 0 {
		return ""
	}
	_, after, _ := strings.Cut(all[len(all)-1], ` value="`)
	value, _, _ := strings.Cut(after, `"`)
	return html.UnescapeString(value)
}

// leadsSomewhere holds every link of a page to a field, a row or a part that is there,
// and each name to one place.
func leadsSomewhere(v *visitor) {
	v.city.t.Helper()
	for _, found := range anchor.FindAllStringSubmatch(v.raw, -1) {
		if n := strings.Count(v.raw, ` id="`+found[1]+`"`); n != 1 {
			v.city.t.Errorf("%s leads to %d places named %s", v.at, n, found[1])
		}
	}
}
