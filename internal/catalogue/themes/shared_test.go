package themes

import (
	"strings"
	"testing"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/engine/clock"
)

// A theme made of a superior's may be better for people, never worse.
func TestWhatGoesBeyondTheSuperior(t *testing.T) {
	superior := func() *Composed {
		return composed(&Theme{ID: "birth", Number: 2, Name: "出生", Promised: clock.Limit{N: 10, Unit: clock.WorkingDays},
			Components: []Component{{Item: "证明"}, {Item: "落户"}, {Item: "社保卡", Optional: true}}},
			item("证明", 3, wantsPaper("母亲身份证")), item("落户", 3, wantsPaper("户口簿")), item("社保卡", 3))
	}
	shared := superior().ForLibrary("省平台", time.Time{})
	ours := map[items.ID]items.ID{"证明": "证明", "落户": "落户", "社保卡": "社保卡"}
	for _, tt := range []struct {
		name   string
		change func(*Theme)
		rule   string // "": nothing is found
	}{
		{"the same", func(*Theme) {}, ""},
		{"a shorter promise", func(t *Theme) { t.Promised.N = 5 }, ""},
		{"a longer promise", func(t *Theme) { t.Promised.N = 11 }, "themes.superior.promise"},
		{"no promise", func(t *Theme) { t.Promised = clock.Limit{} }, "themes.superior.promise"},
		{"another name", func(t *Theme) { t.Name = "生娃" }, "themes.superior.name"},
		{"a matter left out", func(t *Theme) { t.Components = t.Components[1:] }, "themes.superior.missing"},
		{"what may be left out made obligatory", func(t *Theme) { t.Components[2].Optional = false }, "themes.superior.optional"},
		{"one more that may be left out", func(t *Theme) { t.Components = append(t.Components, Component{Item: "接种", Optional: true}) }, ""},
		{"one more for everybody", func(t *Theme) { t.Components = append(t.Components, Component{Item: "接种"}) }, "themes.superior.more"},
		{"a paper more", func(t *Theme) { t.Materials = []items.Material{{Name: "户籍地证明信", Necessity: items.Must}} }, "themes.superior.material"},
		{"the same paper by another name", func(t *Theme) { t.Materials = []items.Material{{Name: "居民户口本", Necessity: items.Must}} }, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := superior()
			tt.change(c.Theme)
			c = Compose(c.Theme, map[items.ID]*items.Edition{"证明": c.editions["证明"], "落户": c.editions["落户"], "社保卡": c.editions["社保卡"], "接种": item("接种", 1)}, days, start)
			var rules []string
			for _, f := range c.Exceeds(shared, ours) {
				rules = append(rules, f.Rule)
			}
			if got := strings.Join(rules, " "); got != tt.rule {
				t.Errorf("found %q, want %q", got, tt.rule)
			}
		})
	}
}
