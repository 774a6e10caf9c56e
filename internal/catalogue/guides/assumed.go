package guides

import (
	"slices"
	"strings"

	"tongban/internal/catalogue/items"
)

// assumedIn tells by which words an assumed element belongs to a section.
var assumedIn = map[string][]string{
	"bases":      {"法定依据"},
	"accepting":  {"办理地点", "行使层级"},
	"quota":      {"数量限制"},
	"conditions": {"条件"},
	"materials":  {"材料", "合影", "条款号", "汇总表"},
	"receiving":  {"受理时限"},
	"procedure":  {"环节", "并联", "分工"},
	"ways":       {"到场", "通办范围"},
	"limits":     {"承诺", "法定时限", "现场核查时限", "场所查验时限", "特别程序"},
	"fees":       {"收费"},
	"results":    {"有效期"},
	"rights":     {"权利义务", "复议"},
	"consulting": {"电话", "常见问题"},
	"complaints": {"电话"},
	"places":     {"办理地点"},
}

// Assumed are the elements of a section that the source of a sample edition
// lacks and that were assumed; of a real edition there are none.
func Assumed(e *items.Edition, section string) []string {
	var some []string
	for _, a := range e.Assumed {
		if slices.ContainsFunc(assumedIn[section], func(word string) bool { return strings.Contains(a, word) }) ||
			section == "limits" && a == "时限" {
			some = append(some, a)
		}
	}
	return some
}
