package window

import (
	"net/http"

	"tongban/internal/ground/blob"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
)

// fileOf finds a file of the case in the address: nobody reaches a file but
// through a case they may see.
func (p *Window) fileOf(r *http.Request) (cases.File, error) {
	c, _, err := p.open(r)
	if err != nil {
		return cases.File{}, err
	}
	for _, h := range c.Materials {
		for _, f := range h.Files {
			if f.Hash == r.PathValue("hash") {
				return f, nil
			}
		}
	}
	if f, ok := c.Attached(r.PathValue("hash")); ok {
		return f, nil
	}
	return cases.File{}, fault.New(fault.NotFound, "window.file", "这个办件里没有这份文件")
}

// download gives out a file of a case.
func (p *Window) download(w http.ResponseWriter, r *http.Request) error {
	f, err := p.fileOf(r)
	if err != nil {
		return err
	}
	content, err := p.Files.Open(r.Context(), f.Hash)
	if err != nil {
		return err
	}
	w.Header().Set("X-Frame-Options", "SAMEORIGIN") // the viewer of the case page shows PDF
	content.Serve(w, r, f.Name)
	return nil
}

// view is a file in the viewer of the case page.
func (p *Window) view(w http.ResponseWriter, r *http.Request) error {
	f, err := p.fileOf(r)
	if err != nil {
		return err
	}
	page.Show(w, r, viewer(f, caseHref(cases.ID(r.PathValue("id")))+"/files/"+f.Hash, shownAs(blob.Type(f.Type))))
	return nil
}

// shownAs is how a browser can show the type: "img", "pdf", or not at all.
func shownAs(t blob.Type) string {
	switch t {
	case blob.JPEG, blob.PNG, blob.WebP, blob.GIF, blob.BMP:
		return "img"
	case blob.PDF:
		return "pdf"
	}
	return ""
}
