package serials

import (
	"maps"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/ground/fault"
)

// A Use is how far the numbers of one kind have come in a copy.
type Use struct {
	Kind  Kind
	Last  int64            // of the series that has come furthest
	Day   int64            // the most that one series gave in a day
	Most  int64            // the last number there can be; 0: with more digits there is always one
	Ended map[string]int64 // the last number of each series, of kinds that are looked through for gaps
}

// fewest is how many numbers are left out at least, for each day.
const fewest = 100

// Reckoned stands for how many numbers are to be left out when nobody said so.
const Reckoned = -1

// Since is from which day on the numbers of a copy matter.
func Since(made time.Time) calendar.Day { return Resumed{Made: made}.first() }

// Resume reckons after which number each kind goes on: told are left out or, where it
// is Reckoned, twice what the busiest day of a series gave, for each day that has been
// begun since the copy. Numbers that begin anew every day have one day only. None is
// left out if told is 0. Fault: serials.full.
func (m Marks) Resume(r Resumed, uses []Use) (Resumed, error) {
	r.After, r.Ended = map[Kind]int64{}, map[string]int64{}
	if r.Skip == 0 {
		return r, nil
	}
	for _, u := range uses {
		u.Last = max(u.Last, m.after(u.Kind, r.first(), r.last()))
		after := hundreds(u.Last + u.skip(r))
		if u.Most > 0 && after >= u.Most {
			return r, fault.New(fault.Invalid, "serials.full", "%s最多编到%d号，备份里已编到%d号，跳过%d号就用完了：请清空目标，用 --skip 写小一点重新恢复", u.Kind.name(), u.Most, u.Last, u.skip(r))
		}
		r.After[u.Kind] = after
		maps.Copy(r.Ended, u.Ended)
	}
	return r, nil
}

func (u Use) skip(r Resumed) int64 {
	if r.Skip != Reckoned {
		return r.Skip
	}
	days := int64(calendar.DayOf(r.At)-calendar.DayOf(r.Made)) + 1
	if u.Kind.daily() {
		days = 1
	}
	return max(1, days) * max(fewest, 2*u.Day)
}

func (k Kind) name() string {
	for _, one := range kinds {
		if one.kind == k {
			return one.name
		}
	}
	return string(k)
}

// hundreds is the next number that is easily remembered.
func hundreds(n int64) int64 { return (n + 99) / 100 * 100 }
