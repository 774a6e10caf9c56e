package bureau

import (
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/engine/clock"
	"tongban/internal/handling/cases"
	"tongban/internal/places/frame"
)

func caseURL(id cases.ID) string { return "/bureau/cases/" + string(id) }

// toneOf is the colour of a clock on a page.
func toneOf(c clock.Colour) frame.Tone {
	return map[clock.Colour]frame.Tone{clock.Red: frame.Red, clock.Yellow: frame.Amber, clock.Green: frame.Green}[c]
}

func stateTone(s cases.State) frame.Tone {
	switch s {
	case cases.Granted:
		return frame.Green
	case cases.Denied, cases.Refused, cases.Terminated:
		return frame.Red
	case cases.Correcting:
		return frame.Amber
	case cases.Received, cases.Accepted:
		return frame.Blue
	}
	return frame.Plain
}

// opinionTone is the colour of what someone signed.
func opinionTone(opinion string) frame.Tone {
	switch opinion {
	case "同意", "准予":
		return frame.Green
	case "附条件同意":
		return frame.Amber
	case "不同意", "不予":
		return frame.Red
	}
	return frame.Blue
}

// spent is how much of a clock's time is used, and all of it, in milliseconds
// of office time or in days; 0 of 0 where nothing is counted.
func spent(k clock.Clock, now time.Time, days clock.Days) (used, total int64) {
	if k.Started == 0 || k.Limit.None() {
		return 0, 0
	}
	u, left := k.Used(now, days), k.Remaining(now, days)
	if u.Hours != 0 || left.Hours != 0 {
		return int64(u.Hours / time.Millisecond), int64((u.Hours + left.Hours) / time.Millisecond)
	}
	return int64(u.Days), int64(u.Days + left.Days)
}

// moment is a time as people read it, to the minute.
func moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(calendar.Zone).Format("2006年1月2日 15:04")
}

// dueWords is when a case is due, in a list.
func dueWords(day calendar.Day, paused bool) string {
	switch {
	case day == 0:
		return "无时限"
	case paused:
		return "计时中止，预计" + day.Han()
	}
	return day.Han() + "前"
}

// caseDue is when a case is due, in the list of all.
func caseDue(r cases.Row, today calendar.Day) string {
	switch {
	case r.State == cases.Received || r.State == cases.Correcting:
		return "受理后起算"
	case r.State == cases.Accepted && !r.Paused && r.Due != 0 && r.Due < today:
		return "已过期，应于" + r.Due.Han() + "前"
	}
	return dueWords(r.Due, r.Paused)
}
