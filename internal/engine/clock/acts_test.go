package clock_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
	"tongban/internal/engine/clock"
	"tongban/internal/ground/fault"
)

var twenty = clock.Limit{N: 20, Unit: clock.WorkingDays}

func extension(n int, on string) clock.Extension {
	return clock.Extension{Limit: clock.Limit{N: n, Unit: clock.WorkingDays}, Approver: "局长", Reason: "案情复杂", At: moment(on)}
}

func moment(day string) clock.Moment { return clock.At(on(day)) }

func TestActsThatAreNotAllowed(t *testing.T) {
	running := start(t, twenty, "2025-09-22")
	paused := held(t, running, "听证", "2025-09-25", "")
	stopped, err := running.Stop(on("2025-10-10"))
	if err != nil {
		t.Fatal(err)
	}
	extended, err := running.Extend(extension(10, "2025-10-10"), clock.OrdinaryExtension, shipped)
	if err != nil {
		t.Fatal(err)
	}
	extend := func(c clock.Clock, change func(*clock.Extension), bound clock.Limit) error {
		e := extension(10, "2025-10-10")
		if change != nil {
			change(&e)
		}
		_, err := c.Extend(e, bound, shipped)
		return err
	}
	pause := func(c clock.Clock, p clock.Pause) error { _, err := c.Pause(p); return err }
	resume := func(c clock.Clock, key, day string) error { _, err := c.Resume(key, on(day)); return err }
	begin := func(c clock.Clock, l clock.Limit, day string) error { _, err := c.Start(l, on(day)); return err }
	stop := func(c clock.Clock, day string) error { _, err := c.Stop(on(day)); return err }
	late := func(e *clock.Extension) { e.At = moment("2025-10-25") }

	for _, tt := range []struct {
		name string
		err  error
		code string
	}{
		{"a clock starts once", begin(running, twenty, "2025-09-23"), "clock.start.twice"},
		{"a limit is not negative", begin(clock.Clock{}, clock.Limit{N: -1, Unit: clock.WorkingDays}, "2025-09-23"), "clock.limit.range"},
		{"a number needs a unit", begin(clock.Clock{}, clock.Limit{N: 5}, "2025-09-23"), "clock.limit.unit"},
		{"a clock starts on some day", begin(clock.Clock{}, twenty, "no day"), "clock.start.moment"},
		{"what does not run cannot be paused", pause(clock.Clock{}, clock.Pause{Key: "a", Kind: "听证", From: moment("2025-09-25")}), "clock.pause.idle"},
		{"what was stopped cannot be paused", pause(stopped, clock.Pause{Key: "a", Kind: "听证", From: moment("2025-10-11")}), "clock.pause.idle"},
		{"a pause says what it is", pause(running, clock.Pause{Key: "a", From: moment("2025-09-25")}), "clock.pause.kind"},
		{"a pause is told from others", pause(running, clock.Pause{Kind: "听证", From: moment("2025-09-25")}), "clock.pause.kind"},
		{"a pause does not precede the start", pause(running, clock.Pause{Key: "a", Kind: "听证", From: moment("2025-09-21")}), "clock.pause.early"},
		{"the same procedure is not begun twice", pause(paused, clock.Pause{Key: "听证", Kind: "听证", From: moment("2025-09-26")}), "clock.pause.twice"},
		{"its planned time is a limit", pause(running, clock.Pause{Key: "a", Kind: "听证", From: moment("2025-09-25"), Planned: clock.Limit{N: 3}}), "clock.limit.unit"},
		{"another may run beside it", pause(paused, clock.Pause{Key: "检验", Kind: "检验", From: moment("2025-09-26")}), ""},
		{"only an open pause ends", resume(running, "听证", "2025-09-26"), "clock.resume.none"},
		{"only the pause named ends", resume(paused, "检验", "2025-09-26"), "clock.resume.none"},
		{"a pause does not end before it began", resume(paused, "听证", "2025-09-24"), "clock.resume.early"},
		{"nothing resumes after the stop", resume(stopped, "听证", "2025-10-12"), "clock.resume.idle"},
		{"an extension needs a running clock", extend(stopped, nil, clock.OrdinaryExtension), "clock.extend.idle"},
		{"an extension needs a limit", extend(start(t, clock.Limit{}, "2025-09-22"), nil, clock.OrdinaryExtension), "clock.extend.idle"},
		{"one extension only", extend(extended, nil, clock.OrdinaryExtension), "clock.extend.twice"},
		{"no extension during a procedure", extend(paused, nil, clock.OrdinaryExtension), "clock.extend.paused"},
		{"someone approves it", extend(running, func(e *clock.Extension) { e.Approver = "" }, clock.OrdinaryExtension), "clock.extend.approver"},
		{"the applicant is told why", extend(running, func(e *clock.Extension) { e.Reason = "" }, clock.OrdinaryExtension), "clock.extend.reason"},
		{"it is in the unit of the limit", extend(running, func(e *clock.Extension) { e.Limit.Unit = clock.Months }, clock.OrdinaryExtension), "clock.extend.unit"},
		{"eleven days are too many", extend(running, func(e *clock.Extension) { e.Limit.N = 11 }, clock.OrdinaryExtension), "clock.extend.bound"},
		{"fifteen are allowed in joint handling", extend(running, func(e *clock.Extension) { e.Limit.N = 15 }, clock.JointExtension), ""},
		{"sixteen are not", extend(running, func(e *clock.Extension) { e.Limit.N = 16 }, clock.JointExtension), "clock.extend.bound"},
		{"none is no extension", extend(running, func(e *clock.Extension) { e.Limit.N = 0 }, clock.OrdinaryExtension), "clock.extend.bound"},
		{"on the last day it is not too late", extend(running, func(e *clock.Extension) { e.At = moment("2025-10-24") }, clock.OrdinaryExtension), ""},
		{"on the day after it is", extend(running, late, clock.OrdinaryExtension), "clock.extend.late"},
		{"nor before the start", extend(running, func(e *clock.Extension) { e.At = moment("2025-09-21") }, clock.OrdinaryExtension), "clock.extend.early"},
		{"a clock stops once", stop(stopped, "2025-10-12"), "clock.stop.idle"},
		{"not before what happened to it", stop(paused, "2025-09-24"), "clock.stop.early"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := codeOf(tt.err); got != tt.code {
				t.Errorf("fault %q (%v), want %q", got, tt.err, tt.code)
			}
		})
	}
}

func codeOf(err error) string {
	if err == nil {
		return ""
	}
	return fault.Code(err)
}

func TestActsLeaveTheOldClockAsItWas(t *testing.T) {
	c := held(t, held(t, start(t, twenty, "2025-09-22"), "听证", "2025-09-25", ""), "检验", "2025-09-26", "")
	c = held(t, c, "检测", "2025-09-26", "") // the third leaves room behind it, where another could be written
	before, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	one := held(t, c, "甲", "2025-09-28", "")
	two := held(t, c, "乙", "2025-09-28", "")
	if _, err := c.Resume("听证", on("2025-10-09")); err != nil {
		t.Error(err)
	}
	if _, err := c.Stop(on("2025-10-09")); err != nil {
		t.Error(err)
	}
	c.Forecast(shipped)
	c.Due(shipped)
	if one.Pauses[3].Key != "甲" || two.Pauses[3].Key != "乙" {
		t.Error("two clocks made of one share their pauses")
	}
	if after, _ := json.Marshal(c); string(after) != string(before) { // it could be marshalled above
		t.Error(cmp.Diff(string(before), string(after)))
	}
}

func TestStopEndsEveryPause(t *testing.T) {
	c, err := held(t, start(t, twenty, "2025-09-22"), "听证", "2025-09-25", "").Stop(on("2025-10-09"))
	if err != nil {
		t.Fatal(err)
	}
	if c.Running() || c.Paused() || c.Pauses[0].Until != moment("2025-10-09") {
		t.Errorf("after the stop: %+v", c)
	}
	if got := c.Used(on("2026-01-05"), shipped); got.Days != 2 {
		t.Errorf("used %v, want the two days before the hearing", got)
	}
}

func TestForecastEndsPausesAsPlanned(t *testing.T) {
	c := start(t, twenty, "2025-09-22")
	c, err := c.Pause(clock.Pause{Key: "1", Kind: "专家评审", From: moment("2025-10-12"), Planned: clock.Limit{N: 10, Unit: clock.WorkingDays}})
	if err != nil {
		t.Fatal(err)
	}
	if due := c.Due(shipped); due.Known {
		t.Errorf("due %s during a review", due.Day)
	}
	if due := c.Forecast(shipped).Due(shipped); due.Day.String() != "2025-11-07" {
		t.Errorf("forecast %s, want 2025-11-07", due.Day)
	}
	own := c.Pauses[0].Own()
	if due := own.Due(shipped); due.Day.String() != "2025-10-24" || !own.Late(on("2025-10-27"), shipped) {
		t.Errorf("the review itself is due %s, want 2025-10-24", due.Day)
	}
}
