package clock_test

import (
	"testing"
	"time"

	"tongban/data"
	"tongban/internal/civic/calendar"
	"tongban/internal/engine/clock"
)

// shipped is the calendar of the notices that ship with the program.
var shipped = func() calendar.Calendar {
	c, err := calendar.Load(data.Calendars)
	if err != nil {
		panic(err)
	}
	return c
}()

// on is nine in the morning of that day.
func on(day string) time.Time { return calendar.Parse(day).Start().Add(9 * time.Hour) }

func start(t *testing.T, limit clock.Limit, day string) clock.Clock {
	t.Helper()
	c, err := clock.Clock{}.Start(limit, on(day))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func held(t *testing.T, c clock.Clock, key, from, until string) clock.Clock {
	t.Helper()
	c, err := c.Pause(clock.Pause{Key: key, Kind: key, From: clock.At(on(from))})
	if err == nil && until != "" {
		c, err = c.Resume(key, on(until))
	}
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// The worked example of a case accepted on Monday 2025-09-22, before a week of
// holidays with two weekends worked in exchange.
func TestDueOfTheWorkedExample(t *testing.T) {
	for _, tt := range []struct {
		name string
		n    int
		more int
		held [][2]string
		due  string
	}{
		{"five working days end on a Sunday worked in exchange", 5, 0, nil, "2025-09-28"},
		{"ten step over the holiday and end on a worked Saturday", 10, 0, nil, "2025-10-11"},
		{"twenty", 20, 0, nil, "2025-10-24"},
		{"twenty and ten by extension", 20, 10, nil, "2025-11-07"},
		{"an expert review of ten working days moves the end by ten", 20, 0, [][2]string{{"2025-10-13", "2025-10-24"}}, "2025-11-07"},
		{"an open review leaves the end unknown", 20, 0, [][2]string{{"2025-10-13", ""}}, ""},
		{"a review begun after the last day does not undo it", 20, 0, [][2]string{{"2025-10-27", ""}}, "2025-10-24"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := start(t, clock.Limit{N: tt.n, Unit: clock.WorkingDays}, "2025-09-22")
			for _, h := range tt.held {
				c = held(t, c, "专家评审", h[0], h[1])
			}
			if tt.more > 0 {
				var err error
				c, err = c.Extend(clock.Extension{Limit: clock.Limit{N: tt.more, Unit: clock.WorkingDays}, Approver: "局长", Reason: "案情复杂", At: clock.At(on("2025-10-20"))}, clock.OrdinaryExtension, shipped)
				if err != nil {
					t.Fatal(err)
				}
			}
			due := c.Due(shipped)
			if due.Day.String() != tt.due || due.Known != (tt.due != "") || due.Provisional {
				t.Errorf("due %+v, want %q", due, tt.due)
			}
		})
	}
}

func TestDueInEveryUnit(t *testing.T) {
	for _, tt := range []struct {
		name, limit, from string
		held              [][2]string
		due               string
	}{
		{"the first day is not counted", "1个工作日", "2026-09-21", nil, "2026-09-22"},
		{"at once means the same day", "即办", "2026-09-21", nil, "2026-09-21"},
		{"at once on a day off means the next working day", "即办", "2026-10-01", nil, "2026-10-08"},
		{"at once, but tested on that day, means the next", "即办", "2026-09-21", [][2]string{{"2026-09-21", "2026-09-21"}}, "2026-09-22"},
		{"days off pushed into a pause end after it", "15自然日", "2026-09-21", [][2]string{{"2026-10-07", "2026-10-09"}}, "2026-10-10"},
		{"no limit has no due day", "无", "2026-09-21", nil, ""},
		{"calendar days count days off", "10自然日", "2026-09-11", nil, "2026-09-21"},
		{"calendar days that end in a holiday end after it", "15自然日", "2026-09-21", nil, "2026-10-08"},
		{"calendar days stand still in a pause", "10自然日", "2026-09-01", [][2]string{{"2026-09-03", "2026-09-05"}}, "2026-09-14"},
		{"six months are six months", "6个月", "2026-01-15", nil, "2026-07-15"},
		{"a month from the 31st ends with the shorter month", "1个月", "2026-08-31", nil, "2026-09-30"},
		{"a month to the end of February", "1个月", "2025-01-31", nil, "2025-02-28"},
		{"a year that ends on a Saturday ends on Monday", "1年", "2025-06-13", nil, "2026-06-15"},
		{"a pause of a week lengthens a month by a week", "1个月", "2026-03-02", [][2]string{{"2026-03-09", "2026-03-15"}}, "2026-04-09"},
		{"the day a pause ends is not counted", "5个工作日", "2026-09-14", [][2]string{{"2026-09-16", "2026-09-16"}}, "2026-09-21"},
		{"a pause over a weekend moves it by the working days only", "5个工作日", "2026-09-07", [][2]string{{"2026-09-11", "2026-09-13"}}, "2026-09-15"},
		{"a pause on the first day changes nothing", "5个工作日", "2026-09-07", [][2]string{{"2026-09-07", "2026-09-07"}}, "2026-09-14"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			limit, err := clock.ParseLimit(tt.limit)
			if err != nil {
				t.Fatal(err)
			}
			c := start(t, limit, tt.from)
			for _, h := range tt.held {
				c = held(t, c, "检验", h[0], h[1])
			}
			if got := c.Due(shipped).Day.String(); got != tt.due {
				t.Errorf("due %q, want %q", got, tt.due)
			}
		})
	}
}

func TestDueInHours(t *testing.T) {
	at := func(s string) time.Time {
		v, err := time.ParseInLocation("2006-01-02 15:04", s, calendar.Zone)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	for _, tt := range []struct {
		name, from   string
		n            int
		pause, until string
		due          string
	}{
		{"two hours in the morning", "2026-09-21 09:30", 2, "", "", "2026-09-21 11:30"},
		{"over lunch", "2026-09-21 11:00", 2, "", "", "2026-09-21 14:30"},
		{"over night", "2026-09-21 16:30", 2, "", "", "2026-09-22 10:00"},
		{"to the last minute of the day", "2026-09-21 16:30", 1, "", "", "2026-09-21 17:30"},
		{"over the holiday, into a day worked in exchange", "2026-09-30 17:00", 16, "", "", "2026-10-10 10:30"},
		{"a pause of an hour moves it by an hour", "2026-09-21 09:30", 2, "2026-09-21 10:00", "2026-09-21 11:00", "2026-09-21 14:00"},
		{"a pause at lunch moves nothing", "2026-09-21 11:00", 2, "2026-09-21 12:00", "2026-09-21 13:30", "2026-09-21 14:30"},
		{"an open pause leaves it unknown", "2026-09-21 11:00", 2, "2026-09-21 12:00", "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c, err := clock.Clock{}.Start(clock.Limit{N: tt.n, Unit: clock.WorkingHours}, at(tt.from))
			if err == nil && tt.pause != "" {
				c, err = c.Pause(clock.Pause{Key: "1", Kind: "检测", From: clock.At(at(tt.pause))})
			}
			if err == nil && tt.until != "" {
				c, err = c.Resume("1", at(tt.until))
			}
			if err != nil {
				t.Fatal(err)
			}
			due := c.Due(shipped)
			if tt.due == "" {
				if due.Known {
					t.Errorf("due %s, want unknown", due.At.Time())
				}
			} else if !due.At.Time().Equal(at(tt.due)) {
				t.Errorf("due %s, want %s", due.At.Time(), tt.due)
			}
		})
	}
}

func TestBeyondTheLoadedYearsItIsProvisional(t *testing.T) {
	for _, tt := range []struct {
		name, limit, from string
		provisional       bool
	}{
		{"inside a loaded year", "20个工作日", "2026-09-21", false},
		{"into a year without notice", "20个工作日", "2026-12-21", true},
		{"through a year without notice", "300个工作日", "2023-12-01", true},
		{"calendar days depend on the last year only", "400自然日", "2024-06-01", false},
		{"calendar days into a year without notice", "30自然日", "2026-12-21", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			limit, err := clock.ParseLimit(tt.limit)
			if err != nil {
				t.Fatal(err)
			}
			due := start(t, limit, tt.from).Due(shipped)
			if !due.Known || due.Provisional != tt.provisional {
				t.Errorf("due %+v, want provisional %v", due, tt.provisional)
			}
		})
	}
}
