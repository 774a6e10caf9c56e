package window

import (
	"net/http"

	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
	"tongban/internal/places/frame"
)

// paper is one paper of a case, to be printed.
func (p *Window) paper(w http.ResponseWriter, r *http.Request) {
	id := cases.ID(r.PathValue("id"))
	which, ok := cases.ParseRef(r.PathValue("paper"))
	if !ok {
		page.Fail(w, r, fault.New(fault.NotFound, "window.paper", "没有这份文书"))
		return
	}
	sheet, err := p.Cases.PaperOf(r.Context(), id, which.Kind, which.Seq, frame.Actor(r))
	if err != nil {
		page.Fail(w, r, err)
		return
	}
	if err := p.Press.Show(w, r, caseHref(id), sheet); err != nil {
		page.Fail(w, r, err)
	}
}
