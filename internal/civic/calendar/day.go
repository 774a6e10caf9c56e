// Package calendar knows which days the government works (工作日历).
//
// The State Council publishes the year's holidays and the weekends worked in
// exchange; both are data, loaded from a file, never written into code.
package calendar

import "time"

// Zone is the zone in which a day begins and ends for every statutory period.
var Zone = time.FixedZone("UTC+8", 8*60*60)

// A Day is a date on the wall calendar, counted so that 0001-01-01 is 1; 0 is no
// day. (Were the days counted from 1970, nobody could be born on its first.)
type Day int32

// Epoch is the Day of 1970-01-01, from which machines count time.
const Epoch Day = 719163

// DayOf returns the day it is in Zone at instant t.
func DayOf(t time.Time) Day {
	y, m, d := t.In(Zone).Date()
	return Date(y, m, d)
}

// Parse reads "2026-09-24"; what does not read as a day is no day.
func Parse(s string) Day {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return 0
	}
	return Date(t.Date())
}

// String is the day as tables and machines write it: "2026-09-24"; no day is "".
func (d Day) String() string {
	if d == 0 {
		return ""
	}
	return d.utc().Format(time.DateOnly)
}

// Han is the day as people read it: "2026年9月24日"; no day is "".
func (d Day) Han() string {
	if d == 0 {
		return ""
	}
	return d.utc().Format("2006年1月2日")
}

// Moment is a time of the city as sentences and notices write it: "2026年10月15日09:30".
func Moment(t time.Time) string { return t.In(Zone).Format("2006年1月2日15:04") }

// MarshalText writes the day as String does.
func (d Day) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what Parse reads.
func (d *Day) UnmarshalText(b []byte) error { *d = Parse(string(b)); return nil }

// Year is the year the day falls in.
func (d Day) Year() int { return d.utc().Year() }

// Weekday is the day of the week.
func (d Day) Weekday() time.Weekday { return d.utc().Weekday() }

// Start is the instant at which the day begins in Zone.
func (d Day) Start() time.Time {
	y, m, day := d.utc().Date()
	return time.Date(y, m, day, 0, 0, 0, 0, Zone)
}

func (d Day) utc() time.Time { return time.Unix(int64(d-Epoch)*86400, 0).UTC() }

// Date is the day of that year, month and day of the month; months and days
// beyond their end run on into the next, as in time.Date.
func Date(year int, month time.Month, day int) Day {
	return Day(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix()/86400) + Epoch
}

// AddMonths returns the same day of the month n months on, or the last day of
// that month where it is shorter (民法典第二百零二条).
func (d Day) AddMonths(n int) Day {
	y, m, day := d.utc().Date()
	last := Date(y, m+time.Month(n)+1, 0)
	return min(Date(y, m+time.Month(n), day), last)
}
