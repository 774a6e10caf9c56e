package calendar

import "sort"

// lastDay is the last day with a year of four digits.
var lastDay = Date(9999, 12, 31)

// Count returns how many days from from up to, not including, until are
// worked. It costs the same for a week and for twenty years.
func (c Calendar) Count(from, until Day) int {
	if until <= from {
		return 0
	}
	return c.before(until) - c.before(from)
}

// before counts the days worked before d, from a fixed day on.
func (c Calendar) before(d Day) int {
	if c.t == nil || len(c.t.days) == 0 {
		return weekdays(d)
	}
	end := c.t.first + Day(len(c.t.days))
	if s := c.at(d); s != nil {
		return weekdays(c.t.first) + int(s.before)
	}
	if d < c.t.first {
		return weekdays(d)
	}
	last := c.t.days[len(c.t.days)-1]
	sum := int(last.before)
	if last.works {
		sum++
	}
	return weekdays(c.t.first) + sum + weekdays(d) - weekdays(end)
}

// weekdays counts the Mondays to Fridays before d, from Monday 0001-01-01 on.
func weekdays(d Day) int {
	n := max(int(d)-1, 0)
	return n/7*5 + min(n%7, 5)
}

// Add returns the n-th working day after d, or before it when n is negative.
// No days from d is d itself, worked or not. It stays between the years 1 and
// 9999, however large n is.
func (c Calendar) Add(d Day, n int) Day {
	switch {
	case n == 0:
		return d
	case n < 0:
		return c.nth(c.before(d) + n)
	}
	return c.nth(c.before(d+1) + n - 1)
}

// nth returns the working day that has exactly n working days before it.
func (c Calendar) nth(n int) Day {
	n = max(0, min(n, c.before(lastDay)))
	low := Day(n / 5 * 7)
	for c.before(low) > n {
		low -= 64
	}
	span := 64
	for c.before(low+Day(span)) <= n {
		span *= 2
	}
	return low + Day(sort.Search(span, func(i int) bool { return c.before(low+Day(i)+1) > n }))
}
