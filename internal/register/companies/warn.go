package companies

import "tongban/internal/civic/calendar"

// A Warning is something about a company that runs out, or was left undone.
type Warning struct {
	Rule string       // stable: "rest.ends"
	Red  bool         // it has run out
	Due  calendar.Day // the day that matters
	Say  string
}

// Warnings are the alarms of one company on a day: a rest that ends or comes to
// its three years, a notice after which the time to apply runs, social
// insurance that was not registered for within thirty days of the founding
// (社会保险法第五十七条).
func (c *Company) Warnings(day calendar.Day) []Warning {
	all := append(c.restWarnings(day), c.noticeWarnings(day)...)
	if _, did := c.Did(Social); !did && c.fresh() && c.State == Running && day > c.Born+30 {
		all = append(all, Warning{"opening.social", false, c.Born + 30, "成立已满30日还没有办理社会保险登记；没有招用职工的不需要办"})
	}
	return all
}

// restWarnings are about a rest that ends or has ended (歇业).
func (c *Company) restWarnings(day calendar.Day) (all []Warning) {
	if r := c.Rest; r != nil {
		cap := r.From + calendar.Day(restDays-c.Rested)
		switch {
		case day > r.Until:
			all = append(all, Warning{"rest.over", true, r.Until, "歇业期限已于" + r.Until.Han() + "届满，视为恢复经营"})
		case day >= r.Until-prolongDays && r.Until >= cap-1:
			all = append(all, Warning{"rest.three-years", true, r.Until, "累计歇业将于" + r.Until.Han() + "满3年，届时自动恢复经营，不能再延长；不再经营的应当办理注销"})
		case day >= r.Until-prolongDays:
			all = append(all, Warning{"rest.ends", false, r.Until, "歇业将于" + r.Until.Han() + "届满，要延长的请在此之前办理"})
		}
	}
	return all
}

// noticeWarnings are about the notice of a company that closes (注销公示).
func (c *Company) noticeWarnings(day calendar.Day) (all []Warning) {
	if n := c.Notice; n != nil && c.State == Closing {
		switch {
		case len(n.Objections) > 0:
			all = append(all, Warning{"notice.objected", true, n.Objections[0].On, "简易注销公示有异议，不能按简易程序办理"})
		case n.Asked != 0:
		case n.Simple && day > n.Last():
			all = append(all, Warning{"notice.lapsed", true, n.Last(), "公示期满20日内没有申请，公示失效"})
		case n.Simple && day > n.Until:
			all = append(all, Warning{"notice.apply", false, n.Last(), "公示期满无异议，请在" + n.Last().Han() + "前申请简易注销登记"})
		case !n.Simple && day > n.Until:
			all = append(all, Warning{"notice.claims", false, n.Until, "债权申报期已满，清算结束之日起30日内应当申请注销登记"})
		}
	}
	return all
}

// fresh reports whether the company was founded under this register.
func (c *Company) fresh() bool {
	_, founded := c.Did(Found)
	return founded
}

// Overdue is what comes by itself on a day: a rest that is over, a notice that
// nobody followed up; "" for nothing.
func (c *Company) Overdue(day calendar.Day) Act {
	switch {
	case c.State == Resting && c.Rest != nil && day > c.Rest.Until:
		return Awake
	case c.State == Closing && c.Notice != nil && c.Notice.Simple && c.Notice.Asked == 0 && len(c.Notice.Objections) == 0 && day > c.Notice.Last():
		return Lapse
	}
	return ""
}

// Wake is the first day on which something comes by itself; 0 for none.
func (c *Company) Wake() calendar.Day {
	switch {
	case c.State == Resting && c.Rest != nil:
		return c.Rest.Until + 1
	case c.State == Closing && c.Notice != nil && c.Notice.Simple && c.Notice.Asked == 0 && len(c.Notice.Objections) == 0:
		return c.Notice.Last() + 1
	}
	return 0
}

// Watch is the day from which the registrar is to look at the company; 0 for
// none that is known.
func (c *Company) Watch() calendar.Day {
	switch {
	case c.State == Resting && c.Rest != nil:
		return c.Rest.Until - prolongDays
	case c.State == Closing && c.Notice != nil && len(c.Notice.Objections) > 0:
		return c.Notice.From
	case c.State == Closing && c.Notice != nil:
		return c.Notice.Until + 1
	}
	return 0
}
