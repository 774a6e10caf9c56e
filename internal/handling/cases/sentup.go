package cases

import (
	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/engine/clock"
	"tongban/internal/handling/papers"
)

// composeSentUp writes the paper with which the lower agency sends its opinion and
// the whole file up (行政许可法第四十三条).
func composeSentUp(s *Sheet, c *Case, m Moved, e *items.Edition, _ clock.Days, v papers.Values) {
	r := c.FirstReview
	s.To, v["上级机关"] = e.AgencyName, e.AgencyName
	v["受理日期"], v["报送日期"] = r.Clock.Started.Day().Han(), calendar.DayOf(m.At).Han()
	v["审查意见"], v["理由"] = r.Said, r.Reason
	s.List = append(s.List, Line{"申请表", "电子表单"})
	for _, h := range c.Materials {
		if h.Name != "" {
			s.List = append(s.List, Line{h.Name, h.form(e)})
		}
	}
	for _, one := range m.Work.Evidence {
		s.List = append(s.List, Line{one.Name, "审查时取得的证据"})
	}
	s.Facts = append(s.Facts, Fact{"审查人", m.By.Name})
}

// fromAbove says of a limit that runs for the upper agency from when it begins.
func (c *Case) fromAbove(f Fact) Fact {
	if c.Below() {
		f.Value += "，自下级机关报送审查意见之日起"
	}
	return f
}
