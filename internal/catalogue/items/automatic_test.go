package items_test

import (
	"slices"
	"strings"
	"testing"

	"tongban/internal/catalogue/items"
)

// The form, materials, certificates and the day may all be spoken of, by the
// material's ID or its name.
func TestASoundAutomaticRuleIsLetThrough(t *testing.T) {
	e := fresh(t, "fund-employer")
	law := []items.Basis{{Law: "住房公积金管理条例", Article: "第十四条"}}
	e.Automatic.Rules = []items.AutoRule{{ID: "r1", Name: "样样都用", Basis: law,
		When: `缴存比例 <= 12 and 证照.营业执照 and 材料.m1 and 材料.单位缴存登记表 and 相隔天数(设立日期, 今天) <= 30 and 申请人.类型 == "单位" and 信用.等级 in ["A", "B"]`}}
	if found := slices.DeleteFunc(e.Check(), func(f items.Finding) bool { return !strings.HasPrefix(f.Rule, "items.automatic") }); len(found) > 0 {
		t.Errorf("found %+v", found)
	}
}

// A rule is shown by the names that people know, whatever its author called them by.
func TestARuleIsReadByTheNamesPeopleKnow(t *testing.T) {
	e := fresh(t, "fund-employer")
	m := e.Materials[0]
	rule := items.AutoRule{When: `材料.` + m.ID + ` and 材料.没有的 and 信用.等级 in ["材料.` + m.ID + `"]`}
	if got, want := e.Legible(rule), `材料.`+m.Name+` and 材料.没有的 and 信用.等级 in ["材料.`+m.ID+`"]`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got := e.Called(items.OnFile + m.ID); got != "材料."+m.Name {
		t.Errorf("got %s", got)
	}
}
