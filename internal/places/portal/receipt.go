package portal

import (
	"net/http"

	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
	"tongban/internal/places/frame"
	"tongban/internal/register/certificates/qr"
)

type receiptView struct {
	frame.View
	Case    *cases.Case
	Bar     frame.StepBar
	Picture string
	Next    string // what happens next, and by when
	After   string
	Paper   string // address of the 收件凭证
}

// receiptPage tells that the application arrived, what happens next and by when.
func (p *Portal) receiptPage(w http.ResponseWriter, r *http.Request) error {
	c, err := p.mine(r)
	if err != nil {
		return err
	}
	f, err := p.Cases.Frame(r.Context(), c)
	if err != nil {
		return err
	}
	v := receiptView{View: frame.Of(r).Named("提交成功"), Case: c, Bar: frame.StepBar{Name: c.ItemName, NoBar: true}}
	v.Next = "窗口核对材料，" + (c.DeemedOn(p.Days) - 1).Han() + "前告诉您受理还是要补材料。到期没有答复的，就算受理。"
	v.After = "受理后" + takes(f.Edition) + "。"
	if f.Edition.Binding().None() {
		v.After = "受理后由" + f.Edition.AgencyName + "办理。"
	}
	for _, paper := range c.Papers {
		if paper.Kind == cases.Receipt && v.Paper == "" {
			v.Paper = paperHref(c, paper)
		}
	}
	if v.Picture, err = qr.SVG(p.link(r, "/my/cases/"+c.Number), "办件进度二维码"); err != nil {
		return err
	}
	v.Picture = sized(v.Picture, 168)
	page.Show(w, r, receiptTemplate(v))
	return nil
}

// link is a full address that a stranger can follow.
func (p *Portal) link(r *http.Request, path string) string {
	if p.Address != "" {
		return p.Address + path
	}
	if r.TLS != nil || p.Sessions.HTTPS {
		return "https://" + r.Host + path
	}
	return "http://" + r.Host + path
}
