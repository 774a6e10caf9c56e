package portal

import (
	"net/http"

	"tongban/internal/catalogue/items"
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
	Next    []string // what happens next, and by when
	Paper   string   // address of the 收件凭证
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
	v.Next = p.comesNext(c, f.Edition)
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

// comesNext is what happens to what was handed in. Rules may have decided it already,
// and whoever opens the receipt later is not told of what is over.
func (p *Portal) comesNext(c *cases.Case, e *items.Edition) []string {
	if c.State != cases.Received {
		_, state := standingOf(c)
		return []string{"现在的状态是“" + state + "”。", "办到哪一步、要不要您做什么，点“看进度”就能看到。"}
	}
	after := "受理后" + takes(e) + "。"
	if e.Binding().None() {
		after = "受理后由" + e.AgencyName + "办理。"
	}
	return []string{
		"窗口核对材料，" + (c.DeemedOn(p.Days) - 1).Han() + "前告诉您受理还是要补材料。到期没有答复的，就算受理。",
		after,
		"每一步都会在“我的”里告诉您，要补材料的时候会提醒您。",
	}
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
