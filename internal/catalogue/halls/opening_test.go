package halls

import (
	"fmt"
	"testing"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/calendar/calendartest"
)

func TestOpening(t *testing.T) {
	monday := calendar.Parse("2026-09-21")
	for _, tt := range []struct{ hours, open, when string }{
		{"法定工作日 9:00—12:00，13:30—17:30", "一二三四五", "[09:00-12:00 13:30-17:30]"},
		{"周一至周六 9:00—12:00，13:30—17:30", "一二三四五六", "[09:00-12:00 13:30-17:30]"},
		{"星期一到星期五、周日 08:30-17:00", "一二三四五日", "[08:30-17:00]"},
		{"周六至周一 9：00~16：00", "一六日", "[09:00-16:00]"},
		{"周三、周天 9:00-11:00", "三日", "[09:00-11:00]"},
		{"每天24小时", "一二三四五六日", "[00:00-24:00]"},
		{"以公告为准", "一二三四五", "[09:00-12:00 13:30-17:30]"},
	} {
		o := Hall{Hours: tt.hours}.Opening()
		open, when := "", ""
		for i := range 7 {
			if spans := o.On(monday+calendar.Day(i), calendartest.Week{}); spans != nil {
				open += string([]rune("一二三四五六日")[i])
				when = fmt.Sprint(spans)
			}
		}
		if open != tt.open || when != tt.when {
			t.Errorf("%s: open %s %s, want %s %s", tt.hours, open, when, tt.open, tt.when)
		}
	}
}

func FuzzOpening(f *testing.F) {
	f.Add("法定工作日 9:00—12:00，13:30—17:30")
	f.Add("周一至周六 25:99-1:00")
	f.Fuzz(func(t *testing.T, hours string) {
		for _, s := range (Hall{Hours: hours}).Opening().Spans {
			if s.Until <= s.From {
				t.Errorf("%q ends before it begins: %v", hours, s)
			}
		}
	})
}
