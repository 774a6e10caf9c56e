package scheme

import (
	"fmt"
	"regexp"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/codes"
	"tongban/internal/engine/clock"
	"tongban/internal/ground/fault"
)

// numbered is a heading that only counts: 事项一, 第2项, item3.
var numbered = regexp.MustCompile(`^(?:(?:第|事项|item|no)?_?[0-9一二三四五六七八九十]+[项个]?|事项|items?)$`)

// onlyDigits is a number with no unit.
var onlyDigits = regexp.MustCompile(`^-?[0-9]+$`)

// atOnce are the ways to say that something is done while one waits.
var atOnce = []string{"当场办结", "当场办理", "当场", "即时办结", "即时办理", "即时", "立等可取", "马上办", "立即办理", "现场办结"}

// between is a range of days: 7-10个工作日.
var between = regexp.MustCompile(`^([0-9]+)(?:个?[^0-9\-~～至—到]*)?[-~～至—到]+([0-9]+)(.*)$`)

// remark is what a limit says in brackets: 5个工作日（不含公示）.
var remark = regexp.MustCompile(`[（(]([^（()）]*)[）)]`)

// part is a limit of less than a whole: 0.5个工作日, 1.5天.
var part = regexp.MustCompile(`^([0-9]+)\.[0-9]+(.*)$`)

// vague is a limit that only says about how long.
var vague = regexp.MustCompile(`约|左右|大概|上下`)

// twofold is a limit that tells the law's and the promised one at once.
var twofold = regexp.MustCompile(`法定[^承]*承诺[^0-9０-９一二三四五六七八九十]*([0-9０-９一二三四五六七八九十].*)$`)

// longer names a promise that is longer than the law allows.
func (r *reading) longer(path, what string, promised, legal clock.Limit) {
	if items.Longer(promised, legal) {
		r.warn("limit.legal", path, "“%s”承诺的时限（%s）长于法定时限（%s），请核实", what, promised, legal)
	}
}

func orNone(l clock.Limit) string {
	if l.None() {
		return "没有写"
	}
	return l.String()
}

// limit reads how long something may take: 5, "5个工作日", {value: 5, unit: 工作日}.
// What is read otherwise than it is written is told.
func (r *reading) limit(path, what string, v any) clock.Limit {
	said := r.alone(path, what, r.stated(path, what, v))
	if said == "" {
		return clock.Limit{}
	}
	text := r.whole(path, what, said)
	l, err := clock.ParseLimit(text)
	if err == nil && l.N >= 0 && l.N < 10000 && !strings.HasPrefix(text, "-") {
		return l
	}
	n, ok := number(text)
	if !ok || strings.HasPrefix(text, "-") || n > 10000 {
		say := "请写成“20个工作日”的样子"
		if err != nil && !onlyDigits.MatchString(text) {
			say = fault.Say(err)
		}
		r.warn("limit", path, "“%s”的时限“%s”读不懂：%s", what, short(said), say)
		return clock.Limit{}
	}
	given := clock.WorkingDays
	if strings.HasPrefix(r.unit, "自然日") || strings.HasPrefix(r.unit, "日历") {
		given = clock.CalendarDays
	}
	r.warn("limit.unit", path, "“%s”的时限“%s”没有写清单位，推算时按%s计，请核实", what, short(said), given)
	return clock.Limit{N: n, Unit: given}
}

// stated is a limit in words, also of one that is divided into number and unit.
func (r *reading) stated(path, what string, v any) string {
	m, ok := v.(map[string]any)
	if !ok {
		return textOf(v)
	}
	f := fields(m)
	value, _ := f.find("value")
	if most, _ := f.find("most"); value == nil && most != nil {
		value = most
		r.warn("limit.range", path, "“%s”的时限“%s”是一个范围，按最长的计，请核实", what, short(textOf(v)))
	}
	if code := f["raw_unit_code"]; code != nil {
		r.warn("limit.code", path, "“%s”的时限单位是代码“%s”，含义未知", what, textOf(code))
	}
	unit, _ := f.find("unit")
	return textOf(value) + textOf(unit)
}

// alone is a limit without what is said beside it.
func (r *reading) alone(path, what, said string) string {
	if m := remark.FindStringSubmatch(said); m != nil && m[1] != "" {
		said = remark.ReplaceAllString(said, "")
		r.warn("limit.remark", path, "“%s”的时限附有说明“%s”，推算没有考虑，请核实", what, short(m[1]))
	}
	if vague.MatchString(said) {
		r.warn("limit.vague", path, "“%s”的时限“%s”是约数，按写明的数计，请核实", what, short(said))
	}
	if m := twofold.FindStringSubmatch(said); m != nil {
		said = m[1]
		r.warn("limit.two", path, "“%s”的时限里写了法定和承诺两个，按承诺的“%s”计，请核实", what, short(said))
	}
	return said
}

// whole is a limit as we write it, in whole numbers.
func (r *reading) whole(path, what, said string) string {
	text, ranged := plainly(said)
	if m := part.FindStringSubmatch(text); m != nil {
		n, _ := number(m[1])
		text = fmt.Sprint(n+1) + m[2]
		r.warn("limit.part", path, "“%s”的时限“%s”不是整数，按%s计，请核实", what, short(said), text)
	}
	if ranged {
		r.warn("limit.range", path, "“%s”的时限“%s”是一个范围，按最长的计，请核实", what, short(said))
	}
	return text
}

// inEnglish are the units as English schemes write them.
var inEnglish = []struct{ said, unit string }{
	{"workingdays", "个工作日"}, {"workingday", "个工作日"}, {"workdays", "个工作日"}, {"workday", "个工作日"}, {"businessdays", "个工作日"},
	{"days", "天"}, {"calendardays", "个自然日"}, {"calendarday", "个自然日"}, {"workinghours", "个工作小时"}, {"months", "个月"}, {"month", "个月"},
}

// plainly is how long something may take without the words around it: 不超过三个
// 工作日内办结 is 3个工作日, 当场办结 is 即办; of a range it is the longest.
func plainly(said string) (text string, many bool) {
	text = strings.NewReplacer(" ", "", "_", "").Replace(strings.Map(codes.Halfwidth, said))
	if half, ok := strings.CutPrefix(text, "半"); ok {
		text = "0.5" + half
	}
	for _, w := range atOnce {
		if text == w {
			return "即办", false
		}
	}
	for _, before := range []string{"自受理之日起", "受理后", "承诺", "不超过", "不多于", "最长", "最多", "最迟", "约", "共", "≤", "<=", "小于", "在"} {
		text = strings.TrimPrefix(text, before)
	}
	for again := true; again; {
		again = false
		for _, behind := range []string{"办结", "完成", "以内", "之内", "内", "左右"} {
			if cut, ok := strings.CutSuffix(text, behind); ok && cut != "" {
				text, again = cut, true
			}
		}
	}
	for _, u := range inEnglish {
		if cut, ok := strings.CutSuffix(strings.ToLower(text), u.said); ok {
			text = cut + u.unit
			break
		}
	}
	text = codes.Digits(text)
	if m := between.FindStringSubmatch(text); m != nil {
		return m[2] + m[3], true
	}
	return text, false
}
