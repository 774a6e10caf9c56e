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
	r.e.Remedies.Review.Body, r.e.Remedies.Suit.Body = r.f.text(names["reviewBody"]...), r.f.text(names["suitBody"]...)
	r.place()
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

// place reads where and when. A time that is as long as a limit is none of the day.
func (r *reading) place() {
	address, hours := r.f.text(names["address"]...), r.f.text(names["hours"]...)
	if period.MatchString(hours) && !strings.ContainsAny(hours, ":：点") {
		r.warn("places", "hours", "来源的办理时间“%s”像是时限，不是开放时间，请确认", short(hours))
		r.keep("办理时间", hours)
		hours = ""
	}
	if address != "" || hours != "" {
		r.e.Places = []items.Place{{Name: address, Address: address, Hours: hours}}
	}
}
