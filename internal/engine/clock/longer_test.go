package clock

import (
	"testing"
	"time"
)

// What a clock was extended by is counted as its limit is, also where that became
// another one: nobody loses the days that were approved, or gains months by them.
func TestAnExtensionIsCountedAsTheLimitIs(t *testing.T) {
	for _, tt := range []struct {
		limit, more Limit
		allowed     string
	}{
		{Limit{20, WorkingDays}, Limit{10, WorkingDays}, "30个工作日"},
		{Limit{20, WorkingDays}, Limit{10, CalendarDays}, "27个工作日"},
		{Limit{30, CalendarDays}, Limit{10, WorkingDays}, "40个自然日"},
		{Limit{160, WorkingHours}, Limit{10, WorkingDays}, "240个工作小时"},
		{Limit{3, Months}, Limit{10, WorkingDays}, "3个月另加10个自然日"},
		{Limit{1, Years}, Limit{10, CalendarDays}, "1年另加10个自然日"},
	} {
		c, err := Clock{}.Start(tt.limit, time.Date(2026, 3, 2, 2, 0, 0, 0, time.UTC))
		if err != nil {
			t.Fatal(err)
		}
		c.Extension = &Extension{Limit: tt.more}
		if got := c.Allowed(); got != tt.allowed {
			t.Errorf("%s and %s: %s, want %s", tt.limit, tt.more, got, tt.allowed)
		}
	}
}
