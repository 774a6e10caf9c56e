package cases

import (
	"slices"
	"strings"
	"unicode/utf8"

	"tongban/internal/civic/calendar"
	"tongban/internal/ground/fault"
)

// An Outside is something that happened outside the case after the first notice,
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

// checkUnseen refuses what should have been seen at the first notice, and writes
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
		return d.checkEvent(at+".outside", c.Notices[0].Day, today, bad)
	case d.Change != "" || c.reworded() != nil && !c.Renewed(d.Material):
		return c.checkChange(d, at, bad)
	case !c.Renewed(d.Material):
		return bad.At(at, "asked-before", "“%s”在第一次告知时就应发现，不得再次要求补正；确因以后发生的外部情况（法律法规变化、其他机关的认定等）才需要补正的，请写明情况、出处和日期", d.Name)
	}
	d.Unseen = "这份材料是第一次告知（" + c.Notices[0].Day.Han() + "）以后新提交的"
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
	return bad.At(at, "asked-before", "“%s”在第一次告知时就应发现，不得再次要求补正；因申请人改了申请表的答案才需要的，请写明是哪一项", d.Name)
}

// since is how a cause begins that came after the first notice.
func (c *Case) since() string { return "第一次告知（" + c.Notices[0].Day.Han() + "）以后，" }

// label is how papers write a field that was changed; "" if it was not.
func (a Amended) label(field string) string {
	for _, f := range a.Fields {
		if f.Field == field {
			return "“" + f.Label + "”"
		}
	}
	return ""
}

// Renewed reports whether a material has come in since the first notice: then a second may ask
// for it without more.
func (c *Case) Renewed(material string) bool {
	m, ok := c.Has(material)
	return ok && m.At > c.Notices[0].At
}

// checkEvent refuses an event that was known at the first notice, or of which it
// is not said what it is and where it stands.
func (d *Deficiency) checkEvent(at string, first, today calendar.Day, bad *fault.Error) *fault.Error {
	o := *d.Outside
	o.What, o.Source = strings.TrimSpace(o.What), strings.TrimSpace(o.Source)
	switch {
	case utf8.RuneCountInString(o.What) < leastEvent:
		return bad.At(at+".what", "required", "请写明发生了什么、为什么使“%s”需要补正", d.Name)
	case utf8.RuneCountInString(o.Source) < leastSource:
		return bad.At(at+".source", "required", "请写明出处：文件的名称和文号，或者作出认定的机关和文书")
	case o.On == 0:
		return bad.At(at+".on", "required", "请填写这一情况发生的日期")
	case o.On < first:
		return bad.At(at+".on", "before", "这一情况在第一次告知（%s）以前就已发生，不能作为再次告知的理由", first.Han())
	case o.On > today:
		return bad.At(at+".on", "future", "这一情况还没有发生，不能作为再次告知的理由")
	}
	d.Outside = &o
	d.Unseen = "第一次告知（" + first.Han() + "）以后，" + o.On.Han() + o.What + "（" + o.Source + "）"
	return bad
}
