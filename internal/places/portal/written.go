package portal

import (
	"bytes"
	"net/http"
	"slices"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/ground/blob"
	"tongban/internal/handling/cases"
)

// written reports whether a material is the application form itself, which the
// program writes from the answers: nobody fills in the same form twice.
func written(m items.Material) bool { return strings.HasPrefix(m.Template, "form-") }

// formOf is the application form as the answers stand.
func (p *Portal) formOf(a *application, m items.Material) []byte {
	lines := []formLine{{Head: "申请人"}}
	for _, r := range a.who() {
		lines = append(lines, formLine{Name: r.Key, Text: r.Value})
	}
	for _, g := range a.Whole.Visible(a.Answers, a.Today).Groups {
		lines = append(lines, formLine{Head: g.Title})
		for _, f := range g.Fields {
			lines = append(lines, formLine{Name: f.Label, Text: orElse(p.show(f, a.Answers[f.ID]), "没有填写")})
		}
	}
	lines = append(lines, formLine{Head: "承诺"}, formLine{Name: a.Applicant.Name, Text: "以上内容真实、完整，由本平台根据网上填写的内容生成，提交时由申请人确认。"}, formLine{Name: "日期", Text: a.Today.Han()})
	return formPDF(m.Name, lines)
}

// writtenPage shows the form before it is sent.
func (p *Portal) writtenPage(w http.ResponseWriter, r *http.Request, a *application) error {
	v, err := a.materialView(r)
	if err != nil {
		return err
	}
	for name, value := range (blob.Ref{Type: blob.PDF}).Headers(v.Material.Name) {
		w.Header().Set(name, value)
	}
	w.Header().Del("ETag")
	w.Write(p.formOf(a, v.Material)) // a reader who went away is not our fault
	return nil
}

// write keeps the forms among the materials, and hands them in with the rest.
func (p *Portal) write(r *http.Request, a *application, handed []cases.Handed) ([]cases.Handed, error) {
	for _, m := range a.Edition.MaterialsFor(a.Answers) {
		if !written(m) || slices.ContainsFunc(handed, func(h cases.Handed) bool { return h.Material == m.ID }) {
			continue
		}
		ref, err := p.Files.Put(r.Context(), bytes.NewReader(p.formOf(a, m)), blob.Limit{Types: []blob.Type{blob.PDF}})
		if err != nil {
			return nil, err
		}
		handed = append(handed, cases.Handed{Material: m.ID, Name: m.Name, Files: []cases.File{{Hash: ref.Hash, Name: blob.Clean(m.Name) + ".pdf", Type: string(ref.Type), Size: ref.Size}}})
	}
	return handed, nil
}
