package frame

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"tongban/internal/ground/ink"
	"tongban/internal/ground/pdf"
	"tongban/internal/register/certificates/qr"
	"tongban/internal/register/seals"
)

// Sizes of letters in papers, in millimetres (GB/T 9704, one step smaller so that
// an ordinary paper stays on one page).
const (
	titleSize = 7.8
	textSize  = 5.0
	tableSize = 4.1
	smallSize = 3.4
)

var (
	bodyText  = pdf.Style{Type: pdf.Type{Size: textSize}, Indent: 2}
	plainText = pdf.Style{Type: pdf.Type{Size: textSize}}
)

// PDF sets the paper on A4: title, number, text, lists, and at the end who gives
// it, under their seal, with the code by which anybody can check it.
func (l Leaf) PDF(fonts []*pdf.Font) ([]byte, error) {
	d := pdf.New(pdf.About{Title: l.Title, Author: l.From, Subject: l.Number, Made: l.At}, fonts...)
	f := d.Flow(pdf.Official)
	f.Y = 28
	f.Paragraph(l.Title, pdf.Style{Type: pdf.Type{Size: titleSize, Bold: true}, Align: pdf.Centre, After: 2})
	if l.Number != "" {
		f.Paragraph(l.Number, pdf.Style{Type: pdf.Type{Size: tableSize}, Align: pdf.Centre, After: 3})
	}
	f.Paragraph(l.To+"：", plainText)
	l.setTexts(f, l.Text)
	l.setTables(f)
	l.setTexts(f, l.After)
	l.setTexts(f, l.Remedies)
	l.sign(f)
	l.setCode(f)
	f.Finish()
	return d.Bytes()
}

func (l Leaf) setTexts(f *pdf.Flow, texts []string) {
	for _, text := range texts {
		f.Paragraph(text, bodyText)
	}
}

func (l Leaf) setTables(f *pdf.Flow) {
	if len(l.List) > 0 {
		t := pdf.Table{Widths: []float64{1, 4, 6}, Head: []string{"序号", "名称", or(l.ListName, "说明")}, Size: tableSize}
		for i, r := range l.List {
			t.Rows = append(t.Rows, []string{strconv.Itoa(i + 1), r.Key, r.Value})
		}
		f.Skip(2)
		f.Table(t)
		f.Skip(2)
	}
	if len(l.Facts) > 0 {
		f.Skip(1)
		f.Table(factTable(l.Facts))
		f.Skip(2)
	}
}

func factTable(facts []Row) pdf.Table {
	t := pdf.Table{Widths: []float64{3, 8}, Size: tableSize, Names: true}
	for _, r := range facts {
		t.Rows = append(t.Rows, []string{r.Key, r.Value})
	}
	return t
}

// sign sets who gives the paper, and the day, with the seal on them; below it
// the signatures of persons.
func (l Leaf) sign(f *pdf.Flow) {
	height := 20.0
	if l.Seal != "" {
		height = seals.Diameter + 2
	}
	f.Need(height)
	top, right := f.Y, pdf.PageWidth-f.Margin.Right
	centre := right - math.Max(f.Width(l.From, textSize)/2, seals.Diameter/2)
	for i, text := range []string{l.From, l.On} {
		f.Page().Text(centre-f.Width(text, textSize)/2, top+height/2-1+float64(i)*8, text, pdf.Type{Size: textSize})
	}
	if l.Seal != "" {
		drawSeal(f.Page(), l.From, l.Seal, centre, top+seals.Diameter/2.0)
	}
	f.Y = top + height
	for _, s := range l.Signed {
		SetSigned(f, s)
	}
	if l.Receipt {
		f.Skip(3)
		f.Paragraph("本文书一式两份。签收人：＿＿＿＿＿＿　签收日期：＿＿＿＿年＿＿月＿＿日", pdf.Style{Type: pdf.Type{Size: tableSize}})
	}
}

// SetSigned sets one signature as it was given.
func SetSigned(f *pdf.Flow, s Signed) {
	const width, height = 42.0, 14.0
	f.Need(height + 3)
	label := "签名（" + s.Way + "）："
	x, y := f.Margin.Left, f.Y+height-3
	f.Page().Text(x, y, label, pdf.Type{Size: tableSize})
	x += f.Width(label, tableSize)
	if len(s.Drawing) == 0 {
		f.Page().Text(x, y, s.Name, pdf.Type{Size: textSize})
	}
	DrawInk(f.Page(), s.Drawing, x, f.Y, width)
	if len(s.Drawing) > 0 {
		f.Page().Text(x+width+2, y, "（"+s.Name+"）", pdf.Type{Size: tableSize})
	}
	f.Y += height + 3
}

// DrawInk draws a signature, width millimetres wide, from its upper left corner.
func DrawInk(p *pdf.Page, d ink.Drawing, x, y, width float64) {
	scale := width / ink.Width
	for _, line := range d {
		spots := make([]pdf.Spot, len(line))
		for i, at := range line {
			spots[i] = pdf.Spot{X: x + float64(at.X)*scale, Y: y + float64(at.Y)*scale}
		}
		p.Stroke(pdf.Black, 5*scale, spots...)
	}
}

// drawSeal draws the seal of an agency as seals.Draw does, around (x, y).
func drawSeal(p *pdf.Page, agency, purpose string, x, y float64) {
	const unit = seals.Diameter / 420.0 // of the drawing in millimetres
	p.Circle(x, y, 203*unit, 12*unit, pdf.Red)
	star := make([]pdf.Spot, 10)
	for i := range star {
		radius := 62 * unit
		if i%2 == 1 {
			radius *= 0.382
		}
		a := math.Pi * float64(i) / 5
		star[i] = pdf.Spot{X: x + radius*math.Sin(a), Y: y - 5*unit - radius*math.Cos(a)}
	}
	p.Polygon(pdf.Red, star...)
	n := float64(utf8.RuneCountInString(agency))
	step := math.Min(26, 260/math.Max(1, n-1))
	size := math.Min(54, step*math.Pi/180*165*0.92+6)
	at := -step * (n - 1) / 2
	for _, r := range agency {
		p.Drawn(r, x, y+(25+size*0.88-210)*unit, size*unit, at*math.Pi/180, x, y, pdf.Red)
		at += step
	}
	letters := float64(utf8.RuneCountInString(purpose))
	size = math.Min(40, 260/math.Max(1, letters)) * unit
	left := x - size*(letters-1)/2
	for _, r := range purpose {
		p.Drawn(r, left, y+125*unit, size, 0, x, y, pdf.Red)
		left += size
	}
}

// setCode sets the square code at the foot; an address too long for one is
// printed without.
func (l Leaf) setCode(f *pdf.Flow) {
	const size = 24.0
	code, err := qr.Draw(l.Check)
	if err != nil {
		return
	}
	f.Skip(3)
	f.Need(size + 2)
	unit := size / float64(code.Size)
	for _, run := range code.Runs {
		f.Page().Fill(f.Margin.Left+float64(run.X)*unit, f.Y+float64(run.Y)*unit, float64(run.Length)*unit, unit, pdf.Black)
	}
	for i, text := range []string{strings.TrimSuffix(l.CheckSay, "。") + "。", "对本文书有疑问，请拨打上列咨询电话或者 12345。"} {
		f.Page().Text(f.Margin.Left+size+4, f.Y+size/2+float64(i)*6-1, text, pdf.Type{Size: smallSize})
	}
	f.Y += size + 2
}
