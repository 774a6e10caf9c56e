package portal

import (
	"net/http"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/engine/forms"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/joint"
	"tongban/internal/places/frame"
)

// supplyView asks what a part lacks before it can start.
type supplyView struct {
	askView
	Part   joint.Part
	Papers []want
}

func (p *Portal) supplyPage(w http.ResponseWriter, r *http.Request) error {
	v, _, err := p.supplyView(r)
	return showOr(w, r, err, supplyTemplate(v))
}

func (p *Portal) supplyView(r *http.Request) (supplyView, *joint.Joint, error) {
	j, _, err := p.matter(r)
	if err != nil {
		return supplyView{}, nil, err
	}
	part, ok := j.Part(items.ID(r.PathValue("item")))
	if !ok || part.State != joint.Lacking {
		return supplyView{}, j, fault.New(fault.Conflict, "portal.supply.none", "这一项现在不用补充，请到进度页面查看")
	}
	e, err := p.Items.Current(r.Context(), part.Item)
	if err != nil {
		return supplyView{}, j, err
	}
	v := supplyView{Part: *part}
	v.View = frame.Of(r).Named(part.Title + "：补充信息")
	v.Bar = frame.StepBar{Name: j.Name, Back: "/my/joint/" + j.Number, Next: "提交"}
	v.Regions = map[string][]frame.Level{}
	for _, lack := range part.Lacks {
		switch id, paper, field := lackOf(lack.Path); {
		case field && e.Form.With(e.Questions).Field(id) != nil:
			f := *e.Form.With(e.Questions).Field(id)
			f.When = ""
			v.Screen.Fields = append(v.Screen.Fields, f)
			if f.Kind == forms.Region {
				v.Regions[f.ID] = p.levels("", &application{Today: calendar.DayOf(p.Now())})
			}
		case paper:
			m, _ := e.Material(id)
			v.Papers = append(v.Papers, want{Material: id, Name: m.Name, Say: lack.Say, Must: true})
		}
	}
	return v, j, nil
}

// lackOf reads where a case says something is missing: answers.姓名, materials.m2.
func lackOf(path string) (id string, paper, field bool) {
	if id, ok := strings.CutPrefix(path, "answers."); ok {
		return id, false, true
	}
	id, ok := strings.CutPrefix(path, "materials.")
	return id, ok, false
}

func (p *Portal) supply(w http.ResponseWriter, r *http.Request) error {
	v, j, err := p.supplyView(r)
	if fault.Code(err) == "portal.supply.none" {
		page.SeeOther(w, r, "/my/joint/"+j.Number)
		return nil
	}
	if err != nil {
		return err
	}
	f, err := page.ReadUpload(w, r, maxUpload)
	if err != nil {
		return err
	}
	given := forms.Answers{}
	for _, field := range v.Screen.Fields {
		if err := p.read(r, f, field, given); err != nil {
			return err
		}
	}
	given = forms.Normalize(forms.Form{Groups: []forms.Group{{ID: "g", Title: "g", Fields: v.Screen.Fields}}}, given)
	var handed []cases.Handed
	for _, wanted := range v.Papers {
		files, err := p.sentFiles(r, f, materialPath(wanted.Material), items.Material{}.Limit())
		if err != nil {
			return err
		}
		if len(files) > 0 {
			handed = append(handed, cases.Handed{Material: wanted.Material, Name: wanted.Name, Files: files})
		}
	}
	if _, err = p.Joint.Supply(r.Context(), j.ID, v.Part.Item, given, handed, frame.Actor(r)); err == nil {
		page.SeeOther(w, r, "/my/joint/"+j.Number)
		return nil
	}
	if fault.Of(err) == fault.Internal {
		return err
	}
	bad := fault.New(fault.Invalid, "portal.supply", "还有需要修改的地方")
	for _, at := range fault.Fields(err) {
		id, paper, _ := lackOf(at.Path)
		if paper {
			id = materialPath(id)
		}
		bad = bad.At(id, at.Code, "%s", at.Say)
	}
	v.Err, v.Answers, v.View = bad, given, v.Faulty(bad)
	page.ShowFault(w, r, bad, supplyTemplate(v))
	return nil
}
