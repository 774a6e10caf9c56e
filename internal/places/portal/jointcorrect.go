package portal

import (
	"net/http"

	"tongban/internal/civic/calendar"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
	"tongban/internal/places/frame"
)

// correctView is one page for all that several departments want put right.
type correctView struct {
	frame.View
	Bar     frame.StepBar
	Parts   []correctPart
	Request string
	Err     error
}

type correctPart struct {
	Title, Number string
	Until         calendar.Day
	Wants         []want
	c             *cases.Case
}

func (p *Portal) jointCorrectPage(w http.ResponseWriter, r *http.Request) error {
	v, err := p.correctView(r)
	return showOr(w, r, err, jointCorrectTemplate(v))
}

func (p *Portal) correctView(r *http.Request) (correctView, error) {
	j, all, err := p.matter(r)
	if err != nil {
		return correctView{}, err
	}
	v := correctView{View: frame.Of(r).Named("补正材料"), Bar: frame.StepBar{Name: j.Name, Back: "/my/joint/" + j.Number, Next: "一次提交"}, Request: sqldb.NewID()}
	for _, part := range j.Parts {
		c := all[part.Item]
		if c == nil || c.State != cases.Correcting {
			continue
		}
		one := correctPart{Title: part.Title, Number: part.Number, c: c}
		one.Wants, one.Until = wants(c)
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
		err = p.correctAll(r, f, v)
	}
	if err == nil {
		page.SeeOther(w, r, "/my/joint/"+r.PathValue("number"))
		return nil
	}
	if fault.Of(err) == fault.Internal {
		return err
	}
	v.Err, v.View = err, v.Faulty(err)
	page.ShowFault(w, r, err, jointCorrectTemplate(v))
	return nil
}

func (p *Portal) correctAll(r *http.Request, f *page.Form, v correctView) error {
	handed := make([][]cases.Handed, len(v.Parts))
	bad := fault.New(fault.Invalid, "portal.hand.files", "还有材料需要修改")
	for i, part := range v.Parts {
		e, err := p.Items.Edition(r.Context(), part.c.Item, part.c.Edition)
		if err != nil {
			return err
		}
		for _, wanted := range part.Wants {
			m, _ := e.Material(wanted.Material)
			files, err := p.sentFiles(r, f, correctName(part, wanted), limitOf(m))
			if err != nil && fault.Of(err) == fault.Internal {
				return err
			}
			switch {
			case err != nil:
				bad = bad.At(correctName(part, wanted), fault.Code(err), "%s", fault.Say(err))
			case len(files) > 0:
				handed[i] = append(handed[i], cases.Handed{Material: wanted.Material, Name: wanted.Name, Files: files})
			case wanted.Must && wanted.Material != "":
				bad = bad.At(correctName(part, wanted), "missing", "请上传“%s”（%s）", wanted.Name, part.Title)
			}
		}
	}
	if len(bad.Fields) > 0 {
		return bad
	}
	for i, part := range v.Parts {
		if _, err := p.Cases.Correct(r.Context(), part.c.ID, cases.Correction{Handed: handed[i]}, frame.Asking(r, f.Text("request")+part.Number)); err != nil {
			return err
		}
	}
	return nil
}

func correctName(part correctPart, wanted want) string {
	return "part." + part.Number + "." + wanted.Material
}
