package flow

import (
	"slices"
	"strconv"
	"strings"
)

// A Tally is how a countersign stands, or what it came to (会签情况).
type Tally struct {
	Node    string
	Name    string
	Of      int // seats; 0: it is over, and they are not counted any more
	Need    int // how many must agree
	Agreed  int
	Against int
	Over    bool
	Passed  bool // when it is over
}

// Tallies are the countersigns that have begun, in the order drawn. One that is to
// be done again, since the case was sent back to before it, counts no more.
func (p *Procedure) Tallies(m Marking) []Tally {
	var all []Tally
	for _, pl := range p.places {
		if pl.Kind != Multi {
			continue
		}
		t := Tally{Node: pl.ID, Name: pl.Name}
		if i := slices.IndexFunc(m.Open, func(w Work) bool { return w.Node == pl.ID }); i >= 0 {
			w := m.Open[i]
			t.Of, t.Need, t.Agreed, t.Against = w.Of, need(pl.Node, w.Of), w.Agreed, w.Against
			all = append(all, t)
			continue
		}
		passed, kept := m.Data[pl.outcome()].(bool)
		if kept && slices.ContainsFunc(m.Done, func(d Done) bool { return d.Node == pl.ID }) && !p.comesAgain(m, pl) {
			t.Over, t.Passed = true, passed
			all = append(all, t)
		}
	}
	return all
}

// outcome is the name under which the outcome of a countersign is kept.
func (n Node) outcome() string {
	if n.Result == "" {
		return Passed
	}
	return n.Result
}

// comesAgain reports whether open work stands before a place that it leads to.
func (p *Procedure) comesAgain(m Marking, pl *place) bool {
	before := p.graph.to(pl.at)
	return slices.ContainsFunc(m.Open, func(w Work) bool { return before.has(p.byID[w.Node].at) })
}

// Countersigned reports whether somebody has signed another seat of the countersign
// in which w is a seat: nobody has two votes. The seats of one round are numbered in
// a row.
func (m Marking) Countersigned(w Work, by string) bool {
	first := number(w.ID) - w.Seat + 1
	return w.Of > 0 && slices.ContainsFunc(m.Done, func(d Done) bool {
		n := number(d.Work)
		return d.Node == w.Node && n >= first && n < first+w.Of && slices.Contains(d.By, by)
	})
}

func number(work string) int {
	n, _ := strconv.Atoi(strings.TrimPrefix(work, "w")) // as run.name writes it
	return n
}
