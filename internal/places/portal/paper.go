package portal

import (
	"net/http"
	"strconv"
	"strings"

	"tongban/internal/ground/fault"
	"tongban/internal/handling/cases"
	"tongban/internal/places/frame"
)

// paperPage is a paper as it was handed over, to be printed on A4 or saved as PDF.
func (p *Portal) paperPage(w http.ResponseWriter, r *http.Request) error {
	kind, number, _ := cut(r.PathValue("paper"))
	seq, err := strconv.ParseInt(number, 10, 64)
	if err != nil {
		return fault.New(fault.NotFound, "portal.paper.none", "没有这份文书，请从办件页面打开")
	}
	c, err := p.mine(r)
	if err != nil {
		return err
	}
	sheet, err := p.Cases.PaperOf(r.Context(), c.ID, cases.PaperKind(kind), seq, frame.Actor(r))
	if err != nil {
		return err
	}
	return p.Press.Show(w, r, "/my/cases/"+c.Number, sheet)
}

// cut parts correction-3 at its last stroke.
func cut(name string) (kind, number string, ok bool) {
	i := strings.LastIndexByte(name, '-')
	if i < 0 {
		return name, "", false
	}
	return name[:i], name[i+1:], true
}
