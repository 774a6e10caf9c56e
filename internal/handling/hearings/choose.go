package hearings

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/ground/fault"
)

// A Choice says what becomes of one sign-up.
type Choice struct {
	Signup string `json:"signup"`
	Seat   Seat   `json:"seat"`
	Why    string `json:"why,omitempty"`
}

// Choose says who takes part, and how. Whoever has an interest of their own may be
// let in at any time and is not counted against the seats; the others when
// signing up has ended, so that nobody is favoured for being early. Whoever is
// not let in, or not as they wanted, reads why (行政许可法第四十六条、第四十八条).
func (n *Notice) Choose(all []*Signup, choices []Choice, days clock.Days, by identity.Actor, at time.Time) ([]*Signup, error) {
	if err := n.mayChoose(choices, by, at); err != nil {
		return nil, err
	}
	bad := fault.New(fault.Invalid, "hearings.choose.check", "选定的内容还有需要修改的地方")
	byID, seats := map[string]*Signup{}, 0
	for _, u := range all {
		byID[u.ID] = u
		if u.TakesSeat() {
			seats++
		}
	}
	var chosen []*Signup
	for _, c := range choices {
		c.Why = strings.TrimSpace(c.Why)
		u, known := byID[c.Signup]
		if say := n.refuses(u, known, c, days, at); say != "" {
			bad = bad.At("seat."+c.Signup, "refused", "%s", say)
			continue
		}
		delete(byID, c.Signup) // not twice in one list
		next := *u
		next.Seat, next.Why, next.Seated, next.By = c.Seat, c.Why, at, by.Name
		if chosen = append(chosen, &next); next.TakesSeat() {
			seats++
		}
	}
	if seats > n.Seats {
		bad = bad.At("choices", "seats", "公告的社会代表名额是%d人，现在选了%d人", n.Seats, seats)
	}
	if len(bad.Fields) > 0 {
		return nil, bad
	}
	return chosen, nil
}

// mayChoose refuses who does not choose, when it is too late, and to choose nobody.
func (n *Notice) mayChoose(choices []Choice, by identity.Actor, at time.Time) error {
	switch {
	case !by.SpeaksFor(n.Agency):
		return fault.New(fault.Forbidden, "hearings.choose.agency", "听证参加人由组织听证的部门选定")
	case n.Past(at):
		return fault.New(fault.Conflict, "hearings.choose.late", "听证已经举行或者取消，不能再选定参加人")
	case len(choices) == 0:
		return fault.New(fault.Invalid, "hearings.choose.none", "请至少就一个人作出选择").At("choices", "required", "请至少就一个人作出选择")
	}
	return nil
}

// TakesSeat reports whether the sign-up takes one of the seats that are announced.
func (u *Signup) TakesSeat() bool { return u.Seat == Speaker && u.Relation != Concerned }

// refuses says what is wrong with a choice; "" nothing.
func (n *Notice) refuses(u *Signup, known bool, c Choice, days clock.Days, at time.Time) string {
	switch {
	case !known:
		return "没有这个报名，或者在同一次里选了两遍"
	case u.Seat != Waiting:
		return u.Name + "的报名" + u.Seat.Han() + "，不能再选定"
	case c.Seat != Speaker && c.Seat != Listener && c.Seat != Declined:
		return "请选择" + u.Name + "参加并发言、旁听，还是没有选上"
	case c.Seat == Speaker && !u.Speak:
		return u.Name + "只报名旁听，不能选为发言人"
	case u.Relation != Concerned && n.Open(at):
		return "社会代表在报名截止（" + n.SignBy.Han() + "）以后一起选定；" + u.Name + "不是利害关系人"
	case c.Seat == Speaker && calendar.DayOf(at) > n.CallBy(days):
		return "发言人应当在听证七个工作日前（" + n.CallBy(days).Han() + "以前）通知，已经来不及，请先改期"
	case c.Why == "" && (c.Seat == Declined || u.Speak && c.Seat != Speaker):
		return "请写明" + u.Name + "没有选上或者只能旁听的理由，本人会看到"
	case utf8.RuneCountInString(c.Why) > longestInterest:
		return fmt.Sprintf("理由最多%d个字，请缩短", longestInterest)
	}
	return ""
}
