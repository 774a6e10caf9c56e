package app_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/revisions"
	"tongban/internal/engine/clock"
)

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
