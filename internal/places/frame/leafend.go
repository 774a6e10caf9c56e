package frame

import (
	"math"
	"strings"

	"tongban/internal/ground/pdf"
	"tongban/internal/register/certificates/qr"
	"tongban/internal/register/seals"
)

// The end of a paper, in millimetres: the code stands left of the seal, with what
// it is for under it.
const (
	codeSize  = 24.0
	codeWidth = 62.0 // of the column in which it stands
	codeLead  = 5.0
	signLead  = 8.0
	endSpace  = 3.0
)

var receiptLine = pdf.Style{Type: pdf.Type{Size: tableSize}}

// receiptSays is the line on which the receiver signs.
const receiptSays = "本文书一式两份。签收人：＿＿＿＿＿＿　签收日期：＿＿＿＿年＿＿月＿＿日"

// setEnd sets what ends the paper and stands together: who gives it and the day,
// under their seal, beside the code; below it the signatures of persons, and the
// line for whoever receives it.
func (l Leaf) setEnd(f *pdf.Flow) {
	f.Need(l.endHeight(f))
	top, height := f.Y, l.signHeight(f)
	l.setGiver(f, top, height)
	l.setCode(f, top)
	f.Y = top + height
	for _, s := range l.Signed {
		SetSigned(f, s)
	}
	if l.Receipt {
		f.Skip(endSpace)
		f.Paragraph(receiptSays, receiptLine)
	}
}

// endHeight is how high all of it is, with the note on letters that cannot be drawn.
func (l Leaf) endHeight(f *pdf.Flow) float64 {
	height := l.signHeight(f) + signedHeight*float64(len(l.Signed)) + f.NoteHeight()
	if l.Receipt {
		height += endSpace + f.Lead(receiptLine)
	}
	return height
}

// signHeight is how high who gives it and the code are, side by side.
func (l Leaf) signHeight(f *pdf.Flow) float64 {
	height := 12 + signLead*float64(len(l.giver(f)))
	if l.Seal != "" {
		height = math.Max(height, seals.Diameter+2)
	}
	if _, err := qr.Draw(l.Check); err == nil {
		height = math.Max(height, codeSize+2+codeLead*float64(len(l.checkLines(f))))
	}
	return height
}

// giver is who gives the paper, in as many lines as the name takes beside the code.
func (l Leaf) giver(f *pdf.Flow) []pdf.Line {
	return f.Lines(l.From, textSize, f.Inside()-codeWidth-2, 0)
}

func (l Leaf) checkLines(f *pdf.Flow) []pdf.Line {
	return f.Lines(strings.TrimSuffix(l.CheckSay, "。")+"。\n对本文书有疑问，请拨打上列咨询电话或者 12345。", smallSize, codeWidth-4, 0)
}

// setGiver sets who gives it and the day around the middle of the seal.
func (l Leaf) setGiver(f *pdf.Flow, top, height float64) {
	lines, widest := l.giver(f), float64(seals.Diameter)
	for _, line := range lines {
		widest = math.Max(widest, f.Width(line.Text, textSize))
	}
	lines = append(lines, pdf.Line{Text: l.On})
	centre := pdf.PageWidth - f.Margin.Right - widest/2
	y := top + height/2 - 1 - signLead*float64(len(lines)-2)
	for i, line := range lines {
		f.Page().Text(centre-f.Width(line.Text, textSize)/2, y+float64(i)*signLead, line.Text, pdf.Type{Size: textSize})
	}
	if l.Seal != "" {
		drawSeal(f.Page(), l.From, l.Seal, centre, top+height/2)
	}
}

// setCode sets the square code on the left; an address too long for one is printed
// without.
func (l Leaf) setCode(f *pdf.Flow, top float64) {
	code, err := qr.Draw(l.Check)
	if err != nil {
		return
	}
	unit := codeSize / float64(code.Size)
	for _, run := range code.Runs {
		f.Page().Fill(f.Margin.Left+float64(run.X)*unit, top+2+float64(run.Y)*unit, float64(run.Length)*unit, unit, pdf.Black)
	}
	for i, line := range l.checkLines(f) {
		f.Page().Text(f.Margin.Left, top+codeSize+2+float64(i+1)*codeLead-1, line.Text, pdf.Type{Size: smallSize})
	}
}
