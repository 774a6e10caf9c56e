package cases

import (
	"slices"
	"strings"
	"unicode/utf8"

	"tongban/internal/civic/calendar"
	"tongban/internal/ground/fault"
)

// An Outside is something that happened outside the case after the latest notice,
// so that nobody could have asked for what it calls for before (外部情况变化):
// the law was changed, or another authority found something.
type Outside struct {
	What   string       `json:"what"`   // what happened, and why it bears on this
	Source string       `json:"source"` // where it says so: title and number of the document
	On     calendar.Day `json:"on"`     // the day of the document, or on which it came into force
}

// The fewest characters that say what happened, and where it says so.
const (
	leastEvent  = 6
	leastSource = 4
)

// tidied is the event without blanks around its words.
func (o Outside) tidied() *Outside {
	o.What, o.Source = strings.TrimSpace(o.What), strings.TrimSpace(o.Source)
	return &o
}

// thin reports whether it is not said what happened, or where it says so.
func (o Outside) thin() (what, source bool) {
	return utf8.RuneCountInString(o.What) < leastEvent, utf8.RuneCountInString(o.Source) < leastSource
}

// say is the event in words.
func (o Outside) say() string { return o.What + "（" + o.Source + "，" + o.On.Han() + "）" }

// checkUnseen refuses what should have been seen at an earlier notice, and writes
// into the deficiency why it could not be. There are no other reasons than a new
// upload, a changed answer and an event.
func (c *Case) checkUnseen(d *Deficiency, at string, today calendar.Day, bad *fault.Error) *fault.Error {
	d.Unseen = ""
	switch {
	case len(c.Notices) == 0 && d.Outside != nil:
		return bad.At(at+".outside", "first", "第一次告知不需要写明外部情况，请直接写清“%s”怎样补", d.Name)
	case len(c.Notices) == 0:
		return bad
	case d.Outside != nil:
		return c.checkEvent(d, at+".outside", today, bad)
	case d.Change != "" || c.reworded() != nil && !c.Renewed(d.Material):
		return c.checkChange(d, at, bad)
	case !c.Renewed(d.Material):
		return bad.At(at, "asked-before", "“%s”在%s时就应发现，不得再次要求补正；确因以后发生的外部情况（法律法规变化、其他机关的认定等）才需要补正的，请写明情况、出处和日期", d.Name, c.told())
	}
	d.Unseen = "这份材料是" + c.LastTold() + "以后新提交的"
	return bad
}

// checkChange refuses what no answer calls for that was changed since the last
// notice: the answer itself, what only the new answers ask, or what was right for
// the old answer that the deficiency names.
func (c *Case) checkChange(d *Deficiency, at string, bad *fault.Error) *fault.Error {
	if d.Change != "" {
		a, ok := c.Amends(d.Change)
		if !ok {
			return bad.At(at+".change", "unchanged", "申请表的这一项在上一次告知以后没有改过，不能作为再次告知的理由")
		}
		d.Unseen = c.since() + a.Day.Han() + "，申请人改了申请表的" + a.label(d.Change) + "，原来的内容与它不再一致"
		return bad
	}
	for _, a := range c.reworded() {
		switch {
		case d.Field != "" && a.label(d.Field) != "":
			d.Unseen = c.since() + a.Day.Han() + "，申请人改了这一项"
			return bad
		case slices.Contains(a.Opens, d.Material), slices.Contains(a.Opens, d.Condition):
			d.Unseen = c.since() + a.Day.Han() + "，申请人改了申请表的" + a.Names() + "，因此才需要"
			return bad
		}
	}
	return bad.At(at, "asked-before", "“%s”在%s时就应发现，不得再次要求补正；因申请人改了申请表的答案才需要的，请写明是哪一项", d.Name, c.told())
}

// last is the latest notice: what lay there then should have been seen then, at a
// third notice as at a second.
func (c *Case) last() Notice { return c.Notices[len(c.Notices)-1] }

// told is how the latest notice is called.
func (c *Case) told() string {
	if len(c.Notices) > 1 {
		return "上一次告知"
	}
	return "第一次告知"
}

// LastTold is the latest notice with its day: "第一次告知（2026年4月7日）".
func (c *Case) LastTold() string { return c.told() + "（" + c.last().Day.Han() + "）" }

// since is how a cause begins that came after the latest notice.
func (c *Case) since() string { return c.LastTold() + "以后，" }

// label is how papers write a field that was changed; "" if it was not.
func (a Amended) label(field string) string {
	for _, f := range a.Fields {
		if f.Field == field {
			return "“" + f.Label + "”"
		}
	}
	return ""
}

// Renewed reports whether a material has come in since the latest notice: then another may ask
// for it without more. What was only put right on the spot has not.
func (c *Case) Renewed(material string) bool {
	m, ok := c.Has(material)
	return ok && len(c.Notices) > 0 && m.At > c.last().At && !m.Spot
}

// checkEvent refuses an event that was known at the latest notice, or of which it
// is not said what it is and where it stands.
func (c *Case) checkEvent(d *Deficiency, at string, today calendar.Day, bad *fault.Error) *fault.Error {
	o := d.Outside.tidied()
	noEvent, noSource := o.thin()
	switch {
	case noEvent:
		return bad.At(at+".what", "required", "请写明发生了什么、为什么使“%s”需要补正", d.Name)
	case noSource:
		return bad.At(at+".source", "required", "请写明出处：文件的名称和文号，或者作出认定的机关和文书")
	case o.On == 0:
		return bad.At(at+".on", "required", "请填写这一情况发生的日期")
	case o.On < c.last().Day:
		return bad.At(at+".on", "before", "这一情况在%s以前就已发生，不能作为再次告知的理由", c.LastTold())
	case o.On > today:
		return bad.At(at+".on", "future", "这一情况还没有发生，不能作为再次告知的理由")
	}
	d.Outside = o
	d.Unseen = c.since() + o.On.Han() + o.What + "（" + o.Source + "）"
	return bad
}
