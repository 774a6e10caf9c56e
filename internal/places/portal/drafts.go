package portal

import (
	"net/http"
	"slices"
	"strings"

	"tongban/internal/catalogue/revisions"
	"tongban/internal/engine/forms"
	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/joint"
	"tongban/internal/places/frame"
)

type draftsView struct {
	frame.View
	List []draftView
}

type draftView struct{ ID, Name, For, Changed string }

func (p *Portal) draftsPage(w http.ResponseWriter, r *http.Request) error {
	list, err := p.drafts(r)
	return showOr(w, r, err, draftsTemplate(draftsView{under(r, "草稿"), list}))
}

func (p *Portal) drafts(r *http.Request) ([]draftView, error) {
	all, err := p.Cases.DraftsOf(r.Context(), frame.Actor(r))
	var list []draftView
	for _, d := range all {
		list = append(list, draftView{d.ID, d.ItemName, d.Applicant.Name, clockTime(d.Changed)})
	}
	return list, err
}

// resume goes on where something is still missing.
func (p *Portal) resume(w http.ResponseWriter, r *http.Request, a *application) error {
	page.SeeOther(w, r, a.resumeAt())
	return nil
}

// discard throws a draft away.
func (p *Portal) discard(w http.ResponseWriter, r *http.Request) error {
	if err := p.Cases.Discard(r.Context(), r.PathValue("draft"), frame.Actor(r)); err != nil {
		return err
	}
	page.SeeOther(w, r, "/my/drafts")
	return nil
}

type changedView struct {
	frame.View
	Bar  frame.StepBar
	Lost []frame.Row // what was told and is no longer asked
	News []frame.Row // what the new guide says otherwise
}

// changedPage tells that the guide was published anew while the draft lay.
func (p *Portal) changedPage(w http.ResponseWriter, r *http.Request) error {
	a, err := p.application(r)
	if err != nil {
		return err
	}
	v := changedView{View: frame.Of(r).Named("办事指南更新了"), Bar: frame.StepBar{Name: a.ItemName, Back: "/my/drafts", Next: "按新指南接着填"}}
	_, lost := forms.Carry(a.Whole, a.Answers)
	for _, id := range lost {
		v.Lost = append(v.Lost, frame.Row{Key: id, Value: a.Answers[id]})
	}
	if v.News, err = p.news(r, a); err != nil {
		return err
	}
	page.Show(w, r, changedTemplate(v))
	return nil
}

// news is what the new guide says otherwise than the one the draft was written
// under, as far as it concerns whoever applies.
func (p *Portal) news(r *http.Request, a *application) ([]frame.Row, error) {
	if joint.Is(a.Item) {
		return nil, nil // its items tell of their own changes
	}
	old, err := p.Items.Edition(r.Context(), a.Item, a.Draft.Edition)
	if err != nil {
		return nil, err
	}
	var rows []frame.Row
	for _, d := range revisions.ForApplicants(revisions.Diff(old, a.Edition)) {
		say := "原来：" + d.Was + "；现在：" + d.Is
		switch d.Kind {
		case revisions.Added:
			say = "新增：" + d.Is
		case revisions.Removed:
			say = "不再要求：" + d.Was
		}
		rows = append(rows, frame.Row{Key: d.Label, Value: say})
	}
	return rows, nil
}

// carry takes the draft over to the edition of today.
func (p *Portal) carry(w http.ResponseWriter, r *http.Request) error {
	a, err := p.application(r)
	if err != nil {
		return err
	}
	_, err = p.Cases.Saved(r.Context(), a.ID, a.By, func(d *cases.Draft) error {
		d.Answers, _ = forms.Carry(a.Whole, d.Answers)
		d.Edition, d.ItemName = a.Edition.Number, a.Edition.Name
		d.Materials = slices.DeleteFunc(d.Materials, func(h cases.Handed) bool { _, ok := a.Edition.Material(h.Material); return !ok })
		return nil
	})
	if err != nil {
		return err
	}
	page.SeeOther(w, r, "/my/drafts/"+a.ID)
	return nil
}

// among reports whether one value is among several joined by lines.
func among(values, one string) bool {
	return values != "" && slices.Contains(strings.Split(values, "\n"), one)
}
