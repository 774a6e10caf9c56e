package portal

import (
	"time"

	"tongban/internal/ground/pdf"
	"tongban/internal/places/frame"
)

// A formLine is one line of a written application: a heading, or a name with
// its answer.
type formLine struct {
	Head, Name, Text string
}

// writtenForm is an application form (申请书) as it is printed.
type writtenForm struct {
	Title  string
	To     string // the agency
	Who    string
	Lines  []formLine
	Word   string // what the applicant vouches for
	Signed *frame.Signed
	On     string
	At     time.Time
}

const (
	formLetters = 4.2 // millimetres
	formHeads   = 4.8
)

// pdf sets the form on A4: a table for each group of answers, the applicant's
// word at the end, with their signature.
func (w writtenForm) pdf(fonts []*pdf.Font) ([]byte, error) {
	d := pdf.New(pdf.About{Title: w.Title, Author: w.Who, Subject: w.To, Made: w.At}, fonts...)
	f := d.Flow(pdf.Form)
	f.Paragraph(w.Title, pdf.Style{Type: pdf.Type{Size: 7.8, Bold: true}, Align: pdf.Centre, After: 3})
	f.Paragraph(w.To+"：", pdf.Style{Type: pdf.Type{Size: formHeads}, After: 1})
	table := pdf.Table{Widths: []float64{3, 8}, Size: formLetters, Names: true}
	end := func() {
		if len(table.Rows) > 0 {
			f.Table(table)
			table.Rows = nil
		}
	}
	for _, line := range w.Lines {
		if line.Head == "" {
			table.Rows = append(table.Rows, []string{line.Name, line.Text})
			continue
		}
		end()
		f.Skip(2)
		f.Need(30)
		f.Paragraph(line.Head, pdf.Style{Type: pdf.Type{Size: formHeads, Bold: true}, After: 0.5})
	}
	end()
	f.Skip(4)
	f.Paragraph(w.Word, pdf.Style{Type: pdf.Type{Size: formHeads}, Indent: 2, After: 4})
	if w.Signed != nil {
		frame.SetSigned(f, *w.Signed)
	}
	for _, text := range []string{"申请人：" + w.Who, w.On} {
		f.Paragraph(text, pdf.Style{Type: pdf.Type{Size: formHeads}, Align: pdf.Right})
	}
	f.Finish()
	return d.Bytes()
}
