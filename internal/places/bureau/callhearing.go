package bureau

import (
	"context"
	"strconv"
	"strings"
	"tongban/internal/ground/sqldb"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
	"tongban/internal/places/frame"
)

// callHearing calls the parties to a hearing, and announces it if the form says so.
func (b *Bureau) callHearing(ctx context.Context, id cases.ID, f *page.Form, by identity.Actor) (*cases.Case, error) {
	h := cases.Hearing{About: f.Text("about"), Reason: f.Text("reason"), Asked: calendar.Parse(f.Date("asked")), Place: f.Text("place"), Host: f.Text("host"), Shut: f.Has("shut")}
	h.At = hearingTime(f.Date("on"), f.Text("hour"))
	if f.Text("public") == "yes" {
		h.Public = &cases.Announcement{Ground: f.Text("ground"), SignBy: calendar.Parse(f.Date("signBy")), Contact: f.Text("contact")}
		if f.Has("seats") {
			h.Public.Seats = f.Int("seats")
		}
	}
	return sqldb.Judged(ctx, f.Err(), func(ctx context.Context) (*cases.Case, error) { return b.Cases.CallHearing(ctx, id, h, by) })
}

// hearing is what is known of the hearing when it is called, or put off.
func (p casePage) hearing() cases.Hearing {
	if h := p.Case.CurrentHearing(); h != nil {
		return *h
	}
	return cases.Hearing{}
}

// announced is what the public was told before, if it was.
func (p casePage) announced() cases.Announcement {
	if a := p.hearing().Public; a != nil {
		return *a
	}
	return cases.Announcement{}
}

// announces is which choice stands: what was sent, or what was told before.
func (p casePage) announces() string {
	if sent := p.value("public"); sent != "" {
		return sent
	}
	if p.hearing().Public != nil {
		return "yes"
	}
	return "no"
}

func groundsOf(p casePage, a cases.Announcement) (all []frame.Choice) {
	was := a.Ground
	if p.Sent != nil {
		was = p.value("ground")
	}
	for _, g := range cases.Grounds {
		all = append(all, frame.Choice{Value: g, Label: g, On: g == was})
	}
	return all
}

func (p casePage) signBy(a cases.Announcement) string {
	if a.SignBy == 0 {
		return ""
	}
	return a.SignBy.String()
}

func seatsOf(a cases.Announcement) string {
	if a.Seats == 0 {
		return ""
	}
	return strconv.Itoa(a.Seats)
}

// attending are the names with which the list of those who came begins.
func attending(p casePage) string {
	names := []string{p.Case.Applicant.Name}
	for _, u := range p.Speakers {
		names = append(names, u.Name)
	}
	h := p.hearing()
	for _, o := range admitted(&h) {
		names = append(names, o.Name)
	}
	return strings.Join(append(names, h.Host), "、")
}
