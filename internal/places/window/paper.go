package window

import (
	"net/http"
	"strconv"
	"strings"

	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
	"tongban/internal/places/frame"
)

// paper is one paper of a case, to be printed.
func (p *Window) paper(w http.ResponseWriter, r *http.Request) {
	id := cases.ID(r.PathValue("id"))
	kind, seq, err := paperName(r.PathValue("paper"))
	if err != nil {
		page.Fail(w, r, err)
		return
	}
	sheet, err := p.Cases.PaperOf(r.Context(), id, kind, seq, frame.Actor(r))
	if err != nil {
		page.Fail(w, r, err)
		return
	}
	if err := p.Press.Show(w, r, caseHref(id), sheet); err != nil {
		page.Fail(w, r, err)
	}
}

// paperName reads an address like acceptance-2.
func paperName(name string) (cases.PaperKind, int64, error) {
	at := strings.LastIndexByte(name, '-')
	seq, err := strconv.ParseInt(name[at+1:], 10, 64)
	if at < 0 || err != nil {
		return "", 0, fault.New(fault.NotFound, "window.paper", "没有这份文书")
	}
	return cases.PaperKind(name[:at]), seq, nil
}
