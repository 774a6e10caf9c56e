package portal

import (
	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/engine/forms"
	"tongban/internal/ground/pdf"
	"tongban/internal/handling/cases"
)

// FormPDF is the application form that the program writes from answers that came
// without a page, as through the interface (申请表).
func FormPDF(e *items.Edition, who cases.Applicant, answers forms.Answers, today calendar.Day, fonts []*pdf.Font) ([]byte, error) {
	w := writtenForm{Title: e.Name + "申请表", To: e.AgencyName, Who: who.Name, On: today.Han(), At: today.Start()}
	w.Word = "以上内容真实、完整，由本平台根据通过接口提交的内容生成，提交时由申请人确认。"
	w.Lines = []formLine{{Head: "申请人"}, {Name: "姓名或者名称", Text: who.Name}}
	if who.Agent != "" {
		w.Lines = append(w.Lines, formLine{Name: "经办人", Text: who.Agent})
	}
	for _, g := range e.Form.With(e.Questions).Visible(answers, today).Groups {
		w.Lines = append(w.Lines, formLine{Head: g.Title})
		for _, f := range g.Fields {
			w.Lines = append(w.Lines, formLine{Name: f.Label, Text: orElse(f.Show(answers[f.ID]), "没有填写")})
		}
	}
	return w.pdf(fonts)
}
