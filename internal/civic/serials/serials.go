// Package serials says after which number each series of numbers goes on once a copy
// was brought back (恢复以后编号从哪里接着编). What was given out between the copy and
// that moment is forgotten here, but people hold papers with it: no number of that time
// may be given out again. So every series leaves out more than can have been given, and
// what is missing has a reason that is kept as a fact.
package serials

import (
	"cmp"
	"fmt"
	"time"

	"tongban/internal/civic/calendar"
)

// A Kind is numbers that are given out in one way, in many series.
type Kind string

// The kinds of numbers that the program gives out one after the other. All others are
// made of the time and of chance, and meet none that was given before.
const (
	Case    Kind = "case"    // 办件编号, anew on every day
	Joint   Kind = "joint"   // 联办件编号, anew on every day
	Licence Kind = "licence" // 综合许可证编号, anew on every day
	Ticket  Kind = "ticket"  // 排队号, anew on every day
	Paper   Kind = "paper"   // 文号, anew in every year
	Package Kind = "package" // 档号, of every year in which a case ended
	Company Kind = "company" // 统一社会信用代码的本体代码, for ever
)

// kinds are all of them in the order in which they are told, with their series.
var kinds = []struct {
	kind   Kind
	name   string
	daily  bool
	series func(r Resumed) string // that leave numbers out
}{
	{Case, "办件编号", true, onDays},
	{Joint, "联办件编号", true, onDays},
	{Licence, "综合许可证编号", true, onDays},
	{Ticket, "排队号", true, onDays},
	{Paper, "文号", false, ofYears},
	{Package, "档号", false, upToYear},
	{Company, "统一社会信用代码（本体代码）", false, func(Resumed) string { return "全市" }},
}

func onDays(r Resumed) string   { return r.last().Han() + "和以前各日的" }
func ofYears(r Resumed) string  { return span(r.first().Year(), r.last().Year()) + "的" }
func upToYear(r Resumed) string { return fmt.Sprintf("%d年和以前各年度的", r.last().Year()) }

func span(from, to int) string {
	if from == to {
		return fmt.Sprintf("%d年", to)
	}
	return fmt.Sprintf("%d年、%d年", from, to)
}

func (k Kind) daily() bool {
	for _, one := range kinds {
		if one.kind == k {
			return one.daily
		}
	}
	return false
}

// Resumed is the fact that the city goes on from a copy (恢复).
type Resumed struct {
	Made  time.Time        `json:"made"`            // when the copy was made
	At    time.Time        `json:"at"`              // when it was brought back
	By    string           `json:"by"`              // the account of the machine
	Skip  int64            `json:"skip"`            // as the administrator said; -1: reckoned from the copy
	After map[Kind]int64   `json:"after,omitempty"` // the number after which all series of a kind go on
	Ended map[string]int64 `json:"ended,omitempty"` // the last number of each series that is looked through for gaps, by Name
}

// FactName is the name listeners ask for.
func (Resumed) FactName() string { return "serials.resumed" }

// first and last are the days between which numbers were given out that are forgotten.
// News of the evening before may have been delivered after the copy was made.
func (r Resumed) first() calendar.Day { return calendar.DayOf(r.Made) - 1 }
func (r Resumed) last() calendar.Day  { return calendar.DayOf(r.At) }

// Say is what happened, as people are told it.
func (r Resumed) Say() string {
	made, at := calendar.Moment(r.Made), calendar.Moment(r.At)
	if len(r.After) == 0 {
		return fmt.Sprintf("%s恢复了%s的备份，没有跳过编号：备份以后没有办过事", at, made)
	}
	return fmt.Sprintf("%s恢复了%s的备份，其间给出过的号没有记录，跳过不再使用", at, made)
}

// Lines are where the series go on, one line for each kind.
func (r Resumed) Lines() (all []string) {
	for _, one := range kinds {
		if after := r.After[one.kind]; after > 0 {
			all = append(all, fmt.Sprintf("%s：%s从%d号起", one.name, one.series(r), after+1))
		}
	}
	return all
}

// Reason is why numbers are missing, for whoever looks at the ledger later.
func (r Resumed) Reason() string {
	how := "按备份里最忙的一天和相隔的天数算"
	if r.Skip != Reckoned {
		how = fmt.Sprintf("命令里写明每个序列至少跳过%d号", r.Skip)
	}
	return fmt.Sprintf("%s；%s。操作系统账号：%s", r.Say(), how, cmp.Or(r.By, "没有记录"))
}

// Marks are all copies that were brought back, oldest first.
type Marks []Resumed

// forever is a day that does not come.
const forever calendar.Day = 1 << 30

// OnDay is the number after which a series of a day goes on: 0 if none of its numbers
// is forgotten. One of a day before the copy may have grown after it, by what is entered later.
func (m Marks) OnDay(k Kind, day calendar.Day) int64 { return m.after(k, day, forever) }

// InYear is that of a series that is of a year and grows in that year.
func (m Marks) InYear(k Kind, year int) int64 {
	from, until := days(year)
	return m.after(k, from, until)
}

// FromYear is that of a series that is of a year and grows later too.
func (m Marks) FromYear(k Kind, year int) int64 {
	from, _ := days(year)
	return m.after(k, from, forever)
}

// Ever is that of a series that is of no year.
func (m Marks) Ever(k Kind) int64 { return m.after(k, 0, forever) }

func days(year int) (from, until calendar.Day) {
	return calendar.Date(year, time.January, 1), calendar.Date(year, time.December, 31)
}

// Of are the copies that were brought back in a year, or left numbers of it out.
func (m Marks) Of(year int) (all Marks) {
	from, until := days(year)
	for _, r := range m {
		if from <= r.last() && r.first() <= until {
			all = append(all, r)
		}
	}
	return all
}

func (m Marks) after(k Kind, from, until calendar.Day) (after int64) {
	for _, r := range m {
		if from <= r.last() && r.first() <= until {
			after = max(after, r.After[k])
		}
	}
	return after
}

// Name is the name of a series in Ended.
func Name(k Kind, agency string, year int, of string) string {
	return fmt.Sprintf("%s/%s/%d/%s", k, agency, year, of)
}

// A Run is numbers from one to another, ends included.
type Run struct{ From, To int }

// Sum is how many numbers there are in runs.
func Sum(all []Run) (n int) {
	for _, r := range all {
		n += r.To - r.From + 1
	}
	return n
}

// Less is what runs in order are without those left out, which are in order too.
func Less(all, skipped []Run) (rest []Run) {
	for _, r := range all {
		for _, s := range skipped {
			if s.To < r.From || r.To < s.From {
				continue
			}
			if r.From < s.From {
				rest = append(rest, Run{r.From, s.From - 1})
			}
			r.From = s.To + 1
		}
		if r.From <= r.To {
			rest = append(rest, r)
		}
	}
	return rest
}

// SkippedIn are the numbers that a series left out, if it has gone on since. It is one
// that grows in its year.
func (m Marks) SkippedIn(k Kind, year int, name string, last int) []Run {
	from, until := days(year)
	return m.skipped(k, from, until, name, last)
}

// SkippedFrom is SkippedIn for a series that grows later too.
func (m Marks) SkippedFrom(k Kind, year int, name string, last int) []Run {
	from, _ := days(year)
	return m.skipped(k, from, forever, name, last)
}

func (m Marks) skipped(k Kind, from, until calendar.Day, name string, last int) (all []Run) {
	for _, r := range m {
		one := Run{int(r.Ended[name]) + 1, int(r.After[k])}
		if from > r.last() || r.first() > until || one.To < one.From || last <= one.To {
			continue
		}
		if n := len(all); n > 0 && one.From <= all[n-1].To { // nothing was given between two copies
			all[n-1].To = max(all[n-1].To, one.To)
			continue
		}
		all = append(all, one)
	}
	return all
}
