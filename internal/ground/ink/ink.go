// Package ink is a signature given on a screen (手写签名): strokes drawn with a
// finger, a pen or a mouse, or, for those who cannot draw, the name typed in full
// (电子签名法第十三条；国务院关于在线政务服务的若干规定第八条).
//
// The strokes are kept as a small text file among the other files, under the hash
// of what they are; a fact keeps only a Signature, which names that file.
package ink

import (
	"fmt"
	"html"
	"math"
	"strconv"
	"strings"

	"tongban/internal/ground/fault"
)

// Width and Height are the field in which one signs, in units of the drawing.
const (
	Width  = 600
	Height = 200
)

// What a drawing may be at most, and the least length of line, in units, that
// can be a name: a slip of the finger is no signature.
const (
	mostStrokes = 200
	mostPoints  = 6000
	leastLength = 80
)

// A Point is a place in the field, from its upper left corner.
type Point struct{ X, Y int }

// A Drawing is the strokes in the order in which they were drawn.
type Drawing [][]Point

// Parse reads strokes as a page sends them: points "x,y" parted by blanks,
// strokes parted by semicolons. Faults: ink.none, ink.short, ink.large, ink.form.
func Parse(text string) (Drawing, error) {
	var d Drawing
	points := 0
	for stroke := range strings.SplitSeq(strings.TrimSpace(text), ";") {
		line, err := parseStroke(stroke)
		if err != nil {
			return nil, err
		}
		if points += len(line); len(d) >= mostStrokes || points > mostPoints {
			return nil, fault.New(fault.Invalid, "ink.large", "签名的笔画太多，请清除后重新签写姓名")
		}
		if len(line) > 0 {
			d = append(d, line)
		}
	}
	switch length := d.length(); {
	case len(d) == 0:
		return nil, fault.New(fault.Invalid, "ink.none", "请在框内手写签名，或者输入姓名确认")
	case length < leastLength:
		return nil, fault.New(fault.Invalid, "ink.short", "签名太短，看不出姓名，请清除后重新签写")
	}
	return d, nil
}

func parseStroke(text string) ([]Point, error) {
	var line []Point
	for _, word := range strings.Fields(text) {
		left, right, ok := strings.Cut(word, ",")
		x, errX := strconv.Atoi(left)
		y, errY := strconv.Atoi(right)
		if !ok || errX != nil || errY != nil || x < 0 || x > Width || y < 0 || y > Height {
			return nil, fault.New(fault.Invalid, "ink.form", "签名没有完整传送，请清除后重新签写")
		}
		line = append(line, Point{x, y})
	}
	return line, nil
}

func (d Drawing) length() (sum float64) {
	for _, line := range d {
		for i := 1; i < len(line); i++ {
			sum += math.Hypot(float64(line[i].X-line[i-1].X), float64(line[i].Y-line[i-1].Y))
		}
	}
	return sum
}

// String is the drawing as Parse reads it.
func (d Drawing) String() string {
	var b strings.Builder
	for i, line := range d {
		if i > 0 {
			b.WriteByte(';')
		}
		for j, p := range line {
			if j > 0 {
				b.WriteByte(' ')
			}
			fmt.Fprintf(&b, "%d,%d", p.X, p.Y)
		}
	}
	return b.String()
}

// SVG shows the drawing; name is for those who cannot see it.
func (d Drawing) SVG(name string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" class="ink" viewBox="0 0 %d %d" role="img"><title>%s</title>`, Width, Height, html.EscapeString(name))
	b.WriteString(`<path fill="none" stroke="currentColor" stroke-width="5" stroke-linecap="round" stroke-linejoin="round" d="`)
	for _, line := range d {
		for i, p := range line {
			fmt.Fprintf(&b, "%c%d %d", "ML"[min(i, 1)], p.X, p.Y)
		}
		if len(line) == 1 {
			b.WriteString("h1")
		}
	}
	b.WriteString(`"/></svg>`)
	return b.String()
}
