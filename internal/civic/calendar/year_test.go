package calendar_test

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/simplifiedchinese"
	"tongban/data"
	"tongban/internal/civic/calendar"
	"tongban/internal/ground/fault"
)

func TestReadRefusesWhatIsNotAYear(t *testing.T) {
	one := func(entry string) string { return `{"year":2026,"papers":["x"],"days":[` + entry + `]}` }
	for _, tt := range []struct {
		name, text, code, path string
	}{
		{"a good file", one(`{"name":"元旦","date":"2026-01-01","isOffDay":true}`), "", ""},
		{"with a byte order mark", "\ufeff" + one(`{"name":"元旦","date":"2026-01-01","isOffDay":true}`), "", ""},
		{"a day of the December before", one(`{"name":"元旦","date":"2025-12-31","isOffDay":true}`), "", ""},
		{"a day of the January after", one(`{"name":"元旦","date":"2027-01-01","isOffDay":true}`), "", ""},
		{"nothing", ``, "calendar.read.shape", ""},
		{"not JSON", `year: 2026`, "calendar.read.shape", ""},
		{"a list", `[]`, "calendar.read.shape", ""},
		{"two files in one", one(`{"name":"元旦","date":"2026-01-01","isOffDay":true}`) + `{}`, "calendar.read.shape", ""},
		{"a year in words", `{"year":"2026","days":[]}`, "calendar.read.shape", "year"},
		{"a bracket too few", "{\"year\":2026,\n\"days\":[", "calendar.read.shape", "file"},
		{"a flag that is a number", one(`{"name":"元旦","date":"2026-01-01","isOffDay":1}`), "calendar.read.days", "days[0].isOffDay"},
		{"a day that is a text", one(`"2026-01-01"`), "calendar.read.days", "days[0]."},
		{"no year", `{"days":[{"name":"元旦","date":"2026-01-01","isOffDay":true}]}`, "calendar.read.year", ""},
		{"a year of another age", `{"year":20260,"days":[]}`, "calendar.read.year", ""},
		{"no day", `{"year":2026,"days":[]}`, "calendar.read.empty", ""},
		{"the 30th of February", one(`{"name":"春节","date":"2026-02-30","isOffDay":true}`), "calendar.read.days", "days[0].date"},
		{"a date in another form", one(`{"name":"春节","date":"2026/02/20","isOffDay":true}`), "calendar.read.days", "days[0].date"},
		{"a day of another year", one(`{"name":"国庆节","date":"2025-10-01","isOffDay":true}`), "calendar.read.days", "days[0].date"},
		{"neither off nor worked", one(`{"name":"元旦","date":"2026-01-01"}`), "calendar.read.days", "days[0].isOffDay"},
		{"a day without a name", one(`{"date":"2026-01-01","isOffDay":true}`), "calendar.read.days", "days[0].name"},
		{"a day twice", one(`{"name":"元旦","date":"2026-01-01","isOffDay":true},{"name":"元旦","date":"2026-01-01","isOffDay":true}`), "calendar.read.days", "days[1].date"},
		{"off and worked", one(`{"name":"元旦","date":"2026-01-01","isOffDay":true},{"name":"元旦","date":"2026-01-01","isOffDay":false}`), "calendar.read.days", "days[1].date"},
		{"too large", strings.Repeat(" ", 2<<20), "calendar.read.size", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := calendar.Read(strings.NewReader(tt.text))
			if got := code(err); got != tt.code {
				t.Fatalf("fault %v, want %q", err, tt.code)
			}
			if fields := fault.Fields(err); tt.path != "" && (len(fields) != 1 || fields[0].Path != tt.path) {
				t.Errorf("points at %v, want %s", fields, tt.path)
			}
		})
	}
}

func TestAYearIsReadInTheEncodingOfOffices(t *testing.T) {
	text, err := simplifiedchinese.GB18030.NewEncoder().String(`{"year":2026,"days":[{"name":"元旦","date":"2026-01-01","isOffDay":true}]}`)
	if err != nil {
		t.Fatal(err)
	}
	if y, err := calendar.Read(strings.NewReader(text)); err != nil || y.Days[0].Name != "元旦" {
		t.Errorf("%+v %v", y, err)
	}
}

func TestWhatANoticeWouldHardlySayIsDoubted(t *testing.T) {
	for _, y := range shipped.Years() {
		if d := y.Doubts(); len(d) > 0 {
			t.Errorf("%d: %v", y.Year, d)
		}
	}
	y := shipped.Years()[0]
	var days []calendar.Entry
	for _, e := range y.Days {
		if !strings.Contains(e.Name, "端午") {
			days = append(days, e)
		}
	}
	monday := calendar.Date(y.Year, 6, 1)
	for monday.Weekday() != time.Monday {
		monday++
	}
	y.Days = append(days, calendar.Entry{Name: "国庆节", Date: monday})
	if d := y.Doubts(); len(d) != 2 || !strings.Contains(d[0], monday.Han()+"是星期一") || !strings.Contains(d[1], "端午") {
		t.Errorf("%q", d)
	}
}

func TestReadSaysEveryFaultAtOnce(t *testing.T) {
	_, err := calendar.Read(strings.NewReader(`{"year":2026,"days":[
		{"name":"春节","date":"2026-02-30","isOffDay":true},
		{"name":"","date":"2026-02-17","isOffDay":true},
		{"name":"春节","date":"2026-02-18"}]}`))
	if got := len(fault.Fields(err)); got != 3 {
		t.Errorf("%d places are named, want 3: %v", got, fault.Fields(err))
	}
}

func TestAYearSurvivesItsJSON(t *testing.T) {
	for _, y := range shipped.Years() {
		text, err := json.Marshal(y)
		if err != nil {
			t.Fatal(err)
		}
		back, err := calendar.Read(bytes.NewReader(text))
		if diff := cmp.Diff(y, back); err != nil || diff != "" {
			t.Errorf("%d: %v %s", y.Year, err, diff)
		}
	}
}

func FuzzRead(f *testing.F) {
	names, err := fs.Glob(data.Calendars, "calendars/*.json")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range names {
		text, err := data.Calendars.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Add([]byte(`{"year":2026,"days":[{"name":"","date":"9999-99-99"},null]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		y, err := calendar.Read(strings.NewReader(string(text)))
		if err != nil {
			if fault.Of(err) == fault.Internal {
				t.Fatalf("a bad file is not our fault: %v", err)
			}
			return
		}
		c := calendar.New(y)
		for _, e := range y.Days {
			if c.Works(e.Date) == e.Off {
				t.Fatalf("%s is off %v by the file", e.Date, e.Off)
			}
		}
		from, until := calendar.Date(y.Year-3, 1, 1), calendar.Date(y.Year+3, 1, 1)
		if n := c.Count(from, until); c.Add(from-1, n) >= until {
			t.Fatalf("the last of %d working days is %s", n, c.Add(from-1, n))
		}
	})
}
