package clock_test

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
	"tongban/internal/civic/calendar"
	"tongban/internal/engine/clock"
)

var allUnits = append(slices.Clone(dayUnits), clock.WorkingHours)

// same fails unless two clocks say the same of any moment.
func same(t *rapid.T, a, b clock.Clock) {
	now := anyNow(t, a)
	if x, y := a.Due(shipped), b.Due(shipped); x != y {
		t.Fatalf("due %+v, then %+v", x, y)
	}
	if x, y := a.Used(now, shipped), b.Used(now, shipped); x != y {
		t.Fatalf("used %+v, then %+v", x, y)
	}
}

func TestSplittingAPauseChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := anyClock(t, allUnits...)
		split := c
		split.Pauses = nil
		for _, p := range c.Pauses {
			a, b := p, p
			if p.Until > p.From {
				a.Until = p.From + clock.Moment(rapid.Int64Range(0, int64(p.Until-p.From)).Draw(t, "cut"))
				b.From = a.Until
				split.Pauses = append(split.Pauses, a)
			}
			split.Pauses = append(split.Pauses, b)
		}
		same(t, c, split)
	})
}

func TestOverlapIsCountedOnceAndOrderDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := anyClock(t, allUnits...)
		more := c
		more.Pauses = slices.Clone(c.Pauses)
		for _, p := range c.Pauses {
			if p.Until != 0 {
				p.Until -= clock.Moment(rapid.Int64Range(0, int64(p.Until-p.From)).Draw(t, "inside"))
			}
			more.Pauses = append(more.Pauses, p)
		}
		if len(more.Pauses) > 0 {
			more.Pauses = rapid.Permutation(more.Pauses).Draw(t, "order")
		}
		same(t, c, more)
	})
}

func TestMoreDaysOffNeverMakeItEarlier(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := anyClock(t, allUnits...)
		var off []calendar.Entry
		for range rapid.IntRange(1, 20).Draw(t, "holidays") {
			d := c.Started.Day() + calendar.Day(rapid.IntRange(0, 120).Draw(t, "off"))
			off = append(off, calendar.Entry{Name: "台风停工", Date: d, Off: true})
		}
		more := shipped.Local(off...)
		if a, b := c.Due(shipped), c.Due(more); b.Known && (!a.Known || b.At < a.At) {
			t.Fatalf("due %s, with days off added %s", a.At.Time(), b.At.Time())
		}
		moved := clock.Moved(shipped, more, map[string]clock.Clock{"a": c})
		if (len(moved) == 1) != (c.Due(shipped).At != c.Due(more).At) {
			t.Fatalf("moved %v", moved)
		}
	})
}

func TestUsedAndRemainingAreTheLimit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := anyClock(t, allUnits...)
		a, b := anyNow(t, c), anyNow(t, c)
		x, y := c.Used(a, shipped), c.Used(b, shipped)
		l, r := c.Remaining(a, shipped), c.Remaining(b, shipped)
		if x.Days+l.Days != y.Days+r.Days || x.Hours+l.Hours != y.Hours+r.Hours || x.Unit != l.Unit {
			t.Fatalf("%v used and %v left, then %v and %v", x, l, y, r)
		}
		n := c.Total().N
		if c.Limit.Unit == clock.WorkingHours && x.Hours+l.Hours != time.Duration(n)*time.Hour ||
			(c.Limit.Unit == clock.WorkingDays || c.Limit.Unit == clock.CalendarDays) && x.Days+l.Days != n {
			t.Fatalf("%v used and %v left of %d", x, l, n)
		}
		if a.Before(b) && (x.Days > y.Days || x.Hours > y.Hours) {
			t.Fatalf("used %v, later %v", x, y)
		}
		if due := c.Due(shipped); due.Known {
			if left := c.Remaining(due.At.Time(), shipped); left.Days != 0 || left.Hours != 0 || c.Late(due.At.Time(), shipped) {
				t.Fatalf("%v left at the last moment", left)
			}
			if !c.Late((due.At + 1).Time(), shipped) {
				t.Fatalf("not late after the last moment")
			}
		}
	})
}

func TestExtensionAddsExactly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := anyClock(t, allUnits...)
		c.Pauses, c.Extension = nil, nil
		more := rapid.IntRange(1, 15).Draw(t, "more")
		bound := clock.Limit{N: 15, Unit: c.Limit.Unit}
		e := clock.Extension{Limit: clock.Limit{N: more, Unit: c.Limit.Unit}, Approver: "局长", Reason: "疑难", At: c.Started}
		longer, err := c.Extend(e, bound, shipped)
		if err != nil {
			t.Fatal(err)
		}
		plain := c
		plain.Limit.N += more
		same(t, longer, plain)
		if c.Limit.Unit != clock.WorkingDays || c.Limit.N == 0 {
			return
		}
		a, b := c.Due(shipped).Day, longer.Due(shipped).Day
		if got := shipped.Count(a+1, b+1); got != more {
			t.Fatalf("%d working days from %s to %s, extended by %d", got, a, b, more)
		}
	})
}

func TestExplanationIsTheReckoning(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := anyClock(t, allUnits...)
		now := anyNow(t, c)
		e := c.Explain(shipped, now)
		if e.Due != c.Due(shipped) {
			t.Fatalf("explained %+v, due %+v", e.Due, c.Due(shipped))
		}
		days, hours := 0, time.Duration(0)
		for i, v := range e.Intervals {
			if i > 0 && v.Begin != e.Intervals[i-1].End || v.Why == "" || v.End <= v.Begin {
				t.Fatalf("interval %d: %+v after %+v", i, v, e.Intervals[max(i-1, 0)])
			}
			if v.Counted {
				days, hours = days+v.Days, hours+v.Hours
			}
		}
		if !e.Due.Known {
			return
		}
		used := c.Used(e.Due.At.Time(), shipped)
		if c.Limit.Unit == clock.WorkingHours && hours != used.Hours || c.Limit.Unit != clock.WorkingHours && days != used.Days {
			t.Fatalf("explained %d days %s, used %v", days, hours, used)
		}
		if last := e.Intervals[len(e.Intervals)-1]; last.Until != e.Due.Day {
			t.Fatalf("ends on %s, due %s", last.Until, e.Due.Day)
		}
	})
}

func TestWarningComesWhenTheColourTurns(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := anyClock(t, allUnits...)
		warn := clock.Warn{Days: rapid.IntRange(0, 5).Draw(t, "days"), Hours: rapid.IntRange(0, 5).Draw(t, "hours"), Percent: rapid.IntRange(0, 60).Draw(t, "percent")}
		at := c.WarnAt(shipped, warn)
		if (at == 0) != c.Paused() {
			t.Fatalf("warns at %d, paused %v", at, c.Paused())
		}
		if at == 0 {
			return
		}
		if got := c.Colour(at.Time(), shipped, warn); got != clock.Yellow {
			t.Fatalf("%s at the warning %s", got, at.Time())
		}
		if before := at - 1; before > c.Started {
			if got := c.Colour(before.Time(), shipped, warn); got != clock.Green {
				t.Fatalf("%s before the warning %s", got, at.Time())
			}
		}
	})
}

func TestClocksSurviveTheirJSON(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := anyClock(t, allUnits...)
		text, err := json.Marshal(c)
		if err != nil {
			t.Fatal(err)
		}
		var back clock.Clock
		if err := json.Unmarshal(text, &back); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(c, back); diff != "" {
			t.Fatal(diff)
		}
	})
}

// A period of months ends on the same day of its last month, or on that month's
// last (民法典第二百零二条), and every day of its extension is one day more.
func TestAnExtensionOfMonthsIsInDays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := anyClock(t, clock.Months, clock.Years)
		c.Pauses, c.Extension = nil, nil
		c.Limit.N++
		more := rapid.IntRange(1, 10).Draw(t, "more")
		bound := clock.OrdinaryExtension
		longer, err := c.Extend(clock.Extension{Limit: clock.Limit{N: more, Unit: c.Limit.Unit.Counts()}, Approver: "局长", Reason: "疑难", At: c.Started}, bound, shipped)
		if err != nil {
			t.Fatal(err)
		}
		months := map[clock.Unit]int{clock.Months: 1, clock.Years: 12}[c.Limit.Unit] * c.Limit.N
		end := c.Started.Day().AddMonths(months)
		due := longer.Due(shipped).Day
		if nominal := end + calendar.Day(more); due < nominal || shipped.Count(nominal, due) != 0 || !shipped.Works(due) {
			t.Fatalf("due %s, %d days after %s", due, more, end)
		}
		if got := longer.Remaining(c.Started.Time(), shipped); got.Days != int(end-c.Started.Day())+more || got.Unit != clock.CalendarDays {
			t.Fatalf("%v to begin with, %d days after %s", got, more, end)
		}
		if _, err := c.Extend(clock.Extension{Limit: clock.Limit{N: 11, Unit: clock.CalendarDays}, Approver: "局长", Reason: "疑难", At: c.Started}, bound, shipped); codeOf(err) != "clock.extend.bound" {
			t.Fatalf("eleven days: %v", err)
		}
	})
}
