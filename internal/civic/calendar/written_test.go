package calendar_test

import (
	"testing"

	"tongban/internal/civic/calendar"
)

func TestDaysAsPeopleWriteThem(t *testing.T) {
	for _, tt := range []struct{ text, day string }{
		{"2026-01-05", "2026-01-05"}, {"2026/1/5", "2026-01-05"}, {"2026.1.5", "2026-01-05"}, {"20260105", "2026-01-05"},
		{"2026年1月5日", "2026-01-05"}, {"２０２６年１月５日", "2026-01-05"}, {"2026-01-05 00:00:00", "2026-01-05"}, {"2026-1-5T08:00:00", "2026-01-05"},
		{"46027", "2026-01-05"}, {"46027.5", "2026-01-05"},
		{"2026-02-30", ""}, {"长期", ""}, {"12", ""}, {"2026年1月", ""}, {"1.2.3.4.5.6.7", ""}, {"2026-1-5 起", ""}, {"", ""},
	} {
		if got := calendar.Written(tt.text).String(); got != tt.day {
			t.Errorf("%q is %q, want %q", tt.text, got, tt.day)
		}
	}
}
