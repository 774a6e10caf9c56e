package scheme

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"tongban/data"
	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/themes"
	"tongban/internal/civic/calendar"
	"tongban/internal/engine/clock"
)

func read(t *testing.T, name string) []*Scheme {
	t.Helper()
	text, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	all, err := Read(text)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func compose(t *testing.T, s *Scheme) []themes.Finding {
	t.Helper()
	days, err := calendar.Load(data.Calendars)
	if err != nil {
		t.Fatal(err)
	}
	c := themes.Compose(s.Theme, s.Editions, days, calendar.Parse("2026-03-02"))
	return append(append(s.Findings, s.Compare(c)...), c.Findings...)
}

func TestReadsASchemeAndNamesWhatItDoesNotUnderstand(t *testing.T) {
	s := read(t, "child.yaml")[0]
	if s.Theme.Lead.Name != "某市卫生健康委员会" || len(s.Theme.Partners) != 2 || len(s.Theme.Components) != 5 || len(s.Theme.Materials) != 6 {
		t.Errorf("read %+v", s.Theme)
	}
	if want := (clock.Limit{N: 8, Unit: clock.WorkingDays}); s.Editions["落户登记"].Promised != want || s.Editions["落户登记"].AgencyName != "某市公安局" {
		t.Errorf("read %+v", s.Editions["落户登记"])
	}
	if len(s.Theme.Order) != 2 || !s.Theme.Components[3].Optional {
		t.Errorf("order %v, components %v", s.Theme.Order, s.Theme.Components)
	}
	found := compose(t, s)
	for _, want := range []string{
		"scheme.limit.unit promised", "scheme.limit.unit items[0]", "scheme.order order[2]", "scheme.material.required materials[4]", "scheme.field weather",
		"scheme.exclusive items", "themes.material.made materials.出生医学证明", "themes.material.names materials.居民身份证",
		"themes.plan.limit components", "themes.plan.single components.落户登记", "themes.plan.late promised",
	} {
		if !has(found, want) {
			t.Errorf("not found: %s", want)
		}
	}
	if t.Failed() {
		for _, f := range found {
			t.Log(f.Rule, f.Path, f.Say)
		}
	}
}

func has(found []themes.Finding, want string) bool {
	for _, f := range found {
		if f.Rule+" "+f.Path == want {
			return true
		}
	}
	return false
}

func TestOneFileMayHoldSeveral(t *testing.T) {
	all := read(t, "several.yaml")
	if len(all) != 2 || all[0].Theme.Class != themes.Finest || all[1].Theme.Name != "读书" {
		t.Fatalf("read %d", len(all))
	}
	if all[0].Theme.Lead.Name != "省甲局" || len(all[0].Theme.Partners) != 2 || !has(all[0].Findings, "scheme.lead.several lead") {
		t.Errorf("read %+v %v", all[0].Theme, all[0].Findings)
	}
}

func TestItemsListedByDepartment(t *testing.T) {
	s := read(t, "offices.json")[0]
	if len(s.Theme.Components) != 3 || s.Editions["户口注销"].AgencyName != "公安" {
		t.Errorf("read %+v", s.Theme.Components)
	}
	found := compose(t, s)
	if !has(found, "scheme.limit.unit promised") || !has(found, "themes.item.twice components[2]") {
		t.Errorf("found %v", found)
	}
}

func TestCatalogueTakesThePlaceOfWhatASchemeTells(t *testing.T) {
	s := read(t, "child.yaml")[0]
	s.Match([]*items.Edition{{Item: "household", Name: "落户登记（新生儿）", Promised: clock.Limit{N: 3, Unit: clock.WorkingDays}}})
	if s.Editions["household"] == nil || s.Editions["落户登记"] != nil || s.Theme.Order[0].After != "household" || !has(s.Findings, "scheme.match.limit items.落户登记") {
		t.Errorf("matched %v %v", s.Theme.Order, s.Editions)
	}
}

func TestWhatIsNoScheme(t *testing.T) {
	for _, text := range []string{"", "42", "a: 1", "[]", "x: [", "&a [*a]"} {
		if _, err := Read([]byte(text)); err == nil {
			t.Errorf("%q was read", text)
		}
	}
}

// Whatever comes in, it is read or refused, and what is read can be composed.
func FuzzRead(f *testing.F) {
	for _, name := range []string{"child.yaml", "several.yaml", "offices.json"} {
		text, err := os.ReadFile("testdata/" + name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Add([]byte("items: [{name: 甲, promise_limit: {value: [1, {a: 2}]}, materials: [1, [2], {name: {x: y}}]}]"))
	f.Add([]byte("themes: [[[{name: a}]], 3]\nbefore_after: 5\norder: [→, 甲→]"))
	days, err := calendar.Load(data.Calendars)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		all, err := Read(text)
		if err != nil {
			return
		}
		for _, s := range all {
			c := themes.Compose(s.Theme, s.Editions, days, calendar.Parse("2026-03-02"))
			if strings.Contains(fmt.Sprint(s.Compare(c)), "%!") {
				t.Fatal(s.Findings)
			}
		}
	})
}

func TestASchemeSortedByDepartment(t *testing.T) {
	s := read(t, "restaurant.yaml")[0]
	if s.Theme.Lead.Name != "市市场监管局" || len(s.Theme.Partners) != 3 || s.Theme.Promised.N != 12 || len(s.Theme.Components) != 4 || len(s.Theme.Questions) != 1 {
		t.Errorf("read %+v", s.Theme)
	}
	if e := s.Editions["公众聚集场所投入使用、营业前消防安全检查"]; e == nil || e.AgencyName != "消防" || len(e.Materials) != 2 || e.Materials[1].Copies != 1 {
		t.Errorf("read %+v", e)
	}
	if len(s.Theme.Order) != 2 || len(s.Theme.Materials) != 4 {
		t.Errorf("order %v, materials %v", s.Theme.Order, s.Theme.Materials)
	}
	found := compose(t, s)
	for _, want := range []string{"themes.material.names materials.居民身份证", "themes.material.names materials.消防安全管理制度", "scheme.claim before_after"} {
		if !has(found, want) {
			t.Errorf("not found: %s", want)
		}
	}
	for _, f := range found {
		if f.Rule == "scheme.field" {
			t.Errorf("not understood: %s %s", f.Path, f.Say)
		}
	}
}
