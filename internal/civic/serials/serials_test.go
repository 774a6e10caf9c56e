package serials_test

import (
	"slices"
	"testing"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/serials"
	"tongban/internal/ground/fault"
)

func at(s string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04", s, calendar.Zone)
	if err != nil {
		panic(err)
	}
	return t
}

func TestMoreIsLeftOutThanCanHaveBeenGiven(t *testing.T) {
	for _, tt := range []struct {
		name string
		made string
		skip int64
		use  serials.Use
		want int64
	}{
		{"never fewer than a hundred", "2026-09-22 09:00", serials.Reckoned, serials.Use{Kind: serials.Paper, Last: 7, Day: 3}, 200},
		{"twice the busiest day", "2026-09-22 09:00", serials.Reckoned, serials.Use{Kind: serials.Paper, Last: 1000, Day: 300}, 1600},
		{"for each day that has begun", "2026-09-20 23:00", serials.Reckoned, serials.Use{Kind: serials.Paper, Last: 1000, Day: 300}, 2800},
		{"what begins anew every day has one", "2026-09-20 23:00", serials.Reckoned, serials.Use{Kind: serials.Case, Last: 300, Day: 300}, 900},
		{"as told", "2026-09-22 09:00", 1000, serials.Use{Kind: serials.Paper, Last: 7, Day: 3}, 1100},
		{"nothing was lost", "2026-09-22 09:00", 0, serials.Use{Kind: serials.Paper, Last: 7, Day: 3}, 0},
		{"as many as there are digits for", "2026-09-22 09:00", 99_000, serials.Use{Kind: serials.Company, Last: 7, Most: 99_999}, 99_100},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r, err := serials.Marks{}.Resume(serials.Resumed{Made: at(tt.made), At: at("2026-09-22 18:00"), Skip: tt.skip}, []serials.Use{tt.use})
			if err != nil || r.After[tt.use.Kind] != tt.want {
				t.Errorf("goes on after %d: %v", r.After[tt.use.Kind], err)
			}
		})
	}
	_, err := serials.Marks{}.Resume(serials.Resumed{Made: at("2026-09-22 09:00"), At: at("2026-09-22 18:00"), Skip: 100_000}, []serials.Use{{Kind: serials.Company, Most: 99_999}})
	if fault.Code(err) != "serials.full" {
		t.Errorf("there are no digits left: %v", err)
	}
}

// A copy that was made after another was brought back knows of it, though no number
// was given between the two.
func TestASecondCopyGoesOnBeyondTheFirst(t *testing.T) {
	use := []serials.Use{{Kind: serials.Paper, Last: 7, Day: 3, Ended: map[string]int64{"x": 7}}}
	first, err := serials.Marks{}.Resume(serials.Resumed{Made: at("2026-09-21 09:00"), At: at("2026-09-22 09:00"), Skip: 1000}, use)
	if err != nil {
		t.Fatal(err)
	}
	m := serials.Marks{first}
	second, err := m.Resume(serials.Resumed{Made: at("2026-09-22 10:00"), At: at("2026-09-22 18:00"), Skip: serials.Reckoned}, use)
	if err != nil || second.After[serials.Paper] != 1200 {
		t.Fatalf("goes on after %d: %v", second.After[serials.Paper], err)
	}
	m = append(m, second)
	if got := m.SkippedIn(serials.Paper, 2026, "x", 1201); !slices.Equal(got, []serials.Run{{From: 8, To: 1200}}) {
		t.Errorf("left out %v", got)
	}
	if got := m.SkippedIn(serials.Paper, 2026, "begun since", 1201); !slices.Equal(got, []serials.Run{{From: 1, To: 1200}}) {
		t.Errorf("of a series that began since, %v were left out", got)
	}
	if got := m.SkippedIn(serials.Paper, 2026, "x", 7); got != nil {
		t.Errorf("before it went on it left out %v", got)
	}
	m[1].Ended = map[string]int64{"x": 1101}
	if got := m.SkippedIn(serials.Paper, 2026, "x", 1201); !slices.Equal(got, []serials.Run{{From: 8, To: 1100}, {From: 1102, To: 1200}}) {
		t.Errorf("left out %v", got)
	}
}

func TestOnlySeriesOfForgottenTimeLeaveNumbersOut(t *testing.T) {
	m := serials.Marks{{Made: at("2026-12-31 09:00"), At: at("2027-01-02 09:00"), After: map[serials.Kind]int64{serials.Case: 300, serials.Paper: 500, serials.Package: 700, serials.Company: 900}}}
	day := func(s string) calendar.Day { return calendar.Parse(s) }
	for what, got := range map[string][2]int64{
		"a day before, entered later":  {m.OnDay(serials.Case, day("2026-11-01")), 300},
		"the day of the restore":       {m.OnDay(serials.Case, day("2027-01-02")), 300},
		"the day after it":             {m.OnDay(serials.Case, day("2027-01-03")), 0},
		"papers of the year before":    {m.InYear(serials.Paper, 2025), 0},
		"papers of the old year":       {m.InYear(serials.Paper, 2026), 500},
		"papers of the new year":       {m.InYear(serials.Paper, 2027), 500},
		"papers of a later year":       {m.InYear(serials.Paper, 2028), 0},
		"packages of years long ago":   {m.FromYear(serials.Package, 2020), 700},
		"packages of a year to come":   {m.FromYear(serials.Package, 2028), 0},
		"codes of companies, for ever": {m.Ever(serials.Company), 900},
	} {
		if got[0] != got[1] {
			t.Errorf("%s: after %d, not %d", what, got[0], got[1])
		}
	}
}

func TestWhatWasLeftOutIsNotMissing(t *testing.T) {
	missing := []serials.Run{{From: 3, To: 3}, {From: 7, To: 1201}, {From: 1300, To: 1301}}
	got := serials.Less(missing, []serials.Run{{From: 8, To: 1200}})
	if want := []serials.Run{{From: 3, To: 3}, {From: 7, To: 7}, {From: 1201, To: 1201}, {From: 1300, To: 1301}}; !slices.Equal(got, want) {
		t.Errorf("%v", got)
	}
	if n := serials.Sum(got); n != 5 {
		t.Errorf("%d numbers", n)
	}
}
