package clock

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"tongban/internal/ground/fault"
)

// A Unit says in what a limit is counted (时限单位); "" is the unit of no limit.
type Unit string

// The units in which laws and items state their limits.
const (
	WorkingDays  Unit = "工作日"
	CalendarDays Unit = "自然日"
	WorkingHours Unit = "工作小时"
	Months       Unit = "个月"
	Years        Unit = "年"
)

var units = map[string]Unit{
	"工作日": WorkingDays, "个工作日": WorkingDays, "工作天": WorkingDays, "working day": WorkingDays, "working days": WorkingDays,
	"自然日": CalendarDays, "个自然日": CalendarDays, "日历日": CalendarDays, "日历天": CalendarDays, "自然天": CalendarDays, "calendar day": CalendarDays, "calendar days": CalendarDays,
	"工作小时": WorkingHours, "个工作小时": WorkingHours, "小时": WorkingHours, "个小时": WorkingHours, "working hour": WorkingHours, "working hours": WorkingHours, "hour": WorkingHours, "hours": WorkingHours,
	"个月": Months, "月": Months, "month": Months, "months": Months,
	"年": Years, "周年": Years, "year": Years, "years": Years,
}

// ParseUnit reads a unit as items and guides write it. A bare 日 or 天 is
// refused (clock.unit.ambiguous): in the licensing law it is a working day, in
// most guides it is not, and a guess would be a wrong due date.
func ParseUnit(s string) (Unit, error) {
	s = strings.ToLower(strings.TrimSpace(s))
	if u, ok := units[s]; ok {
		return u, nil
	}
	if s == "日" || s == "天" {
		return "", fault.New(fault.Invalid, "clock.unit.ambiguous", "时限单位“%s”有歧义，请写明“工作日”或者“自然日”", s)
	}
	return "", fault.New(fault.Invalid, "clock.unit.unknown", "不认识时限单位“%.20s”，请使用工作日、自然日、工作小时、个月或者年", s)
}

// UnmarshalText reads what ParseUnit reads, and "" as no unit.
func (u *Unit) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*u = ""
		return nil
	}
	unit, err := ParseUnit(string(b))
	*u = unit
	return err
}

// A Limit is how long a thing may take (时限). The zero Limit is no limit at
// all, which is not the same as Immediate.
type Limit struct {
	N    int  `json:"n" yaml:"n"`
	Unit Unit `json:"unit" yaml:"unit"`
}

// Immediate is the limit of what is done while the applicant waits (即办): the
// same working day.
var Immediate = Limit{0, WorkingDays}

// None reports whether there is no limit.
func (l Limit) None() bool { return l.Unit == "" }

// Immediate reports whether the limit is 即办, the same day.
func (l Limit) Immediate() bool { return l.Unit != "" && l.N == 0 }

// String is the limit as people read it: "20个工作日", "即时办结", "无时限".
func (l Limit) String() string {
	switch {
	case l.None():
		return "无时限"
	case l.Immediate():
		return "即时办结"
	case l.Unit == CalendarDays, l.Unit == WorkingDays, l.Unit == WorkingHours:
		return strconv.Itoa(l.N) + "个" + string(l.Unit)
	}
	return strconv.Itoa(l.N) + string(l.Unit)
}

// Figure is the limit as a number and what it counts, for where the number stands
// large; a limit in words has no unit.
func (l Limit) Figure() (value, unit string) {
	if l.None() || l.Immediate() {
		return l.String(), ""
	}
	value = strconv.Itoa(l.N)
	return value, strings.TrimPrefix(l.String(), value)
}

// longest is the largest number of each unit that a rule or guide can mean;
// more is a slip of the pen.
var longest = map[Unit]int{WorkingDays: 3660, CalendarDays: 3660, WorkingHours: 2000, Months: 240, Years: 50}

// Check refuses a limit that is negative, beyond reason, or a number without a
// unit.
func (l Limit) Check() error {
	most, known := longest[l.Unit]
	switch {
	case l.None() && l.N == 0:
		return nil
	case l.None():
		return fault.New(fault.Invalid, "clock.limit.unit", "时限%d没有写明单位，请补充工作日、自然日等单位", l.N)
	case !known:
		return fault.New(fault.Invalid, "clock.limit.unit", "不认识时限单位“%.20s”", string(l.Unit))
	case l.N < 0 || l.N > most:
		return fault.New(fault.Invalid, "clock.limit.range", "时限应在0至%d%s之间，不能是%d", most, l.Unit, l.N)
	}
	return nil
}

// Written is the limit as it stands in a field or a cell: nothing where there is none,
// and the bare number of one whose unit nobody knows yet.
func (l Limit) Written() string {
	switch {
	case l.None() && l.N == 0:
		return ""
	case l.None():
		return strconv.Itoa(l.N)
	case l.N == 0 && l.Unit != WorkingDays:
		return "0" + string(l.Unit)
	}
	return l.String()
}

var limitText = regexp.MustCompile(`^(\d{1,5})\s*(\D.*)$`)

// ParseLimit reads a limit as guides write it: "20个工作日", "即办", "无". It is
// the inverse of String.
func ParseLimit(s string) (Limit, error) {
	s = plain(s)
	switch s {
	case "", "无", "无时限", "不限", "/", "-", "—", "——", "－":
		return Limit{}, nil
	case "即办", "即办件", "即时办结", "当场办结", "当日办结", "当天", "当天办结", "当日办理", "立即办结", "即时", "即时办理", "当场", "当场办理", "当日", "即来即办", "马上办", "随到随办", "现场办结":
		return Immediate, nil
	}
	m := limitText.FindStringSubmatch(s)
	if m == nil {
		return Limit{}, fault.New(fault.Invalid, "clock.limit.text", "“%.20s”不是时限，请写成“20个工作日”的样子", s)
	}
	u, err := ParseUnit(m[2])
	if err != nil {
		return Limit{}, fmt.Errorf("limit %q: %w", s, err)
	}
	n, _ := strconv.Atoi(m[1]) // at most five digits, by the pattern
	l := Limit{n, u}
	return l, l.Check()
}

// Counts is the unit in which time under a limit is counted, day by day or hour by
// hour: a period of months or years, once begun, is the calendar days up to the
// same day of its last month, or that month's last (民法典第二百零二条).
func (u Unit) Counts() Unit {
	if u == Months || u == Years {
		return CalendarDays
	}
	return u
}

// In is the limit counted in another unit, never longer than it is: eight office
// hours to a working day, five working days to seven days. What cannot be counted
// so stays as it is.
func (l Limit) In(u Unit) Limit {
	switch {
	case l.Unit == WorkingDays && u == CalendarDays:
		return Limit{l.N, u}
	case l.Unit == CalendarDays && u == WorkingDays:
		return Limit{l.N * 5 / 7, u}
	case l.Unit == WorkingDays && u == WorkingHours:
		return Limit{l.N * 8, u}
	case l.Unit == WorkingHours && u == WorkingDays:
		return Limit{l.N / 8, u}
	case l.Unit == CalendarDays && u == WorkingHours, l.Unit == WorkingHours && u == CalendarDays:
		return l.In(WorkingDays).In(u)
	}
	return l
}
