package calendar

import "testing"

func TestEveryDateIsADay(t *testing.T) {
	for _, text := range []string{"0001-01-01", "1949-12-31", "1969-12-31", "1970-01-01", "1970-01-02", "2026-09-24", "9999-12-31"} {
		d := Parse(text)
		if d == 0 || d.String() != text || DayOf(d.Start()) != d {
			t.Errorf("%s is day %d, which is %q", text, d, d)
		}
	}
	if Parse("1970-01-01")+1 != Parse("1970-01-02") || Parse("1969-12-31")+1 != Parse("1970-01-01") {
		t.Error("days do not follow each other")
	}
	for _, text := range []string{"", "2026-9-24", "2026-02-29", "x"} {
		if d := Parse(text); d != 0 || d.String() != "" {
			t.Errorf("%q is day %d", text, d)
		}
	}
}
