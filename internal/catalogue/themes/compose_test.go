package themes

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"tongban/data"
	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/engine/clock"
	"tongban/internal/engine/forms"
)

var (
	days  = func() calendar.Calendar { c, err := calendar.Load(data.Calendars); must(err); return c }()
	start = calendar.Parse("2026-03-02") // a Monday; no holiday until 清明
)

func must(err error) {
	if err != nil {
		panic(err)
	}
}

// item is a small item of its own.
func item(id string, limit int, change ...func(*items.Edition)) *items.Edition {
	e := &items.Edition{Item: items.ID(id), Name: id, AgencyName: id + "局", Promised: clock.Limit{N: limit, Unit: clock.WorkingDays}}
	for _, c := range change {
		c(e)
	}
	return e
}

func gives(name string) func(*items.Edition) {
	return func(e *items.Edition) {
		e.Results = append(e.Results, items.Result{Kind: items.Certificate, Name: name})
	}
}

func wantsPaper(names ...string) func(*items.Edition) {
	return func(e *items.Edition) {
		for _, n := range names {
			e.Materials = append(e.Materials, items.Material{ID: fmt.Sprintf("m%d", len(e.Materials)+1), Name: n, Necessity: items.Must, Kind: items.Original, Form: items.Paper, Copies: 1})
		}
	}
}

func asks(fields ...forms.Field) func(*items.Edition) {
	return func(e *items.Edition) {
		e.Form.Groups = append(e.Form.Groups, forms.Group{ID: fmt.Sprintf("g%d", len(e.Form.Groups)), Title: "申请人", Fields: fields})
	}
}

// composed puts items together, with what else the theme says.
func composed(t *Theme, list ...*items.Edition) *Composed {
	editions := map[items.ID]*items.Edition{}
	for _, e := range list {
		editions[e.Item] = e
		if _, there := t.Component(e.Item); !there {
			t.Components = append(t.Components, Component{Item: e.Item})
		}
	}
	return Compose(t, editions, days, start)
}

func rules(c *Composed) string {
	var all []string
	for _, f := range c.Findings {
		all = append(all, f.Rule)
	}
	return strings.Join(all, " ")
}

func labels(c *Composed) string {
	var all []string
	for _, f := range c.Form.Fields {
		all = append(all, f.Label)
	}
	return strings.Join(all, " ")
}

func papers(c *Composed) string {
	var all []string
	for _, m := range c.Materials.Materials {
		all = append(all, m.Name)
	}
	return strings.Join(all, " ")
}

func TestOneForm(t *testing.T) {
	name := forms.Field{ID: "姓名", Label: "姓名", Kind: forms.Text, Element: "姓名", Prefill: "person.name", Required: true}
	father := forms.Field{ID: "父亲姓名", Label: "父亲姓名", Kind: forms.Text, Element: "姓名"}
	number := forms.Field{ID: "出生医学证明编号", Label: "出生医学证明编号", Kind: forms.Text, Element: "出生医学证明编号", Required: true}
	area := func(min, max string) forms.Field {
		return forms.Field{ID: "面积", Label: "面积", Kind: forms.Number, Element: "面积", Min: min, Max: max}
	}
	holder := forms.Field{ID: "持卡人姓名", Label: "持卡人姓名", Kind: forms.Text, Element: "姓名", MaxLen: 30}
	child := forms.Field{ID: "新生儿姓名", Label: "新生儿姓名", Kind: forms.Text, Element: "姓名", MaxLen: 50}
	for _, tt := range []struct {
		name  string
		theme Theme
		items []*items.Edition
		want  string
		rules string
	}{
		{"the applicant's name is asked once", Theme{}, []*items.Edition{item("甲", 1, asks(name)), item("乙", 1, asks(name))}, "姓名", "themes.plan.promise"},
		{"the father's name is not the applicant's", Theme{}, []*items.Edition{item("甲", 1, asks(name)), item("乙", 1, asks(father))}, "姓名 父亲姓名", "themes.plan.promise"},
		{"who holds the card is the child, where the theme says so", Theme{People: map[string]string{"持卡人": "新生儿"}}, []*items.Edition{item("甲", 1, asks(child)), item("乙", 1, asks(holder))}, "新生儿姓名", "themes.plan.promise"},
		{"the number of a certificate that an item makes is not asked", Theme{}, []*items.Edition{item("甲", 1, gives("出生医学证明")), item("乙", 1, asks(number))}, "", "themes.plan.promise"},
		{"bounds nobody can meet are found, and both are asked", Theme{}, []*items.Edition{item("甲", 1, asks(area("", "100"))), item("乙", 1, asks(area("200", "")))}, "面积 面积", "themes.form.clash themes.plan.promise"},
		{"what the theme answers is not asked", Theme{Components: []Component{{Item: "甲", Given: forms.Answers{"父亲姓名": "张伟"}}}}, []*items.Edition{item("甲", 1, asks(father))}, "", "themes.plan.promise"},
		{"an item nobody knows is found", Theme{Components: []Component{{Item: "没有"}}}, nil, "", "themes.item.none"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := composed(&tt.theme, tt.items...)
			if got := labels(c); got != tt.want {
				t.Errorf("asked %q, want %q", got, tt.want)
			}
			if got := rules(c); got != tt.rules {
				t.Errorf("found %q, want %q", got, tt.rules)
			}
		})
	}
}

func TestClashNamesBothSources(t *testing.T) {
	long := forms.Field{ID: "面积", Label: "面积", Kind: forms.Number, Element: "面积", Min: "200"}
	short := forms.Field{ID: "面积", Label: "面积", Kind: forms.Number, Element: "面积", Max: "100"}
	c := composed(&Theme{}, item("餐饮", 1, asks(long)), item("消防", 1, asks(short)))
	f := c.Findings[0]
	if len(f.Sources) != 2 || f.Sources[0].Item != "餐饮" || f.Sources[1].Item != "消防" || f.Severity != items.Error {
		t.Errorf("got %+v", f)
	}
	if !strings.Contains(f.Say, "餐饮") || !strings.Contains(f.Say, "消防") {
		t.Errorf("both should be named: %s", f.Say)
	}
}

func TestOneList(t *testing.T) {
	for _, tt := range []struct {
		name  string
		theme Theme
		items []*items.Edition
		want  string
		rules string
	}{
		{"one name is one paper", Theme{}, []*items.Edition{item("甲", 1, wantsPaper("结婚证")), item("乙", 1, wantsPaper("《结婚证》"))}, "结婚证", "themes.plan.promise"},
		{"other names are proposed and both asked until confirmed", Theme{}, []*items.Edition{item("甲", 1, wantsPaper("身份证")), item("乙", 1, wantsPaper("居民身份证"))}, "身份证 居民身份证", "themes.material.names themes.plan.promise"},
		{"a name that says whose may be the same", Theme{}, []*items.Edition{item("甲", 1, wantsPaper("身份证")), item("乙", 1, wantsPaper("身份证（女方）"))}, "身份证 身份证（女方）", "themes.material.names themes.plan.promise"},
		{"the husband's is not the wife's", Theme{}, []*items.Edition{item("甲", 1, wantsPaper("身份证（男方）", "身份证（女方）"))}, "身份证（男方） 身份证（女方）", "themes.plan.promise"},
		{"confirmed names are one paper", Theme{Names: []Same{{Names: []string{"身份证", "中华人民共和国居民身份证"}, As: "居民身份证", By: "李敏"}}}, []*items.Edition{item("甲", 1, wantsPaper("身份证")), item("乙", 1, wantsPaper("中华人民共和国居民身份证"))}, "居民身份证", "themes.plan.promise"},
		{"names said to be apart are not proposed again", Theme{Names: []Same{{Names: []string{"身份证", "居民身份证"}, Apart: true, By: "李敏"}}}, []*items.Edition{item("甲", 1, wantsPaper("身份证")), item("乙", 1, wantsPaper("居民身份证"))}, "身份证 居民身份证", "themes.plan.promise"},
		{"what an item makes is not asked for", Theme{}, []*items.Edition{item("甲", 1, gives("营业执照")), item("乙", 1, wantsPaper("营业执照副本", "租赁合同"))}, "租赁合同", "themes.plan.promise"},
		{"a commitment of one item is not that of another", Theme{}, []*items.Edition{item("甲", 1, wantsPaper("承诺书")), item("乙", 1, wantsPaper("承诺书"))}, "承诺书 承诺书", "themes.plan.promise"},
		{"forms of application are written by the program", Theme{}, []*items.Edition{item("甲", 1, wantsPaper("消防验收申请表")), item("乙", 1, wantsPaper("登记申请书"))}, "", "themes.plan.promise"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := composed(&tt.theme, tt.items...)
			if got := papers(c); got != tt.want {
				t.Errorf("list %q, want %q", got, tt.want)
			}
			if got := rules(c); got != tt.rules {
				t.Errorf("found %q, want %q", got, tt.rules)
			}
		})
	}
}

// What is somebody else's under its own name does not become the applicant's
// under the name that a theme gives it.
func TestANameOfTheThemeMakesNobodyElsesPaperOnesOwn(t *testing.T) {
	for _, names := range [][]string{{"死者身份证", "死亡人员身份证"}, {"申请人身份证", "参保人身份证"}, {"死者身份证", "死者身份证"}} {
		a, b := item("甲", 1, wantsPaper(names[0])), item("乙", 1, wantsPaper(names[1]))
		a.Materials[0].Certificate, b.Materials[0].Certificate = "居民身份证", "居民身份证"
		c := composed(&Theme{Names: []Same{{Names: names, As: "居民身份证", By: "李敏"}}}, a, b)
		if all := append(c.Materials.Materials, c.For(nil)...); len(all) != 2 || all[0].Fetched() || all[1].Fetched() {
			t.Errorf("%v: %+v", names, all)
		}
	}
}

func TestStrictestRequirementIsKeptAndExplained(t *testing.T) {
	a := item("甲", 1, wantsPaper("结婚证"))
	a.Materials[0].Kind, a.Materials[0].Copies, a.Materials[0].Deferrable = items.Duplicate, 2, true
	b := item("乙", 1, wantsPaper("结婚证"))
	b.Materials[0].Certificate = "结婚证"
	c := composed(&Theme{}, a, b)
	m := c.Materials.Materials[0]
	if m.Kind != items.OriginalAndCopy || m.Copies != 2 || m.Deferrable || m.Fetched() {
		t.Errorf("got %+v", m.Material)
	}
	if m.Why == "" || rules(c) != "themes.material.fetched themes.plan.promise" {
		t.Errorf("why %q, found %s", m.Why, rules(c))
	}
}

func TestConditionalMaterialsFollowTheQuestionnaire(t *testing.T) {
	a := item("甲", 1, wantsPaper("结婚证", "离婚证"))
	a.Questions = []forms.Question{{ID: "父母已婚", Text: "父母已婚？"}}
	a.Materials[0].When, a.Materials[1].When = `父母已婚 == "是"`, `父母已婚 == "否"`
	c := composed(&Theme{}, a)
	if got := c.For(forms.Answers{"父母已婚": "是"}); len(got) != 1 || got[0].Name != "结婚证" {
		t.Errorf("got %v", got)
	}
	if got := c.For(forms.Answers{"父母已婚": "否"}); len(got) != 1 || got[0].Name != "离婚证" {
		t.Errorf("got %v", got)
	}
}

func TestOnePlan(t *testing.T) {
	for _, tt := range []struct {
		name     string
		theme    Theme
		items    []*items.Edition
		days     int
		critical string
		rules    string
	}{
		{"side by side the longest counts", Theme{Promised: clock.Limit{N: 9, Unit: clock.WorkingDays}}, []*items.Edition{item("甲", 3), item("乙", 7)}, 7, "[乙]", ""},
		{"one behind the other they add up", Theme{Promised: clock.Limit{N: 10, Unit: clock.WorkingDays}}, []*items.Edition{item("甲", 3, gives("营业执照")), item("乙", 7, wantsPaper("营业执照"))}, 10, "[甲 乙]", ""},
		{"a declared order holds", Theme{Order: []Order{{Before: "乙", After: "甲"}}, Promised: clock.Limit{N: 10, Unit: clock.WorkingDays}}, []*items.Edition{item("甲", 3), item("乙", 7)}, 10, "[乙 甲]", ""},
		{"a condition that demands a paper makes an order", Theme{Promised: clock.Limit{N: 10, Unit: clock.WorkingDays}}, []*items.Edition{item("甲", 3, gives("营业执照")), item("乙", 7, func(e *items.Edition) {
			e.Conditions = []items.Condition{{Kind: items.Eligibility, Text: "已取得营业执照"}}
		})}, 10, "[甲 乙]", ""},
		{"a single limit longer than the whole is found, not refused", Theme{Promised: clock.Limit{N: 5, Unit: clock.WorkingDays}}, []*items.Edition{item("甲", 30)}, 30, "[甲]", "themes.plan.single themes.plan.late"},
		{"more than 45 needs an extension", Theme{Promised: clock.Limit{N: 60, Unit: clock.WorkingDays}}, []*items.Edition{item("甲", 50)}, 50, "[甲]", "themes.plan.extension"},
		{"more than 45 and 15 is beyond the law", Theme{Promised: clock.Limit{N: 90, Unit: clock.WorkingDays}}, []*items.Edition{item("甲", 61)}, 61, "[甲]", "themes.plan.legal"},
		{"a number without a unit is said to be one", Theme{Promised: clock.Limit{N: 5, Unit: clock.WorkingDays}}, []*items.Edition{item("甲", 0, func(e *items.Edition) { e.Promised = clock.Limit{N: 4} })}, 4, "[甲]", "themes.plan.unit"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := composed(&tt.theme, tt.items...)
			if c.Plan.Days != tt.days || fmt.Sprint(c.Plan.Critical) != tt.critical {
				t.Errorf("%d days by %v, want %d by %s", c.Plan.Days, c.Plan.Critical, tt.days, tt.critical)
			}
			if got := rules(c); got != tt.rules {
				t.Errorf("found %q, want %q", got, tt.rules)
			}
		})
	}
}

func TestCycleIsFoundWithItsPath(t *testing.T) {
	c := composed(&Theme{Order: []Order{{Before: "丙", After: "甲"}}},
		item("甲", 1, gives("甲证明书")), item("乙", 1, wantsPaper("甲证明书"), gives("乙证明书")), item("丙", 1, wantsPaper("乙证明书")))
	i := slices.IndexFunc(c.Findings, func(f Finding) bool { return f.Rule == "themes.plan.cycle" })
	if i < 0 {
		t.Fatal("not found")
	}
	f := c.Findings[i]
	if len(f.Run) != 4 || f.Run[0] != f.Run[3] || f.Severity != items.Error {
		t.Errorf("run %v", f.Run)
	}
	if len(c.Plan.Steps) != 3 {
		t.Errorf("the rest should be planned all the same: %v", c.Plan.Steps)
	}
}

func TestTwoWhoNeedEachOthersResult(t *testing.T) {
	c := composed(&Theme{}, item("甲", 1, gives("甲证明书"), wantsPaper("乙证明书")), item("乙", 1, gives("乙证明书"), wantsPaper("甲证明书")))
	if !strings.Contains(rules(c), "themes.plan.cycle") {
		t.Errorf("found %s", rules(c))
	}
}

func TestSavedHasTheListBehindEachNumber(t *testing.T) {
	a := item("甲", 3, wantsPaper("结婚证", "照片"), func(e *items.Edition) { e.Visits = 2 })
	b := item("乙", 7, wantsPaper("结婚证"), func(e *items.Edition) { e.Visits = 1 })
	s := composed(&Theme{}, a, b).Saved
	for _, tt := range []struct {
		what           string
		s              Saving
		apart, jointly int
	}{{"steps", s.Steps, 2, 1}, {"materials", s.Materials, 3, 2}, {"days", s.Days, 10, 7}, {"visits", s.Visits, 3, 2}} {
		if tt.s.Apart != tt.apart || tt.s.Jointly != tt.jointly {
			t.Errorf("%s: %s, want %d → %d", tt.what, tt.s, tt.apart, tt.jointly)
		}
		for _, list := range [][]Line{tt.s.Before, tt.s.After} {
			if len(list) == 0 {
				t.Errorf("%s has no list", tt.what)
			}
		}
	}
}

// A code that a component gives is not asked for the others, whatever their forms call it;
// somebody else's is.
func TestACodeThatAComponentGivesIsNotAsked(t *testing.T) {
	for _, tt := range []struct {
		name   string
		field  forms.Field
		spared bool
	}{
		{"by its element", forms.Field{Label: "代码", Element: "统一社会信用代码"}, true},
		{"by its label", forms.Field{Label: "统一社会信用代码"}, true},
		{"by what fills it", forms.Field{Label: "单位代码", Prefill: "org.uscc"}, true},
		{"something else", forms.Field{Label: "单位代码"}, false},
		{"somebody else's", forms.Field{Label: "监护人营业执照编号"}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.field.ID, tt.field.Kind = "码", forms.Text
			c := composed(&Theme{}, item("设立", 3, gives("营业执照")), item("社保", 3, asks(tt.field)))
			if got := len(c.Form.Spared) == 1 && len(c.Form.Fields) == 0; got != tt.spared {
				t.Errorf("asked %v, spared %v", c.Form.Fields, c.Form.Spared)
			}
		})
	}
}

// The figure on a card and the list of a page are one count.
func TestWhatMustBeHandedInIsCountedOnce(t *testing.T) {
	fetched := func(e *items.Edition) {
		e.Materials = append(e.Materials, items.Material{ID: "f", Name: "户口簿", Necessity: items.Must, Certificate: "居民户口簿", Form: items.Electronic})
	}
	spare := func(e *items.Edition) {
		e.Materials = append(e.Materials, items.Material{ID: "s", Name: "情况说明", Necessity: items.Optional})
	}
	c := composed(&Theme{}, item("甲", 3, wantsPaper("申请书", "平面图"), fetched), item("乙", 3, spare))
	must, may, got := c.Materials.Parted()
	if len(must) != c.Saved.Materials.Jointly || len(must)+len(may)+len(got) != len(c.Materials.Materials) || len(may) != 1 || len(got) != 1 {
		t.Errorf("must %v, may %v, fetched %v; counted %d", must, may, got, c.Saved.Materials.Jointly)
	}
}
