package frame

import (
	"math"
	"slices"
	"strconv"
	"unicode/utf8"

	"tongban/internal/ground/ink"
	"tongban/internal/ground/pdf"
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

// tighter are the heights of lines that are tried when a paper does not fit on
// its pages, as parts of what is usual (GB/T 9704: 调整行距).
var tighter = []float64{0.93, 0.86}

// PDF sets the paper on A4: title, number, text, lists, and at the end who gives
// it, under their seal, beside the code by which anybody can check it. Lines move
// together if that saves a page; the end is never alone on one.
func (l Leaf) PDF(fonts []*pdf.Font) ([]byte, error) {
	d := l.pages(1, fonts)
	for i := 0; len(d.Pages()) > 1 && i < len(tighter); i++ {
		if closer := l.pages(tighter[i], fonts); len(closer.Pages()) < len(d.Pages()) {
			d = closer
			break
		}
	}
	return d.Bytes()
}

// pages sets the paper with lines of a height.
func (l Leaf) pages(tight float64, fonts []*pdf.Font) *pdf.Document {
	d := pdf.New(pdf.About{Title: l.Title, Author: l.From, Subject: l.Number, Made: l.At}, fonts...)
	f := d.Flow(pdf.Official)
	f.Y, f.Tight = 28, tight
	f.Paragraph(l.Title, pdf.Style{Type: pdf.Type{Size: titleSize, Bold: true}, Align: pdf.Centre, After: 2})
	if l.Number != "" {
		f.Paragraph(l.Number, pdf.Style{Type: pdf.Type{Size: tableSize}, Align: pdf.Centre, After: 3})
	}
	if l.To != "" {
		f.Paragraph(l.To+"：", plainText)
	}
	after := append(slices.Clone(l.After), l.Remedies...)
	switch {
	case len(after) > 0:
		l.setTexts(f, l.Text, false)
		l.setTables(f, false)
		l.setTexts(f, after, true)
	case len(l.List)+len(l.Facts) > 0:
		l.setTexts(f, l.Text, false)
		l.setTables(f, true)
	default:
		l.setTexts(f, l.Text, true)
	}
	l.setEnd(f)
	f.Finish()
	return d
}

// setTexts sets paragraphs; the last of them if that is where the text ends.
func (l Leaf) setTexts(f *pdf.Flow, texts []string, last bool) {
	for i, text := range texts {
		style := bodyText
		if last && i == len(texts)-1 {
			style.Keep = l.endHeight(f)
		}
		f.Paragraph(text, style)
	}
}

// setTables sets the lists, on which the end follows if they are last.
func (l Leaf) setTables(f *pdf.Flow, last bool) {
	const above, below = 2.0, 2.0
	keep := 0.0
	if last {
		keep = below + l.endHeight(f)
	}
	if len(l.List) > 0 {
		t := pdf.Table{Widths: []float64{1, 4, 6}, Head: []string{"序号", "名称", or(l.ListName, "说明")}, Size: tableSize}
		for i, r := range l.List {
			t.Rows = append(t.Rows, []string{strconv.Itoa(i + 1), r.Key, r.Value})
		}
		if len(l.Facts) == 0 {
			t.Keep = keep
		}
		f.Skip(above)
		f.Table(t)
		f.Skip(below)
	}
	if len(l.Facts) > 0 {
		t := factTable(l.Facts)
		t.Keep = keep
		f.Skip(above / 2)
		f.Table(t)
		f.Skip(below)
	}
}

func factTable(facts []Row) pdf.Table {
	t := pdf.Table{Widths: []float64{3, 8}, Size: tableSize, Names: true}
	for _, r := range facts {
		t.Rows = append(t.Rows, []string{r.Key, r.Value})
	}
	return t
}

// signedHeight is what one signature takes, in millimetres.
const signedHeight = 17.0

// SetSigned sets one signature as it was given.
func SetSigned(f *pdf.Flow, s Signed) {
	const width, height = 42.0, signedHeight - 3
	f.Need(signedHeight)
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
	f.Y += signedHeight
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
