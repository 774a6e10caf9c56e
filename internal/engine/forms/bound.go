package forms

import (
	"regexp"
	"strconv"

	"tongban/internal/civic/calendar"
)

var relative = regexp.MustCompile(`^today(?:([+-])(\d{1,4})([dmy]))?$`)

// bound reads the least or most day of a field: a day, or one counted from
// today as today, today+30d, today-6m, today-18y. False for none.
func bound(s string, today calendar.Day) (calendar.Day, bool) {
	m := relative.FindStringSubmatch(s)
	if m == nil {
		day := calendar.Parse(s)
		return day, day != 0
	}
	n, _ := strconv.Atoi(m[2]) // empty is 0
	if m[1] == "-" {
		n = -n
	}
	switch m[3] {
	case "y":
		return today.AddMonths(12 * n), true
	case "m":
		return today.AddMonths(n), true
	default:
		return today + calendar.Day(n), true
	}
}

// bounded is the bound in words.
func bounded(s string, day calendar.Day) string {
	if s == "today" {
		return "今天"
	}
	return day.Han()
}
