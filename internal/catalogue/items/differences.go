package items

import (
	"fmt"
	"strings"
)

// A Difference is an element in which editions of one catalogue code are not
// alike (四级统一, 徐政发〔2022〕21号（一）); Values stand in the order of the
// editions.
type Difference struct {
	Path   string   `json:"path"`
	Name   string   `json:"name"`
	Values []string `json:"values"`
}

// Differences compares editions of one catalogue code over levels and places.
func Differences(editions ...*Edition) []Difference {
	var all []Difference
	for _, c := range compared {
		d := Difference{Path: c.path, Name: c.name}
		alike := true
		for _, e := range editions {
			d.Values = append(d.Values, c.value(e))
			alike = alike && d.Values[0] == c.value(e)
		}
		if !alike {
			all = append(all, d)
		}
	}
	return all
}

// compared are the elements that should be the same everywhere.
var compared = []struct {
	path, name string
	value      func(*Edition) string
}{
	{"name", "事项名称", func(e *Edition) string { return e.Name }},
	{"type", "事项类型", func(e *Edition) string { return string(e.Type) }},
	{"kind", "办件类型", func(e *Edition) string { return string(e.Kind) }},
	{"bases", "设定依据", func(e *Edition) string { return strings.Join(citations(e.Bases), "\n") }},
	{"statutory", "法定时限", func(e *Edition) string { return e.Statutory.String() }},
	{"promised", "承诺时限", func(e *Edition) string { return e.Promised.String() }},
	{"conditions", "申请条件", func(e *Edition) string { return strings.Join(e.conditionTexts(), "\n") }},
	{"materials", "申请材料", func(e *Edition) string { return strings.Join(e.demanded(), "\n") }},
	{"special", "特别程序", func(e *Edition) string { return strings.Join(e.specialNames(), "\n") }},
	{"fees", "收费项目", func(e *Edition) string { return strings.Join(e.feeNames(), "\n") }},
	{"visits", "到办事现场次数", func(e *Edition) string { return fmt.Sprint(e.Visits) }},
	{"results", "办理结果", func(e *Edition) string {
		return strings.Join(mapped(e.Results, func(r Result) string { return r.Name }), "\n")
	}},
}
