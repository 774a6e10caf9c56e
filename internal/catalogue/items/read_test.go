package items_test

import (
	"encoding/json"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"tongban/data"
	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/engine/clock"
	"tongban/internal/engine/flow"
	"tongban/internal/engine/forms"
	"tongban/internal/ground/fault"
)

func TestReadSaysWhereAFileIsWrong(t *testing.T) {
	for _, tt := range []struct{ name, text, code, path string }{
		{"an unknown field", "item: a\nnmae: b\n", "items.read", "第2行第1列"},
		{"text where a number belongs", "item: a\nvisits: 很多\n", "items.read", "第2行第9列"},
		{"a unit that may be two", "promised: {n: 3, unit: 日}\n", "items.read", ""},
		{"a broken list", "materials: [", "items.read", ""},
		{"brackets without end", strings.Repeat("[", 100000), "items.read.deep", ""},
		{"an alias that multiplies", "a: &a [x]\nb: *a\n", "items.read.alias", ""},
		{"too much", strings.Repeat("#", 1<<20+1), "items.read.large", ""},
	} {
		_, err := items.Read([]byte(tt.text))
		if fault.Code(err) != tt.code {
			t.Errorf("%s: %v, want %s", tt.name, err, tt.code)
			continue
		}
		if tt.path != "" && (len(fault.Fields(err)) != 1 || fault.Fields(err)[0].Path != tt.path) {
			t.Errorf("%s: at %+v, want %s", tt.name, fault.Fields(err), tt.path)
		}
	}
}

func TestReadAllNamesEveryFileThatDoesNotRead(t *testing.T) {
	files := fstest.MapFS{
		"x/a.yaml": {Data: []byte("item: a\nwrong: 1\n")}, "x/b.yaml": {Data: []byte("item: b\n")}, "x/c.yaml": {Data: []byte("visits: x\n")},
	}
	_, err := items.ReadAll(files, "x")
	var at []string
	for _, f := range fault.Fields(err) {
		at = append(at, strings.Fields(f.Path)[0])
	}
	if diff := cmp.Diff([]string{"a.yaml", "c.yaml"}, at); diff != "" {
		t.Error(err, diff)
	}
}

func TestEditionsReadBackFromJSONAsTheyWere(t *testing.T) {
	text := rapid.StringMatching(`[ -~一-龥]{0,12}`)
	limit := rapid.Custom(func(t *rapid.T) clock.Limit {
		return clock.Limit{N: rapid.IntRange(0, 60).Draw(t, "n"), Unit: rapid.SampledFrom([]clock.Unit{"", clock.WorkingDays, clock.CalendarDays}).Draw(t, "unit")}
	})
	bases := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) items.Basis {
		return items.Basis{Law: text.Draw(t, "law"), Article: text.Draw(t, "article")}
	}), 1, 3)
	material := rapid.Custom(func(t *rapid.T) items.Material {
		return items.Material{ID: text.Draw(t, "id"), Name: text.Draw(t, "name"), Necessity: items.Must, Copies: rapid.IntRange(0, 9).Draw(t, "copies"),
			Basis: bases.Draw(t, "bases"), When: text.Draw(t, "when"), Deferrable: rapid.Bool().Draw(t, "deferrable"), MaxMB: rapid.IntRange(0, 99).Draw(t, "mb")}
	})
	rapid.Check(t, func(t *rapid.T) {
		e := &items.Edition{
			Item: items.ID(text.Draw(t, "item")), Number: rapid.IntRange(0, 9).Draw(t, "number"), Name: text.Draw(t, "name"),
			Synonyms: rapid.SliceOfN(text, 1, 3).Draw(t, "synonyms"), Statutory: limit.Draw(t, "statutory"), Promised: limit.Draw(t, "promised"),
			Materials: rapid.SliceOfN(material, 1, 3).Draw(t, "materials"), Bases: bases.Draw(t, "bases"),
			Questions: []forms.Question{{ID: "q", Text: text.Draw(t, "q"), Options: []forms.Option{{Value: "a", Label: text.Draw(t, "a")}}}},
			Procedure: flow.FromSteps("p", "p", []flow.Step{{Name: text.Draw(t, "step"), Limit: limit.Draw(t, "step limit"), Group: "g"}, {Name: "b", Group: "g"}}),
			Effective: calendar.Day(rapid.IntRange(1, 900000).Draw(t, "effective")), Retired: calendar.Day(rapid.IntRange(0, 900000).Draw(t, "retired")),
			Visits: rapid.IntRange(0, 3).Draw(t, "visits"), Results: []items.Result{{Kind: items.Document, Name: text.Draw(t, "result")}},
		}
		body, err := json.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		var back items.Edition
		if err := json.Unmarshal(body, &back); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(e, &back); diff != "" {
			t.Error(diff)
		}
	})
}

func FuzzRead(f *testing.F) {
	for _, name := range []string{"food-permit", "marriage-registration"} {
		text, err := data.Sample.ReadFile("sample/items/" + name + ".yaml")
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Add([]byte(`{"item":"a","steps":[{"no":1,"name":"x","group":"g"}]}`))
	f.Add([]byte("item: &a [*a]"))
	f.Fuzz(func(t *testing.T, text []byte) {
		e, err := items.Read(text)
		if err != nil {
			if fault.Of(err) == fault.Internal {
				t.Errorf("not foreseen: %v", err)
			}
			return
		}
		e.Check()
		e.Words()
		e.MaterialsFor(forms.Answers{"a": "b"})
	})
}
