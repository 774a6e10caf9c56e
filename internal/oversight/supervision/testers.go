package supervision

import (
	"tongban/internal/civic/calendar"
	"tongban/internal/engine/clock"
	"tongban/internal/handling/cases"
)

// testersMissing is a test by technical standards to which nobody was assigned
// within five working days of acceptance (行政许可法第五十五条).
func testersMissing(s Sight, _ AlarmRule) []watched {
	t := s.Case.Testers
	if t == nil || len(t.People) > 0 || s.Case.State != cases.Accepted {
		return nil
	}
	last := clock.Inspection.By(calendar.DayOf(t.Since), s.Days)
	return []watched{{"testers", clock.At((last + 1).Start()), "应在" + last.Han() + "前指派两名以上工作人员检验、检测、检疫，还没有指派", 0}}
}
