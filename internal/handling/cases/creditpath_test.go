package cases_test

import (
	"strings"
	"testing"

	"tongban/internal/catalogue/items"
	"tongban/internal/engine/clock"
	"tongban/internal/handling/cases"
	"tongban/internal/register/credit"
)

// Half the promise of a month is half a month, not a month (徐政发〔2022〕21号（二十五）).
func TestGoodCreditShortensAPromiseInAnyUnit(t *testing.T) {
	for _, tt := range []struct {
		promised clock.Limit
		share    int
		say      string
	}{
		{clock.Limit{N: 5, Unit: clock.WorkingDays}, 50, "由5个工作日缩短为3个工作日"},
		{clock.Limit{N: 7, Unit: clock.WorkingHours}, 50, "由7个工作小时缩短为4个工作小时"},
		{clock.Limit{N: 2, Unit: clock.Months}, 50, "由2个月缩短为1个月"},
		{clock.Limit{N: 1, Unit: clock.Months}, 50, "由1个月缩短为15个自然日"},
		{clock.Limit{N: 1, Unit: clock.Years}, 60, "由1年缩短为219个自然日"},
	} {
		c := &cases.Case{Credit: &credit.Path{Grade: credit.GradeA, Name: "绿色通道", Quicker: tt.share, InDays: true}}
		if got := c.CreditSays(&items.Edition{Promised: tt.promised}); !strings.Contains(got, tt.say) {
			t.Errorf("%s, want %s", got, tt.say)
		}
	}
}
