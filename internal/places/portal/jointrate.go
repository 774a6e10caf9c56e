package portal

import (
	"net/http"

	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/handling/joint"
	"tongban/internal/oversight/rating"
	"tongban/internal/places/frame"
)

// jointRateView asks once how the whole went; each part may be rated besides.
type jointRateView struct {
	frame.View
	Joint *joint.Joint
	Given string
	Parts []frame.Link
	Err   error
}

func (p *Portal) jointRatePage(w http.ResponseWriter, r *http.Request) error {
	v, _, err := p.jointRateView(r)
	return showOr(w, r, err, jointRateTemplate(v))
}

func (p *Portal) jointRateView(r *http.Request) (jointRateView, joint.Part, error) {
	j, _, err := p.matter(r)
	if err != nil {
		return jointRateView{}, joint.Part{}, err
	}
	part, ok := j.Rated()
	if !ok || j.Open() {
		return jointRateView{}, part, rating.None()
	}
	v := jointRateView{View: under(r, "评价", frame.Link{Text: j.Name, Href: "/my/joint/" + j.Number}), Joint: j}
	given, err := p.Ratings.Of(r.Context(), part.Case, frame.Actor(r))
	for _, g := range given {
		if g.Seq > 0 {
			v.Given = g.Grade.Han()
		}
	}
	for _, other := range j.Parts {
		if other.Case != "" && other.Case != part.Case {
			v.Parts = append(v.Parts, frame.Link{Text: other.Title, Href: "/my/cases/" + other.Number + "/rate"})
		}
	}
	return v, part, err
}

func (p *Portal) jointRate(w http.ResponseWriter, r *http.Request) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	v, part, err := p.jointRateView(r)
	if err != nil {
		return err
	}
	said := rating.Rating{Grade: rating.Grade(f.Int("grade")), Text: f.Text("text"), Anonymous: f.Has("anonymous")}
	if _, err = p.Ratings.Rate(r.Context(), part.Case, said, frame.Actor(r)); err == nil {
		page.SeeOther(w, r, "/my/joint/"+v.Joint.Number+"/rate")
		return nil
	}
	if fault.Of(err) == fault.Internal {
		return err
	}
	v.Err, v.View = err, v.Faulty(err)
	page.ShowFault(w, r, err, jointRateTemplate(v))
	return nil
}
