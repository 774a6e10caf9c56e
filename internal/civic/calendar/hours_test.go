package calendar_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"
	"tongban/internal/civic/calendar"
)

func instant(s string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04", s, calendar.Zone)
	if err != nil {
		panic(err)
	}
	return t
}

func TestReceivedAfterHoursCountsForTheNextWorkingDay(t *testing.T) {
	for _, tt := range []struct{ name, at, counts string }{
		{"in office hours", "2026-09-21 10:00", "2026-09-21 10:00"},
		{"before opening", "2026-09-21 07:10", "2026-09-21 09:00"},
		{"at lunch", "2026-09-21 12:30", "2026-09-21 13:30"},
		{"at the stroke of closing", "2026-09-21 17:30", "2026-09-22 09:00"},
		{"in the evening", "2026-09-21 21:00", "2026-09-22 09:00"},
		{"on the eve of the holiday", "2026-09-30 18:00", "2026-10-08 09:00"},
		{"in the holiday", "2026-10-03 10:00", "2026-10-08 09:00"},
		{"on a Saturday before a worked Sunday", "2026-09-19 10:00", "2026-09-20 09:00"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := shipped.Received(instant(tt.at)); !got.Equal(instant(tt.counts)) {
				t.Errorf("counts as received %s, want %s", got, tt.counts)
			}
		})
	}
}

func TestParseHours(t *testing.T) {
	for _, tt := range []struct{ name, text, says, code string }{
		{"one span", "08:00-20:00", "08:00-20:00", ""},
		{"two", "09:00-12:00, 13:30-17:30\n", "09:00-12:00 13:30-17:30", ""},
		{"with Chinese commas", "09:00-12:00，13:30-17:30", "09:00-12:00 13:30-17:30", ""},
		{"round the clock", "00:00-24:00", "00:00-24:00", ""},
		{"nothing", "", "", "calendar.hours"},
		{"out of order", "13:30-17:30 09:00-12:00", "", "calendar.hours"},
		{"overlapping", "09:00-12:00 11:00-17:30", "", "calendar.hours"},
		{"backwards", "12:00-09:00", "", "calendar.hours"},
		{"no hour", "25:00-26:00", "", "calendar.hours"},
		{"words", "全天", "", "calendar.hours"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			hours, err := calendar.ParseHours(tt.text)
			if got := code(err); got != tt.code {
				t.Fatalf("fault %v, want %q", err, tt.code)
			}
			says := ""
			for _, h := range hours {
				says += " " + h.String()
			}
			if err == nil && says[1:] != tt.says {
				t.Errorf("read %s, want %s", says, tt.says)
			}
		})
	}
}

// Office time must be what counting the minutes says, and AddHours its inverse.
func TestOfficeTimeIsAWalk(t *testing.T) {
	early, err := calendar.ParseHours("08:15-11:45 12:00-12:30 14:00-18:00")
	if err != nil {
		t.Fatal(err)
	}
	calendars := []calendar.Calendar{{}, shipped, shipped.Open(early)}
	rapid.Check(t, func(t *rapid.T) {
		c := rapid.SampledFrom(calendars).Draw(t, "calendar")
		from := day("2025-09-01").Start().Add(time.Duration(rapid.IntRange(0, 60*24*60).Draw(t, "from")) * time.Minute)
		until := from.Add(time.Duration(rapid.IntRange(0, 14*24*60).Draw(t, "length")) * time.Minute)
		var want time.Duration
		var last time.Time // the end of the last open minute
		for m := from; m.Before(until); m = m.Add(time.Minute) {
			for _, h := range c.Hours(calendar.DayOf(m)) {
				if since := m.Sub(calendar.DayOf(m).Start()); since >= h.From && since < h.Until {
					want += time.Minute
					last = m.Add(time.Minute)
				}
			}
		}
		if got := c.Worked(from, until); got != want {
			t.Fatalf("%s of office time from %s to %s, walked %s", got, from, until, want)
		}
		if got := c.AddHours(from, want); want > 0 && !got.Equal(last) {
			t.Fatalf("%s after %s is %s, walked to %s", want, from, got, last)
		}
		if c.Worked(until, from) != 0 || !c.AddHours(from, 0).Equal(from) {
			t.Fatal("nothing must be nothing")
		}
		if at := c.Received(until); at.Before(until) || c.Worked(until, at) != 0 || c.Worked(at, at.Add(time.Minute)) != time.Minute {
			t.Fatalf("%s counts as received %s", until, at)
		}
	})
}
