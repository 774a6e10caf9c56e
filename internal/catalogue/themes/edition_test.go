package themes

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"tongban/internal/engine/forms"
)

func TestEveryThemeOfTheCityIsASoundForm(t *testing.T) {
	all, editions := sampleCity(t)
	for _, theme := range all {
		c := Compose(theme, editions, days, start)
		e := c.Whole()
		for _, f := range forms.CheckForm(e.Form, e.Questions...) {
			if !f.Warn {
				t.Errorf("%s: %s %s", theme.Name, f.Path, f.Say)
			}
		}
		if len(e.Objects) == 0 {
			t.Errorf("%s: nobody may apply for all of it", theme.Name)
		}
		n := 0
		for range e.Form.All() {
			n++
		}
		if n != len(c.Form.Fields) || len(e.Materials) != len(c.Materials.Materials) {
			t.Errorf("%s: %d fields of %d", theme.Name, n, len(c.Form.Fields))
		}
	}
}

// What the form of the whole asks is what the items ask of someone with these
// answers, and so are its materials.
func TestTheWholeAsksWhatItsItemsAsk(t *testing.T) {
	all, editions := sampleCity(t)
	composed := make([]*Composed, len(all))
	for i, theme := range all {
		composed[i] = Compose(theme, editions, days, start)
	}
	rapid.Check(t, func(t *rapid.T) {
		generic := rapid.SampledFrom(composed).Draw(t, "theme")
		e := generic.Whole()
		answers := forms.Answers{}
		for _, q := range e.Questions {
			options := []string{forms.Yes, forms.No}
			if len(q.Options) > 0 {
				options = nil
				for _, o := range q.Options {
					options = append(options, o.Value)
				}
			}
			answers[q.ID] = rapid.SampledFrom(options).Draw(t, q.ID)
		}
		own := Recompose(generic, answers)
		var want, got []string
		_, fields := own.Asked(answers, start)
		for _, f := range fields {
			want = append(want, f.Label)
		}
		for _, f := range e.Form.With(e.Questions).Visible(answers, start).All() {
			if e.Form.Field(f.ID) != nil {
				got = append(got, f.Label)
			}
		}
		slices.Sort(want)
		slices.Sort(got)
		for _, w := range want {
			if _, found := slices.BinarySearch(got, w); !found {
				t.Fatalf("%s: “%s” is not asked: %v, want %v", generic.Theme.Name, w, got, want)
			}
		}
		var papers []string
		for _, m := range e.MaterialsFor(answers) {
			papers = append(papers, m.Name)
		}
		for _, m := range own.For(answers) {
			if !slices.Contains(papers, m.Name) && generic.Demand(m.Demands[0].Item, m.Demands[0].ID) != "" {
				t.Fatalf("%s: “%s” is not asked for: %v", generic.Theme.Name, m.Name, papers)
			}
		}
	})
}
