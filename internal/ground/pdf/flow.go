package pdf

import (
	"fmt"
	"strings"
)

// A Flow fills pages from the top, and begins a new one when one is full.
type Flow struct {
	*Document
	Y      float64 // where the next line begins
	page   *Page
	Margin Margin
	Tight  float64 // how high lines and cells are, as a part of what is usual; 0: as usual
}

// Margin is what is left free around the text, in millimetres.
type Margin struct{ Top, Right, Bottom, Left float64 }

// Official is the margin of official papers (GB/T 9704: 天头 37 mm, 订口 28 mm, 版心 156 mm wide).
var Official = Margin{37, 26, 35, 28}

// Form is that of forms and lists, which hold more.
var Form = Margin{25, 22, 24, 22}

// Flow begins to fill pages.
func (d *Document) Flow(m Margin) *Flow {
	return &Flow{Document: d, Margin: m, Y: m.Top, page: d.Page()}
}

// Style is how a paragraph is set.
type Style struct {
	Type
	Indent float64 // of the first line, in squares
	Lead   float64 // height of a line, in squares; 0: 1.6
	After  float64 // space after it, millimetres
	Align  Align
	Keep   float64 // what must stand below it on the same page, millimetres: its last two lines go over with it
}

// Align is where lines stand.
type Align int

// Lines begin at the left, or stand in the middle, or end at the right.
const (
	Left Align = iota
	Centre
	Right
)

func (s Style) lead() float64 {
	if s.Lead == 0 {
		return s.Size * 1.6
	}
	return s.Size * s.Lead
}

// Lead is the height of a line as it is set here.
func (f *Flow) Lead(s Style) float64 { return s.lead() * f.tight() }

func (f *Flow) tight() float64 {
	if f.Tight == 0 {
		return 1
	}
	return f.Tight
}

// Page is the page that is being filled.
func (f *Flow) Page() *Page { return f.page }

// Inside is how wide the text is.
func (f *Flow) Inside() float64 { return PageWidth - f.Margin.Left - f.Margin.Right }

// Foot is where the text ends.
func (f *Flow) Foot() float64 { return PageHeight - f.Margin.Bottom }

// Need begins a new page unless height is left on this one.
func (f *Flow) Need(height float64) {
	if f.Y+height > f.Foot() && f.Y > f.Margin.Top {
		f.page, f.Y = f.Document.Page(), f.Margin.Top
	}
}

// Skip leaves some space.
func (f *Flow) Skip(height float64) { f.Y += height }

// Paragraph sets a text.
func (f *Flow) Paragraph(text string, s Style) {
	indent, lead := s.Indent*s.Size, f.Lead(s)
	lines := f.Lines(text, s.Size, f.Inside(), indent)
	for i, line := range lines {
		if f.Need(lead); i == max(0, len(lines)-2) && s.Keep > 0 {
			f.Need(lead*float64(len(lines)-i) + s.After + s.Keep)
		}
		x := f.Margin.Left
		if i == 0 {
			x += indent
		}
		f.set(x, PageWidth-f.Margin.Right, line, s)
		f.Y += lead
	}
	f.Y += s.After
}

// set puts a line between two edges at the height reached; full lines are spread
// to the right edge.
func (f *Flow) set(from, to float64, line Line, s Style) {
	t, w := s.Type, f.Width(line.Text, s.Size)
	n := float64(len([]rune(line.Text)))
	switch {
	case s.Align == Centre:
		from += (to - from - w) / 2
	case s.Align == Right:
		from = to - w
	case !line.Last && n > 1 && to-from-w < 3*s.Size:
		t.Spread = (to - from - w) / (n - 1)
	}
	f.page.Text(from, f.Y+(f.Lead(s)-s.Size)/2+s.Size*0.86, line.Text, t)
}

// A Table is rows of cells under columns of given widths, in parts of the whole.
type Table struct {
	Widths []float64
	Head   []string
	Rows   [][]string
	Size   float64 // of letters, millimetres
	Names  bool    // the first column says what the rest is
	Keep   float64 // what must stand below it on the same page, millimetres: its last row goes over with it
}

// pad is between a cell's text and its border, at most.
const pad = 1.6

// together is how many lines of a cell are not parted.
const together = 3

// Table sets a table; its head stands again on every page.
func (f *Flow) Table(t Table) {
	sum := 0.0
	for _, w := range t.Widths {
		sum += w
	}
	t.Widths = append([]float64(nil), t.Widths...)
	for i := range t.Widths {
		t.Widths[i] *= f.Inside() / sum
	}
	if t.Head != nil {
		f.row(t, t.Head, true, 0)
	}
	for i, row := range t.Rows {
		keep := 0.0
		if i == len(t.Rows)-1 {
			keep = t.Keep
		}
		f.row(t, row, false, keep)
	}
}

// row sets a row, in several pieces where it is higher than what is left; keep is
// what must stand below the last of them.
func (f *Flow) row(t Table, cells []string, head bool, keep float64) {
	texts, most := make([][]Line, len(cells)), 0
	for i, cell := range cells {
		texts[i] = f.Lines(cell, t.Size, t.Widths[i]-2*pad, 0)
		most = max(most, len(texts[i]))
	}
	lead, pads := t.Size*1.45*f.tight(), 2*pad*f.tight()
	for from := 0; from < most; {
		page, left := f.page, most-from
		needed := pads + lead*float64(min(left, together))
		if left <= together {
			needed += keep
		}
		f.Need(needed)
		if f.page != page && t.Head != nil && !head {
			f.row(t, t.Head, true, 0)
		}
		fits := max(1, int((f.Foot()-f.Y-pads)/lead))
		to := min(most, from+fits)
		if to == most && left > together && f.Y+pads+lead*float64(left)+keep > f.Foot() {
			to = most - together
		}
		f.piece(t, texts, from, to, lead, head)
		from = to
	}
}

func (f *Flow) piece(t Table, texts [][]Line, from, to int, lead float64, head bool) {
	inner := pad * f.tight()
	height := 2*inner + lead*float64(to-from)
	x := f.Margin.Left
	f.page.Line(x, f.Y, x+f.Inside(), f.Y, 0.2)
	f.page.Line(x, f.Y+height, x+f.Inside(), f.Y+height, 0.2)
	for i, lines := range texts {
		f.page.Line(x, f.Y, x, f.Y+height, 0.2)
		for n := from; n < min(to, len(lines)); n++ {
			at := *f
			at.Y = f.Y + inner + lead*float64(n-from)
			style := Style{Type: Type{Size: t.Size, Bold: head || t.Names && i == 0}, Lead: 1.45}
			if head {
				style.Align = Centre
			}
			at.set(x+pad, x+t.Widths[i]-pad, lines[n], style)
		}
		x += t.Widths[i]
	}
	f.page.Line(x, f.Y, x, f.Y+height, 0.2)
	f.Y += height
}

// Finish puts a number on every page, and under the last one names the letters
// that could not be drawn.
func (f *Flow) Finish() {
	t := Type{Size: 3.6}
	if note := f.missingNote(); note != "" {
		f.Paragraph(note, noteStyle)
	}
	for i, p := range f.pages {
		text := fmt.Sprintf("第 %d 页 共 %d 页", i+1, len(f.pages))
		p.Text((PageWidth-f.Width(text, t.Size))/2, PageHeight-14, text, t)
	}
}

var noteStyle = Style{Type: Type{Size: 3.4, Colour: Grey}}

// NoteHeight is how much Finish will set under what stands, as far as is known.
func (f *Flow) NoteHeight() float64 {
	if len(f.missing) == 0 {
		return 0
	}
	return f.Lead(noteStyle) * float64(len(f.Lines(f.missingNote(), noteStyle.Size, f.Inside(), 0)))
}

// missingNote says which letters could not be drawn.
func (f *Flow) missingNote() string {
	if len(f.missing) == 0 {
		return ""
	}
	var codes []string
	for _, r := range f.missing {
		codes = append(codes, fmt.Sprintf("U+%04X", r))
	}
	return "字库未收录的字以“〓”代替，复制本文件的文字可得到原字：" + strings.Join(codes, "、")
}
