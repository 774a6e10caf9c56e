package flow_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tongban/internal/engine/clock"
	"tongban/internal/engine/flow"
)

func wd(n int) clock.Limit { return clock.Limit{N: n, Unit: clock.WorkingDays} }

func TestCheckFindsTheFaultAndTheRunThatLeadsToIt(t *testing.T) {
	for _, tt := range []struct {
		name string
		d    flow.Definition
		id   string
		run  string // steps told, in order; empty: not compared
	}{
		{"a choice before a parallel join", draw(func(s *sketch) part {
			split, join := s.node(flow.Node{Kind: flow.Exclusive}), s.node(flow.Node{ID: "合", Kind: flow.Parallel})
			a, b := s.task("甲"), s.task("乙")
			s.edge(split, a.first, flow.Edge{When: "x"})
			s.edge(split, b.first, flow.Edge{Default: true})
			s.edge(a.last, join)
			s.edge(b.last, join)
			return s.seq(s.task("受理"), part{split, join}, s.decision())
		}), "flow.deadlock", "受理 甲"},
		{"a parallel split before a merge", draw(func(s *sketch) part {
			split, merge := s.node(flow.Node{Kind: flow.Parallel}), s.node(flow.Node{Kind: flow.Exclusive})
			for _, name := range []string{"甲", "乙"} {
				p := s.task(name)
				s.edge(split, p.first)
				s.edge(p.last, merge)
			}
			return s.seq(part{split, merge}, s.decision())
		}), "flow.unsafe", ""},
		{"branches that end without meeting", draw(func(s *sketch) part {
			split := s.node(flow.Node{Kind: flow.Parallel})
			a := s.decision()
			s.edge(split, a.first)
			b := s.task("乙")
			s.edge(split, b.first)
			s.edge(b.last, s.node(flow.Node{Kind: flow.End}))
			return part{split, a.last}
		}), "flow.improper", ""},
		{"a loop with no way out", func() flow.Definition {
			d := draw(func(s *sketch) part { return s.decision() })
			d.Nodes = append(d.Nodes, flow.Node{ID: "断", Kind: flow.Exclusive}, flow.Node{ID: "圈", Kind: flow.Task, Post: "岗"})
			d.Edges[0].To = "断"
			d.Edges = append(d.Edges, flow.Edge{ID: "x1", From: "断", To: "决定", When: "a"}, flow.Edge{ID: "x2", From: "断", To: "圈", Default: true}, flow.Edge{ID: "x3", From: "圈", To: "圈"})
			return d
		}(), "flow.livelock", ""},
		{"a loop that asks nobody", draw(func(s *sketch) part {
			return s.seq(s.loop(s.one(flow.Node{ID: "核验", Kind: flow.Rule, Name: "核验"})), s.decision())
		}), "flow.endless", ""},
		{"nobody decides", draw(func(s *sketch) part { return s.task("审查") }), "flow.decision", ""},
		{"nobody is there to do it", draw(func(s *sketch) part {
			return s.seq(s.one(flow.Node{ID: "审查", Kind: flow.Task}), s.decision())
		}), "flow.staff", ""},
		{"a condition that cannot be read", draw(func(s *sketch) part {
			return s.seq(s.one(flow.Node{ID: "核验", Kind: flow.Rule, Rule: "a >"}), s.decision())
		}), "flow.condition", ""},
		{"more must agree than there are", draw(func(s *sketch) part {
			return s.seq(s.one(flow.Node{ID: "会签", Kind: flow.Multi, Post: "岗", Among: []flow.Seat{{Agency: "a"}}, Quorum: flow.N, Count: 2}), s.decision())
		}), "flow.multi.count", ""},
		{"what runs beside the work comes back into it", draw(func(s *sketch) part {
			task, d := s.task("审查"), s.decision()
			timer := s.node(flow.Node{Kind: flow.Timer, On: "审查", Beside: true, Limit: wd(1)})
			s.edge(timer, d.first)
			return s.seq(task, d)
		}), "flow.side", ""},
		{"a start too many", func() flow.Definition {
			d := draw(func(s *sketch) part { return s.decision() })
			d.Nodes = append(d.Nodes, flow.Node{ID: "又", Kind: flow.Start})
			d.Edges = append(d.Edges, flow.Edge{ID: "x", From: "又", To: "决定"})
			return d
		}(), "flow.start", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			found := flow.Check(tt.d, clock.Limit{})
			i := slices.IndexFunc(found, func(f flow.Finding) bool { return f.ID == tt.id && f.Severity == flow.Refused })
			if i < 0 {
				t.Fatalf("not found among %+v", found)
			}
			if run := strings.Join(found[i].Run, " "); tt.run != "" && run != tt.run {
				t.Errorf("run %q, want %q", run, tt.run)
			}
			if found[i].Say == "" || strings.Contains(found[i].Say, "%!") {
				t.Errorf("says %q", found[i].Say)
			}
		})
	}
}

func TestTheLongestWayMustKeepThePromise(t *testing.T) {
	steps := []flow.Step{
		{Name: "受理", Post: "窗口", Limit: wd(1)},
		{Name: "勘验", Post: "岗", Limit: wd(5), Group: "联审"},
		{Name: "核查", Post: "岗", Limit: wd(2), Group: "联审"},
		{Name: "决定", Post: "岗", Limit: wd(2), Decides: true},
	}
	d := flow.FromSteps("p", "n", steps)
	if found := flow.Check(d, wd(8)); len(found) > 0 {
		t.Errorf("8 days for 8 days: %+v", found)
	}
	found := flow.Check(d, wd(7))
	if len(found) != 1 || found[0].ID != "flow.limit.promise" || strings.Join(found[0].Run, " ") != "受理 勘验 决定" {
		t.Errorf("7 days for 8 days: %+v", found)
	}
	steps[1].Limit = clock.Limit{N: 5, Unit: clock.CalendarDays}
	found = flow.Check(flow.FromSteps("p", "n", steps), wd(20))
	if len(found) != 1 || found[0].ID != "flow.limit.units" || found[0].Severity != flow.Warned {
		t.Errorf("units mixed: %+v", found)
	}
}

// big is a procedure of n branches with steps each, every branch with a choice.
func big(branches, steps int) flow.Definition {
	return draw(func(s *sketch) part {
		var parts []part
		for b := range branches {
			var one []part
			for i := range steps {
				one = append(one, s.task(fmt.Sprintf("环节%d-%d", b, i)))
			}
			parts = append(parts, s.seq(s.seq(one...), s.quit(s.leafTask())))
		}
		return s.seq(s.task("受理"), s.block(flow.Parallel, parts...), s.decision())
	})
}

// tangle is n branches, each of which may go to either of two joins that wait for
// all: 3ⁿ markings, and few of them end well.
func tangle(n int) flow.Definition {
	return draw(func(s *sketch) part {
		split, left, right, merge := s.node(flow.Node{Kind: flow.Parallel}), s.node(flow.Node{Kind: flow.Parallel}), s.node(flow.Node{Kind: flow.Parallel}), s.node(flow.Node{Kind: flow.Exclusive})
		for b := range n {
			choice := s.node(flow.Node{Kind: flow.Exclusive})
			s.edge(split, s.seq(s.task(fmt.Sprintf("环节%d", b)), part{choice, choice}).first)
			s.edge(choice, left, flow.Edge{When: "p"})
			s.edge(choice, right, flow.Edge{Default: true})
		}
		s.edge(left, merge)
		s.edge(right, merge)
		return s.seq(part{split, merge}, s.decision())
	})
}

// crossed is n branches, each with a way that crosses from one of its choices to
// the other.
func crossed(n int) flow.Definition {
	return draw(func(s *sketch) part {
		var parts []part
		for b := range n {
			gate := func() string { return s.node(flow.Node{Kind: flow.Exclusive}) }
			first, left, right, last := gate(), gate(), gate(), gate()
			task := s.task(fmt.Sprintf("环节%d", b))
			s.edge(first, left, flow.Edge{When: "p"})
			s.edge(first, right, flow.Edge{Default: true})
			s.edge(left, right, flow.Edge{When: "q"})
			s.edge(left, last, flow.Edge{Default: true})
			s.edge(right, task.first)
			s.edge(task.last, last)
			parts = append(parts, part{first, last})
		}
		return s.seq(s.block(flow.Parallel, parts...), s.decision())
	})
}

func TestCrossedWaysInManyBranchesAreStillJudged(t *testing.T) {
	if found := flow.Check(crossed(24), clock.Limit{}); !flow.Sound(found) {
		t.Errorf("refused: %+v", found)
	}
}

func TestWhatWouldExplodeIsRefusedAndNotHung(t *testing.T) {
	at := time.Now()
	found := flow.Check(tangle(24), clock.Limit{})
	if !slices.ContainsFunc(found, func(f flow.Finding) bool { return f.ID == "flow.explodes" }) {
		t.Errorf("found %+v", found)
	}
	if took := time.Since(at); took > 20*time.Second {
		t.Errorf("took %v", took)
	}
}

func TestMutatedProceduresAreRefusedOrRun(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := mutate(t, anyDefinition(t))
		if !flow.Sound(flow.Check(d, clock.Limit{})) {
			return
		}
		p, err := flow.Compile(d)
		if err != nil {
			t.Fatal(err)
		}
		pl := &player{t: t, p: p}
		pl.start()
		for !pl.m.Ended {
			if pl.acts > 2000 {
				t.Fatalf("accepted, but never ends: %+v", d)
			}
			pl.act()
		}
	})
}

func mutate(t *rapid.T, d flow.Definition) flow.Definition {
	d.Nodes, d.Edges = slices.Clone(d.Nodes), slices.Clone(d.Edges)
	n := rapid.IntRange(0, len(d.Nodes)-1).Draw(t, "node")
	e := rapid.IntRange(0, len(d.Edges)-1).Draw(t, "edge")
	switch rapid.IntRange(0, 4).Draw(t, "mutation") {
	case 0: // take a node out, what led to it leads on
		for i := range d.Edges {
			if d.Edges[i].To == d.Nodes[n].ID {
				for _, on := range d.Edges {
					if on.From == d.Nodes[n].ID {
						d.Edges[i].To = on.To
					}
				}
			}
		}
		gone := d.Nodes[n].ID
		d.Edges = slices.DeleteFunc(d.Edges, func(e flow.Edge) bool { return e.From == gone || e.To == gone })
		d.Nodes = slices.Delete(d.Nodes, n, n+1)
	case 1: // cut an edge
		d.Edges = slices.Delete(d.Edges, e, e+1)
	case 2: // swap a gateway
		if k := d.Nodes[n].Kind; k == flow.Parallel || k == flow.Exclusive || k == flow.Inclusive {
			d.Nodes[n].Kind = rapid.SampledFrom([]flow.Kind{flow.Parallel, flow.Exclusive, flow.Inclusive}).Draw(t, "kind")
		}
	case 3: // lead an edge elsewhere
		d.Edges[e].To = d.Nodes[n].ID
	case 4: // nobody there any more
		d.Nodes[n].Post, d.Nodes[n].Role = "", ""
	}
	return d
}

func TestDroppedStaffAndJoinsAreCaught(t *testing.T) {
	d := joint()
	for i := range d.Nodes {
		if d.Nodes[i].ID == "决定" {
			d.Nodes[i].Decides = true
		}
	}
	if found := flow.Check(d, clock.Limit{}); !flow.Sound(found) {
		t.Fatalf("the original is refused: %+v", found)
	}
	var join string
	for _, e := range d.Edges {
		if e.From == "消防" {
			join = e.To
		}
	}
	unjoined := d
	unjoined.Edges, unjoined.Nodes = slices.Clone(d.Edges), slices.Clone(d.Nodes)
	unjoined.Edges = slices.DeleteFunc(unjoined.Edges, func(e flow.Edge) bool { return e.From == join })
	unjoined.Nodes = slices.DeleteFunc(unjoined.Nodes, func(n flow.Node) bool { return n.ID == join })
	for i := range unjoined.Edges {
		if unjoined.Edges[i].To == join {
			unjoined.Edges[i].To = "决定"
		}
	}
	if flow.Sound(flow.Check(unjoined, clock.Limit{})) {
		t.Error("a deleted join passed")
	}
}
