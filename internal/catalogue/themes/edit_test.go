package themes

import (
	"slices"
	"testing"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/forms"
	"tongban/internal/ground/fault"
)

func TestAnIdentifierCanStandInAnAddress(t *testing.T) {
	for id, code := range map[ID]string{
		"open-restaurant": "", "1x": "", "": "required", " ": "required",
		"a/b": "shape", "Bad ID!": "shape", "开饭店": "shape", "-a": "shape", "a--b": "shape",
	} {
		err := id.Check()
		if got := fault.Fields(err); (code == "") != (err == nil) || code != "" && (got[0].Path != "id" || got[0].Code != code) {
			t.Errorf("%q: %v, want %q", id, got, code)
		}
	}
}

// An identifier that is taken is not taken for the wish to change the other theme.
func TestATakenIdentifierIsNotAnotherThemesNextEdition(t *testing.T) {
	birth := &Theme{ID: "birth", Name: "新生儿出生"}
	for name, free := range map[string]bool{"": true, "新生儿出生": true, "新生儿出生一件事": true, "开饭店": false} {
		if err := birth.ID.free(birth, name); (err == nil) != free {
			t.Errorf("%q: %v", name, err)
		}
	}
}

func TestAQuoteWithinANameStays(t *testing.T) {
	for name, want := range map[string]string{
		"企业开办“1+X”一件事": "企业开办“1+X”", "“开饭店”一件事": "开饭店", `"开饭店"`: "开饭店", "一件事": "一件事", "“办”和“领”": "“办”和“领”",
	} {
		if got := bare(name); got != want {
			t.Errorf("%s is called %s, want %s", name, got, want)
		}
	}
}

// Whoever began a draft, with a text or without, does not review it.
func TestWhoBeginsADraftDoesNotReviewIt(t *testing.T) {
	d := &Draft{}
	d.Apply(Moved{Theme: "wed", Act: Open, To: Drafting, Account: "u-both", text: &Theme{ID: "wed"}})
	d.State = Submitted
	both := identity.Actor{Account: "u-both", Posts: []identity.Post{{Role: identity.Auditor}}}
	if _, err := d.move(Publish, both, time.Now()); fault.Code(err) != "themes.publish.own" {
		t.Errorf("who began it publishes it: %v", err)
	}
}

func TestRowsThatWereNotFinishedAreNamed(t *testing.T) {
	all, _ := sampleCity(t)
	for _, one := range all {
		if found := Wanting(one); len(found) > 0 {
			t.Errorf("%s: %+v", one.Name, found)
		}
	}
	whole := Theme{
		Name: "开饭店", Class: Local, Stage: "开办", Lead: Department{Name: "市市场监管局"}, Promised: all[0].Promised,
		Components: []Component{{Item: "a"}, {Item: "b"}}, Order: []Order{{Before: "a", After: "b"}}, Names: []Same{{Names: []string{"甲", "乙"}, Apart: true}},
		Fields: []Joined{{Fields: []Ref{{}}}}, Carried: []Carried{{From: "a", To: []Ref{{}}}},
	}
	for path, spoil := range map[string]func(*Theme){
		"": func(*Theme) {},
		"questions[0].id": func(t *Theme) {
			t.Questions = []forms.Question{{Text: "要不要招牌", Options: []forms.Option{{Value: "要"}, {Value: "不要"}}}}
		},
		"order[0]":   func(t *Theme) { t.Order = []Order{{Before: "a", After: items.ID("gone")}} },
		"names[0]":   func(t *Theme) { t.Names = []Same{{Names: []string{"甲", "乙"}}} },
		"joined[0]":  func(t *Theme) { t.Fields = []Joined{{As: "地址"}} },
		"carried[0]": func(t *Theme) { t.Carried = []Carried{{From: "a", Why: "理由"}} },
	} {
		one := whole
		spoil(&one)
		found := Wanting(&one)
		if path == "" && len(found) > 0 || path != "" && !slices.ContainsFunc(found, func(f Finding) bool { return f.Path == path }) {
			t.Errorf("%s: %+v", path, found)
		}
	}
}

func TestAThemeAnswersWhatItsItemsAsk(t *testing.T) {
	all, editions := sampleCity(t)
	for _, one := range all {
		for _, f := range Compose(one, editions, days, start).Findings {
			if f.Rule == "themes.given.none" {
				t.Errorf("%s: %s", one.Name, f.Say)
			}
		}
	}
	birth := *all[slices.IndexFunc(all, func(o *Theme) bool { return o.ID == "birth" })]
	birth.Components = slices.Clone(birth.Components)
	birth.Components[1].Given = forms.Answers{"几岁": "一岁"}
	found := Compose(&birth, editions, days, start).Findings
	if !slices.ContainsFunc(found, func(f Finding) bool { return f.Rule == "themes.given.none" && f.Path == "components[1].given" }) {
		t.Errorf("%+v", found)
	}
}
