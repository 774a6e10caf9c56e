package frame

import (
	"context"
	"fmt"
	"html"
	"io"
	"strings"

	"github.com/a-h/templ"
)

// svg collects a drawing. Colours come from classes, so that they follow the
// mode; places and sizes are attributes, which the content policy allows.
type svg struct{ strings.Builder }

func (s *svg) put(format string, args ...any) { fmt.Fprintf(&s.Builder, format, args...) }

// text writes words at x, y; anchor is start, middle or end.
func (s *svg) text(x, y float64, class, anchor, words string) {
	s.put(`<text x="%.1f" y="%.1f" class="%s" text-anchor="%s">%s</text>`, x, y, class, anchor, html.EscapeString(words))
}

func (s *svg) component() templ.Component {
	drawing := s.String()
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, err := io.WriteString(w, drawing)
		return err
	})
}

// open begins a drawing of w by h; say tells a screen reader what it shows,
// and an empty say means that the words beside it do.
func (s *svg) open(class string, w, h float64, say string) {
	hidden := `aria-hidden="true" focusable="false"`
	if say != "" {
		hidden = `role="img" aria-label="` + html.EscapeString(say) + `"`
	}
	s.put(`<svg class="%s" viewBox="0 0 %.0f %.0f" %s>`, class, w, h, hidden)
}

// usedBar draws how much of a time is used, with a mark where it ends; what was
// to be done at once has used all of it. A time without an end has no mark.
func usedBar(tone Tone, used, total int64) templ.Component {
	if used == 0 && total == 0 {
		return fullBar(tone, 0, "")
	}
	const end = 71
	width := float64(end*used) / float64(max(1, total))
	return fullBar(tone, width, fmt.Sprintf(`<rect class="vt" x="%d" y="-3" width="1" height="14"/>`, end))
}

// fullBar draws a bar filled to so many of a hundred, and a mark on it.
func fullBar(tone Tone, percent float64, mark string) templ.Component {
	var s svg
	s.put(`<svg class="br" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false">`)
	s.put(`<rect class="v0" width="100" height="8" rx="1"/><rect class="v-%s" width="%.1f" height="8" rx="1"/>`, tone, max(0, min(100, percent)))
	s.put(`%s</svg>`, mark)
	return s.component()
}

// Sparkline draws how a number went; target 0 draws no line. The figure beside
// it says the value.
func Sparkline(values []float64, target float64, tone Tone) templ.Component {
	var s svg
	s.open("sk", 84, 30, "")
	low, high := span(values, target)
	y := func(v float64) float64 { return 27 - 24*(v-low)/(high-low) }
	if target != 0 {
		s.put(`<path class="vt-l" d="M0 %.1fh84"/>`, y(target))
	}
	s.put(`<path class="l-%s" d="M`, tone)
	for i, v := range values {
		s.put("%.1f %.1f ", 84*float64(i)/float64(max(1, len(values)-1)), y(v))
	}
	s.put(`"/></svg>`)
	return s.component()
}

// span is the least and the greatest of values and, unless 0, of target.
func span(values []float64, target float64) (low, high float64) {
	all := values
	if target != 0 {
		all = append([]float64{target}, values...)
	}
	for i, v := range all {
		if i == 0 {
			low, high = v, v
		}
		low, high = min(low, v), max(high, v)
	}
	if low == high {
		low, high = low-1, high+1
	}
	return low, high
}

// A Dot is one line of a dot plot.
type Dot struct {
	Name  string
	Value float64
	Shown string // "99.4%"
	Note  string // "921 件"
}

// DotPlot compares values with a target on an axis from low to high, which need
// not begin at nought; a value below the target is red. say tells it in words.
func DotPlot(dots []Dot, low, high, target float64, unit, say string) templ.Component {
	const left, wide, step = 104.0, 150.0, 28.5
	var s svg
	high = max(high, low+1e-9)
	foot := step*float64(len(dots)) + 8
	s.open("dots-p", 364, foot+14, say)
	x := func(v float64) float64 { return left + wide*(max(low, min(high, v))-low)/(high-low) }
	for i := range 5 {
		v := low + (high-low)*float64(i)/4
		s.put(`<path class="grid" d="M%.1f 4V%.1f"/>`, x(v), foot-6)
		s.text(x(v), foot+10, "ax", "middle", trim(v)+unit)
	}
	s.put(`<path class="vt-l" d="M%.1f 0V%.1f"/>`, x(target), foot-4)
	for i, d := range dots {
		y, tone := 17+step*float64(i), ""
		if d.Value < target {
			tone = "r"
		}
		s.text(0, y+4.5, "nm", "start", d.Name)
		s.put(`<path class="l-%s w3" d="M%.1f %.1fH%.1f"/><circle class="v-%s" cx="%.1f" cy="%.1f" r="5.5"/>`, tone, x(target), y, x(d.Value), tone, x(d.Value), y)
		s.text(310, y+4.5, "vl t-"+tone, "end", d.Shown)
		s.text(364, y+4.5, "ax", "end", d.Note)
	}
	s.put(`</svg>`)
	return s.component()
}

func trim(v float64) string {
	return strings.TrimSuffix(strings.TrimRight(fmt.Sprintf("%.2f", v), "0"), ".")
}

// A Pair is one line of a chart of then and now.
type Pair struct {
	Name     string
	Was, Now float64
	Shown    string // "120 → 80"
	Note     string // "少 33%"
}

// PairBars compares then with now: each line is a pale bar as long as 100 of then
// and a full one of now, red where it is longer. say tells it in words.
func PairBars(pairs []Pair, say string) templ.Component {
	const left, wide, step = 96.0, 130.0, 30.0
	var s svg
	s.open("dots-p", 380, step*float64(len(pairs))+6, say)
	for i, p := range pairs {
		y := 4 + step*float64(i)
		was, now, tone := wide*0.7, 0.0, "g"
		switch {
		case p.Was <= 0 && p.Now <= 0:
			was = 0
		case p.Was <= 0:
			was, now = 0, wide
		default:
			now = min(was*p.Now/p.Was, wide)
		}
		if now > was {
			tone = "r"
		}
		s.text(0, y+16, "nm", "start", p.Name)
		s.put(`<rect class="v0" x="%.1f" y="%.1f" width="%.1f" height="9" rx="1"/><rect class="v-%s" x="%.1f" y="%.1f" width="%.1f" height="9" rx="1"/>`, left, y+2, was, tone, left, y+12, now)
		s.text(312, y+16, "vl", "end", p.Shown)
		s.text(380, y+16, "ax", "end", p.Note)
	}
	s.put(`</svg>`)
	return s.component()
}
