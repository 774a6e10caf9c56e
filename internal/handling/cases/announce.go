package cases

import (
	"slices"

	"tongban/internal/civic/calendar"
	"tongban/internal/engine/clock"
	"tongban/internal/ground/fault"
)

// An Announcement tells the public of a hearing, and how to take part in it
// (听证公告, 行政许可法第四十六条、第四十八条).
type Announcement struct {
	Ground  string       `json:"ground"`  // one of Grounds
	SignBy  calendar.Day `json:"signBy"`  // the last day to sign up
	Seats   int          `json:"seats"`   // how many may speak, besides those who have an interest of their own in it
	Contact string       `json:"contact"` // where to ask
}

// Grounds are why the public is told: what must be heard by law, what the agency
// holds to touch the public, and hearings of which notice has to be given to
// more people than are known (行政许可法第四十六条、第四十八条第一款第一项).
var Grounds = []string{"法律、法规、规章规定应当听证", "涉及公共利益的重大行政许可，认为需要听证", "利害关系人较多，有必要公告"}

// mostSeats is how many speakers one hearing can bear.
const mostSeats = 200

// checkPublic judges what the public is to be told. Whoever is chosen to speak is
// called seven working days before like the parties, so signing up ends before
// that; a hearing that was announced stays so when it is put off.
func (h *Hearing) checkPublic(now Hearing, days clock.Days, today calendar.Day, bad *fault.Error) *fault.Error {
	p := now.Public
	switch {
	case p == nil && h.Public != nil:
		return bad.At("public", "announced", "这次听证已经公告，改期也要公告，请填写公告的内容")
	case p == nil:
		return bad
	case h.About == "":
		bad = bad.At("about", "required", "请写明拟作出的决定，公告里要写清听证事由")
	}
	if now.Shut {
		bad = bad.At("shut", "public", "不公开举行的听证不向社会公告，请改为公开举行，或者不公告")
	}
	if !slices.Contains(Grounds, p.Ground) {
		bad = bad.At("ground", "choice", "请选择为什么向社会公告")
	}
	if p.Seats < 1 || p.Seats > mostSeats {
		bad = bad.At("seats", "range", "请填写社会代表的名额，1至%d人", mostSeats)
	}
	if p.Contact == "" {
		bad = bad.At("contact", "required", "请填写联系方式，让人知道向谁询问")
	}
	last := clock.HearingNotice.By(calendar.DayOf(now.At), days)
	switch {
	case p.SignBy <= today:
		bad = bad.At("signBy", "early", "报名截止日期应当晚于今天")
	case !now.At.IsZero() && p.SignBy >= last:
		bad = bad.At("signBy", "late", "选定的人要在听证七个工作日前（%s以前）通知到，请把报名截止日期定在这以前", last.Han())
	}
	return bad
}
