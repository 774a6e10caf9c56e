package app_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/revisions"
)

var why = url.Values{"reason": {"下放承接"}, "why": {"徐政发〔2022〕21号"}}

func with(base url.Values, more url.Values) url.Values {
	all := url.Values{}
	for _, part := range []url.Values{base, more} {
		for name, values := range part {
			all[name] = values
		}
	}
	return all
}

// A district claims a city's item: what the city fixes is inherited and stays,
// everything else may only be better (徐政发〔2022〕21号（一）（四）).
func TestADistrictClaimsACitysItem(t *testing.T) {
	c := openCity(t)
	keeper := c.signedIn("yl-items")
	keeper.get("/desk/items/claim?q=食品经营许可")
	keeper.sees(http.StatusOK, "食品经营许可（新办）", "认领")
	keeper.get("/desk/items/claim/food-permit")
	keeper.sees(http.StatusOK, "以上级为准，不能改", "000131025000", "云龙区市场监督管理局")
	if got := keeper.holds("/desk/items/claim/food-permit").Get("agency"); got != "yl-market" {
		t.Errorf("the kindred agency is not preselected: %q", got)
	}
	keeper.sends("/desk/items/claim/food-permit", url.Values{"why": {""}})
	keeper.sees(http.StatusUnprocessableEntity, "请写明依据的法规")
	keeper.sends("/desk/items/claim/food-permit", why)
	keeper.sees(http.StatusOK, "已认领", "草稿", "认领上级事项")
	rev, _, _ := strings.Cut(keeper.at, "?")

	keeper.get(rev + "/edit/basics")
	keeper.sees(http.StatusOK, "上级目录，不能改动")
	keeper.sends(rev+"/edit/basics", url.Values{"name": {"云龙红包"}, "promised": {"9个工作日"}})
	if got := keeper.holds(rev + "/edit/basics").Get("name"); got != c.edition("food-permit").Name {
		t.Errorf("the name is %q", got)
	}
	keeper.get(rev + "/check")
	keeper.sees(http.StatusOK, "承诺时限（9个工作日）长于或者多于上级目录（8个工作日）")
	keeper.moves(rev, "submit", nil)
	keeper.sees(http.StatusUnprocessableEntity, "请填写监督投诉电话", "还不能报送")

	r, err := c.Revisions.Store.Revision(t.Context(), revisions.ID(strings.TrimPrefix(rev, "/desk/revisions/")))
	if err != nil {
		t.Fatal(err)
	}
	if e := r.Text; e.Codes.Handling != "11320303YB0000403E400013102500001" || e.Level != items.County || e.Agency != "yl-market" || r.Claims != "food-permit" {
		t.Errorf("claimed as %+v at %s by %s", e.Codes, e.Level, e.Agency)
	}
	keeper.get("/desk/items/claim/food-permit")
	keeper.sends("/desk/items/claim/food-permit", why)
	keeper.sees(http.StatusConflict, "已有一份调整申请正在办理")
}

var draftName = regexp.MustCompile(`/desk/revisions/([^/?"]+)`)

// A new item is given its codes by their scheme, one after the other
// (徐政发〔2022〕21号（一）; GB/T 39554.1-2020).
func TestANewItemIsFounded(t *testing.T) {
	c := openCity(t)
	keeper := c.signedIn("items")
	found := func(more url.Values) *revisions.Revision {
		t.Helper()
		keeper.get("/desk/items/new")
		keeper.sends("/desk/items/new", with(why, more))
		keeper.sees(http.StatusOK, "草稿", "基本要素")
		r, err := c.Revisions.Store.Revision(t.Context(), revisions.ID(draftName.FindStringSubmatch(keeper.at)[1]))
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	fresh := url.Values{"name": {"校园周边商户备案"}, "type": {"其他行政权力"}, "agency": {"xz-market"}, "department": {"31"}}
	if r := found(fresh); r.Text.Codes.Catalogue != "321031001000" || r.Text.Codes.Implementation != "11320300YB000023513321031001000" || r.Base != 0 {
		t.Errorf("%+v", r.Text.Codes)
	}
	if r := found(with(fresh, url.Values{"name": {"另一项备案"}})); r.Text.Codes.Catalogue != "321031002000" {
		t.Errorf("the second is %+v", r.Text.Codes)
	}
	divided := url.Values{"name": {"食品经营许可（变更）"}, "type": {"行政许可"}, "agency": {"xz-market"}, "catalogue": {"000131025000"}, "divided": {"1"}}
	for _, want := range []string{"11320300YB00002351300013102500002", "11320300YB00002351300013102500003"} {
		if r := found(divided); r.Text.Codes.Handling != want {
			t.Errorf("%+v, want %s", r.Text.Codes, want)
		}
	}
	keeper.get("/desk/items/new")
	keeper.sends("/desk/items/new", with(why, url.Values{"name": {"怪事项"}, "type": {"行政许可"}, "agency": {"xz-market"}, "catalogue": {"000731025000"}}))
	keeper.sees(http.StatusUnprocessableEntity, "基本编码中的事项类型是行政确认，与所选类型不一致")
	keeper.sends("/desk/items/new", with(why, url.Values{"name": {""}, "type": {""}, "agency": {""}, "catalogue": {"12"}}))
	keeper.sees(http.StatusUnprocessableEntity, "请填写事项名称", "请选择实施主体", "基本编码应是12位")
	c.signedIn("auditor").get("/desk/items/new")
	district := c.signedIn("yl-items")
	district.get("/desk/items/new")
	district.misses(`value="xz-market"`)
}

// A new item may be given to another agency: codes, level and region follow.
func TestANewItemIsGivenToAnotherAgency(t *testing.T) {
	c := openCity(t)
	keeper := c.signedIn("items")
	keeper.get("/desk/items/new")
	keeper.sends("/desk/items/new", with(why, url.Values{"name": {"校园周边商户备案"}, "type": {"其他行政权力"}, "agency": {"xz-market"}, "department": {"31"}}))
	rev := "/desk/revisions/" + draftName.FindStringSubmatch(keeper.at)[1]
	keeper.get(rev + "/edit/whose")
	keeper.sees(http.StatusOK, "编码和归属")
	keeper.sends(rev+"/edit/whose", url.Values{"agency": {"yl-market"}})
	keeper.sees(http.StatusOK, "已保存")
	got := keeper.holds(rev + "/edit/whose")
	if got.Get("codes.implementation") != "11320303YB0000403E4321031001000" || got.Get("level") != "县级" || got.Get("region") != "320303000000" {
		t.Errorf("%s at %s in %s", got.Get("codes.implementation"), got.Get("level"), got.Get("region"))
	}
}

// Whoever fills in a form of the library learns everything at once, also where a day of
// it could not be read.
func TestFormsOfTheLibraryNameEveryFault(t *testing.T) {
	c := openCity(t)
	keeper := c.signedIn("items")
	nothing := url.Values{"agency": {""}, "reason": {""}, "why": {""}, "effective": {"2026-13-01"}}
	for _, tt := range []struct {
		page  string
		wants []string
	}{
		{"/desk/items/handover/food-permit", []string{"请选择接手的部门", "请写明依据", "请填写真实的日期"}},
		{"/desk/items/claim/food-permit", []string{"请选择认领的部门", "请选择调整原因", "请写明依据", "请填写真实的日期"}},
		{"/desk/items/new", []string{"请填写事项名称", "请选择实施主体", "请选择调整原因", "请写明依据", "请填写真实的日期"}},
	} {
		keeper.get(tt.page)
		keeper.sends(tt.page, nothing)
		keeper.sees(http.StatusUnprocessableEntity, tt.wants...)
	}
}
