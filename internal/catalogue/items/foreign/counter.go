package foreign

import (
	"slices"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/codes"
)

// counter reads where and how one applies, and to whom one may turn.
func (r *reading) counter() {
	for _, text := range r.f.choices(names["ways"]...) {
		if text == "3" {
			r.warn("ways", "ways", "来源的办理形式代码“3”在各地有“移动端网上申请”和“快递申请”两种含义，请确认")
			r.keep("办理形式", text)
		} else if w := wayOf(text); !slices.Contains(r.e.Ways, w) {
			r.e.Ways = append(r.e.Ways, w)
		}
	}
	for _, text := range r.f.choices(names["depth"]...) {
		r.e.Online = append(r.e.Online, items.Depth(labelled("online-depth", text)))
	}
	r.e.VisitReason = r.f.text(names["must"]...)
	r.e.Review = r.f.text(names["review"]...)
	r.e.AgencyKind = labelled("agency-nature", r.f.text(names["agencyKind"]...))
	r.e.Guidance = labelled("central-dept", r.f.text(names["guidance"]...))
	r.e.Remedies.Review, r.e.Remedies.Suit = r.remedy("remedies.review", "reviewBody"), r.remedy("remedies.suit", "suitBody")
	r.places()
}

// remedy reads to whom one may turn: a name, or a record of it.
func (r *reading) remedy(path, what string) items.Remedy {
	v, _, _ := r.f.take(names[what]...)
	m := mapOf(v)
	if m == nil {
		return items.Remedy{Body: textOf(v)}
	}
	one := items.Remedy{Body: m.text("部门", "机关", "名称", "name", "法院", "受理部门", "受理机关"), Address: m.text("地址", "address"), Phone: m.text("电话", "联系电话", "phone")}
	r.leftOf(path, m)
	return one
}

// wayOf is a way of applying by its label or code, of the standard or of a platform;
// one that is in no list stays as it came, for the check to refuse.
func wayOf(text string) items.Way {
	if e, ok := codes.Lists()["handling-form"].Find(text); ok {
		text = e.Label
	}
	switch {
	case strings.Contains(text, "移动"):
		return items.Phone
	case strings.Contains(text, "网"):
		return items.Net
	case strings.Contains(text, "窗口") || strings.Contains(text, "现场"):
		return items.AtWindow
	case strings.Contains(text, "快递") || strings.Contains(text, "邮"):
		return items.ByMail
	}
	return items.Way(text)
}

// places reads where and when. A place may be a record; a time that is as long as a
// limit is none of the day.
func (r *reading) places() {
	v, _, _ := r.f.take(names["address"]...)
	hours := r.f.text(names["hours"]...)
	if period.MatchString(hours) && !strings.ContainsAny(hours, ":：点") {
		r.warn("places", "hours", "来源的办理时间“%s”像是时限，不是开放时间，请确认", short(hours))
		r.keep("办理时间", hours)
		hours = ""
	}
	for i, m := range recordsIn(v) {
		r.e.Places = append(r.e.Places, r.place(at("places", i), m, hours))
	}
	if len(r.e.Places) > 0 {
		return
	}
	if address := textOf(v); address != "" || hours != "" {
		r.e.Places = []items.Place{{Name: address, Address: address, Hours: hours}}
	}
}

func (r *reading) place(path string, m fields, hours string) items.Place {
	p := items.Place{
		Name: m.text("name", "名称", "地点名称", "大厅", "中心"), Address: m.text(append([]string{"地址"}, names["address"]...)...),
		Windows: m.text("windows", "窗口", "窗口号"), Hours: firstOf(m.text(names["hours"]...), hours), Phone: m.text(append([]string{"电话"}, names["phone"]...)...),
	}
	p.Name, p.Address = firstOf(p.Name, p.Address), firstOf(p.Address, p.Name)
	r.leftOf(path, m)
	return p
}
