package flow

import (
	"fmt"
	"slices"

	"tongban/internal/engine/clock"
)

// A Length is how long a way through a procedure may take at most.
type Length struct {
	Total clock.Limit // the sum, when all limits on the way have one unit
	Hours float64     // the sum in working hours, converted where units differ
	Units []clock.Unit
	Path  []string // names of the steps on the way
	Open  []string // nodes of steps on the way for which no limit is given
}

// hours converts a limit to working hours, so that limits of different units can
// be compared: a working day has 8, a week of 7 calendar days 5 working days, a
// year 12 months and 365 days. The conversion is ours, not the law's; whoever
// relies on it is warned.
func hours(l clock.Limit) float64 {
	const day = 8.0
	per := map[clock.Unit]float64{
		clock.WorkingHours: 1, clock.WorkingDays: day, clock.CalendarDays: day * 5 / 7,
		clock.Months: day * 5 / 7 * 365 / 12, clock.Years: day * 5 / 7 * 365,
	}
	return float64(l.N) * per[l.Unit]
}

// LongestPath finds the way through the procedure whose limits add up to most.
// Branches that run side by side count by the longest; a way back is not gone;
// what happens beside the work is not counted.
func (p *Procedure) LongestPath() Length {
	l := longest{p: p, best: map[int]float64{}, next: map[int]int{}, active: map[int]bool{}}
	l.from(p.starts[""].at)
	var way []*place
	for v, ok := p.starts[""].at, true; ok; v, ok = l.then(v) {
		if v < len(p.places) {
			way = append(way, p.places[v])
		}
	}
	return measure(p, way)
}

// longest is a walk in depth that remembers, for each vertex, the most that may
// still come. A vertex on the way already is not entered again.
type longest struct {
	p      *Procedure
	best   map[int]float64
	next   map[int]int
	active map[int]bool
}

// nowhere is the length of a way that does not come to an end.
const nowhere = -1e18

func (l *longest) from(v int) float64 {
	if best, known := l.best[v]; known {
		return best
	}
	l.active[v] = true
	most := nowhere
	if len(l.p.graph.next[v]) == 0 {
		most = 0
	}
	for _, n := range l.p.graph.next[v] {
		if l.active[n] || n < len(l.p.places) && l.p.places[n].side {
			continue
		}
		if rest := l.from(n); rest > most {
			most = rest
			l.next[v] = n
		}
	}
	l.active[v] = false
	if v < len(l.p.places) {
		for _, limit := range l.p.adds(l.p.places[v]) {
			most += hours(limit)
		}
	}
	l.best[v] = most
	return most
}

// adds is what a place adds to a way: for a sub-procedure, what is in it; for a
// timer attached to a step, its own time in place of the step's.
func (p *Procedure) adds(pl *place) []clock.Limit {
	if pl.Kind == Sub || pl.Limit.None() {
		return nil
	}
	if host := p.byID[pl.On]; host != nil && host.Kind != Sub && !host.Limit.None() {
		return []clock.Limit{pl.Limit, {N: -host.Limit.N, Unit: host.Limit.Unit}}
	}
	return []clock.Limit{pl.Limit}
}

// measure adds up what is on a way.
func measure(p *Procedure, way []*place) Length {
	var l Length
	sum := 0
	for _, pl := range way {
		if pl.Kind.Staffed() && pl.Limit.None() {
			l.Open = append(l.Open, pl.ID)
		}
		if pl.Kind.Staffed() || pl.Kind == Rule || pl.Kind == Timer || pl.Kind == Message {
			l.Path = append(l.Path, names([]*place{pl})...)
		}
		for _, limit := range p.adds(pl) {
			l.Hours += hours(limit)
			sum += limit.N
			if limit.N != 0 && !slices.Contains(l.Units, limit.Unit) {
				l.Units = append(l.Units, limit.Unit)
			}
		}
	}
	if len(l.Units) == 1 {
		l.Total = clock.Limit{N: sum, Unit: l.Units[0]}
	}
	return l
}

// checkTime compares the longest way with what is promised to the applicant.
func (p *Procedure) checkTime(promise clock.Limit) []Finding {
	if promise.None() {
		return nil
	}
	var f findings
	l := p.LongestPath()
	for _, node := range l.Open {
		f.warn("flow.limit.none", node, "%s没有写明时限，核对承诺时限时按零计", called(p.byID[node].Node))
	}
	same := len(l.Units) == 0 || len(l.Units) == 1 && l.Units[0] == promise.Unit
	if !same {
		f.warn("flow.limit.units", "", "环节时限与承诺时限（%s）单位不一，按每工作日8小时、每周5个工作日折算比较，请确认", promise)
	}
	if over := l.Hours - hours(promise); over > 0.001 {
		f.refuse("flow.limit.promise", "", "最长路线需%s，超过承诺时限%s", l, promise)
		f[len(f)-1].Run = l.Path
	}
	return f
}

func (l Length) String() string {
	if !l.Total.None() {
		return l.Total.String()
	}
	return fmt.Sprintf("约%.0f个工作小时", l.Hours)
}

func (l *longest) then(v int) (int, bool) {
	n, ok := l.next[v]
	return n, ok
}
