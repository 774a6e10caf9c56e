package clock

import (
	"tongban/internal/civic/calendar"
	"tongban/internal/ground/fault"
)

// CheckCure judges the day by which a missing material is promised (容缺补交
// 期限): c is the promised clock, started on acceptance; the day must come after
// that and lie within the promised time, for acceptance with a deficit stops no
// clock.
func (c Clock) CheckCure(by calendar.Day, days Days) error {
	due := c.Due(days)
	switch {
	case by <= c.Started.Day():
		return fault.New(fault.Invalid, "clock.cure.past", "补交期限应晚于受理当日（%s）", c.Started.Day().Han())
	case due.Known && by > due.Day:
		return fault.New(fault.Invalid, "clock.cure.late", "补交期限不得晚于承诺办结日%s", due.Day.Han())
	}
	return nil
}

// Reminders returns the working days on which to remind of a day to come: three
// and one before it, those that lie after since.
func Reminders(since, by calendar.Day, days Days) []calendar.Day {
	var on []calendar.Day
	for _, n := range []int{3, 1} {
		if d := before(by, Limit{n, WorkingDays}, days); d > since {
			on = append(on, d)
		}
	}
	return on
}
