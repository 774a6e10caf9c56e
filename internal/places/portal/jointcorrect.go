package portal

import (
	"net/http"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/joint"
	"tongban/internal/places/frame"
)

// correctView is one page for all that several departments want put right.
type correctView struct {
	frame.View
	Bar     frame.StepBar
	Parts   []correctPart
	Request string
	joint   joint.ID
	Err     error
}

type correctPart struct {
	Title, Number string
	Until         calendar.Day
	Wants         []want
	Form          formView
	c             *cases.Case
}

// prefix stands before the names of the fields of the part.
func (p correctPart) prefix() string { return "part." + p.Number + "." }

// material is the name of the field of a material.
func (p correctPart) material(id string) string { return p.prefix() + materialPath(id) }

func (p *Portal) jointCorrectPage(w http.ResponseWriter, r *http.Request) error {
	v, err := p.correctView(r)
	return showOr(w, r, err, jointCorrectTemplate(v))
}

func (p *Portal) correctView(r *http.Request) (correctView, error) {
	j, all, err := p.matter(r)
	if err != nil {
		return correctView{}, err
	}
	v := correctView{View: frame.Of(r).Named("补正材料"), Bar: frame.StepBar{Name: j.Name, Back: "/my/joint/" + j.Number, Next: "一次提交"}, Request: sqldb.NewID(), joint: j.ID}
	for _, part := range j.Parts {
		c := all[part.Item]
		if c == nil || c.State != cases.Correcting {
			continue
		}
		one := correctPart{Title: part.Title, Number: part.Number, c: c}
		one.Wants, one.Until = wants(c)
		if one.Form, err = p.formView(r, c, one.prefix()); err != nil {
			return correctView{}, err
		}
		v.Parts = append(v.Parts, one)
	}
	if len(v.Parts) == 0 {
		return v, fault.New(fault.Conflict, "portal.hand.none", "现在没有要补交的材料，请到进度页面查看")
	}
	return v, nil
}

// jointCorrect hands in, for every part, what was asked for.
func (p *Portal) jointCorrect(w http.ResponseWriter, r *http.Request) error {
	v, err := p.correctView(r)
	if fault.Code(err) == "portal.hand.none" {
		page.SeeOther(w, r, "/my/joint/"+r.PathValue("number"))
		return nil
	}
	if err != nil {
		return err
	}
	f, err := page.ReadUpload(w, r, maxUpload)
	if err == nil {
		err = p.correctAll(r, f, &v)
	}
	if err == nil {
		page.SeeOther(w, r, "/my/joint/"+r.PathValue("number"))
		return nil
	}
	if fault.Of(err) == fault.Internal {
		return err
	}
	for _, part := range v.Parts {
		if held := p.hold(r, part.Wants); held != nil {
			return held
		}
	}
	v.faulty(err)
	page.ShowFault(w, r, err, jointCorrectTemplate(v))
	return nil
}

// correctAll hands everything in at once: all parts are corrected, or none.
func (p *Portal) correctAll(r *http.Request, f *page.Form, v *correctView) error {
	given := map[items.ID]cases.Correction{}
	bad := fault.New(fault.Invalid, "portal.hand.files", "还有材料需要修改")
	for i := range v.Parts {
		part := &v.Parts[i]
		x, err := p.partCorrection(r, f, part)
		if err != nil && len(fault.Fields(err)) == 0 {
			return err
		}
		for _, wrong := range fault.Fields(err) {
			bad = bad.At(part.prefix()+wrong.Path, wrong.Code, "%s（%s）", wrong.Say, part.Title)
		}
		given[part.c.Item] = x
	}
	if len(bad.Fields) > 0 {
		return bad
	}
	_, err := p.Joint.Correct(r.Context(), v.joint, given, frame.Asking(r, f.Text("request")))
	return err
}

// partCorrection reads what is handed in for one part.
func (p *Portal) partCorrection(r *http.Request, f *page.Form, part *correctPart) (x cases.Correction, err error) {
	e, err := p.Items.Edition(r.Context(), part.c.Item, part.c.Edition)
	if err != nil {
		return x, err
	}
	return p.correction(r, f.Under(part.prefix()), f, part.Wants, &part.Form, e)
}

// faulty shows what is wrong at the fields of its part.
func (v *correctView) faulty(err error) {
	for _, part := range v.Parts {
		err = ofAnswers(err, string(part.c.Item)+".", part.prefix())
	}
	for i := range v.Parts {
		v.Parts[i].Form.ask.Err = err
	}
	v.Err, v.View = err, v.Faulty(err)
}
