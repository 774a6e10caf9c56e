package items

import "tongban/internal/engine/clock"

// limitRules keep what is promised within what the law allows
// (环节时限 ≤ 承诺时限 ≤ 法定时限).
var limitRules = []Rule{
	{"items.limit.shape", Error, "时限须有数值和单位", "GB/T 39046-2020", shapelessLimits},
	{"items.limit.immediate", Error, "承诺即办的为即办件，其余为承诺件", "政务服务事项数据质量规则", immediateMismatch},
	{"items.limit.promise", Error, "承诺时限不得长于法定时限", "徐政发〔2022〕21号（四）", promiseTooLong},
	{"items.limit.units", Warning, "承诺时限与法定时限单位不同，须确认", "时限单位不得推定", unitsDiffer},
	{"items.limit.none", Warning, "法律没有规定时限的，须注明并作出承诺", "优化营商环境条例第三十六条", noLimit},
	{"items.limit.review", Error, "承诺件须前审后批，即办件须即审即办", "政务服务事项数据质量规则", reviewMismatch},
}

func shapelessLimits(e *Edition, say report) {
	shape := func(path string, l clock.Limit) {
		if err := l.Check(); err != nil {
			say(path, "%s", sayOf(err))
		}
	}
	shape("statutory", e.Statutory)
	shape("promised", e.Promised)
	shape("acceptLimit", e.AcceptLimit)
	shape("pledge.within", e.Pledge.Within)
	shape("pledge.mend", e.Pledge.Mend)
	shape("pledge.public", e.Pledge.Public)
	shape("pledge.later", e.Pledge.Later)
	for i, s := range e.Special {
		shape(at("special", i)+".limit", s.Limit)
	}
}

func immediateMismatch(e *Edition, say report) {
	switch {
	case e.Kind == Immediate && !e.Promised.Immediate():
		say("promised", "即办件的承诺时限应为即时办结，不能是%s", e.Promised)
	case e.Kind == Promise && e.Promised.Immediate():
		say("kind", "承诺即时办结的事项，办件类型应为即办件")
	}
}

func reviewMismatch(e *Edition, say report) {
	want := ReviewFirst
	if e.Kind == Immediate {
		want = ReviewAtOnce
	}
	if e.Review != "" && e.Review != want {
		say("review", "%s的审查类型应为%s", e.Kind, want)
	}
}

func promiseTooLong(e *Edition, say report) {
	if Longer(e.Promised, e.Statutory) {
		say("promised", "承诺时限（%s）不得长于法定时限（%s）", e.Promised, e.Statutory)
	}
}

// Longer reports whether a is surely longer than b: the units are the same, or
// they differ and even the shortest reading of a passes the longest of b.
func Longer(a, b clock.Limit) bool {
	if a.None() || b.None() {
		return false
	}
	if a.Unit == b.Unit {
		return a.N > b.N
	}
	low, _ := span(a)
	_, high := span(b)
	return low > high
}

// weighLimits compares two limits of one thing: those in different units only
// where one is shorter however the holidays fall.
func weighLimits(mine, theirs clock.Limit) weighing {
	_, most := span(mine)
	least, _ := span(theirs)
	switch {
	case theirs.None(), mine == theirs:
		return level
	case mine.None():
		return unclear
	case Longer(mine, theirs):
		return heavier
	case mine.Unit == theirs.Unit, most <= least:
		return lighter
	default:
		return unclear
	}
}

// span is the least and the most calendar days a limit can take. Seven
// holidays in a row, with the weekends around them, are the longest break.
func span(l clock.Limit) (least, most int) {
	switch l.Unit {
	case clock.WorkingHours:
		return 0, stretched(l.N/8 + 1)
	case clock.WorkingDays:
		return l.N, stretched(l.N)
	case clock.CalendarDays:
		return l.N, l.N + 10
	case clock.Months:
		return l.N * 28, l.N*31 + 10
	default:
		return l.N * 365, l.N*366 + 10
	}
}

// stretched is the most calendar days that so many working days can take.
func stretched(workingDays int) int { return workingDays*7/5 + 2 + 10*(1+workingDays/60) }

// days is a limit in calendar days, five working days being a week.
func days(l clock.Limit) int {
	least, _ := span(l)
	if l.Unit == clock.WorkingDays {
		return (l.N*7 + 4) / 5
	}
	return least
}

func unitsDiffer(e *Edition, say report) {
	if !e.Promised.None() && !e.Statutory.None() && e.Promised.Unit != e.Statutory.Unit && !e.Promised.Immediate() {
		say("promised", "承诺时限（%s）与法定时限（%s）单位不同，无法直接比较，请确认", e.Promised, e.Statutory)
	}
}

func noLimit(e *Edition, say report) {
	switch {
	case e.Promised.None() && e.Statutory.None() && e.Promised.N == 0 && e.Statutory.N == 0: // a number without a unit is said by items.limit.shape
		say("promised", "法定时限和承诺时限都没有填写，请至少作出承诺")
	case e.Statutory.None() && e.Statutory.N == 0 && e.StatutoryNote == "":
		say("statutoryNote", "法律没有规定办理时限的，请在说明中写明")
	}
}
