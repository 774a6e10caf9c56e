package flow

import (
	"fmt"
	"slices"
	"strings"

	"tongban/internal/engine/clock"
)

// Check examines a definition before it is published (体检): it must be a whole
// diagram, always be able to come to its end, leave nothing open there, have no
// step that is never reached, never do a step twice at once, have somebody for
// every step and a step that decides, and take no longer than promised. The zero
// promise is not compared.
//
// Every finding of how it runs shows a run that leads there. Check always comes
// back soon: a procedure too tangled to look through is refused as such.
func Check(d Definition, promise clock.Limit) []Finding {
	found := malformed(d)
	switch {
	case tooLarge(d):
		return found // of each of so many steps there is nothing more to say
	case len(found) > 0:
		return append(found, checkNodes(d)...)
	}
	p, err := Compile(d)
	if err != nil {
		return []Finding{{ID: "flow.malformed", Severity: Refused, Say: err.Error()}}
	}
	found = append(found, p.checkRuns()...)
	found = append(found, p.checkEndless()...)
	found = append(found, p.checkSides()...)
	found = append(found, checkNodes(d)...)
	found = append(found, p.checkRoutes()...)
	found = append(found, p.checkDecision()...)
	return append(found, p.checkTime(promise)...)
}

// Sound reports whether nothing found stands in the way of publication.
func Sound(found []Finding) bool {
	return !slices.ContainsFunc(found, func(f Finding) bool { return f.Severity == Refused })
}

// checkRuns explores the procedure, each of its sub-procedures, and the flows
// that begin beside the work.
func (p *Procedure) checkRuns() []Finding {
	var found []Finding
	for _, pl := range p.places {
		if pl.Kind == Start || pl.On != "" && pl.Beside {
			found = append(found, p.checkNet(pl)...)
		}
	}
	return found
}

func (p *Procedure) checkNet(start *place) []Finding {
	n := netOf(p, start)
	places := n.places()
	merciful := n.clone()
	merciful.reduce(true)
	out := merciful.explore()
	if len(out.faults) > 0 {
		n.reduce(false)
		out = n.explore()
	}
	var found []Finding
	for _, t := range out.faults {
		found = append(found, t.finding())
	}
	if len(out.faults) > 0 && out.faults[len(out.faults)-1].id == "flow.explodes" || start.Kind != Start {
		return found
	}
	for _, pl := range places {
		if !out.live[pl] {
			found = append(found, Finding{ID: "flow.dead", Severity: Refused, Node: pl.ID, Say: called(pl.Node) + "永远办不到"})
		}
	}
	return found
}

// places are all places of the net, in the order drawn, before it is reduced.
func (n *net) places() []*place {
	var all []*place
	for _, v := range n.vertices {
		if v.node != nil && !slices.Contains(all, v.node) {
			all = append(all, v.node)
		}
	}
	return all
}

var troubles = map[string]string{
	"flow.deadlock": "流程会停在%s前，再也走不下去",
	"flow.livelock": "流程到了%s，就只能反复循环，走不到结束",
	"flow.improper": "流程已到结束，%s处却还有未办的工作；请先用汇合网关汇合各分支",
	"flow.unsafe":   "%s会在上一次还没办完时又来一次；请用汇合网关汇合各分支",
	"flow.explodes": "流程的并行组合超过%s种，无法逐一核验；请把并行的部分整理成成对的分支与汇合",
}

// finding words a trouble for the person who drew the procedure.
func (t trouble) finding() Finding {
	f := Finding{ID: t.id, Severity: Refused, Run: names(t.by)}
	var where []string
	for _, pl := range t.at {
		if pl != nil {
			where = append(where, called(pl.Node))
			f.Node = pl.ID
		}
	}
	said := strings.Join(where, "、")
	if t.id == "flow.explodes" {
		said = fmt.Sprint(mostStates)
	}
	f.Say = fmt.Sprintf(troubles[t.id], said)
	return f
}

// names tells a run by the names of its steps; gateways without a name are left out.
func names(run []*place) []string {
	var all []string
	for _, pl := range run {
		switch {
		case pl.Name != "":
			all = append(all, pl.Name)
		case pl.Kind == Task || pl.Kind == Rule || pl.Kind == Multi || pl.Kind == Sub:
			all = append(all, pl.ID)
		}
	}
	return all
}
