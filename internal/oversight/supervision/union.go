package supervision

import "slices"

// union is the same time as spans with nothing in it twice.
func union(spans []span) []span {
	spans = slices.Clone(spans)
	slices.SortFunc(spans, func(a, b span) int { return a.from.Compare(b.from) })
	var all []span
	for _, s := range spans {
		if n := len(all); n > 0 && !s.from.After(all[n-1].until) {
			all[n-1].until = latest(all[n-1].until, s.until)
			continue
		}
		all = append(all, s)
	}
	return all
}
