package rating

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/ground/fault"
	"tongban/internal/handling/cases"
)

// An Invite asks the applicant of a case that has ended. It is never a duty.
type Invite struct {
	Case     cases.ID
	Number   string
	Party    string // whose word it is to give
	Name     string
	Item     items.ID
	ItemName string
	Agency   string
	Region   string
	Closed   time.Time
	Until    calendar.Day // last day; after it the case counts as rated by default
	Rated    bool         // something was said, or the day has passed
}

// A Rating is one word on one case. Seq 1 is the rating, 2 the one follow-up
// (追评); 0 is the default of a case that nobody rated (系统默认评价), which no
// rate may mix with what people said.
type Rating struct {
	Case      cases.ID
	Seq       int
	Item      items.ID
	ItemName  string
	Agency    string
	Region    string
	Name      string // who rated, as staff and the public may see them
	Grade     Grade
	Tags      []string // codes
	Version   string   // of the tags
	Text      string
	Anonymous bool
	Channel   string // pc, mobile, window, kiosk, api
	At        time.Time

	Contact  calendar.Day // a bad rating: the rater is to be called by then
	Rectify  calendar.Day // and answered by then
	Called   time.Time    // when its rater was asked (回访)
	Found    Finding      // and what that brought
	FoundSay string       //
	Reviewed time.Time    // when a supervisor said whether a disputed one counts
	Excluded bool         // it does not: it is in no count
	Answer   string       // what was done about it (整改答复)
	Answered time.Time

	Request string // the rater's own name for giving it: given again, it is the same word
}

// longestText is how many characters a rating may say.
const longestText = 500

// Deadlines are how soon a bad rating must be taken up and answered; a city
// sets its own (law leaves it to them, at most 15 working days).
type Deadlines struct {
	Invite  clock.Limit // how long one may rate
	Contact clock.Limit
	Rectify clock.Limit
}

// Usual are the deadlines unless the city says otherwise.
var Usual = Deadlines{clock.Limit{N: 30, Unit: clock.CalendarDays}, clock.Limit{N: 1, Unit: clock.WorkingDays}, clock.Limit{N: 15, Unit: clock.WorkingDays}}

// Judge turns what somebody says into a rating of the case that i asks about.
// earlier are the ratings given before. Faults: rating.rate.yours, .grade,
// .tags, .text, .twice.
func (i Invite) Judge(r Rating, earlier []Rating, d Deadlines, days clock.Days, by identity.Actor, at time.Time) (Rating, error) {
	if by.Party == "" || by.Party != i.Party {
		return Rating{}, fault.New(fault.Forbidden, "rating.rate.yours", "只有办件的申请人本人可以评价，工作人员不能代评")
	}
	given := slices.DeleteFunc(slices.Clone(earlier), func(r Rating) bool { return r.Seq == 0 })
	if len(given) >= 2 {
		return Rating{}, fault.New(fault.Conflict, "rating.rate.twice", "这个办件已经评价并追评过，感谢您的意见")
	}
	if err := r.check(); err != nil {
		return Rating{}, err
	}
	r.Case, r.Seq, r.Item, r.ItemName, r.Agency, r.Region = i.Case, len(given)+1, i.Item, i.ItemName, i.Agency, i.Region
	r.Name, r.Version, r.Channel, r.At = i.Name, TagVersion, by.Channel, at
	if r.Anonymous {
		r.Name = ""
	}
	r.Contact, r.Rectify, r.Answer, r.Answered, r.Request = 0, 0, "", time.Time{}, by.Request
	r.Called, r.Found, r.FoundSay, r.Reviewed, r.Excluded = time.Time{}, "", "", time.Time{}, false
	if r.Grade.Poor() {
		r.Contact, r.Rectify = dueAfter(d.Contact, at, days), dueAfter(d.Rectify, at, days)
	}
	return r, nil
}

// lines are what may stand in a text beside what is seen.
var lines = strings.NewReplacer("\n", "", "\t", "")

func (r *Rating) check() error {
	r.Text = strings.TrimSpace(r.Text)
	bad := fault.New(fault.Invalid, "rating.rate.check", "评价还有需要修改的地方")
	if r.Grade.Han() == "" {
		bad = bad.At("grade", "required", "请选择满意程度")
	}
	for _, code := range r.Tags {
		if !slices.ContainsFunc(tags[TagVersion][r.Grade], func(t Tag) bool { return t.Code == code }) {
			bad = bad.At("tags", "unknown", "请从所选满意程度对应的选项里选择")
			break
		}
	}
	if n := utf8.RuneCountInString(r.Text); n > longestText {
		bad = bad.At("text", "length", "评价最多%d个字，现在有%d个字，请缩短", longestText, n)
	} else if !identity.Printable(lines.Replace(r.Text)) {
		bad = bad.At("text", "characters", "评价里有无法显示的字符，请删除后再提交")
	}
	if len(bad.Fields) > 0 {
		return bad
	}
	return nil
}

// Late reports whether a bad rating still waits for its answer after the day
// by which it was due.
func (r Rating) Late(today calendar.Day) bool {
	return r.Waits() && today > r.Rectify
}

// Waits reports whether a bad rating still waits for its answer. What a supervisor
// found mistaken or untrue waits no more.
func (r Rating) Waits() bool { return r.Rectify != 0 && r.Answered.IsZero() && !r.Excluded }

// dueAfter is the last day of a limit that begins at.
func dueAfter(l clock.Limit, at time.Time, days clock.Days) calendar.Day {
	k, err := clock.Clock{}.Start(l, at)
	if err != nil {
		return calendar.DayOf(at) // a limit that cannot be: at once
	}
	return k.Due(days).Day
}
