package clock_test

import (
	"encoding/json"
	"io/fs"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
	"tongban/data"
	"tongban/internal/civic/calendar"
	"tongban/internal/engine/clock"
)

// The reference: a second reckoning, slow and plain, that shares nothing with
// the first. It reads the notices itself and looks at every day, and for hours
// at every minute, one after the other.

var cn = time.FixedZone("", 8*3600)

// notices says of a date whether it is off, if a notice speaks of it.
var notices = func() map[string]bool {
	all := map[string]bool{}
	names, err := fs.Glob(data.Calendars, "calendars/*.json")
	if err != nil {
		panic(err)
	}
	for _, name := range names { // sorted, so that the later notice counts
		var f struct {
			Days []struct {
				Date     string
				IsOffDay bool
			}
		}
		text, _ := data.Calendars.ReadFile(name) // it was just listed
		if err := json.Unmarshal(text, &f); err != nil {
			panic(err)
		}
		for _, d := range f.Days {
			all[d.Date] = d.IsOffDay
		}
	}
	return all
}()

func refWorks(t time.Time) bool {
	if off, ok := notices[t.Format(time.DateOnly)]; ok {
		return !off
	}
	return t.Weekday() != time.Saturday && t.Weekday() != time.Sunday
}

func refPaused(c clock.Clock, t time.Time, sameDay bool) bool {
	for _, p := range c.Pauses {
		from, until := time.UnixMilli(int64(p.From)).In(cn), time.UnixMilli(int64(p.Until)).In(cn)
		if sameDay {
			day := t.Format(time.DateOnly)
			if day >= from.Format(time.DateOnly) && (p.Until == 0 || day <= until.Format(time.DateOnly)) {
				return true
			}
		} else if !t.Before(from) && (p.Until == 0 || t.Before(until)) {
			return true
		}
	}
	return false
}

// refDays reckons a clock of days: the due day, "" if there is none, and how
// many days count up to today.
func refDays(c clock.Clock, today time.Time) (due string, used int) {
	start := time.UnixMilli(int64(c.Started)).In(cn)
	start = time.Date(start.Year(), start.Month(), start.Day(), 0, 0, 0, 0, cn)
	n, more := c.Limit.N, 0
	if x := c.Extension; x != nil && x.Limit.Unit == c.Limit.Unit {
		n += x.Limit.N
	} else if x != nil {
		more = x.Limit.N // days behind the end of the months
	}
	months, monthly := map[clock.Unit]int{clock.Months: n, clock.Years: 12 * n}[c.Limit.Unit]
	if monthly {
		end := time.Date(start.Year(), start.Month()+time.Month(months), 1, 0, 0, 0, 0, cn)
		for day := start.Day(); ; day-- { // the same day of the month, or the last it has
			if e := end.AddDate(0, 0, day-1); e.Month() == end.Month() {
				n = int(e.Sub(start).Hours()/24) + more
				break
			}
		}
	}
	count := 0
	for d := start; d.Before(start.AddDate(30, 0, 0)); d = d.AddDate(0, 0, 1) {
		free := !refPaused(c, d, true)
		full := count >= n
		if d.After(start) && free && (refWorks(d) || c.Limit.Unit != clock.WorkingDays) && (!full || due != "") {
			count++
		}
		if due == "" && count >= n && free && refWorks(d) {
			due = d.Format(time.DateOnly)
		}
		if !d.After(today) {
			used = count
		}
		if due != "" && d.After(today) {
			break
		}
	}
	return due, used
}

// refHours reckons a clock of hours by the minute.
func refHours(c clock.Clock, now time.Time) (due time.Time, used int) {
	count := 0
	for t := time.UnixMilli(int64(c.Started)).In(cn); ; t = t.Add(time.Minute) {
		m := t.Hour()*60 + t.Minute()
		open := m >= 9*60 && m < 12*60 || m >= 13*60+30 && m < 17*60+30
		if t.Before(now) {
			used = count
		}
		if open && !refPaused(c, t, false) && refWorks(t) {
			count++
			if t.Before(now) {
				used = count
			}
			if count == c.Limit.N*60 {
				due = t.Add(time.Minute)
			}
		}
		stuck := c.Paused() && t.Sub(c.Started.Time()) > 60*24*time.Hour // longer than any draw below
		if (!due.IsZero() || stuck) && !t.Before(now) {
			return due, used
		}
	}
}

// anyClock draws a clock of days with up to six pauses, one perhaps open.
func anyClock(t *rapid.T, units ...clock.Unit) clock.Clock {
	first, last := calendar.Parse("2018-11-01"), calendar.Parse("2027-03-01")
	day := rapid.Int32Range(int32(first), int32(last)).Draw(t, "start")
	minute := rapid.IntRange(0, 24*60-1)
	moment := func(day int32, name string) clock.Moment {
		return clock.At(calendar.Day(day).Start().Add(time.Duration(minute.Draw(t, name)) * time.Minute))
	}
	unit := rapid.SampledFrom(units).Draw(t, "unit")
	most := map[clock.Unit]int{clock.WorkingDays: 70, clock.CalendarDays: 120, clock.WorkingHours: 40, clock.Months: 14, clock.Years: 2}[unit]
	c := clock.Clock{Limit: clock.Limit{N: rapid.IntRange(0, most).Draw(t, "n"), Unit: unit}, Started: moment(day, "minute")}
	far, long := int32(90), int32(30)
	if unit == clock.WorkingHours {
		c.Limit.N++
		far, long = 8, 5
	}
	for i := range rapid.IntRange(0, 6).Draw(t, "pauses") {
		from := max(moment(day+rapid.Int32Range(0, far).Draw(t, "from"), "minute"), c.Started)
		p := clock.Pause{Key: strings.Repeat("i", i+1), Kind: "检验", From: from}
		if i > 0 || rapid.IntRange(0, 3).Draw(t, "open") > 0 {
			p.Until = max(from, moment(int32(from.Day())+rapid.Int32Range(0, long).Draw(t, "length"), "minute"))
		}
		c.Pauses = append(c.Pauses, p)
	}
	if rapid.Bool().Draw(t, "extended") && unit != clock.WorkingHours {
		unit = rapid.SampledFrom([]clock.Unit{unit, unit.Counts()}).Draw(t, "in")
		c.Extension = &clock.Extension{Limit: clock.Limit{N: rapid.IntRange(1, 15).Draw(t, "more"), Unit: unit}, Approver: "局长", Reason: "疑难", At: c.Started}
	}
	return c
}

var dayUnits = []clock.Unit{clock.WorkingDays, clock.WorkingDays, clock.CalendarDays, clock.Months, clock.Years}

func anyNow(t *rapid.T, c clock.Clock) time.Time {
	return c.Started.Time().Add(time.Duration(rapid.IntRange(0, 300*24*60).Draw(t, "now")) * time.Minute)
}

func TestDaysAgreeWithTheReference(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := anyClock(t, dayUnits...)
		now := anyNow(t, c)
		due, used := refDays(c, now)
		if got := c.Due(shipped).Day.String(); got != due {
			t.Fatalf("due %q, reference %q", got, due)
		}
		if got := c.Used(now, shipped).Days; got != used {
			t.Fatalf("used %d by %s, reference %d", got, now, used)
		}
		if got, want := c.Late(now, shipped), due != "" && now.In(cn).Format(time.DateOnly) > due; got != want {
			t.Fatalf("late %v, reference %v", got, want)
		}
	})
}

func TestHoursAgreeWithTheReference(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := anyClock(t, clock.WorkingHours)
		now := c.Started.Time().Add(time.Duration(rapid.IntRange(0, 20*24*60).Draw(t, "now")) * time.Minute)
		due, used := refHours(c, now)
		got := c.Due(shipped)
		if got.Known && !got.At.Time().Equal(due) || got.Known == due.IsZero() {
			t.Fatalf("due %v %s, reference %s", got.Known, got.At.Time(), due)
		}
		if got := c.Used(now, shipped).Hours; got != time.Duration(used)*time.Minute {
			t.Fatalf("used %s by %s, reference %d minutes", got, now, used)
		}
	})
}
