package portal

import (
	"net/http"
	"strconv"
	"strings"

	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
	"tongban/internal/places/frame"
	"tongban/internal/register/certificates/qr"
	"tongban/internal/register/seals"
)

type paperView struct {
	frame.View
	Sheet   cases.Sheet
	Back    string
	Seal    string // picture
	Picture string // code that leads to this paper
	Link    string
}

// paperPage is a paper as it was handed over, to be printed on A4.
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
	v := paperView{View: frame.Of(r).Named(sheet.Title), Sheet: sheet, Back: "/my/cases/" + c.Number}
	if v.Link, err = p.paperLink(r, c.ID, cases.PaperKind(kind), seq); err != nil {
		return err
	}
	if sheet.Seal != "" {
		v.Seal = strings.Replace(seals.Draw(sheet.From, sheet.Seal), "<svg ", `<svg class="seal" `, 1)
	}
	if v.Picture, err = qr.SVG(v.Link, "文书核对二维码"); err != nil {
		return err
	}
	page.Show(w, r, paperTemplate(v))
	return nil
}

// cut parts correction-3 at its last stroke.
func cut(name string) (kind, number string, ok bool) {
	i := strings.LastIndexByte(name, '-')
	if i < 0 {
		return name, "", false
	}
	return name[:i], name[i+1:], true
}
