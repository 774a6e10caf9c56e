package themes

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"tongban/internal/catalogue/items"
	"tongban/internal/engine/clock"
	"tongban/internal/engine/forms"
)

// A catalogue is a few random items, drawn so that they share papers, fields
// and questions.
func drawn(t *rapid.T) (*Theme, []*items.Edition) {
	papers := []string{"甲类许可证书", "乙类许可证书", "丙类许可证书", "房屋租赁合同书", "身份证", "居民身份证"}
	n := rapid.IntRange(1, 6).Draw(t, "items")
	theme := &Theme{Promised: clock.Limit{N: rapid.IntRange(1, 60).Draw(t, "promised"), Unit: clock.WorkingDays}}
	var all []*items.Edition
	for i := range n {
		e := item(fmt.Sprintf("事项%d", i), rapid.IntRange(0, 40).Draw(t, "limit"))
		for _, p := range rapid.SliceOfNDistinct(rapid.SampledFrom(papers), 0, 3, rapid.ID).Draw(t, "papers") {
			e.Materials = append(e.Materials, items.Material{ID: p, Name: p,
				Necessity: rapid.SampledFrom([]items.Necessity{items.Must, items.Optional, items.LaterOK}).Draw(t, "need"),
				Kind:      rapid.SampledFrom([]items.Copy{items.Original, items.Duplicate, items.OriginalOrCopy, items.OriginalAndCopy}).Draw(t, "copy"),
				Form:      rapid.SampledFrom([]items.PaperForm{items.Paper, items.PaperOrElectronic}).Draw(t, "form"),
				Copies:    rapid.IntRange(0, 3).Draw(t, "copies"), Deferrable: rapid.Bool().Draw(t, "deferrable"),
				When: rapid.SampledFrom([]string{"", `首次 == "是"`, `首次 == "否"`}).Draw(t, "when")})
		}
		if rapid.Bool().Draw(t, "gives") {
			gives(papers[rapid.IntRange(0, 2).Draw(t, "result")])(e)
		}
		e.Questions = []forms.Question{{ID: "首次", Text: "是否首次？"}}
		for _, k := range rapid.SliceOfNDistinct(rapid.IntRange(0, 2), 0, 3, rapid.ID).Draw(t, "fields") {
			element := []string{"经营面积", "职工人数", "注册资本"}[k]
			asks(forms.Field{ID: element, Label: element, Kind: forms.Number, Element: element, Required: rapid.Bool().Draw(t, "required"),
				Min: rapid.SampledFrom([]string{"", "1", "50"}).Draw(t, "min"), Max: rapid.SampledFrom([]string{"", "100", "40"}).Draw(t, "max"),
				When: rapid.SampledFrom([]string{"", `首次 == "是"`}).Draw(t, "fwhen")})(e)
		}
		all = append(all, e)
	}
	for range rapid.IntRange(0, 2).Draw(t, "orders") {
		theme.Order = append(theme.Order, Order{Before: all[rapid.IntRange(0, n-1).Draw(t, "before")].Item, After: all[rapid.IntRange(0, n-1).Draw(t, "after")].Item})
	}
	return theme, all
}

// waits says by brute force who waits for whom: whoever needs a paper that one
// other makes, and what the theme declares.
func waits(theme *Theme, all []*items.Edition) map[[2]items.ID]bool {
	edges := map[[2]items.ID]bool{}
	for _, o := range theme.Order {
		if o.Before != o.After {
			edges[[2]items.ID{o.Before, o.After}] = true
		}
	}
	for _, e := range all {
		for _, m := range e.Materials {
			var makers []items.ID
			for _, o := range all {
				own := slices.ContainsFunc(o.Materials, func(n items.Material) bool { return n.Name == m.Name })
				if len(o.Results) > 0 && o.Results[0].Name == m.Name && !own {
					makers = append(makers, o.Item)
				}
			}
			if len(makers) == 1 && makers[0] != e.Item {
				edges[[2]items.ID{makers[0], e.Item}] = true
			}
		}
	}
	return edges
}

// longest is the longest way through by trying every way; tangled says some way
// leads back to its beginning.
func longest(edges map[[2]items.ID]bool, all []*items.Edition) (most int, tangled bool) {
	var walk func(e *items.Edition, been []items.ID, sum int)
	walk = func(e *items.Edition, been []items.ID, sum int) {
		if slices.Contains(been, e.Item) {
			tangled = true
			return
		}
		sum += e.Promised.N
		most = max(most, sum)
		for _, o := range all {
			if edges[[2]items.ID{e.Item, o.Item}] {
				walk(o, append(slices.Clone(been), e.Item), sum)
			}
		}
	}
	for _, e := range all {
		walk(e, nil, 0)
	}
	return most, tangled
}

func TestPlanAgainstEveryWayThrough(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		theme, all := drawn(t)
		c := composed(theme, all...)
		most, tangled := longest(waits(theme, all), all)
		if got := strings.Contains(rules(c), "themes.plan.cycle"); got != tangled {
			t.Fatalf("cycle found %v, there is one: %v", got, tangled)
		}
		if tangled {
			return
		}
		if c.Plan.Days != most {
			t.Fatalf("promise %d, the longest way takes %d", c.Plan.Days, most)
		}
		sum := 0
		for _, id := range c.Plan.Critical {
			p, _ := c.Part(id)
			sum += p.Edition.Promised.N
		}
		if sum != most {
			t.Fatalf("the critical way %v takes %d, not %d", c.Plan.Critical, sum, most)
		}
		if late := strings.Contains(rules(c), "themes.plan.late"); late != (most > theme.Promised.N) {
			t.Fatalf("late %v, %d days of %d", late, most, theme.Promised.N)
		}
		started := map[items.ID]Step{}
		for _, s := range c.Plan.Steps {
			started[s.Item] = s
		}
		for e := range waits(theme, all) {
			if started[e[1]].Start < started[e[0]].Due {
				t.Fatalf("%s starts before %s is done", e[1], e[0])
			}
		}
	})
}

func TestListAgainstWhatEachItemDemands(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		theme, all := drawn(t)
		c := composed(theme, all...)
		answers := forms.Answers{"首次": rapid.SampledFrom([]string{"是", "否"}).Draw(t, "首次")}
		spared := map[string]bool{}
		for _, s := range c.Materials.Spared {
			spared[string(s.Item)+s.ID] = true
		}
		want := map[string][]items.Material{}
		for _, e := range all {
			for _, m := range e.MaterialsFor(answers) {
				if !spared[string(e.Item)+m.ID] {
					want[m.Name] = append(want[m.Name], m)
				}
			}
		}
		got := map[string]Material{}
		for _, m := range c.For(answers) {
			got[m.Name] = m
		}
		if !slices.Equal(slices.Sorted(maps.Keys(got)), slices.Sorted(maps.Keys(want))) {
			t.Fatalf("list %v, demanded %v", slices.Sorted(maps.Keys(got)), slices.Sorted(maps.Keys(want)))
		}
		for name, demands := range want {
			for _, d := range demands {
				if !suits(got[name].Material, d) {
					t.Fatalf("%s: %+v does not suit %+v", name, got[name].Material, d)
				}
			}
		}
		for _, s := range c.Materials.Spared {
			if p, ok := c.Part(s.From); !ok || p.Edition.Results[0].Name != s.Material.Name || s.From == s.Item {
				t.Fatalf("%s is spared, but %q does not make it", s.Material.Name, s.From)
			}
		}
	})
}

// suits reports whether whoever hands in m as demanded satisfies d: anything m
// lets pass, d lets pass.
func suits(m, d items.Material) bool {
	handsIn := func(k items.Copy, original, copied bool) bool {
		switch k {
		case items.Original:
			return original
		case items.Duplicate:
			return copied
		case items.OriginalAndCopy:
			return original && copied
		}
		return original || copied
	}
	for _, o := range []bool{true, false} {
		for _, d2 := range []bool{true, false} {
			if handsIn(m.Kind, o, d2) && !handsIn(d.Kind, o, d2) {
				return false
			}
		}
	}
	must := m.Necessity == items.Must && !m.MayFollow()
	return m.Copies >= d.Copies && (m.Form == d.Form || m.Form == items.Paper) && (must || d.Necessity != items.Must || d.MayFollow())
}

func TestFormAgainstEachItemsOwn(t *testing.T) {
	values := []string{"", "0", "1", "20", "45", "60", "100", "101", "许多"}
	rapid.Check(t, func(t *rapid.T) {
		theme, all := drawn(t)
		c := composed(theme, all...)
		answers := forms.Answers{"首次": rapid.SampledFrom([]string{"是", "否"}).Draw(t, "首次")}
		for _, f := range c.Form.Fields {
			if v := rapid.SampledFrom(values).Draw(t, f.ID); v != "" {
				answers[f.ID] = v
			}
		}
		wrong := false
		for _, p := range c.Parts {
			wrong = wrong || len(forms.Check(p.Edition.Form.With(p.Edition.Questions), c.Local(p.Item, answers), start)) > 0
		}
		if got := len(c.Check(answers, start)) > 0; got != wrong {
			t.Fatalf("the one form finds fault: %v, the forms of the items: %v", got, wrong)
		}
		uses := 0
		for _, f := range c.Form.Fields {
			uses += len(f.Uses)
		}
		if uses != c.Form.Apart {
			t.Fatalf("%d uses of %d fields", uses, c.Form.Apart)
		}
	})
}

func TestProposalsAreWholeAndConfirmingThemEndsThem(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		theme, all := drawn(t)
		c := composed(theme, all...)
		before := len(c.Materials.Materials)
		for _, p := range c.Materials.Proposals {
			theme.Names = append(theme.Names, Same{Names: p.Names, As: p.As, By: "试"})
		}
		after := composed(theme, all...)
		if len(after.Materials.Proposals) != 0 {
			t.Fatalf("still proposed: %+v", after.Materials.Proposals)
		}
		if want := before - len(c.Materials.Proposals); len(c.Materials.Proposals) > 0 && len(after.Materials.Materials) != want {
			t.Fatalf("%d materials, want %d", len(after.Materials.Materials), want)
		}
	})
}

// A theme of 20 items, 200 materials and 400 fields is put together in less
// than 50 ms.
func BenchmarkCompose(b *testing.B) {
	theme := &Theme{Name: "大一件事", Promised: clock.Limit{N: 20, Unit: clock.WorkingDays}}
	editions := map[items.ID]*items.Edition{}
	for i := range 20 {
		e := item(fmt.Sprintf("事项%d", i), 5)
		for j := range 10 {
			wantsPaper(fmt.Sprintf("第%d类%s证明文件", (i*7+j*3)%60, strings.Repeat("甲乙", j%3)))(e)
		}
		for j := range 20 {
			label := fmt.Sprintf("要素%d", (i*11+j)%90)
			asks(forms.Field{ID: label, Label: label, Kind: forms.Text, Element: label, MaxLen: 50 + j})(e)
		}
		if i > 0 && i%4 == 0 {
			theme.Order = append(theme.Order, Order{Before: items.ID(fmt.Sprintf("事项%d", i-1)), After: e.Item})
		}
		theme.Components = append(theme.Components, Component{Item: e.Item})
		editions[e.Item] = e
	}
	b.ReportAllocs()
	for b.Loop() {
		c := Compose(theme, editions, days, start)
		if len(c.Parts) != 20 || c.Form.Apart != 400 {
			b.Fatal("not whole")
		}
	}
}
