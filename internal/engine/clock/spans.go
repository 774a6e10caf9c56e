package clock

import (
	"cmp"
	"slices"
	"strings"
)

// A span is time that is not counted, [from, until): in days, or in
// milliseconds for a clock of hours.
type span struct {
	from, until int64
	why         string
}

// spans are the pauses as they were recorded, overlaps and all.
func (c Clock) spans() []span {
	if len(c.Pauses) == 0 {
		return nil
	}
	all := make([]span, 0, len(c.Pauses))
	for _, p := range c.Pauses {
		s := span{int64(p.From), int64(p.Until), p.Kind}
		if !c.hourly() {
			s.from, s.until = int64(p.From.Day()), int64(p.Until.Day())+1
		}
		if p.Until == 0 {
			s.until = endless
		}
		if s.until > s.from {
			all = append(all, s)
		}
	}
	slices.SortStableFunc(all, func(a, b span) int { return cmp.Compare(a.from, b.from) })
	return all
}

// merge joins spans, sorted by their beginning, that touch or overlap.
func merge(spans []span) []span {
	if len(spans) < 2 {
		return spans
	}
	joined := spans[:1]
	for _, s := range spans[1:] {
		if last := &joined[len(joined)-1]; s.from <= last.until {
			last.until = max(last.until, s.until)
		} else {
			joined = append(joined, s)
		}
	}
	return joined
}

// cut splits spans, sorted by their beginning, wherever one begins or ends, so
// that none overlap; a piece inside several carries the names of all.
func cut(spans []span) []span {
	if len(spans) < 2 {
		return spans
	}
	edges := make([]int64, 0, 2*len(spans))
	for _, s := range spans {
		edges = append(edges, s.from, s.until)
	}
	slices.Sort(edges)
	edges = slices.Compact(edges)
	var pieces []span
	var inside []span // the spans that cover the edge
	for i, from := range edges[:len(edges)-1] {
		inside = slices.DeleteFunc(inside, func(s span) bool { return s.until <= from })
		for len(spans) > 0 && spans[0].from == from {
			inside, spans = append(inside, spans[0]), spans[1:]
		}
		if len(inside) > 0 {
			pieces = append(pieces, span{from, edges[i+1], names(inside)})
		}
	}
	return pieces
}

// names joins what the spans are called, each name once.
func names(spans []span) string {
	if len(spans) == 1 {
		return spans[0].why
	}
	var whys []string
	for _, s := range spans {
		if !slices.Contains(whys, s.why) {
			whys = append(whys, s.why)
		}
	}
	return strings.Join(whys, "、")
}
