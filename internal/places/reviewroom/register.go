package reviewroom

import (
	"context"
	"net/http"
	"strings"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/experts"
	"tongban/internal/places/frame"
)

// registerView is 专家库.
type registerView struct {
	frame.View
	Bar   frame.DeskBar
	Rows  []experts.Expert
	Today calendar.Day
	Keeps bool
	Next  string
}

const rows = 50

func deskBar(by identity.Actor) frame.DeskBar {
	return frame.DeskBar{Place: "专家库", Home: "/desk/experts", Nav: append([]frame.Link{{Text: "专家库", Href: "/desk/experts", Here: true}}, frame.WayBack(by)...)}
}

func (p *Reviewroom) register(w http.ResponseWriter, r *http.Request) error {
	by := frame.Actor(r)
	all, err := p.Experts.Experts(r.Context(), page.Query(r).Text("after"), rows, by)
	if err != nil {
		return err
	}
	v := registerView{View: frame.Of(r).Named("专家库"), Bar: deskBar(by), Rows: all, Today: calendar.DayOf(p.Now()), Keeps: by.Plays(identity.Items)}
	if len(all) == rows {
		v.Next = "/desk/experts?after=" + all[rows-1].Cursor()
	}
	page.Show(w, r, registerTemplate(v))
	return nil
}

// entryView is one expert.
type entryView struct {
	frame.View
	Bar    frame.DeskBar
	Expert experts.Expert
	Keeps  bool
	Err    error
	away   string // as it was typed
}

func (p *Reviewroom) newEntry(w http.ResponseWriter, r *http.Request) error {
	by := frame.Actor(r)
	e := experts.Expert{}
	for _, post := range by.Posts {
		if post.Role == identity.Items {
			e.Region = post.Region
		}
	}
	page.Show(w, r, entryTemplate(entryView{View: frame.Of(r).Named("新增专家"), Bar: deskBar(frame.Actor(r)), Expert: e, Keeps: p.Experts.Keeps(e, by)}))
	return nil
}

func (p *Reviewroom) entry(w http.ResponseWriter, r *http.Request) error {
	by := frame.Actor(r)
	e, err := p.Experts.Expert(r.Context(), experts.ExpertID(r.PathValue("expert")), by)
	if err != nil {
		return err
	}
	page.Show(w, r, entryTemplate(entryView{View: frame.Of(r).Named("专家 " + e.Name), Bar: deskBar(frame.Actor(r)), Expert: e, Keeps: p.Experts.Keeps(e, by)}))
	return nil
}

// keepEntry writes an entry as the form has it.
func (p *Reviewroom) keepEntry(w http.ResponseWriter, r *http.Request) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	e := experts.Expert{ID: experts.ExpertID(f.Text("id")), Name: f.Text("name"), Fields: several(f.Text("fields")), Employer: f.Text("employer"), Title: f.Text("title"),
		Region: f.Text("region"), Account: f.Text("account"), Interests: several(f.Text("interests")), Suspended: f.Text("suspended"), Away: calendar.Parse(f.Date("away"))}
	err = sqldb.Judge(r.Context(), f.Err(), func(ctx context.Context) error {
		_, err := p.Experts.Put(ctx, e, frame.Actor(r))
		return err
	})
	if err == nil {
		page.SeeOther(w, r, "/desk/experts")
		return nil
	}
	if fault.Of(err) == fault.Internal {
		return err
	}
	v := entryView{View: frame.Of(r).Named("专家 " + e.Name), Bar: deskBar(frame.Actor(r)), Expert: e, Keeps: true, Err: err, away: f.Text("away")}
	v.View = v.Faulty(err)
	page.ShowFault(w, r, err, entryTemplate(v))
	return nil
}

// several are the names in a list that people separate as they like.
func several(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("、，,；; \n\r\t", r) })
}

// standing is whether somebody may be drawn today.
func standing(e experts.Expert, today calendar.Day) (frame.Tone, string) {
	switch {
	case e.Suspended != "":
		return frame.Red, "暂停"
	case e.Away >= today:
		return frame.Amber, e.Away.Han() + "后可抽"
	}
	return frame.Green, "可抽取"
}

func awayText(v entryView) string {
	if v.away != "" || v.Expert.Away == 0 {
		return v.away
	}
	return v.Expert.Away.String()
}
