package portal

import (
	"net/http"

	"tongban/internal/civic/codes"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/places/frame"
)

type paperVerifyView struct {
	frame.View
	Title string
	Facts []frame.Row
	Err   error
}

// verifyPaper answers whoever scanned the code of a paper: that it was handed
// over, by whom, on what day, and what it was about. What it says of persons it
// does not repeat.
func (p *Portal) verifyPaper(w http.ResponseWriter, r *http.Request) error {
	v := paperVerifyView{View: frame.Of(r).Named("核对文书").Under(home[0], frame.Link{Text: "核验证照和文书", Href: "/verify"})}
	sheet, err := p.Cases.PaperByCode(r.Context(), r.URL.Query().Get("of"))
	if fault.Of(err) == fault.NotFound {
		v.Err, v.View = err, v.Faulty(err)
		page.ShowFault(w, r, err, paperVerifyTemplate(v))
		return nil
	}
	if err != nil {
		return err
	}
	v.Title = sheet.Title
	v.Facts = []frame.Row{{Key: "文书", Value: sheet.Title}, {Key: "文号", Value: sheet.Number}, {Key: "出具机关", Value: sheet.From}, {Key: "日期", Value: sheet.On}, {Key: "送给", Value: codes.MaskName(sheet.To)}}
	for _, f := range sheet.Facts {
		if f.Name == "办件编号" || f.Name == "事项名称" {
			v.Facts = append(v.Facts, frame.Row{Key: f.Name, Value: f.Value})
		}
	}
	page.Show(w, r, paperVerifyTemplate(v))
	return nil
}
