package themes

import (
	"testing"

	"github.com/goccy/go-yaml"

	"tongban/data"
	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/items/itemstest"
)

// sampleCity are the themes of the sample city with the editions they name.
func sampleCity(t testing.TB) ([]*Theme, map[items.ID]*items.Edition) {
	t.Helper()
	all, err := ReadAll(data.Sample, "sample/themes")
	if err != nil {
		t.Fatal(err)
	}
	editions := map[items.ID]*items.Edition{}
	for _, e := range itemstest.Sample(t) {
		editions[e.Item] = e
	}
	return all, editions
}

func TestThirteenThemesOfTheNoticeHaveNoErrors(t *testing.T) {
	all, editions := sampleCity(t)
	of := map[Class]int{}
	for _, theme := range all {
		of[theme.Class]++
		c := Compose(theme, editions, days, start)
		if err := check(theme, c.Findings); err != nil {
			t.Errorf("%s: %v", theme.Name, err)
		}
		for _, f := range c.Findings {
			t.Logf("%s: %s %s: %s", theme.Name, f.Rule, f.Path, f.Say)
		}
		t.Logf("%s: %s materials, %s fields, %s days", theme.Name, c.Saved.Materials, c.Saved.Fields, c.Saved.Days)
		if len(c.Parts) != len(theme.Components) || c.Saved.Steps.Less() < 1 || c.Saved.Fields.Less() < 1 {
			t.Errorf("%s saves nothing: %+v", theme.Name, c.Saved)
		}
	}
	if of[Finest] != 5 || of[Provincial] != 8 {
		t.Errorf("%v, want 5 精品 and 8 省定标准 (苏协调小组〔2021〕1号附件)", of)
	}
}

func TestAThemeWrittenIsReadAgain(t *testing.T) {
	all, _ := sampleCity(t)
	for _, theme := range all {
		text, err := yaml.MarshalWithOptions(theme, yaml.UseJSONMarshaler())
		if err != nil {
			t.Fatal(err)
		}
		again, err := Read(text)
		if err != nil {
			t.Fatalf("%s: %v\n%s", theme.Name, err, text)
		}
		if !theme.same(again) {
			t.Errorf("%s changed:\n%s", theme.Name, text)
		}
	}
}
