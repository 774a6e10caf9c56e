package hearingroom

import (
	"net/http"
	"slices"
	"strconv"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/handling/hearings"
	"tongban/internal/places/frame"
)

// chooseView is who signed up, and the choice of who takes part.
type chooseView struct {
	noticeView
	Signups []*hearings.Signup
	CallBy  string // last day to call speakers
	Err     error
	form    *page.Form
}

func (v chooseView) was(name string) string {
	if v.form == nil {
		return ""
	}
	return v.form.Text(name)
}

// waiting reports whether anybody is still to be chosen.
func (v chooseView) waiting() bool {
	return slices.ContainsFunc(v.Signups, v.chooses)
}

// chooses reports whether it is still to be said what becomes of the sign-up.
func (v chooseView) chooses(u *hearings.Signup) bool {
	return u.Seat == hearings.Waiting && !v.Past(v.moment)
}

func (v chooseView) seats(u *hearings.Signup) (all []frame.Choice) {
	for _, s := range []hearings.Seat{hearings.Speaker, hearings.Listener, hearings.Declined} {
		if s != hearings.Speaker || u.Speak {
			all = append(all, frame.Choice{Value: string(s), Label: s.Han(), On: v.was("seat."+u.ID) == string(s)})
		}
	}
	return all
}

// signupRows are what somebody said when they signed up.
func signupRows(u *hearings.Signup) []frame.Row {
	rows := []frame.Row{{Key: "证件", Value: u.Document}, {Key: "电话", Value: u.Phone}, {Key: "关系", Value: u.Relation.Han()}}
	add := func(key, value string) {
		if value != "" {
			rows = append(rows, frame.Row{Key: key, Value: value})
		}
	}
	add("经办人", u.Agent)
	add("登记人", u.Clerk)
	add("利害关系", u.Interest)
	if u.Speak {
		add("想说的意见", u.View)
	} else {
		add("参加方式", "只旁听")
	}
	add("理由", u.Why)
	if !u.Seated.IsZero() {
		add("选定", u.By+"，"+calendar.Moment(u.Seated))
	}
	return rows
}

func (p *Hearingroom) choosing(r *http.Request, by identity.Actor) (v chooseView, err error) {
	if v.noticeView, err = p.of(r, identity.Actor{}); err != nil {
		return v, err
	}
	v.View = frame.Of(r).Named("听证报名 " + v.ItemName)
	v.CallBy = v.Notice.CallBy(p.Hearings.Days).Han()
	v.Signups, err = p.Hearings.Signups(r.Context(), v.Notice, by)
	return v, err
}

func (p *Hearingroom) choosePage(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	v, err := p.choosing(r, by)
	if err == nil {
		page.Show(w, r, chooseTemplate(v))
	}
	return err
}

func (p *Hearingroom) choose(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	v, err := p.choosing(r, by)
	if err != nil {
		return err
	}
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	var choices []hearings.Choice
	for _, u := range v.Signups {
		if seat := f.Text("seat." + u.ID); seat != "" {
			choices = append(choices, hearings.Choice{Signup: u.ID, Seat: hearings.Seat(seat), Why: f.Text("why." + u.ID)})
		}
	}
	if err = f.Err(); err == nil {
		err = p.Hearings.Choose(r.Context(), v.ID, choices, by)
	}
	if err == nil {
		page.SeeOther(w, r, "/bureau/hearings/"+string(v.ID))
		return nil
	}
	if fault.Of(err) == fault.Internal {
		return err
	}
	v.Err, v.form = err, f
	v.View = v.Faulty(err)
	page.ShowFault(w, r, err, chooseTemplate(v))
	return nil
}

func bar() frame.DeskBar {
	return frame.DeskBar{Place: "部门审批", Home: "/bureau", Nav: []frame.Link{{Text: "部门审批", Href: "/bureau"}, {Text: "听证公告", Href: "/hearings"}}}
}

// counts is how many signed up, and how many seats are taken, in a line.
func (v chooseView) counts() string {
	speak, seated := 0, 0
	for _, u := range v.Signups {
		if u.Speak && u.Seat != hearings.Gone {
			speak++
		}
		if u.TakesSeat() {
			seated++
		}
	}
	return "报名" + strconv.Itoa(len(v.Signups)) + "人，要发言" + strconv.Itoa(speak) + "人；社会代表名额" + strconv.Itoa(v.Notice.Seats) + "人，已选" + strconv.Itoa(seated) + "人"
}
