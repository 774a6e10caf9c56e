package items

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"tongban/internal/civic/identity"
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
	{"guidance", "业务指导部门", func(e *Edition) string { return e.Guidance }},
	{"objects", "服务对象", func(e *Edition) string {
		return strings.Join(mapped(e.Objects, func(o Object) string { return string(o) }), "、")
	}},
	{"kind", "办件类型", func(e *Edition) string { return string(e.Kind) }},
	{"bases", "设定依据", func(e *Edition) string { return strings.Join(citations(e.Bases), "\n") }},
	{"statutory", "法定时限", func(e *Edition) string { return e.Statutory.String() }},
	{"acceptLimit", "受理时限", func(e *Edition) string { return e.AcceptLimit.String() }},
	{"promised", "承诺时限", func(e *Edition) string { return e.Promised.String() }},
	{"conditions", "申请条件", func(e *Edition) string { return strings.Join(e.conditionTexts(), "\n") }},
	{"materials", "申请材料", func(e *Edition) string { return strings.Join(e.demanded(), "\n") }},
	{"procedure", "办理环节", func(e *Edition) string { return strings.Join(e.staffedSteps(), "\n") }},
	{"special", "特别程序", func(e *Edition) string { return strings.Join(e.specialNames(), "\n") }},
	{"mediators", "中介服务", func(e *Edition) string { return strings.Join(e.mediatorNames(), "\n") }},
	{"fees", "收费项目", func(e *Edition) string { return strings.Join(e.feeNames(), "\n") }},
	{"visits", "到办事现场次数", func(e *Edition) string { return fmt.Sprint(e.Visits) }},
	{"results", "办理结果", func(e *Edition) string {
		return strings.Join(mapped(e.Results, func(r Result) string { return r.Name }), "\n")
	}},
}

// staffedSteps are the names of the steps in which somebody works.
func (e *Edition) staffedSteps() []string {
	var names []string
	for _, n := range e.Procedure.Nodes {
		if n.Kind.Staffed() {
			names = append(names, n.Name)
		}
	}
	return names
}

// A Shared is a catalogue code that several carry out.
type Shared struct {
	Catalogue, Name string
	Items           int
}

// SharedCodes lists the catalogue codes that more than one item in force within a
// division bears, in their order, after one of them: what ought to be alike.
func (s *Service) SharedCodes(ctx context.Context, within, after string, limit int) ([]Shared, error) {
	return s.Store.SharedCodes(ctx, within, s.today(), after, min(max(limit, 1), 200))
}

// Alike are the editions in force under a catalogue code within a division, those
// of one handling item together and the highest level first.
func (s *Service) Alike(ctx context.Context, catalogue, within string) ([][]*Edition, error) {
	entries, err := s.Catalogued(ctx, []string{catalogue})
	if err != nil {
		return nil, err
	}
	entries = slices.DeleteFunc(slices.Clone(entries), func(e Entry) bool { return within != "" && e.Region != within && !identity.Within(e.Region, within) })
	all, err := s.Editions(ctx, entries)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(all, func(a, b *Edition) int {
		return cmp.Or(strings.Compare(a.handling(), b.handling()), strings.Compare(a.Level.Code(), b.Level.Code()), strings.Compare(a.Region, b.Region), strings.Compare(string(a.Item), string(b.Item)))
	})
	var groups [][]*Edition
	for i, e := range all {
		if i == 0 || e.handling() != all[i-1].handling() {
			groups = append(groups, nil)
		}
		groups[len(groups)-1] = append(groups[len(groups)-1], e)
	}
	return groups, nil
}

// handling is the serial number of the handling item in its code; "" for none.
func (e *Edition) handling() string {
	if c := e.Codes.Handling; len(c) == 33 {
		return c[31:]
	}
	return ""
}
