package frame

import (
	"html"
	"math"
	"strconv"

	"github.com/a-h/templ"
)

// A Lane is one step or branch of a case on a gantt.
type Lane struct {
	Name string
	Bad  bool // the delay is here
	Bars []Bar
}

// A Bar is a stretch of a lane, in the same measure as Gantt's span: working
// minutes from the first moment drawn.
type Bar struct {
	From, To int64
	Kind     string // "" at work, "pause" 停表, "late" 超时, "wait" 等待
	Note     string // inside the bar, or after it if it is short
}

// A Tick is a named place on the axis: "11-13".
type Tick struct {
	At   int64
	Name string
}

// Gantt draws the lanes from 0 to span, the promise line and the line of now;
// now or promise below 0 is not drawn. say tells it in words.
func Gantt(lanes []Lane, ticks []Tick, span, promise, now int64, promiseName, say string) templ.Component {
	const left, wide, step = 150.0, 470.0, 28.0
	var s svg
	foot := 20 + step*float64(len(lanes))
	x := func(at int64) float64 { return left + wide*float64(max(0, min(span, at)))/float64(max(1, span)) }
	under := foot + 14 // where 现在 is written: below the promise when the two would meet
	if promise >= 0 && now >= 0 && math.Abs(x(promise)-x(now)) < 100 {
		under += 14
	}
	s.open("gt", 630, under+6, say)
	s.put(`<defs><pattern id="gt-h" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="h-g" width="6" height="6"/><path class="h-l" d="M0 0v6"/></pattern></defs>`)
	for _, t := range ticks {
		s.put(`<path class="grid" d="M%.1f 17V%.1f"/>`, x(t.At), foot)
		s.text(x(t.At)+2, 12, "ax", "start", t.Name)
	}
	for i, lane := range lanes {
		s.lane(lane, 26+step*float64(i), x)
	}
	if promise >= 0 {
		s.put(`<path class="vt-l" d="M%.1f 17V%.1f"/>`, x(promise), foot)
		at, anchor := x(promise), "middle"
		if at > 560 {
			at, anchor = min(at+2, 628), "end" // the name would run out of the picture
		}
		s.text(at, foot+14, "nm", anchor, promiseName)
	}
	if now >= 0 {
		s.put(`<path class="now" d="M%.1f 17V%.1f"/>`, x(now), foot)
		s.text(min(x(now)+4, 626), under, "now-t", "end", "现在")
	}
	s.put(`</svg>`)
	return s.component()
}

func (s *svg) lane(lane Lane, y float64, x func(int64) float64) {
	class := "nm"
	if lane.Bad {
		class = "nm t-r"
	}
	s.text(0, y+12, class, "start", lane.Name)
	for _, b := range lane.Bars {
		from, to := x(b.From), x(b.To)
		s.put(`<rect class="g-%s" x="%.1f" y="%.1f" width="%.1f" height="15" rx="2"/>`, b.Kind, from, y, max(2, to-from))
		if b.Note == "" {
			continue
		}
		room := float64(12 * len([]rune(b.Note)))
		switch {
		case b.Kind != "" && to-from > room:
			s.text((from+to)/2, y+11.5, "gn-"+b.Kind, "middle", b.Note)
		case to+6+room > 630 && from-6-room > 150:
			s.text(from-6, y+12, "ax", "end", b.Note)
		default:
			s.text(to+6, y+12, "ax", "start", b.Note)
		}
	}
}

// HeatRow is one line of a heat table.
type HeatRow struct {
	Name   string
	Values []float64 // below 0: there is none
}

// HeatTable is a table whose cells are shaded from 0 (little) to 4 (much) by
// the bounds given, which are the least values of shades 1 to 4.
func HeatTable(caption string, columns []string, rows []HeatRow, bounds [4]float64) templ.Component {
	var s svg
	s.put(`<table class="hm"><caption class="vh">%s</caption><thead><tr><td></td>`, html.EscapeString(caption))
	for _, c := range columns {
		s.put(`<th scope="col">%s</th>`, html.EscapeString(c))
	}
	s.put(`</tr></thead><tbody>`)
	for _, r := range rows {
		s.put(`<tr><th scope="row">%s</th>`, html.EscapeString(r.Name))
		for _, v := range r.Values {
			s.put(`<td class="h%d">%s</td>`, shade(v, bounds), heatWord(v))
		}
		s.put(`</tr>`)
	}
	s.put(`</tbody></table>`)
	return s.component()
}

func shade(v float64, bounds [4]float64) int {
	n := 0
	for _, b := range bounds {
		if v >= b {
			n++
		}
	}
	return n
}

func heatWord(v float64) string {
	if v < 0 {
		return "–"
	}
	return strconv.FormatFloat(v, 'f', 1, 64)
}

// ClockRing is the clock of the case at a window: seconds used of the target.
func ClockRing(used, target int) templ.Component {
	var s svg
	const round = 94.2
	part := round * float64(min(used, target)) / float64(max(1, target))
	s.put(`<div class="clk" role="timer" aria-label="本件已用 %d 分 %d 秒，目标 %d 分钟" data-clock="%d">`, used/60, used%60, target/60, used)
	s.put(`<svg width="34" height="34" viewBox="0 0 36 36" aria-hidden="true"><circle class="c0" cx="18" cy="18" r="15"/><circle class="c1" cx="18" cy="18" r="15" stroke-dasharray="%.1f %.1f" transform="rotate(-90 18 18)"/></svg>`, part, round)
	s.put(`<strong>%02d:%02d</strong><small>本件用时<br/>目标 %02d:%02d</small></div>`, used/60, used%60, target/60, target%60)
	return s.component()
}
