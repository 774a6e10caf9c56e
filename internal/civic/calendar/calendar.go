package calendar

import (
	"maps"
	"slices"
	"time"
)

// A Calendar knows which days offices work: the years whose notices were
// loaded, an agency's own days on top, and the office hours. It never changes;
// With, Local and Open return another. The zero Calendar knows no year and
// follows the five-day week.
//
// Days of a year that is not loaded follow the five-day week too, but what is
// computed from them is provisional: ask Known.
type Calendar struct{ t *table }

// table is the calendar worked out day by day, from the January before the
// first loaded year to the December after the last.
type table struct {
	years map[int]Year
	local []Entry
	hours []Span
	first Day
	days  []status
}

// status is what is known about one day, and how many days were worked before
// it since the table begins.
type status struct {
	works  bool
	before int32
	why    string
}

// New returns a calendar of these years; of two for the same year the last counts.
func New(years ...Year) Calendar { return Calendar{}.With(years...) }

// With returns the calendar with these years added, each in place of what was
// known of it before. Only the years that Read lets through are taken.
func (c Calendar) With(years ...Year) Calendar {
	t := c.parts()
	t.years = maps.Clone(t.years)
	if t.years == nil {
		t.years = map[int]Year{}
	}
	for _, y := range years {
		if ofThisAge(y.Year) {
			t.years[y.Year] = y
		}
	}
	return t.reckon()
}

// Local returns the calendar with an agency's or hall's own days on top: a
// day's closing for moving house, a Saturday opened for a fair.
func (c Calendar) Local(days ...Entry) Calendar {
	t := c.parts()
	t.local = slices.DeleteFunc(slices.Concat(t.local, days), func(e Entry) bool { return !ofThisAge(e.Date.Year()) })
	return t.reckon()
}

// Open returns the calendar with these office hours, as ParseHours gives them,
// on every working day; no hours at all change nothing.
func (c Calendar) Open(hours []Span) Calendar {
	if len(hours) == 0 {
		return c
	}
	t := c.parts()
	t.hours = slices.Clone(hours)
	return t.reckon()
}

func (c Calendar) parts() table {
	if c.t == nil {
		return table{hours: DefaultHours()}
	}
	return *c.t
}

// reckon works the table out. Where two notices speak of the same December
// day the later one counts, and the agency's own word counts last.
func (t table) reckon() Calendar {
	ys := slices.Sorted(maps.Keys(t.years))
	t.lay(ys)
	for _, y := range ys {
		for _, e := range t.years[y].Days {
			t.set(e, "放假", "调休上班")
		}
	}
	for _, e := range t.local {
		t.set(e, "", "")
	}
	var sum int32
	for i := range t.days {
		t.days[i].before = sum
		if t.days[i].works {
			sum++
		}
	}
	return Calendar{&t}
}

// lay lays the table out over the years and an agency's own days, a year more
// at either end, as five-day weeks.
func (t *table) lay(years []int) {
	t.first, t.days = 0, nil
	for _, e := range t.local {
		years = append(years, e.Date.Year())
	}
	if len(years) == 0 {
		return
	}
	t.first = Date(slices.Min(years)-1, 1, 1)
	t.days = make([]status, Date(slices.Max(years)+2, 1, 1)-t.first)
	for i := range t.days {
		t.days[i].works, t.days[i].why = week(t.first + Day(i))
	}
}

func (t *table) set(e Entry, off, on string) {
	i := int(e.Date - t.first)
	if i < 0 || i >= len(t.days) {
		return // Read lets no such day through
	}
	why := e.Name + on
	if e.Off {
		why = e.Name + off
	}
	t.days[i].works, t.days[i].why = !e.Off, why
}

// week is the five-day week, which rules where no notice speaks.
func week(d Day) (works bool, why string) {
	if wd := d.Weekday(); wd == time.Saturday || wd == time.Sunday {
		return false, "周末"
	}
	return true, "工作日"
}

// at finds what the table says of d; nil outside the table.
func (c Calendar) at(d Day) *status {
	if c.t == nil {
		return nil
	}
	if i := int(d) - int(c.t.first); i >= 0 && i < len(c.t.days) {
		return &c.t.days[i]
	}
	return nil
}

// Works reports whether offices work on d.
func (c Calendar) Works(d Day) bool {
	if s := c.at(d); s != nil {
		return s.works
	}
	works, _ := week(d)
	return works
}

// Why says in a few words why offices work on d or not: "工作日", "周末",
// "国庆节放假", "国庆节调休上班".
func (c Calendar) Why(d Day) string {
	if s := c.at(d); s != nil {
		return s.why
	}
	_, why := week(d)
	return why
}

// Known reports whether the notice of that year is loaded.
func (c Calendar) Known(year int) bool {
	if c.t == nil {
		return false
	}
	_, ok := c.t.years[year]
	return ok
}

// Years returns the loaded years, oldest first.
func (c Calendar) Years() []Year {
	if c.t == nil {
		return nil
	}
	return slices.SortedFunc(maps.Values(c.t.years), func(a, b Year) int { return a.Year - b.Year })
}
