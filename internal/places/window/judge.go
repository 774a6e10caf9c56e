package window

import (
	"net/http"

	"tongban/internal/catalogue/items"
	"tongban/internal/ground/page"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
)

// read takes the clerk's findings from the form.
func (p *Window) read(r *http.Request, c *cases.Case, e *items.Edition, f *page.Form) ([]check, error) {
	all, err := p.checks(r.Context(), c, e)
	for i := range all {
		all[i] = all[i].read(f)
	}
	return all, err
}

// judge keeps the findings and goes on to the act that the clerk pressed.
func (p *Window) judge(w http.ResponseWriter, r *http.Request) error {
	c, e, err := p.open(r)
	if err != nil {
		return err
	}
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	all, err := p.read(r, c, e, f)
	if err != nil {
		return err
	}
	var news []cases.Verdict
	for _, k := range all {
		if k.changed() {
			news = append(news, cases.Verdict{Material: k.Material.ID, Finding: k.Finding, Say: k.Say()})
		}
	}
	if err := f.Err(); err != nil {
		return err
	}
	if len(news) > 0 {
		if _, err := p.Cases.Judge(r.Context(), c.ID, news, asking(r, f.Text("request"))); err != nil {
			return err
		}
	}
	switch next := f.OneOf("next", "accept", "correct"); next {
	case "":
		page.SeeOther(w, r, caseHref(c.ID))
	default:
		page.SeeOther(w, r, caseHref(c.ID)+"/do/"+next)
	}
	return nil
}

// newRequest names one sending of a form.
func newRequest() string { return sqldb.NewID() }
