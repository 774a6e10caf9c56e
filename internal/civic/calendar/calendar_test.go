package calendar_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"pgregory.net/rapid"
	"tongban/data"
	"tongban/internal/civic/calendar"
	"tongban/internal/ground/fault"
)

var shipped = func() calendar.Calendar {
	c, err := calendar.Load(data.Calendars)
	if err != nil {
		panic(err)
	}
	return c
}()

func day(s string) calendar.Day { return calendar.Parse(s) }

func TestAYearHasTheWorkingDaysOfItsNotice(t *testing.T) {
	for _, tt := range []struct {
		year, worked int
	}{{2019, 250}, {2021, 250}, {2023, 249}, {2025, 248}, {2026, 248}} {
		from, until := calendar.Date(tt.year, 1, 1), calendar.Date(tt.year+1, 1, 1)
		if got := shipped.Count(from, until); got != tt.worked {
			t.Errorf("%d has %d working days, want %d", tt.year, got, tt.worked)
		}
		if !shipped.Known(tt.year) || shipped.Known(tt.year+1) != slices.Contains([]int{2025}, tt.year) {
			t.Errorf("%d known %v, %d known %v", tt.year, shipped.Known(tt.year), tt.year+1, shipped.Known(tt.year+1))
		}
	}
	if got := len(shipped.Years()); got != 5 {
		t.Errorf("%d years are loaded, want 5", got)
	}
}

func TestWhyADayIsWorkedOrNot(t *testing.T) {
	for _, tt := range []struct {
		day, why string
		works    bool
	}{
		{"2026-09-21", "工作日", true},
		{"2026-09-19", "周末", false},
		{"2026-09-20", "国庆节调休上班", true},
		{"2026-10-01", "国庆节放假", false},
		{"2018-12-29", "元旦调休上班", true}, // in the notice of 2019
		{"2022-12-31", "元旦放假", false},  // in the notice of 2023
		{"2035-10-01", "工作日", true},    // no notice yet
		{"1985-05-04", "周末", false},    // none any more
	} {
		if works, why := shipped.Works(day(tt.day)), shipped.Why(day(tt.day)); works != tt.works || why != tt.why {
			t.Errorf("%s: worked %v (%s), want %v (%s)", tt.day, works, why, tt.works, tt.why)
		}
	}
}

func TestTheZeroCalendarIsTheFiveDayWeek(t *testing.T) {
	var c calendar.Calendar
	if c.Known(2026) || c.Years() != nil || !c.Works(day("2026-10-01")) || c.Works(day("2026-10-03")) {
		t.Error("the zero calendar must know no year and work Monday to Friday")
	}
	if got := c.Count(day("2026-09-21"), day("2026-10-05")); got != 10 {
		t.Errorf("two weeks have %d working days", got)
	}
	if got := c.Add(day("2026-09-21"), 10); got != day("2026-10-05") {
		t.Errorf("ten days on it is %s", got)
	}
	if got := c.Hours(day("2026-09-21")); len(got) != 2 || c.Hours(day("2026-09-20")) != nil {
		t.Errorf("office hours %v", got)
	}
}

// Count and Add must say what walking from day to day says.
func TestCountAndAddAreAWalk(t *testing.T) {
	calendars := []calendar.Calendar{{}, shipped, shipped.Local(
		calendar.Entry{Name: "搬迁停办", Date: day("2026-11-03"), Off: true},
		calendar.Entry{Name: "集中办理", Date: day("2031-11-01")}), calendar.New(shipped.Years()[1])}
	rapid.Check(t, func(t *rapid.T) {
		c := rapid.SampledFrom(calendars).Draw(t, "calendar")
		near := rapid.SampledFrom([]string{"1901-01-01", "2018-01-01", "2019-12-31", "2022-06-01", "2027-12-31", "2033-01-01"}).Draw(t, "near")
		from := day(near) + calendar.Day(rapid.IntRange(-700, 700).Draw(t, "from"))
		n := 0
		for d := from; d < from+calendar.Day(rapid.IntRange(0, 900).Draw(t, "length")); d++ {
			if got := c.Count(from, d); got != n {
				t.Fatalf("%d working days from %s to %s, walked %d", got, from, d, n)
			}
			if c.Works(d) {
				n++
			}
			if c.Works(d) && d > from {
				steps := c.Count(from+1, d+1)
				if got := c.Add(from, steps); got != d {
					t.Fatalf("%d working days after %s is %s, walked to %s", steps, from, got, d)
				}
				if back := c.Count(from, d); c.Works(from) && c.Add(d, -back) != from {
					t.Fatalf("%d working days before %s is %s, walked to %s", back, d, c.Add(d, -back), from)
				}
			}
		}
		if c.Count(from, from-5) != 0 || c.Add(from, 0) != from {
			t.Fatal("nothing must be nothing")
		}
	})
}

func TestALaterEditionOfAYearTakesItsPlace(t *testing.T) {
	y, err := calendar.Read(strings.NewReader(`{"year":2026,"papers":[],"days":[{"name":"元旦","date":"2026-01-01","isOffDay":true}]}`))
	if err != nil {
		t.Fatal(err)
	}
	changed := shipped.With(y)
	if changed.Works(day("2026-09-20")) || !changed.Works(day("2026-10-01")) || changed.Works(day("2026-01-01")) {
		t.Error("the new edition of 2026 must stand alone")
	}
	if !shipped.Works(day("2026-09-20")) {
		t.Error("the old calendar was changed")
	}
}

func TestOfTwoNoticesAboutADecemberDayTheLaterCounts(t *testing.T) {
	file := func(year, off string) calendar.Year {
		y, err := calendar.Read(strings.NewReader(`{"year":` + year + `,"days":[{"name":"元旦","date":"2030-12-31","isOffDay":` + off + `}]}`))
		if err != nil {
			t.Fatal(err)
		}
		return y
	}
	old, later := file("2030", "false"), file("2031", "true")
	for _, c := range []calendar.Calendar{calendar.New(old, later), calendar.New(later, old), calendar.New(later).With(old)} {
		if c.Works(day("2030-12-31")) {
			t.Error("the notice of 2031 came later and must count")
		}
	}
}

func TestLocalDaysLieOnTop(t *testing.T) {
	fair := shipped.Local(
		calendar.Entry{Name: "集中服务日", Date: day("2026-10-17")},
		calendar.Entry{Name: "大厅搬迁", Date: day("2026-10-19"), Off: true})
	if !fair.Works(day("2026-10-17")) || fair.Works(day("2026-10-19")) || fair.Why(day("2026-10-19")) != "大厅搬迁" {
		t.Error("an agency's own days must count last")
	}
	alone := calendar.Calendar{}.Local(calendar.Entry{Name: "台风停工", Date: day("2040-08-01"), Off: true})
	if alone.Works(day("2040-08-01")) || alone.Known(2040) {
		t.Error("a local day needs no notice, and is none")
	}
}

func TestNothingWildDoesHarm(t *testing.T) {
	c := shipped.Open(nil).Local(calendar.Entry{Name: "无此日"}).With(calendar.Year{Year: 99999}, calendar.Year{Year: -1})
	if got := len(c.Years()); got != 5 {
		t.Errorf("%d years are known, want 5", got)
	}
	if got := c.Received(instant("2026-09-21 12:30")); !got.Equal(instant("2026-09-21 13:30")) {
		t.Errorf("without hours of its own it opens at %s", got)
	}
	for _, n := range []int{-1 << 40, -1 << 31, 1 << 31, 1 << 40} {
		if got := c.Add(day("2026-09-21"), n); got < 1 || got.Year() > 9999 {
			t.Errorf("%d days on is %s", n, got)
		}
	}
}

func TestLoad(t *testing.T) {
	year := func(s string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte(`{"year":` + s + `,"days":[{"name":"元旦","date":"` + s + `-01-01","isOffDay":true}]}`)}
	}
	for _, tt := range []struct {
		name  string
		files fstest.MapFS
		code  string
	}{
		{"years in any folder", fstest.MapFS{"a/2027.json": year("2027"), "2028.json": year("2028"), "README.md": {Data: []byte("x")}}, ""},
		{"no file at all", fstest.MapFS{}, ""},
		{"one year twice", fstest.MapFS{"a.json": year("2027"), "b.json": year("2027")}, "calendar.load.twice"},
		{"a broken file", fstest.MapFS{"a.json": {Data: []byte("{")}}, "calendar.read.shape"},
		{"office hours", fstest.MapFS{"office-hours.txt": {Data: []byte("08:30-12:00,14:00-17:30")}}, ""},
		{"broken office hours", fstest.MapFS{"office-hours.txt": {Data: []byte("all day")}}, "calendar.hours"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := calendar.Load(tt.files)
			if got := code(err); got != tt.code {
				t.Errorf("fault %v, want %q", err, tt.code)
			}
		})
	}
}

func code(err error) string {
	if err == nil {
		return ""
	}
	return fault.Code(err)
}

func TestDaysOfTheMonth(t *testing.T) {
	for _, tt := range []struct {
		from   string
		months int
		want   string
	}{
		{"2026-01-31", 1, "2026-02-28"}, {"2024-01-31", 1, "2024-02-29"}, {"2026-01-31", 2, "2026-03-31"},
		{"2026-11-15", 3, "2027-02-15"}, {"2026-03-31", -1, "2026-02-28"}, {"2024-02-29", 12, "2025-02-28"}, {"2026-03-31", -13, "2025-02-28"},
	} {
		if got := day(tt.from).AddMonths(tt.months); got != day(tt.want) {
			t.Errorf("%s and %d months is %s, want %s", tt.from, tt.months, got, tt.want)
		}
	}
}

func TestDaysSurviveTheirText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := calendar.Day(rapid.Int32Range(1, int32(day("2199-12-31"))).Draw(t, "day"))
		text, err := json.Marshal(d)
		if err != nil {
			t.Fatal(err)
		}
		var back calendar.Day
		if err := json.Unmarshal(text, &back); err != nil || back != d {
			t.Fatalf("%d is %s, read again %d, %v", d, text, back, err)
		}
		if calendar.DayOf(d.Start()) != d || calendar.DayOf(d.Start().Add(-time.Nanosecond)) != d-1 {
			t.Fatalf("%s begins at %s", d, d.Start())
		}
		if d.Weekday() != d.Start().Weekday() || d.Year() != d.Start().Year() {
			t.Fatalf("%s is a %s", d, d.Weekday())
		}
	})
}

func BenchmarkCountTwentyYears(b *testing.B) {
	from, until := day("2010-01-01"), day("2030-01-01")
	for b.Loop() {
		shipped.Count(from, until)
	}
}

func BenchmarkAddFortyFive(b *testing.B) {
	from := day("2026-09-21")
	for b.Loop() {
		shipped.Add(from, 45)
	}
}
