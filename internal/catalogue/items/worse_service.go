package items

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"tongban/internal/engine/forms"
)

type optionOf = forms.Option

// scopeRank orders how far from home one may apply, the farthest first.
var scopeRank = map[Scope]int{Nation: 1, WholeProvince: 2, WholeCity: 3, WholeCounty: 4, NotShared: 5}

// ways are how one may apply: none of the superior's may be closed.
func (c *comparison) ways() {
	missing(c, "objects", "服务对象", c.mine.Objects, c.theirs.Objects)
	missing(c, "ways", "办理形式", c.mine.Ways, c.theirs.Ways)
	missing(c, "online", "网上办理深度", c.mine.Online, c.theirs.Online)
	missing(c, "rights", "申请人权利", c.mine.Rights, c.theirs.Rights)
	missing(c, "duties", "申请人义务", c.theirs.Duties, c.mine.Duties)
	if mine, theirs := c.mine.Scope, c.theirs.Scope; mine != theirs && theirs != "" && scopeRank[mine] > scopeRank[theirs] {
		c.worse("scope", "通办范围", string(mine), string(theirs))
	}
}

// missing tells of what the longer list has and this one lacks. Of duties it is
// the other way round, and only where the superior says any.
func missing[S ~string](c *comparison, path, what string, mine, theirs []S) {
	if path == "duties" && len(mine) == 0 || path == "rights" && len(mine) == 0 {
		return
	}
	for _, one := range theirs {
		if !slices.Contains(mine, one) {
			if path == "duties" {
				c.worse(path, what, string(one), "没有这一项")
			} else {
				c.worse(path, what, "没有“"+string(one)+"”", string(one))
			}
		}
	}
}

// service are single elements, each of which may only stay or get better.
func (c *comparison) service() {
	m, t := c.mine, c.theirs
	if t.Kind == Immediate && m.Kind != Immediate {
		c.worse("kind", "办件类型", string(m.Kind), string(t.Kind))
	}
	if t.Review == ReviewAtOnce && m.Review == ReviewFirst {
		c.worse("review", "审查类型", m.Review, t.Review)
	}
	if mine, theirs := limited(m.Quota), limited(t.Quota); mine != "" && mine != theirs {
		c.weighed(theMoreTheBetter(mine, theirs), "quota", "数量限制", mine, theirs)
	}
	c.quantity(m.Quantity, t.Quantity)
	if m.Pledge.Excluded != "" && t.Pledge.Excluded == "" && t.Promisable {
		c.worse("pledge.excluded", "不适用告知承诺的理由", m.Pledge.Excluded, "")
	}
	for _, one := range []struct {
		path, what   string
		mine, theirs bool
		relief       string
	}{
		{"filing", "备案", m.Filing, t.Filing, "只需备案"},
		{"promisable", "告知承诺", m.Promisable, t.Promisable, "可以按告知承诺办理"},
		{"pledge.atOnce", "承诺后当场决定", m.Pledge.AtOnce, t.Pledge.AtOnce, "当场决定"},
		{"mail.materials", "邮寄材料", m.Mail.Materials, t.Mail.Materials, "可以邮寄"},
		{"mail.result", "邮寄结果", m.Mail.Result, t.Mail.Result, "可以邮寄"},
		{"appointment", "预约办理", m.Appointment, t.Appointment, "支持预约"},
		{"kiosk", "自助终端办理", m.Kiosk, t.Kiosk, "可以自助办理"},
		{"publicity.progress", "办理进程公开查询", m.Publicity.Progress, t.Publicity.Progress, "可以查询"},
		{"publicity.result", "办理结果公开", m.Publicity.Result, t.Publicity.Result, "公开"},
	} {
		c.lost(one.path, one.what, one.mine, one.theirs, one.relief)
	}
}

// quantity tells of fewer places than the superior's. Of other periods, units or
// orders nobody can say which is less.
func (c *comparison) quantity(mine, theirs Quantity) {
	switch m, t := mine, theirs; {
	case !m.Counted():
	case !t.Counted() && limited(c.theirs.Quota) == "":
		c.worse("quantity.n", "名额", m.String(), "不限")
	case m.Period != t.Period || m.Unit != t.Unit || m.Per != t.Per || m.First() != t.First():
		c.weighed(unclear, "quantity", "名额", m.String()+"，"+string(m.First()), cmp.Or(t.String(), c.theirs.Quota))
	case m.N < t.N:
		c.worse("quantity.n", "名额", m.String(), t.String())
	}
}

// limited is a quota; "" where the words say that there is none.
func limited(quota string) string {
	if slices.Contains([]string{"无", "不限", "无限制", "没有限制", "无数量限制"}, strings.TrimRight(strings.TrimSpace(quota), "。")) {
		return ""
	}
	return quota
}

// places tells of places that are open for less time than the superior's: the
// longest week here against the shortest there. Hours in words that give no time
// of day are not weighed.
func (c *comparison) places() {
	shortest, say := 0, ""
	for _, p := range c.theirs.Places {
		if n := minutesOpen(p.Hours); n > 0 && (shortest == 0 || n < shortest) {
			shortest, say = n, p.Hours
		}
	}
	longest, worst := 0, -1
	for i, p := range c.mine.Places {
		if n := minutesOpen(p.Hours); n > longest {
			longest, worst = n, i
		}
	}
	if worst >= 0 && shortest > 0 && longest < shortest {
		c.worse(at("places", worst)+".hours", "办理时间", c.mine.Places[worst].Hours, say)
	}
}

var (
	opening  = regexp.MustCompile(`([0-9]{1,2})[:：点]([0-9]{0,2})分?\s*(?:—|–|-|~|～|至|到)+\s*(?:下午|上午)?([0-9]{1,2})[:：点]([0-9]{0,2})`)
	weekdays = regexp.MustCompile(`(?:周|星期)([一二三四五六日天])\s*(?:—|–|-|~|～|至|到)+\s*(?:周|星期)?([一二三四五六日天])`)
)

// minutesOpen is how many minutes a week a place is open by its own words; 0 when
// they do not tell. Days that are not named are the five of the working week.
func minutesOpen(hours string) int {
	perDay := 0
	for _, m := range opening.FindAllStringSubmatch(hours, -1) {
		n := make([]int, 4)
		for i, s := range m[1:] {
			n[i], _ = strconv.Atoi(s) // two digits at most, by the pattern; none is the full hour
		}
		if to := n[2]*60 + n[3]; to > n[0]*60+n[1] {
			perDay += to - n[0]*60 - n[1]
		}
	}
	days := 5
	if m := weekdays.FindStringSubmatch(hours); m != nil {
		order := []string{"一", "二", "三", "四", "五", "六", "日"}
		first, last := slices.Index(order, m[1]), slices.Index(order, strings.ReplaceAll(m[2], "天", "日"))
		if last >= first && first >= 0 {
			days = last - first + 1
		}
	}
	return perDay * days
}
