package pdf

import (
	"bytes"
	"fmt"
	"math"
	"strings"
)

// A Page is one page that is being written on.
type Page struct {
	doc     *Document
	content bytes.Buffer
}

// A Colour is red, green and blue, from 0 to 1.
type Colour [3]float64

// The colours of papers.
var (
	Black = Colour{0, 0, 0}
	Red   = Colour{0.82, 0, 0}
	Grey  = Colour{0.4, 0.4, 0.4}
)

// Type is how letters are set.
type Type struct {
	Size   float64 // millimetres
	Bold   bool    // drawn with a line around, since one weight is enough of a typeface
	Spread float64 // added after each letter, millimetres
	Colour Colour
}

// Text sets s with its base line at y.
func (p *Page) Text(x, y float64, s string, t Type) {
	var b strings.Builder
	mode := "0 Tr"
	if t.Bold {
		mode = fmt.Sprintf("2 Tr %s w", num(t.Size*point*0.03))
	}
	fmt.Fprintf(&b, "q %s rg %[1]s RG BT %s %s Tc %s %s Td", t.Colour, mode, num(t.Spread*point), num(x*point), p.up(y))
	font := -1
	for _, r := range s {
		at, n := p.doc.letter(r)
		if at != font {
			if font >= 0 {
				b.WriteString("> Tj")
			}
			fmt.Fprintf(&b, " /F%d %s Tf <", at, num(t.Size*point))
			font = at
		}
		fmt.Fprintf(&b, "%04X", n)
	}
	if font >= 0 {
		b.WriteString("> Tj")
	}
	b.WriteString(" ET Q\n")
	p.content.WriteString(b.String())
}

func (c Colour) String() string { return num(c[0]) + " " + num(c[1]) + " " + num(c[2]) }

// Line draws a straight line of a width.
func (p *Page) Line(x1, y1, x2, y2, width float64) {
	fmt.Fprintf(&p.content, "q %s w %s %s m %s %s l S Q\n", num(width*point), num(x1*point), p.up(y1), num(x2*point), p.up(y2))
}

// Fill fills a rectangle.
func (p *Page) Fill(x, y, w, h float64, c Colour) {
	fmt.Fprintf(&p.content, "q %s rg %s %s %s %s re f Q\n", c, num(x*point), p.up(y+h), num(w*point), num(h*point))
}

// A Spot is a point of a drawing.
type Spot struct{ X, Y float64 }

// Polygon fills a closed line of straight sides.
func (p *Page) Polygon(c Colour, spots ...Spot) {
	fmt.Fprintf(&p.content, "q %s rg ", c)
	p.path(spots)
	p.content.WriteString("h f Q\n")
}

// Stroke draws a line through the spots with a round pen.
func (p *Page) Stroke(c Colour, width float64, spots ...Spot) {
	if len(spots) == 1 {
		spots = append(spots, spots[0])
	}
	fmt.Fprintf(&p.content, "q %s RG %s w 1 J 1 j ", c, num(width*point))
	p.path(spots)
	p.content.WriteString("S Q\n")
}

func (p *Page) path(spots []Spot) {
	for i, s := range spots {
		fmt.Fprintf(&p.content, "%s %s %c ", num(s.X*point), p.up(s.Y), "ml"[min(i, 1)])
	}
}

// bend is how far the handles of a quarter of a circle reach.
const bend = 0.5523

// Circle draws a circle with a line of a width.
func (p *Page) Circle(x, y, radius, width float64, c Colour) {
	fmt.Fprintf(&p.content, "q %s RG %s w %s %s m ", c, num(width*point), num((x+radius)*point), p.up(y))
	for q := range 4 {
		a := float64(q) * math.Pi / 2
		from, to := turned(a), turned(a+math.Pi/2)
		for _, s := range []Spot{{from.X - bend*from.Y, from.Y + bend*from.X}, {to.X + bend*to.Y, to.Y - bend*to.X}, to} {
			fmt.Fprintf(&p.content, "%s %s ", num((x+radius*s.X)*point), p.up(y+radius*s.Y))
		}
		p.content.WriteString("c ")
	}
	p.content.WriteString("h S Q\n")
}

func turned(a float64) Spot { return Spot{math.Cos(a), math.Sin(a)} }

// Drawn draws r as a picture and not as text, in the middle of x on the base line
// y, turned by angle around the centre (cx, cy), in radians clockwise. What no
// typeface has is drawn as 〓.
func (p *Page) Drawn(r rune, x, y, size, angle, cx, cy float64, c Colour) {
	lines, width, ok := [][]Corner(nil), 0.0, false
	for _, r := range []rune{r, geta} {
		for _, f := range p.doc.fonts {
			if !ok {
				lines, width, ok = f.Outline(r)
			}
		}
	}
	sin, cos := math.Sin(angle), math.Cos(angle)
	put := func(k Corner) string {
		dx, dy := x+(k.X-width/2)*size-cx, y-k.Y*size-cy
		return num((cx+dx*cos-dy*sin)*point) + " " + p.up(cy+dx*sin+dy*cos)
	}
	fmt.Fprintf(&p.content, "q %s rg ", c)
	for _, line := range lines {
		p.contour(line, put)
	}
	p.content.WriteString("f Q\n")
}

// contour writes one closed line of an outline; its bends are of the second
// degree, those of the file of the third.
func (p *Page) contour(line []Corner, put func(Corner) string) {
	line = whole(line)
	if len(line) == 0 {
		return
	}
	at := line[0]
	fmt.Fprintf(&p.content, "%s m ", put(at))
	for i := 1; i <= len(line); i++ {
		k := line[i%len(line)]
		if k.On {
			fmt.Fprintf(&p.content, "%s l ", put(k))
			at = k
			continue
		}
		i++
		end := line[i%len(line)]
		fmt.Fprintf(&p.content, "%s %s %s c ", put(between(at, k, 2.0/3)), put(between(end, k, 2.0/3)), put(end))
		at = end
	}
	p.content.WriteString("h ")
}

// whole puts in the corners that an outline leaves out, between two bends, and
// begins it at one on the line.
func whole(line []Corner) (all []Corner) {
	for i, k := range line {
		all = append(all, k)
		if next := line[(i+1)%len(line)]; !k.On && !next.On {
			mid := between(k, next, 0.5)
			mid.On = true
			all = append(all, mid)
		}
	}
	for i, k := range all {
		if k.On {
			return append(all[i:len(all):len(all)], all[:i]...)
		}
	}
	return nil
}

func between(a, b Corner, part float64) Corner {
	return Corner{X: a.X + (b.X-a.X)*part, Y: a.Y + (b.Y-a.Y)*part}
}

// up turns a length from the top into one from the foot, as the file wants it.
func (p *Page) up(y float64) string { return num((PageHeight - y) * point) }

// num writes a length in points, to a hundredth.
func num(v float64) string {
	s := strings.TrimRight(fmt.Sprintf("%.2f", v), "0")
	if s = strings.TrimSuffix(s, "."); s == "-0" {
		return "0"
	}
	return s
}
