package flow_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"tongban/internal/engine/flow"
)

// TestEveryActInEveryState plays small procedures through: each work done and
// sent back to each step it may, each timer run out, each condition both ways.
// From every state the end must be reachable, and nothing may be asked twice.
func TestEveryActInEveryState(t *testing.T) {
	for _, tt := range []struct {
		name string
		draw func(s *sketch) part
	}{
		{"parallel review", func(s *sketch) part {
			return s.block(flow.Parallel, s.task("甲"), s.seq(s.task("乙"), s.task("丙")))
		}},
		{"parallel within parallel", func(s *sketch) part {
			return s.block(flow.Parallel, s.block(flow.Parallel, s.task("甲"), s.task("乙")), s.task("丙"))
		}},
		{"one block after the other", func(s *sketch) part {
			return s.seq(s.block(flow.Parallel, s.task("甲"), s.task("乙")), s.block(flow.Parallel, s.task("丙"), s.task("丁")))
		}},
		{"a block in one branch of the block after", func(s *sketch) part {
			return s.seq(s.block(flow.Parallel, s.task("甲"), s.task("乙")),
				s.block(flow.Parallel, s.block(flow.Parallel, s.task("丙"), s.task("丁")), s.task("戊")))
		}},
		{"an inclusive block, then a parallel one", func(s *sketch) part {
			return s.seq(s.block(flow.Inclusive, s.task("甲"), s.task("乙")), s.block(flow.Parallel, s.task("丙"), s.task("丁")))
		}},
		{"a sub-procedure before a block", func(s *sketch) part {
			return s.seq(s.sub("子", func() part { return s.block(flow.Parallel, s.task("甲"), s.task("乙")) }), s.block(flow.Parallel, s.task("丙"), s.task("丁")))
		}},
		{"a choice between a step and a block before a block", func(s *sketch) part {
			return s.seq(s.block(flow.Exclusive, s.block(flow.Parallel, s.task("甲"), s.task("乙")), s.task("己")), s.block(flow.Parallel, s.task("丙"), s.task("丁")))
		}},
		{"inclusive review", func(s *sketch) part { return s.block(flow.Inclusive, s.task("甲"), s.task("乙"), s.task("丙")) }},
		{"a loop around a block", func(s *sketch) part { return s.loop(s.block(flow.Parallel, s.task("甲"), s.task("乙"))) }},
		{"a choice around a block", func(s *sketch) part {
			return s.block(flow.Exclusive, s.block(flow.Parallel, s.task("甲"), s.task("乙")), s.task("丙"))
		}},
		{"a block in a sub-procedure", func(s *sketch) part {
			return s.sub("子", func() part { return s.block(flow.Parallel, s.task("甲"), s.task("乙")) })
		}},
		{"a refusal in one branch", func(s *sketch) part { return s.block(flow.Parallel, s.quit(), s.task("乙")) }},
		{"a timer in one branch", func(s *sketch) part { return s.block(flow.Parallel, s.timed(false), s.task("乙")) }},
		{"a reminder in one branch", func(s *sketch) part { return s.block(flow.Parallel, s.timed(true), s.task("乙")) }},
		{"a countersign beside a task", func(s *sketch) part {
			return s.block(flow.Parallel, s.task("甲"), s.one(flow.Node{ID: "会签", Kind: flow.Multi, Post: "岗", Quorum: flow.All, Agree: "同意",
				Among: []flow.Seat{{Agency: "a"}, {Agency: "b"}}}))
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p, err := flow.Compile(draw(func(s *sketch) part { return s.seq(s.task("受理"), tt.draw(s), s.decision()) }))
			if err != nil {
				t.Fatal(err)
			}
			x := &exhaust{t: t, p: p, known: map[string]int{}}
			x.each(func(env flow.Env) (flow.Marking, flow.Change, error) { return p.Start(env) }, -1)
			for at := 0; at < len(x.states); at++ {
				x.acts(at)
			}
			x.allEnd()
			t.Logf("%d states", len(x.states))
		})
	}
}

type exhaust struct {
	t      *testing.T
	p      *flow.Procedure
	states []flow.Marking
	back   [][]int
	known  map[string]int
}

func (x *exhaust) acts(at int) {
	m := x.states[at]
	for _, w := range m.Open {
		x.each(func(env flow.Env) (flow.Marking, flow.Change, error) { return x.p.Complete(m, w.ID, "张", nil, env) }, at)
		for _, to := range x.p.Earlier(m, w.ID) {
			x.each(func(env flow.Env) (flow.Marking, flow.Change, error) { return x.p.SendBack(m, w.ID, "张", to.ID, env) }, at)
		}
	}
	for _, w := range m.Waits {
		x.each(func(env flow.Env) (flow.Marking, flow.Change, error) { return x.p.Fire(m, w.ID, env) }, at)
	}
}

// each does an act once for every way in which its conditions may turn out.
func (x *exhaust) each(act func(flow.Env) (flow.Marking, flow.Change, error), from int) {
	for turns := [][]bool{nil}; len(turns) > 0; {
		turn := turns[0]
		turns = turns[1:]
		asked := 0
		m, _, err := act(flow.Env{Judge: func(string, map[string]any) (bool, error) {
			if asked == len(turn) {
				turns = append(turns, append(slices.Clone(turn), true))
				turn = append(slices.Clone(turn), false)
			}
			asked++
			return turn[asked-1], nil
		}})
		if err != nil {
			x.t.Fatalf("%v", err)
		}
		x.reach(m, from)
	}
}

func (x *exhaust) reach(m flow.Marking, from int) {
	key := x.key(m)
	at, known := x.known[key]
	if !known {
		at = len(x.states)
		if at > 60_000 {
			x.t.Fatal("too many states")
		}
		x.known[key] = at
		x.states, x.back = append(x.states, m), append(x.back, nil)
	}
	if from >= 0 {
		x.back[at] = append(x.back[at], from)
	}
}

// key is what tells states apart: not who did what when, but what may come.
func (x *exhaust) key(m flow.Marking) string {
	var all []string
	done := map[string]bool{}
	for _, d := range m.Done {
		done[d.Node] = true
	}
	for node := range done {
		all = append(all, "done "+node)
	}
	nodes := map[string]int{}
	for _, w := range m.Open {
		all = append(all, fmt.Sprintf("open %s %d %d %d %v", w.Node, w.Seat, w.Agreed, w.Against, sorted(w.Owes)))
		if nodes[w.Node]++; nodes[w.Node] > 1 && w.Seat <= 1 {
			x.t.Fatalf("%s is asked twice: %+v", w.Node, m)
		}
	}
	for _, w := range m.Waits {
		all = append(all, "wait "+w.Node)
	}
	for i, t := range m.Tokens {
		if slices.ContainsFunc(m.Tokens[:i], func(o flow.Token) bool { return o.Edge == t.Edge }) {
			x.t.Fatalf("two tokens wait on %s: %+v", t.Edge, m)
		}
		all = append(all, fmt.Sprintf("token %s %v", t.Edge, sorted(t.Owes)))
	}
	for _, i := range m.Inside {
		all = append(all, fmt.Sprintf("inside %s %v", i.Node, sorted(i.Owes)))
	}
	slices.Sort(all)
	return strings.Join(all, "\n")
}

func sorted(owes []flow.Debt) []flow.Debt {
	return slices.SortedFunc(slices.Values(owes), func(a, b flow.Debt) int { return strings.Compare(a.Split+a.Edge, b.Split+b.Edge) })
}

func (x *exhaust) allEnd() {
	can := make([]bool, len(x.states))
	var queue []int
	for i, m := range x.states {
		if m.Ended {
			queue = append(queue, i)
		}
	}
	for ; len(queue) > 0; queue = queue[1:] {
		if i := queue[0]; !can[i] {
			can[i] = true
			queue = append(queue, x.back[i]...)
		}
	}
	for i, m := range x.states {
		if !can[i] {
			text, _ := json.Marshal(m)
			x.t.Fatalf("no way to the end from %s", text)
		}
	}
}
