package industries_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"tongban/data"
	"tongban/internal/catalogue/industries"
	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/themes"
	"tongban/internal/civic/calendar"
	"tongban/internal/engine/forms"
	"tongban/internal/ground/fault"
)

func permit(id items.ID, agency string, onSite bool, conditions ...items.Condition) *items.Edition {
	e := &items.Edition{Item: id, Number: 1, Name: string(id) + "许可", AgencyName: agency, Conditions: conditions}
	if onSite {
		e.Special = []items.Special{{Name: "现场核查", Kind: items.Inspection}}
	}
	return e
}

func must(text string) items.Condition {
	return items.Condition{Kind: items.Eligibility, Text: text}
}

// shop is a theme of food, fire and a filing, of which the first two are on the licence.
func shop(t testing.TB) (*industries.Industry, *themes.Composed) {
	days, err := calendar.Load(data.Calendars)
	if err != nil {
		t.Fatal(err)
	}
	food := permit("food", "市场监管局", true, must("取得营业执照"), must("具有与经营相适应的场所。"), must("有健康证明的从业人员"),
		items.Condition{Kind: items.Eligibility, Text: "专间面积符合要求", When: `经营类别 == "餐饮"`}, items.Condition{Kind: items.Prohibition, Text: "场所不得与厕所相邻"})
	food.Questions = []forms.Question{{ID: "经营类别", Text: "卖什么？", Options: []forms.Option{{Value: "餐饮", Label: "餐饮"}, {Value: "零售", Label: "零售"}}}}
	fire := permit("fire", "消防支队", true, must("具有与经营相适应的场所"), must("消防设施完好有效"))
	papers := permit("papers", "商务局", false, must("场所证明真实"))
	filing := permit("filing", "市场监管局", true, must("只卖预包装食品的场所"))
	theme := &themes.Theme{ID: "shop", Name: "开店", Components: []themes.Component{{Item: "food"}, {Item: "fire"}, {Item: "papers"}, {Item: "filing"}}}
	editions := map[items.ID]*items.Edition{"food": food, "fire": fire, "papers": papers, "filing": filing}
	return &industries.Industry{ID: "shop", Name: "店", Theme: "shop", Permits: []items.ID{"food", "fire", "papers"}},
		themes.Compose(theme, editions, days, calendar.Parse("2026-03-02"))
}

func TestConditionsAreSaidOnceAndNoneIsLost(t *testing.T) {
	i, c := shop(t)
	for _, tt := range []struct {
		name    string
		answers forms.Answers
		says    map[string]int // how many demand it
		may     []string
		misses  []string
	}{
		{"nothing answered: what depends on an answer is marked", nil, map[string]int{"具有与经营相适应的场所。": 2, "消防设施完好有效": 1, "专间面积符合要求": 1}, []string{"专间面积符合要求"}, []string{"只卖预包装食品的场所"}},
		{"it concerns them", forms.Answers{"经营类别": "餐饮"}, map[string]int{"专间面积符合要求": 1}, nil, nil},
		{"it does not", forms.Answers{"经营类别": "零售"}, map[string]int{"取得营业执照": 1}, nil, []string{"专间面积符合要求"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			all := i.Merge(c, tt.answers)
			got, may := map[string]int{}, []string{}
			for _, one := range all {
				got[one.Text] = len(one.For)
				if one.May {
					may = append(may, one.Text)
				}
			}
			for text, n := range tt.says {
				if got[text] != n {
					t.Errorf("%s is demanded by %d, want %d", text, got[text], n)
				}
			}
			if !slices.Equal(may, tt.may) && len(may)+len(tt.may) > 0 {
				t.Errorf("%v depend, want %v", may, tt.may)
			}
			for _, text := range tt.misses {
				if _, there := got[text]; there {
					t.Errorf("%s is there", text)
				}
			}
		})
	}
}

func TestTheJointVisitLooksAtWhatOnlyTheSpotShows(t *testing.T) {
	i, c := shop(t)
	list, goes := i.Visit(c, i.Merge(c, nil))
	if !slices.Equal(goes, []string{"市场监管局", "消防支队"}) {
		t.Errorf("%v go", goes)
	}
	var says []string
	for _, one := range list {
		says = append(says, one.Text)
		for _, f := range one.For {
			if f.Item == "papers" || f.Item == "filing" {
				t.Errorf("%s goes, but inspects nothing", f.Title)
			}
		}
	}
	if !slices.Equal(says, []string{"具有与经营相适应的场所。", "专间面积符合要求", "消防设施完好有效"}) {
		t.Errorf("they look at %v", says)
	}
	if len(list[0].For) != 2 {
		t.Errorf("the place is looked at once, by both: %+v", list[0].For)
	}
}

// Whatever the permits demand, every condition of every permit on the licence is
// in the merged list, with that permit named (条件不变).
func TestMergingDropsNothing(t *testing.T) {
	texts := []string{"有场所", "有场所。", "有设备", "有人员", "有制度", "有执照", "别的"}
	days, err := calendar.Load(data.Calendars)
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		theme, editions := &themes.Theme{ID: "t"}, map[items.ID]*items.Edition{}
		i := &industries.Industry{ID: "i"}
		for n := range rapid.IntRange(1, 5).Draw(t, "permits") {
			id := items.ID(rune('a' + n))
			var own []items.Condition
			for _, text := range rapid.SliceOfDistinct(rapid.SampledFrom(texts[1:]), rapid.ID[string]).Draw(t, "conditions") {
				own = append(own, must(text))
			}
			editions[id] = permit(id, string(id), true, own...)
			theme.Components, i.Permits = append(theme.Components, themes.Component{Item: id}), append(i.Permits, id)
		}
		c := themes.Compose(theme, editions, days, calendar.Parse("2026-03-02"))
		all := i.Merge(c, nil)
		for id, e := range editions {
			for _, own := range e.Conditions {
				if !slices.ContainsFunc(all, func(m industries.Condition) bool {
					return strings.Trim(m.Text, "。") == strings.Trim(own.Text, "。") && slices.ContainsFunc(m.For, func(f industries.For) bool { return f.Item == id })
				}) {
					t.Fatalf("%s of %s is lost", own.Text, id)
				}
			}
		}
	})
}

func TestTemplatesThatAreRefused(t *testing.T) {
	for _, tt := range []struct{ name, text, code string }{
		{"an unknown field", "industries:\n  - {id: a, name: 店, theme: t, permits: [x], colour: red}", "industries.read"},
		{"no permit", "industries:\n  - {id: a, name: 店, theme: t}", "industries.read.incomplete"},
		{"no theme", "industries:\n  - {id: a, name: 店, permits: [x]}", "industries.read.incomplete"},
		{"twice", "industries:\n  - {id: a, name: 店, theme: t, permits: [x]}\n  - {id: a, name: 店, theme: t, permits: [x]}", "industries.read.twice"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := industries.Read([]byte(tt.text)); err == nil || fault.Code(err) != tt.code {
				t.Errorf("%v, want %s", err, tt.code)
			}
		})
	}
	text, err := data.Industries.ReadFile("industries.yaml")
	if err != nil {
		t.Fatal(err)
	}
	b, err := industries.Read(text)
	if err != nil || len(b.Industries) < 4 || len(b.Steps) != 6 || len(b.Practices) == 0 {
		t.Errorf("what ships: %+v %v", b, err)
	}
	if _, err := b.Industry("none"); fault.Of(err) != fault.NotFound {
		t.Error(err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("industries:\n  - {id: a, name: 店, theme: t, permits: [x]}"))
	f.Fuzz(func(t *testing.T, text []byte) {
		if b, err := industries.Read(text); (b == nil) == (err == nil) {
			t.Errorf("%v %v", b, err)
		}
	})
}
