package portal

import (
	"net/http"
	"strconv"
	"strings"

	"tongban/internal/civic/codes"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
	"tongban/internal/places/frame"
)

// paperColumn binds the names of papers in their codes.
const paperColumn = "portal.paper"

// paperLink is the address in a paper's code: whoever has the paper in hand can
// ask whether it is real, and nobody can try out others.
func (p *Portal) paperLink(r *http.Request, id cases.ID, kind cases.PaperKind, seq int64) (string, error) {
	sealed, err := p.Cases.Vault.Seal(string(id)+"/"+string(kind)+"/"+strconv.FormatInt(seq, 10), paperColumn)
	return p.link(r, "/verify/paper?of="+pathSafe(sealed)), err
}

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
	unknown := fault.New(fault.NotFound, "portal.verify.paper", "没有查到这份文书，它可能不是本平台出具的，请谨慎对待，或者打 12345 核实")
	name, err := p.Cases.Vault.Open(r.URL.Query().Get("of"), paperColumn)
	parts := strings.Split(name, "/")
	if err != nil || len(parts) != 3 {
		v.Err, v.View = unknown, v.Refused(1)
		page.ShowFault(w, r, unknown, paperVerifyTemplate(v))
		return nil
	}
	seq, err := strconv.ParseInt(parts[2], 10, 64)
	if err != nil {
		return unknown
	}
	sheet, err := p.Cases.PaperOf(r.Context(), cases.ID(parts[0]), cases.PaperKind(parts[1]), seq, identity.TheSystem)
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
