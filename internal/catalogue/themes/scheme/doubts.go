package scheme

import (
	"fmt"
	"slices"
	"strings"

	"tongban/internal/catalogue/items"
)

// opposites are words that turn what is said into its contrary.
var opposites = [][2]string{{"不同", "同一"}, {"不同", "相同"}, {"非", ""}, {"未", "已"}, {"无", "有"}}

// contradictions names materials for situations that the conditions leave out:
// who may apply must have parents of one nationality, and a paper is asked of
// those whose parents are not; and what only one of two ways of the scheme needs
// and is asked of everybody.
func (r *reading) contradictions() {
	ways := r.ways()
	for i, m := range r.t.Materials {
		path := fmt.Sprintf("materials[%d]", i)
		if c := contrary(m.Note, r.t.Conditions); c != "" {
			r.warn("contradiction", path, "条件写“%s”，材料“%s”却在“%s”时才要，两处矛盾，请核实", short(c), short(m.Name), short(m.Note))
		}
		for _, way := range ways {
			if strings.HasPrefix(m.Name, way) && m.Necessity != items.Optional && m.When == "" {
				r.warn("material.situation", path, "材料“%s”只有%s才用得着，却对所有人都要，请用一个问题区分", short(m.Name), way)
			}
		}
	}
}

// contrary is the condition that excludes the situation, "" if none does.
func contrary(situation string, conditions []string) string {
	situation = strings.TrimSuffix(strings.TrimSuffix(situation, "提供"), "的")
	if len([]rune(situation)) < 4 {
		return ""
	}
	for _, o := range opposites {
		other := strings.Replace(situation, o[0], o[1], 1)
		if other == situation {
			continue
		}
		for _, c := range conditions {
			if strings.Contains(c, other) && !strings.Contains(c, situation) {
				return c
			}
		}
	}
	return ""
}

// ways are headings in the conditions that exclude each other: 简易注销：…，
// 普通注销：….
func (r *reading) ways() []string {
	var heads []string
	for _, c := range r.t.Conditions {
		if head, _, ok := strings.Cut(c, "："); ok && len([]rune(head)) < 10 {
			heads = append(heads, head)
		}
	}
	return slices.DeleteFunc(slices.Clone(heads), func(head string) bool {
		return !slices.ContainsFunc(heads, func(o string) bool { return o != head && oneOrOther(head, o) })
	})
}

// fee names a charge that the scheme tells of without saying for which item.
func (r *reading) fee() {
	m, ok := r.take(r.f, "fee").(map[string]any)
	if !ok {
		return
	}
	charged, _ := truth(first(m["charged"], m["是否收费"]))
	if detail := textOf(first(m["detail"], m["说明"])); charged {
		r.warn("fee", "fee", "方案写明收费（%s），没有写是哪个事项收的，减费用的推算没有计入", short(detail))
	}
}
