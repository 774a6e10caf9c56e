package guides

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tongban/internal/catalogue/items"
)

// kept are the other elements that stay between agencies. A new element must be
// put here or into a section.
var kept = []string{
	"运行系统层级", "业务系统名称", "备注", "子项情况", "主项名称", "对应国家级基本目录名称", "要素统一情况",
	"监管依据", "改革举措", "加强监管措施", "是否委托服务机构",
}

func TestEveryOtherElementIsToldOrKept(t *testing.T) {
	known := map[string]bool{}
	for _, s := range sections {
		known[s.id] = true
	}
	told := slices.Clone(kept)
	for section, names := range extrasIn {
		if !known[section] {
			t.Errorf("no section %s", section)
		}
		told = append(told, names...)
	}
	want := items.ExtraNames()
	slices.Sort(told)
	slices.Sort(want)
	if diff := cmp.Diff(want, told); diff != "" {
		t.Error(diff)
	}
}

func TestOtherElementsAreToldByTheirNamesInTheirSections(t *testing.T) {
	e := &items.Edition{Phone: "1", Extras: []items.Extra{
		{Name: "交通指引", Value: "地铁1号线"}, {Name: "网络咨询方式", Value: "网上大厅"}, {Name: "年报内容和周期", Value: "每年6月底前"},
		{Name: "年检要求和周期", Value: "每年一次"}, {Name: "公布数量限制的周期", Value: "一年"}, {Name: "业务系统名称", Value: "内部系统"},
	}}
	g := Of(e, nil)
	for id, want := range map[string][]Block{
		"quota":      {{Facts: []Fact{{"公布数量限制的周期", "一年"}}}},
		"rights":     {{Facts: []Fact{{"年检要求和周期", "每年一次"}, {"年报内容和周期", "每年6月底前"}}}},
		"consulting": {{Facts: []Fact{{"咨询电话", "1"}}}, {Facts: []Fact{{"网络咨询方式", "网上大厅"}}}},
		"places":     {{Facts: []Fact{{"交通指引", "地铁1号线"}}}},
		"results":    {{Text: none}},
	} {
		s, _ := g.Section(id)
		if diff := cmp.Diff(want, s.Blocks); diff != "" {
			t.Errorf("%s: %s", id, diff)
		}
	}
}
