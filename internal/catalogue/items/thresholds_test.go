package items_test

import (
	"strings"
	"testing"

	"tongban/internal/catalogue/items"
	"tongban/internal/engine/clock"
	"tongban/internal/engine/forms"
)

// What a lower level may change in a figure or a situation: what is shown to be
// better passes, what is shown to be worse is refused, and of everything else a
// person is told, with both values.
func TestFiguresAreWeighedNotGuessed(t *testing.T) {
	const fine = items.Severity("")
	condition := func(text string) func(*items.Edition) {
		return func(e *items.Edition) { e.Conditions[0].Text = text }
	}
	when := func(text string) func(*items.Edition) {
		return func(e *items.Edition) { e.Materials[0].When = text }
	}
	fee := func(text string) func(*items.Edition) {
		return func(e *items.Edition) { e.Fees[0].Standard = text }
	}
	field := func(change func(*forms.Field)) func(*items.Edition) {
		return func(e *items.Edition) { change(&e.Form.Groups[0].Fields[0]) }
	}
	places := func(n int) func(*items.Edition) {
		return func(e *items.Edition) { e.Quantity = items.Quantity{N: n, Unit: "户", Period: items.EachYear} }
	}
	for _, tt := range []struct {
		name         string
		theirs, mine func(*items.Edition)
		want         items.Severity
	}{
		{"a smaller area will do", condition("经营面积不少于60平方米"), condition("经营面积不少于50平方米"), fine},
		{"a greater area is asked", condition("经营面积不少于50平方米"), condition("经营面积不少于60平方米"), items.Error},
		{"the same, written otherwise", condition("从业人员三人以上"), condition("从业人员3人以上"), fine},
		{"fewer people will do", condition("从业人员十人以上"), condition("从业人员八人以上"), fine},
		{"a longer time is open", condition("自发生之日起30日内提出"), condition("自发生之日起60日内提出"), fine},
		{"a shorter time is open", condition("自发生之日起30日内提出"), condition("自发生之日起20日内提出"), items.Error},
		{"one figure better and one worse", condition("面积不少于50平方米，人员不少于5人"), condition("面积不少于40平方米，人员不少于6人"), items.Error},
		{"a figure that demands either way", condition("注册资本100万元"), condition("注册资本50万元"), items.Warning},
		{"what is forbidden counts the other way", condition("年满70周岁的不予办理"), condition("年满60周岁的不予办理"), items.Warning},
		{"near a school nobody may open", condition("距离学校200米内不得开设"), condition("距离学校300米内不得开设"), items.Warning},
		{"years without a penalty", condition("3年内未受过行政处罚"), condition("5年内未受过行政处罚"), items.Warning},
		{"not above a bound", condition("床位不得超过50张"), condition("床位不得超过40张"), items.Error},
		{"other words are another condition", condition("经营面积不少于60平方米"), condition("经营场所的面积不少于50平方米"), items.Error},
		{"a material for larger places only", when("面积 > 50"), when("面积 > 100"), fine},
		{"a material for smaller places too", when("面积 > 100"), when("面积 > 50"), items.Error},
		{"a material by another measure", when("面积 > 100"), when("面积 > 人数 * 10"), items.Warning},
		{"whole numbers or not", when("人数 >= 3"), when("人数 > 2"), items.Warning},
		{"two figures instead of one", when("面积 > 50"), when("面积 > 80 and 面积 < 100"), fine},
		{"a lower fee", fee("每证10元"), fee("每证8元"), fine},
		{"a higher fee", fee("每证10元"), fee("每证12元"), items.Error},
		{"a fee that sets in at less", fee("超过100平方米的，每平方米2元"), fee("超过50平方米的，每平方米2元"), items.Warning},
		{"a share", fee("按造价的2%"), fee("按造价的1%"), items.Warning},
		{"less taken off", fee("每证10元，网上办理减2元"), fee("每证10元，网上办理减1元"), items.Warning},
		{"another relief", func(e *items.Edition) { e.Fees[0].Relief = "残疾人免收" }, func(e *items.Edition) { e.Fees[0].Relief = "残疾人减半" }, items.Warning},
		{"a smaller quota", func(e *items.Edition) { e.Quota = "每年十个" }, func(e *items.Edition) { e.Quota = "每年五个" }, items.Error},
		{"words that say there is no quota", func(*items.Edition) {}, func(e *items.Edition) { e.Quota = "不限" }, fine},
		{"a larger quota", func(e *items.Edition) { e.Quota = "每年十个" }, func(e *items.Edition) { e.Quota = "每年20个" }, fine},
		{"fewer places", places(10), places(5), items.Error},
		{"more places", places(10), places(20), fine},
		{"places where there was no limit", func(*items.Edition) {}, places(5), items.Error},
		{"places of another period", places(10), func(e *items.Edition) { places(20)(e); e.Quantity.Period = items.AtOnce }, items.Warning},
		{"a paper that may be older", func(e *items.Edition) { e.Materials[0].Dated = "三个月内" }, func(e *items.Edition) { e.Materials[0].Dated = "六个月内" }, fine},
		{"a paper that must be newer", func(e *items.Edition) { e.Materials[0].Dated = "三个月内" }, func(e *items.Edition) { e.Materials[0].Dated = "一个月内" }, items.Error},
		{"a paper of another size", func(e *items.Edition) { e.Materials[0].Paper = "A4" }, func(e *items.Edition) { e.Materials[0].Paper = "A3" }, items.Warning},
		{"another standard of acceptance", func(*items.Edition) {}, func(e *items.Edition) { e.Materials[0].Standard = "须经公证" }, items.Warning},
		{"thirty days instead of twenty working days", func(e *items.Edition) { e.Promised = clock.Limit{N: 20, Unit: clock.WorkingDays} }, func(e *items.Edition) { e.Promised = clock.Limit{N: 28, Unit: clock.CalendarDays} }, items.Warning},
		{"a week instead of twenty working days", func(e *items.Edition) { e.Promised = clock.Limit{N: 20, Unit: clock.WorkingDays} }, func(e *items.Edition) { e.Promised = clock.Limit{N: 7, Unit: clock.CalendarDays} }, fine},
		{"an inspection without a limit", func(*items.Edition) {}, func(e *items.Edition) { e.Special[0].Limit = clock.Limit{} }, items.Warning},
		{"a greater least answer", field(func(f *forms.Field) { f.Min = "5" }), field(func(f *forms.Field) { f.Min = "8" }), items.Error},
		{"a smaller least answer", field(func(f *forms.Field) { f.Min = "5" }), field(func(f *forms.Field) { f.Min = "3" }), fine},
		{"a greatest answer where there was none", field(func(*forms.Field) {}), field(func(f *forms.Field) { f.Max = "8" }), items.Error},
		{"a field for more people", field(func(f *forms.Field) { f.Required, f.When = true, "面积 > 100" }), field(func(f *forms.Field) { f.Required, f.When = true, "面积 > 50" }), items.Error},
	} {
		t.Run(tt.name, func(t *testing.T) {
			superior, mine := rich(t), rich(t)
			superior.Materials, mine.Materials = superior.Materials[:1], mine.Materials[:1]
			tt.theirs(superior)
			tt.mine(mine)
			var got items.Severity
			for _, f := range mine.Exceeds(superior) {
				if got = f.Severity; got == items.Warning && (f.Rule != "items.superior.unproven" || !strings.Contains(f.Say, "本级为“") || !strings.Contains(f.Say, "上级为“")) {
					t.Errorf("%+v does not tell both", f)
				}
			}
			if got != tt.want {
				t.Errorf("%+v, want %q", mine.Exceeds(superior), tt.want)
			}
		})
	}
}
