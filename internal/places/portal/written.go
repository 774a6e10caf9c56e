package portal

import (
	"bytes"
	"net/http"
	"slices"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/ground/blob"
	"tongban/internal/ground/ink"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/joint"
	"tongban/internal/places/frame"
)

// written reports whether a material is the application form itself, which the
// program writes from the answers: nobody fills in the same form twice.
func written(m items.Material) bool { return strings.HasPrefix(m.Template, "form-") }

// formOf is the application form as the answers stand, with the signature under
// it once there is one.
func (p *Portal) formOf(r *http.Request, a *application, m items.Material) ([]byte, error) {
	w := writtenForm{Title: m.Name, To: a.Edition.AgencyName, Who: a.Applicant.Name, On: a.Today.Han(), At: a.Today.Start()}
	w.Word = "以上内容真实、完整，由本平台根据网上填写的内容生成，提交时由申请人确认。"
	w.Lines = []formLine{{Head: "申请人"}}
	for _, r := range a.who() {
		w.Lines = append(w.Lines, formLine{Name: r.Key, Text: r.Value})
	}
	for _, g := range a.Whole.Visible(a.Answers, a.Today).Groups {
		w.Lines = append(w.Lines, formLine{Head: g.Title})
		for _, f := range g.Fields {
			w.Lines = append(w.Lines, formLine{Name: f.Label, Text: orElse(p.show(f, a.Answers[f.ID]), "没有填写")})
		}
	}
	if s := a.Signed; s != nil {
		drawing, err := ink.Open(r.Context(), p.Files, *s)
		if err != nil {
			return nil, err
		}
		w.Signed = &frame.Signed{Name: s.Name, Way: s.Way(), Drawing: drawing}
	}
	fonts, err := p.Press.Fonts()
	if err != nil {
		return nil, err
	}
	return w.pdf(fonts)
}

// writtenPage shows the form before it is sent.
func (p *Portal) writtenPage(w http.ResponseWriter, r *http.Request, a *application) error {
	v, err := p.materialView(r, a)
	if err != nil {
		return err
	}
	file, err := p.formOf(r, a, v.Material)
	if err != nil {
		return err
	}
	frame.SendPDF(w, v.Material.Name, file)
	return nil
}

// write keeps the forms among the materials, and hands them in with the rest.
func (p *Portal) write(r *http.Request, a *application, handed []cases.Handed) ([]cases.Handed, error) {
	forms := a.Edition.MaterialsFor(a.Answers)
	if joint.Is(a.Item) {
		forms = append(slices.Clone(forms), items.Material{ID: joint.FormMaterial, Name: a.Edition.Name + "申请表", Template: "form-joint"})
	}
	for _, m := range forms {
		if !written(m) || slices.ContainsFunc(handed, func(h cases.Handed) bool { return h.Material == m.ID }) {
			continue
		}
		file, err := p.formOf(r, a, m)
		if err != nil {
			return nil, err
		}
		ref, err := p.Files.Put(r.Context(), bytes.NewReader(file), blob.Limit{Types: []blob.Type{blob.PDF}})
		if err != nil {
			return nil, err
		}
		handed = append(handed, cases.Handed{Material: m.ID, Name: m.Name, Files: []cases.File{{Hash: ref.Hash, Name: blob.Clean(m.Name) + ".pdf", Type: string(ref.Type), Size: ref.Size}}})
	}
	return handed, nil
}
