package portal

import (
	"net/http"
	"strconv"

	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
	"tongban/internal/oversight/rating"
	"tongban/internal/places/frame"
)

type rateView struct {
	frame.View
	Case   *cases.Case
	Given  []givenView
	May    bool // one more rating may be given
	Grade  rating.Grade
	Tags   []frame.Choice
	Text   string
	Hidden bool // anonymous
	Err    error
}

type givenView struct {
	Title, Grade, On, Text string
	Said                   []string
	Answer, Promise        string
}

// ratePage asks how it went: first the grade, then what goes with it. The grade
// alone is enough.
func (p *Portal) ratePage(w http.ResponseWriter, r *http.Request) error {
	grade, err := strconv.Atoi(r.URL.Query().Get("grade"))
	if err != nil {
		grade = 0 // not chosen yet
	}
	v, err := p.rateView(r, rating.Grade(grade))
	return showOr(w, r, err, rateTemplate(v))
}

func (p *Portal) rateView(r *http.Request, grade rating.Grade) (rateView, error) {
	c, err := p.mine(r)
	if err != nil {
		return rateView{}, err
	}
	if _, err := p.Ratings.InviteOf(r.Context(), c.ID, frame.Actor(r)); err != nil {
		return rateView{}, err
	}
	given, err := p.Ratings.Of(r.Context(), c.ID, frame.Actor(r))
	v := rateView{View: under(r, "评价", frame.Link{Text: c.ItemName, Href: "/my/cases/" + c.Number}), Case: c, May: true}
	if grade.Han() != "" {
		v.Grade = grade
	}
	for _, g := range given {
		if g.Seq == 0 {
			continue
		}
		v.Given = append(v.Given, shownRating(g))
		v.May = g.Seq < 2
	}
	for _, t := range rating.TagsFor(v.Grade) {
		v.Tags = append(v.Tags, frame.Choice{Value: t.Code, Label: t.Text})
	}
	return v, err
}

func shownRating(g rating.Rating) givenView {
	v := givenView{"您的评价", g.Grade.Han(), clockTime(g.At), g.Text, rating.Said(g.Version, g.Grade, g.Tags), g.Answer, ""}
	if g.Seq == 2 {
		v.Title = "您的追评"
	}
	if g.Grade.Poor() && g.Answer == "" {
		v.Promise = "我们会在" + g.Contact.Han() + "前联系您核实，" + g.Rectify.Han() + "前把整改结果告诉您。"
	}
	return v
}

// rate keeps what was said. A grade alone may come first, by the button that
// asks for the words that go with it.
func (p *Portal) rate(w http.ResponseWriter, r *http.Request) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	grade := rating.Grade(f.Int("grade"))
	if f.Has("more") && grade.Han() != "" {
		page.SeeOther(w, r, r.URL.Path+"?grade="+itoa(int(grade)))
		return nil
	}
	v, err := p.rateView(r, grade)
	if err != nil {
		return err
	}
	given := rating.Rating{Grade: grade, Tags: f.All("tags"), Text: f.Text("text"), Anonymous: f.Has("anonymous")}
	if _, err = p.Ratings.Rate(r.Context(), v.Case.ID, given, frame.Actor(r)); err == nil {
		page.SeeOther(w, r, r.URL.Path)
		return nil
	}
	v.Text, v.Hidden, v.Err = given.Text, given.Anonymous, err
	for i := range v.Tags {
		v.Tags[i].On = contains(given.Tags, v.Tags[i].Value)
	}
	v.View = v.Faulty(err)
	page.ShowFault(w, r, err, rateTemplate(v))
	return nil
}
