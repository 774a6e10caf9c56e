package clock

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// sentence says the explanation in one sentence: when, and because of what.
func (c Clock) sentence(e Explanation, days Days, now time.Time) string {
	var b strings.Builder
	switch {
	case !e.Due.Known:
		fmt.Fprintf(&b, "因%s中止计时，恢复后还有%s，届时确定办结日期：", c.waiting(), c.Remaining(now, days))
	case c.Stopped != 0:
		fmt.Fprintf(&b, "已于%s停止计时；应于%s前办结，因为", c.Stopped.Day().Han(), c.last(e.Due))
	default:
		fmt.Fprintf(&b, "应于%s前办结，因为", c.last(e.Due))
	}
	b.WriteString(c.beginning())
	if x := c.Extension; x != nil {
		fmt.Fprintf(&b, "，经%s批准延长%s（%s）", x.Approver, x.Limit, x.Reason)
	}
	b.WriteString(e.leftOut(c))
	if e.Due.Provisional {
		fmt.Fprintf(&b, "；%s放假安排尚未载入，日期暂定", years(c.unknown(e.Due.Day, days)))
	}
	if c.Late(now, days) {
		fmt.Fprintf(&b, "；已超期%s", c.Remaining(now, days).size())
	}
	b.WriteString("。")
	return b.String()
}

func (c Clock) beginning() string {
	day := c.Started.Day().Han()
	switch {
	case c.hourly():
		return fmt.Sprintf("自%s%s起算，期限%s", day, c.Started.Time().Format("15:04"), c.Limit)
	case c.Limit.Immediate():
		return fmt.Sprintf("%s起即时办结", day)
	}
	return fmt.Sprintf("自%s起算，当日不计，期限%s", day, c.Limit)
}

// last is the due day as people read it, for a clock of hours with its hour.
func (c Clock) last(d Due) string {
	if c.hourly() {
		return d.Day.Han() + d.At.Time().Format("15:04")
	}
	return d.Day.Han() + "（含当日）"
}

// waiting names the open pauses.
func (c Clock) waiting() string {
	var open []span
	for _, p := range c.Pauses {
		if p.Until == 0 {
			open = append(open, span{why: p.Kind})
		}
	}
	return names(open)
}

// leftOut sums up what was not counted, reason by reason.
func (e Explanation) leftOut(c Clock) string {
	var whys []string
	sum := map[string]int{}
	for _, v := range e.Intervals {
		if v.Counted || v.Why == startDay {
			continue
		}
		if sum[v.Why] == 0 {
			whys = append(whys, v.Why)
		}
		sum[v.Why] += v.Days
	}
	said := ""
	if n := sum[pushed]; n > 0 {
		said = fmt.Sprintf("，%s%d天", pushed, n)
		whys = slices.DeleteFunc(whys, func(why string) bool { return why == pushed })
	}
	if len(whys) == 0 {
		return said
	}
	for i, why := range whys {
		if !c.hourly() {
			whys[i] = why + strconv.Itoa(sum[why]) + "天"
		}
	}
	return "，不计入的有" + strings.Join(whys, "，") + said
}

// String is the explanation as a terminal shows it: the sentence, then every
// interval with what was counted so far.
func (e Explanation) String() string {
	var b strings.Builder
	b.WriteString(e.Sentence)
	var sum Amount
	for _, v := range e.Intervals {
		sign := "不计"
		if v.Counted {
			sign, sum.Days, sum.Hours = "计入", sum.Days+v.Days, sum.Hours+v.Hours
		}
		if v.Hours > 0 {
			from, until := v.Begin.Time().Format("2006-01-02 15:04"), v.End.Time().Format("2006-01-02 15:04")
			fmt.Fprintf(&b, "\n%s 至 %s  %s%s  累计%s  %s", from, until, sign, hours(v.Hours), hours(sum.Hours), v.Why)
		} else {
			fmt.Fprintf(&b, "\n%s 至 %s  %s%3d天  累计%3d天  %s", v.From, v.Until, sign, v.Days, sum.Days, v.Why)
		}
	}
	return b.String()
}

func years(ys []int) string {
	var all []string
	for _, y := range ys {
		all = append(all, strconv.Itoa(y)+"年")
	}
	return strings.Join(all, "、")
}

// String is the amount as people read it: "12个工作日", "3天", "2小时30分"; time
// past due has a minus before it.
func (a Amount) String() string {
	if a.Days < 0 || a.Hours < 0 {
		return "-" + a.size()
	}
	return a.size()
}

// Say is how the clock stands now, as lists show it: "还剩3个工作日",
// "今日到期", "已超期2个工作日", "专家评审中，还剩3个工作日".
func (c Clock) Say(now time.Time, days Days) string {
	if c.Limit.None() {
		return "无时限"
	}
	if c.Started == 0 {
		return "尚未计时"
	}
	left, due := c.Remaining(now, days), c.Due(days)
	switch late := due.Known && c.end(now) > due.At; {
	case late && left.Days == 0 && left.Hours == 0:
		return "已超期"
	case late:
		return "已超期" + left.size()
	case c.Stopped != 0:
		return "按时办结"
	case c.Paused():
		return c.waiting() + "中，还剩" + left.size()
	case due.Day == At(now).Day() && !c.hourly():
		return "今日到期"
	case left.Days == 0 && left.Hours == 0, c.Limit.Unit == CalendarDays && int(due.Day-At(now).Day()) != left.Days:
		return due.Day.Han() + "到期" // counted out, or days that end with a day off are pushed on
	}
	return "还剩" + left.size()
}

func (a Amount) size() string {
	switch a.Unit {
	case WorkingHours:
		return hours(a.Hours.Abs())
	case WorkingDays:
		return strconv.Itoa(max(a.Days, -a.Days)) + "个工作日"
	}
	return strconv.Itoa(max(a.Days, -a.Days)) + "天"
}

func hours(d time.Duration) string {
	m := int(d.Minutes())
	return fmt.Sprintf("%d小时%d分", m/60, m%60)
}
