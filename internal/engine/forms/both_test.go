package forms

import (
	"testing"

	"pgregory.net/rapid"

	"tongban/internal/civic/calendar"
)

var when = calendar.Parse("2026-09-24")

func TestBoth(t *testing.T) {
	area := func(min, max string) Field { return Field{ID: "a", Label: "面积", Kind: Number, Min: min, Max: max} }
	option := func(values ...string) (all []Option) {
		for _, v := range values {
			all = append(all, Option{v, v})
		}
		return all
	}
	for _, tt := range []struct {
		name  string
		f, g  Field
		clash bool
		want  Field
	}{
		{"the stricter bounds hold", area("1", "100"), area("20", "500"), false, area("20", "100")},
		{"no number is both at least 200 and at most 100", area("", "100"), area("200", ""), true, area("", "100")},
		{"days counted from today are compared with days", Field{Kind: Date, Min: "today"}, Field{Kind: Date, Max: "2026-01-01"}, true, Field{Kind: Date, Min: "today"}},
		{"a mobile number is a text", Field{Kind: Text, MaxLen: 50}, Field{Kind: Mobile, Required: true}, false, Field{Kind: Mobile, MaxLen: 50, Required: true}},
		{"a day is no mobile number", Field{Kind: Date}, Field{Kind: Mobile}, true, Field{Kind: Date}},
		{"only common options are offered", Field{Kind: Choice, Options: option("男", "女", "未说明")}, Field{Kind: Choice, Options: option("男", "女")}, false, Field{Kind: Choice, Options: option("男", "女")}},
		{"one common option is no question", Field{Kind: Choice, Options: option("窗口", "邮寄")}, Field{Kind: Choice, Options: option("网点", "邮寄")}, true, Field{Kind: Choice, Options: option("窗口", "邮寄")}},
		{"metres are not square metres", Field{Kind: Number, Unit: "米"}, Field{Kind: Number, Unit: "平方米"}, true, Field{Kind: Number, Unit: "米"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			both, clash := tt.f.Both(tt.g, when)
			if (clash != "") != tt.clash {
				t.Fatalf("clash %q, want one: %v", clash, tt.clash)
			}
			if got, want := described(both), described(tt.want); got != want {
				t.Errorf("got %s, want %s", got, want)
			}
		})
	}
}

// described leaves what a field takes.
func described(f Field) string {
	s := string(f.Kind) + "[" + f.Min + "," + f.Max + "]"
	for _, o := range f.Options {
		s += o.Value + ";"
	}
	return s
}

// What one field takes in place of two, both take; and what both take, it takes.
func TestBothTakesWhatEachTakes(t *testing.T) {
	bounds := []string{"", "0", "5", "10", "20"}
	days := []string{"", "2026-01-01", "today", "today+30d", "today-18y"}
	draw := func(t *rapid.T, name string) Field {
		f := Field{ID: "x", Label: "甲", Kind: rapid.SampledFrom([]Kind{Text, Number, Money, Date, Birth, Mobile, Choice, YesNo, LongText}).Draw(t, name)}
		f.Required = rapid.Bool().Draw(t, name+"required")
		f.MaxLen = rapid.SampledFrom([]int{0, 2, 9, 12}).Draw(t, name+"len")
		switch f.Kind {
		case Number, Money:
			f.Min, f.Max = rapid.SampledFrom(bounds).Draw(t, name+"min"), rapid.SampledFrom(bounds).Draw(t, name+"max")
		case Date, Birth:
			f.Min, f.Max = rapid.SampledFrom(days).Draw(t, name+"min"), rapid.SampledFrom(days).Draw(t, name+"max")
		case Choice:
			for _, v := range rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"一", "二", "三", "四"}), 2, 4, rapid.ID).Draw(t, name+"options") {
				f.Options = append(f.Options, Option{v, v})
			}
		}
		return f
	}
	answers := []string{"", "一", "二", "三", "四", "是", "否", "3", "7", "15", "2026-01-01", "2026-09-24", "2026-10-01", "1990-05-05", "13800000000", "随便写写", "12345678901"}
	rapid.Check(t, func(t *rapid.T) {
		f, g := draw(t, "f"), draw(t, "g")
		both, clash := f.Both(g, when)
		if clash != "" {
			return
		}
		for _, v := range answers {
			f1, _ := f.Judge(v, when)
			g1, _ := g.Judge(v, when)
			b, _ := both.Judge(v, when)
			if (f1 == "" && g1 == "") != (b == "") {
				t.Fatalf("%q: %+v says %q, %+v says %q, both %+v says %q", v, f, f1, g, g1, both, b)
			}
		}
	})
}
