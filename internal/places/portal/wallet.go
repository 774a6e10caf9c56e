package portal

import (
	"net/http"
	"strings"

	"tongban/internal/civic/calendar"
	"tongban/internal/ground/blob"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/places/frame"
	"tongban/internal/register/certificates"
	"tongban/internal/register/certificates/qr"
	"tongban/internal/register/licences"
)

type walletView struct {
	frame.View
	List []cardView
}

type cardView struct {
	Certificate *certificates.Certificate
	Tone        frame.Tone
	State       string
}

// walletPage is the certificates one holds (卡包).
func (p *Portal) walletPage(w http.ResponseWriter, r *http.Request) error {
	by := frame.Actor(r)
	v := walletView{View: under(r, "证照卡包")}
	if by.Party == "" {
		page.Show(w, r, walletTemplate(v))
		return nil
	}
	held, err := p.Certificates.OfHolder(r.Context(), by.Party, nil, 100, by)
	for _, c := range held {
		if c.TypeName == licences.TypeName && c.State == certificates.Superseded {
			continue // its editions are told on its page
		}
		v.List = append(v.List, p.card(c))
	}
	return showOr(w, r, err, walletTemplate(v))
}

func (p *Portal) card(c *certificates.Certificate) cardView {
	state := c.Standing(calendar.DayOf(p.Now()))
	tone := frame.Red
	switch state {
	case certificates.Valid:
		tone = frame.Green
	case certificates.Pending, certificates.Superseded, certificates.Expired:
		tone = frame.Plain
	case certificates.Suspended:
		tone = frame.Amber
	}
	return cardView{c, tone, state.String()}
}

type certificateView struct {
	frame.View
	cardView
	Face    []frame.Row
	Picture string
	Base    string
	May     []frame.Link // 变更、延续、注销
	Licence *licenceView // nil: it is no composite licence
}

// certificatePage is one certificate: its face, its code, its files.
func (p *Portal) certificatePage(w http.ResponseWriter, r *http.Request) error {
	c, err := p.Certificates.Certificate(r.Context(), r.PathValue("identifier"), frame.Actor(r))
	if err != nil {
		return err
	}
	v := certificateView{View: under(r, c.TypeName, frame.Link{Text: "证照卡包", Href: "/my/certificates"}), cardView: p.card(c), Base: "/my/certificates/" + c.Identifier}
	v.Face = []frame.Row{{Key: "证照编号", Value: c.Number}, {Key: "持证主体", Value: c.Holder.Name}, {Key: "证件号码", Value: c.Holder.Code}}
	for _, e := range c.Face {
		v.Face = append(v.Face, frame.Row{Key: e.Label, Value: e.Text})
	}
	v.Face = append(v.Face, frame.Row{Key: "有效期", Value: c.Validity()}, frame.Row{Key: "颁发机构", Value: c.Issuer.Name},
		frame.Row{Key: "颁发日期", Value: c.Issued.Han()}, frame.Row{Key: "证照标识", Value: c.Identifier})
	if v.Picture, err = qr.SVG(p.full(r, c.Address), "证照核验二维码"); err != nil {
		return err
	}
	v.Picture = sized(v.Picture, 184)
	if frame.Actor(r).Party == c.Holder.Party {
		v.May = v.may(calendar.DayOf(p.Now()))
	}
	if v.Licence, err = p.licenceOn(r.Context(), c.Identifier); err != nil {
		return err
	}
	if v.Licence != nil {
		editions, err := p.Licences.Editions(r.Context(), v.Licence.Licence.ID)
		if err != nil {
			return err
		}
		v.Licence.Moments = frame.Editions(editions, "/my/certificates/")
		ownPeriods(v.Licence, v.Face)
		if !v.Licence.Older {
			v.Tone, v.State = v.Licence.Tone, string(v.Licence.Standing)
		}
	}
	page.Show(w, r, certificateTemplate(v))
	return nil
}

// full is an address that a stranger can follow, where only its path was kept.
func (p *Portal) full(r *http.Request, address string) string {
	if strings.HasPrefix(address, "/") {
		return p.link(r, address)
	}
	return address
}

// certificateFile gives out the sealed file, as OFD or as signed JSON.
func (p *Portal) certificateFile(w http.ResponseWriter, r *http.Request) error {
	if r.PathValue("file") == "sheet" {
		return p.licenceSheet(w, r)
	}
	identifier, by := r.PathValue("identifier"), frame.Actor(r)
	var file []byte
	var name, media string
	var err error
	switch r.PathValue("file") {
	case "ofd":
		file, name, err = p.Certificates.OFD(r.Context(), identifier, by)
		media = blob.OFD.Media()
	case "json":
		file, name, err = p.Certificates.JSON(r.Context(), identifier, by)
		media = "application/json; charset=utf-8"
	default:
		err = fault.New(fault.NotFound, "portal.certificate.file", "只能下载 OFD 或 JSON 文件")
	}
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", media)
	w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
	w.Write(file) // a reader who went away is not our fault
	return nil
}
