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
			t.Log(c.Explain(shipped, on("2025-10-20")).Sentence)
		})
	}
}
