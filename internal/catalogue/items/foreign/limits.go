package foreign

import (
	"errors"
	"regexp"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/codes"
	"tongban/internal/engine/clock"
	"tongban/internal/ground/fault"
)

// limits reads the two limits. A number keeps what unit its source gives it,
// and none where it gives none: 日 is not a working day because most are.
func (r *reading) limits() {
	r.e.Statutory, r.e.StatutoryNote = r.limit("statutory", "法定时限")
	r.e.Promised, r.e.PromisedNote = r.limit("promised", "承诺时限")
	r.f.take(bothUnits...)
	r.e.AcceptLimit, _ = r.limit("accepting", "受理时限")
	switch kind := labelled("case-type", r.f.text(names["kind"]...)); {
	case kind != "":
		r.e.Kind = items.Kind(kind)
	case r.e.Promised.None():
	case r.e.Promised.Immediate():
		r.e.Kind = "即办件"
	default:
		r.e.Kind = "承诺件"
	}
}

func (r *reading) limit(what, title string) (clock.Limit, string) {
	v, _, found := r.f.take(names[what]...)
	if !found {
		return clock.Limit{}, ""
	}
	m := mapOf(v)
	if m == nil {
		m = fields{"value": v}
		if unit := firstOf(r.f.text(unitWords[what]...), textOf(r.f.peek(bothUnits...))); unit != "" && what != "accepting" {
			m["unit"] = unit
		}
	}
	value, unit, note := m.text("value", "n", "数值", "时限"), m.text("unit", "单位", "type"), m.text("note", "说明", "explain")
	r.leftOf(what, m)
	return r.limited(what, title, value, unit, note), note
}

func (r *reading) limited(what, title, value, unit, note string) clock.Limit {
	if value == "" {
		if period.MatchString(note) {
			r.warn(what, "limit.note", "来源没有给出%s，只有说明“%s”，其中的期限未必是办理时限，请确认", title, short(note))
		}
		return clock.Limit{}
	}
	n, isNumber := numberOf(value)
	if !isNumber {
		return r.worded(what, title, value, unit)
	}
	if unit == "" {
		if l, err := clock.ParseLimit(note); err == nil && l.N == n && !l.None() {
			r.warn(what, "limit.unit", "来源的%s只写“%d”，单位取自说明“%s”，请确认", title, n, short(note))
			return l
		}
		r.warn(what, "limit.unit", "来源的%s只写“%d”，没有单位，请按依据写明工作日、自然日等", title, n)
		return clock.Limit{N: n}
	}
	u, err := clock.ParseUnit(unit)
	if err != nil {
		r.warn(what, "limit.unit", "来源的%s为%d“%s”：%s", title, n, short(unit), sayOf(err))
		return clock.Limit{N: n}
	}
	return clock.Limit{N: n, Unit: u}
}

// worded reads a limit in words. What stands in brackets is said beside it; of two
// lengths none is picked.
func (r *reading) worded(what, title, value, unit string) clock.Limit {
	if unit != "" && unitOf(value) == "" {
		value += unit
	}
	length, beside := stripped(value)
	switch {
	case broken.MatchString(length):
		r.warn(what, "limit", "来源的%s“%s”不是整数，请写成整数的工作日、自然日或者工作小时", title, short(value))
		return clock.Limit{}
	case len(figures.FindAllString(length, 2)) > 1:
		r.warn(what, "limit", "来源的%s“%s”写了几个期限，请只写一个，其余写到时限说明或者分别设事项", title, short(value))
		return clock.Limit{}
	}
	l, err := clock.ParseLimit(length)
	if err != nil {
		r.warn(what, "limit", "来源的%s“%s”：%s", title, short(value), sayOf(err))
		return clock.Limit{}
	}
	if beside != "" {
		r.warn(what, "limit.beside", "来源的%s“%s”按“%s”读取，其余的话没有计入，请写到时限说明里", title, short(value), l)
	}
	if l.Unit == clock.WorkingHours && !strings.Contains(length, "工作小时") {
		r.warn(what, "limit.unit", "来源的%s“%s”已按工作小时读取（一个工作日按工作时间计），如果按自然时间计请改成自然日", title, short(value))
	}
	return l
}

// stripped is a limit without what is said around it: 自受理之日起20个工作日内作出决定,
// 20个工作日（不含听证）. A unit may itself stand in brackets: 20（工作日）.
func stripped(value string) (length, beside string) {
	value = strings.Map(codes.Halfwidth, value)
	if m := bracketedUnit.FindStringSubmatch(value); m != nil {
		return m[1] + m[2], ""
	}
	length = saidOf.ReplaceAllString(strings.TrimSpace(aside.ReplaceAllString(value, "")), "")
	beside = strings.Join(aside.FindAllString(value, -1), "")
	if m := saidAfter.FindStringSubmatch(length); m != nil {
		length = m[1]
		if strings.ContainsAny(m[2], "除含延另，,；;") {
			beside += m[2]
		}
	}
	return strings.TrimSpace(length), beside
}

var (
	bracketedUnit = regexp.MustCompile(`^([0-9]+)\s*[日天]?\s*\((工作日|自然日|工作小时)\)$`)
	aside         = regexp.MustCompile(`\([^()]*\)`)
	figures       = regexp.MustCompile(`[0-9]+|[一二两三四五六七八九十百]+个?(?:工作日|自然日|日|天|月|年)`)
	saidAfter     = regexp.MustCompile(`^(.*[日天月年时])\s*(?:[之以]?内([^0-9]*)|(?:办结|办毕|办理完毕|出证|审结))[。.]?$`)
)

// saidOf is what people write before a limit: 法定90个自然日, 自受理之日起20个工作日内.
var saidOf = regexp.MustCompile(`^(?:法定|承诺)?(?:办结|办理|审批)?(?:时限|期限)?[为是：:]?(?:自?受理(?:申请)?(?:之日|后)?起?)?`)

// broken is a number that is not whole.
var broken = regexp.MustCompile(`^\s*[0-9]+[.．][0-9]`)

// unitOf is the unit that a text names, as it writes it.
func unitOf(text string) string {
	if m := period.FindStringSubmatch(text); m != nil {
		return m[2]
	}
	return ""
}

// period is a length of time as people write it.
var period = regexp.MustCompile(`([0-9]+)\s*个?(工作日|自然日|工作小时|小时|日|天|个月|月|年)`)

// within is the one limit that a step names with a clear unit; lengths are all
// numbers of days it names, whatever their unit.
func within(step string) (l clock.Limit, lengths []int, vague bool) {
	for _, m := range period.FindAllStringSubmatch(step, -1) {
		n, ok := numberOf(m[1])
		if !ok || strings.Contains(step, "日前") || strings.Contains(step, "月前") || strings.Contains(step, "内申请") || strings.Contains(step, "月内") {
			continue // a deadline of the applicant
		}
		u, err := clock.ParseUnit(m[2])
		lengths, vague = append(lengths, n), vague || err != nil
		l = clock.Limit{N: n, Unit: u}
	}
	if len(lengths) != 1 || vague || l.Check() != nil {
		l = clock.Limit{}
	}
	return l, lengths, vague
}

// sayOf is the sentence of a fault, or the error as it stands.
func sayOf(err error) string {
	if f, ok := errors.AsType[*fault.Error](err); ok {
		return f.Say
	}
	return err.Error()
}
