package forms

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestFaultsOfADefinition(t *testing.T) {
	two := []Option{{"a", "甲"}, {"b", "乙"}}
	for _, tt := range []struct {
		name   string
		fields []Field
		path   string
		code   string
		say    string
	}{
		{"sound", []Field{{ID: "甲", Label: "甲", Kind: Text}}, "", "", ""},
		{"twice", []Field{{ID: "甲", Label: "甲", Kind: Text}, {ID: "甲", Label: "乙", Kind: Text}}, "groups[0].fields[1].id", "forms.id.twice", "与 groups[0].fields[0] 重复"},
		{"a name conditions cannot use", []Field{{ID: "甲-乙", Label: "甲", Kind: Text}}, "groups[0].fields[0].id", "forms.id.shape", "甲-乙"},
		{"a word of conditions", []Field{{ID: "not", Label: "甲", Kind: Text}}, "groups[0].fields[0].id", "forms.id.shape", "not"},
		{"no label", []Field{{ID: "甲", Kind: Text}}, "groups[0].fields[0].label", "forms.label", "请填写字段的名称"},
		{"no such kind", []Field{{ID: "甲", Label: "甲", Kind: "colour"}}, "groups[0].fields[0].kind", "forms.kind", "colour"},
		{"no options", []Field{{ID: "甲", Label: "甲", Kind: Choice}}, "groups[0].fields[0].options", "forms.options.few", "至少要有两个选项"},
		{"option twice", []Field{{ID: "甲", Label: "甲", Kind: Choice, Options: append(two, Option{"a", "丙"})}}, "groups[0].fields[0].options[2]", "forms.options.twice", "“a”重复"},
		{"empty option", []Field{{ID: "甲", Label: "甲", Kind: Choice, Options: append(two, Option{"c", ""})}}, "groups[0].fields[0].options[2]", "forms.options.empty", ""},
		{"options of a text", []Field{{ID: "甲", Label: "甲", Kind: Text, Options: two}}, "groups[0].fields[0].options", "forms.options.unused", "不是选择题"},
		{"least above most", []Field{{ID: "甲", Label: "甲", Kind: Number, Min: "5", Max: "1"}}, "groups[0].fields[0].min", "forms.bound.order", "最小值5大于最大值1"},
		{"days the wrong way round", []Field{{ID: "甲", Label: "甲", Kind: Date, Min: "today", Max: "today-1d"}}, "groups[0].fields[0].min", "forms.bound.order", ""},
		{"a bound that is no day", []Field{{ID: "甲", Label: "甲", Kind: Date, Max: "明天"}}, "groups[0].fields[0].max", "forms.bound", "明天"},
		{"more to choose than there is", []Field{{ID: "甲", Label: "甲", Kind: Choices, Options: two, Min: "3"}}, "groups[0].fields[0].min", "forms.bound.order", "只有2个选项"},
		{"bounds of a text", []Field{{ID: "甲", Label: "甲", Kind: Text, Min: "3"}}, "groups[0].fields[0].min", "forms.bound.unused", ""},
		{"longer than its kind", []Field{{ID: "甲", Label: "甲", Kind: Text, MaxLen: 201}}, "groups[0].fields[0].maxLen", "forms.length", "最多200个字"},
		{"no such pattern", []Field{{ID: "甲", Label: "甲", Kind: Text, Pattern: "zip"}}, "groups[0].fields[0].pattern", "forms.pattern", "postcode"},
		{"bad expression", []Field{{ID: "甲", Label: "甲", Kind: Text, Pattern: "re:("}}, "groups[0].fields[0].pattern", "forms.pattern", ""},
		{"look-ahead", []Field{{ID: "甲", Label: "甲", Kind: Text, Pattern: "re:(?=a)b"}}, "groups[0].fields[0].pattern", "forms.pattern", ""},
		{"sound expression", []Field{{ID: "甲", Label: "甲", Kind: Text, Pattern: "re:[A-Z]{2}\\d+"}}, "", "", ""},
		{"no such source", []Field{{ID: "甲", Label: "甲", Kind: Text, Prefill: "who.name"}}, "groups[0].fields[0].prefill", "forms.prefill", ""},
		{"an open identity number", []Field{{ID: "甲", Label: "甲", Kind: IDNumber}}, "groups[0].fields[0].sensitive", "forms.sensitive", "第二十八条"},
		{"a condition that cannot be read", []Field{{ID: "甲", Label: "甲", Kind: YesNo}, {ID: "乙", Label: "乙", Kind: Text, When: "甲 ＝ 是"}}, "groups[0].fields[1].when", "forms.when.wide", "第3个字"},
		{"a field that is gone", []Field{{ID: "乙", Label: "乙", Kind: Text, When: "甲"}}, "groups[0].fields[0].when", "forms.when.name", "没有叫“甲”的问题或字段"},
		{"a number is not a text", []Field{{ID: "甲", Label: "甲", Kind: Number}, {ID: "乙", Label: "乙", Kind: Text, When: "甲 == '大'"}}, "groups[0].fields[1].when", "forms.when.kind", "不能比较"},
		{"an option that is not offered", []Field{{ID: "甲", Label: "甲", Kind: Choice, Options: two}, {ID: "乙", Label: "乙", Kind: Text, When: "甲 == 'c'"}}, "groups[0].fields[1].when", "forms.when.option", "“甲”没有“c”这个选项"},
		{"asked later", []Field{{ID: "甲", Label: "甲", Kind: Text, When: "乙"}, {ID: "乙", Label: "乙", Kind: YesNo}}, "groups[0].fields[0].when", "forms.when.later", "后面才问的“乙”"},
		{"itself", []Field{{ID: "甲", Label: "一", Kind: YesNo, When: "甲"}}, "groups[0].fields[0].when", "forms.when.cycle", "一 → 一"},
		{"ring of three", []Field{{ID: "甲", Label: "一", Kind: YesNo, When: "丙"}, {ID: "乙", Label: "二", Kind: YesNo, When: "甲"}, {ID: "丙", Label: "三", Kind: YesNo, When: "乙"}}, "groups[0].fields[0].when", "forms.when.cycle", "一 → 三 → 二 → 一"},
		{"the day is always known", []Field{{ID: "甲", Label: "甲", Kind: Birth}, {ID: "乙", Label: "乙", Kind: Text, When: "周岁(甲, 今天) < 18"}}, "", "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			found := CheckForm(Form{[]Group{{ID: "g", Title: "组", Fields: tt.fields}}})
			if tt.code == "" {
				if len(found) > 0 {
					t.Fatalf("%+v", found)
				}
				return
			}
			if len(found) != 1 || found[0].Path != tt.path || found[0].Code != tt.code || !strings.Contains(found[0].Say, tt.say) {
				t.Fatalf("%+v", found)
			}
		})
	}
}

func TestFaultsOfGroupsAndQuestions(t *testing.T) {
	field := func(id string) []Field { return []Field{{ID: id, Label: id, Kind: YesNo}} }
	found := CheckForm(Form{[]Group{
		{ID: "g", Title: "", When: "甲", Fields: field("甲")},
		{ID: "g", Title: "二", Fields: nil},
		{ID: "situation", Title: "三", When: "问一", Fields: field("问二")},
	}}, Question{ID: "问一", Text: "一？", When: "问二"}, Question{ID: "问二", Text: "二？", When: "问一"})
	var got []string
	for _, f := range found {
		got = append(got, f.Path+" "+strings.TrimPrefix(f.Code, "forms."))
	}
	want := "groups[0].title title|groups[1].id id.twice|groups[1].fields empty|groups[2].id id.shape|groups[2].fields[0].id id.twice|questions[0].when when.cycle|groups[0].when when.cycle"
	if strings.Join(got, "|") != want {
		t.Errorf("%s", strings.Join(got, "|"))
	}
	if found := CheckQuestions([]Question{{ID: "问", Text: "几？", Options: []Option{{"一", "一"}}}}); len(found) != 1 || found[0].Path != "questions[0].options" {
		t.Errorf("%+v", found)
	}
	if found := CheckForm(Form{[]Group{{ID: "g", Title: "组", Fields: make([]Field, maxFields+1)}}}); len(found) != 1 || found[0].Code != "forms.size" {
		t.Errorf("%+v", found)
	}
}

// A form whose conditions look only backwards is sound; turning one of them
// forwards is found.
func TestOrderIsProven(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 12).Draw(t, "fields")
		fields := make([]Field, n)
		for i := range fields {
			fields[i] = Field{ID: fmt.Sprintf("f%d", i), Label: fmt.Sprint(i), Kind: YesNo}
			if on := rapid.IntRange(-1, i-1).Draw(t, "on"); on >= 0 {
				fields[i].When = fmt.Sprintf("not f%d", on)
			}
		}
		form := Form{[]Group{{ID: "g", Title: "组", Fields: fields}}}
		if found := CheckForm(form); len(found) > 0 {
			t.Fatalf("%+v", found)
		}
		from := rapid.IntRange(0, n-1).Draw(t, "from")
		fields[from].When = fmt.Sprintf("f%d", rapid.IntRange(from, n-1).Draw(t, "to"))
		found := CheckForm(form)
		if len(found) != 1 || found[0].Code != "forms.when.later" && found[0].Code != "forms.when.cycle" {
			t.Fatalf("%+v", found)
		}
	})
}

func FuzzCheckForm(f *testing.F) {
	f.Add("甲", "乙 and 丙", "number", "1", "re:(a|b)*", "certificate:x.y")
	f.Add("乙", "甲", "choice", "today+9y", "name", "")
	f.Fuzz(func(t *testing.T, id, when, kind, least, pattern, prefill string) {
		form := Form{[]Group{{ID: "g", Title: id, When: when, Fields: []Field{
			{ID: "甲", Label: "甲", Kind: YesNo}, {ID: id, Label: id, Kind: Kind(kind), When: when, Min: least, Max: least, Pattern: pattern, Prefill: prefill, Options: []Option{{id, when}, {least, kind}}},
		}}}}
		for _, finding := range CheckForm(form) {
			if finding.Code == "" || finding.Say == "" || finding.Path == "" {
				t.Fatalf("%+v", finding)
			}
		}
		Check(form, Answers{"甲": Yes, id: least}, today)
		Screens(form, Answers{"甲": Yes, id: least}, today)
	})
}
