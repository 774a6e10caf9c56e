package window

import (
	"net/http"

	"tongban/internal/ground/fault"
	"tongban/internal/handling/cases"
	"tongban/internal/places/frame"
)

// paper is one paper of a case, to be printed.
func (p *Window) paper(w http.ResponseWriter, r *http.Request) error {
	id := cases.ID(r.PathValue("id"))
	which, ok := cases.ParseRef(r.PathValue("paper"))
	if !ok {
		return fault.New(fault.NotFound, "window.paper", "没有这份文书")
	}
	sheet, err := p.Cases.PaperOf(r.Context(), id, which.Kind, which.Seq, frame.Actor(r))
	if err != nil {
		return err
	}
	return p.Press.Show(w, r, caseHref(id), sheet)
}
