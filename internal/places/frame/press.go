package frame

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"tongban/internal/ground/blob"
	"tongban/internal/ground/ink"
	"tongban/internal/ground/page"
	"tongban/internal/ground/pdf"
	"tongban/internal/handling/cases"
)

// A Press shows papers (文书), as pages to print and as PDF files, the same in
// every place.
type Press struct {
	Fonts   func() ([]*pdf.Font, error) // made once, when the first file is asked for
	Files   blob.Store                  // where signatures are kept
	Address string                      // how strangers reach us, for codes on papers; "" the host asked for
	HTTPS   bool
}

// Show answers with a paper: the page, or with ?as=pdf the file.
func (p *Press) Show(w http.ResponseWriter, r *http.Request, back string, s cases.Sheet) error {
	if r.URL.Query().Get("as") == "pdf" {
		return p.Send(w, r, s)
	}
	leaf, err := p.Leaf(r.Context(), s, p.link(r, s.Code))
	if err != nil {
		return err
	}
	page.Show(w, r, paperPage(Of(r).Named(s.Title), back, r.URL.Path+"?as=pdf", leaf))
	return nil
}

// ShowLeaf is Show for a paper that is no paper of a case.
func (p *Press) ShowLeaf(w http.ResponseWriter, r *http.Request, back string, leaf Leaf) error {
	if r.URL.Query().Get("as") != "pdf" {
		page.Show(w, r, paperPage(Of(r).Named(leaf.Title), back, r.URL.Path+"?as=pdf", leaf))
		return nil
	}
	file, err := p.File(leaf)
	if err != nil {
		return err
	}
	SendPDF(w, leaf.Title, file)
	return nil
}

// Send answers with the file of a paper.
func (p *Press) Send(w http.ResponseWriter, r *http.Request, s cases.Sheet) error {
	leaf, err := p.Leaf(r.Context(), s, p.link(r, s.Code))
	if err != nil {
		return err
	}
	file, err := p.File(leaf)
	if err != nil {
		return err
	}
	SendPDF(w, leaf.Title, file)
	return nil
}

// Leaf sets a paper, with its signatures; check is the address of its code.
func (p *Press) Leaf(ctx context.Context, s cases.Sheet, check string) (Leaf, error) {
	leaf := LeafOf(s, check)
	for _, signature := range s.Signed {
		drawing, err := ink.Open(ctx, p.Files, signature)
		if err != nil {
			return leaf, err
		}
		leaf.Signed = append(leaf.Signed, Signed{signature.Name, signature.Way(), drawing})
	}
	return leaf, nil
}

// File is the paper as PDF. The same paper makes the same bytes.
func (p *Press) File(l Leaf) ([]byte, error) {
	fonts, err := p.Fonts()
	if err != nil {
		return nil, err
	}
	return l.PDF(fonts)
}

// SendPDF answers with a file of ours.
func SendPDF(w http.ResponseWriter, name string, file []byte) {
	for header, value := range (blob.Ref{Type: blob.PDF}).Headers(name + ".pdf") {
		w.Header().Set(header, value)
	}
	w.Header().Del("ETag")
	w.Write(file)
}

// Sheet is a paper as PDF for nobody who asked over the net, as for an archive.
func (p *Press) Sheet(ctx context.Context, s cases.Sheet) ([]byte, error) {
	leaf, err := p.Leaf(ctx, s, checkedAt(p.Address, s.Code))
	if err != nil {
		return nil, err
	}
	return p.File(leaf)
}

// checkedAt is where strangers check a paper; "" if it has no code or nobody can reach us.
func checkedAt(address, code string) string {
	if code == "" || address == "" {
		return ""
	}
	return strings.TrimSuffix(address, "/") + "/verify/paper?of=" + url.QueryEscape(code)
}

// link is the full address at which strangers check a paper.
func (p *Press) link(r *http.Request, code string) string {
	address := p.Address
	if address == "" {
		address = "http://" + r.Host
		if r.TLS != nil || p.HTTPS {
			address = "https://" + r.Host
		}
	}
	return checkedAt(address, code)
}
