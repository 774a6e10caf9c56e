package flow_test

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"tongban/internal/engine/flow"
	"tongban/internal/engine/flow/flowtest"
	"tongban/internal/ground/fault"
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
		{"a step between two blocks", func(s *sketch) part {
			return s.seq(s.block(flow.Parallel, s.task("甲"), s.task("乙")), s.task("己"), s.block(flow.Parallel, s.task("丙"), s.task("丁")))
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
		{"a step and a block in a sub-procedure", func(s *sketch) part {
			return s.sub("子", func() part { return s.seq(s.task("甲"), s.block(flow.Parallel, s.task("乙"), s.task("丙"))) })
		}},
		{"a branch with nothing to do, then a block", func(s *sketch) part {
			return s.seq(s.block(flow.Parallel, s.task("甲"), nothing), s.block(flow.Inclusive, s.task("乙"), nothing))
		}},
		{"a block in a sub-procedure whose time may run out, between blocks", func(s *sketch) part {
			sub := s.sub("子", func() part { return s.block(flow.Parallel, s.task("甲"), s.task("乙")) })
			return s.seq(s.block(flow.Parallel, s.task("丙"), s.task("丁")), s.watched(sub, flow.Timer, false), s.block(flow.Parallel, s.task("戊"), s.task("己")))
		}},
		{"a refusal in one branch", func(s *sketch) part { return s.block(flow.Parallel, s.quit(s.leafTask()), s.task("乙")) }},
		{"a timer in one branch", func(s *sketch) part { return s.block(flow.Parallel, s.timed(false), s.task("乙")) }},
		{"a reminder in one branch", func(s *sketch) part { return s.block(flow.Parallel, s.timed(true), s.task("乙")) }},
		{"a countersign beside a task", func(s *sketch) part {
			return s.block(flow.Parallel, s.task("甲"), s.one(flow.Node{ID: "会签", Kind: flow.Multi, Post: "岗", Quorum: flow.All, Agree: "同意",
				Among: []flow.Seat{{Agency: "a"}, {Agency: "b"}}}))
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := mustCompile(t, func(s *sketch) part { return s.seq(s.task("受理"), tt.draw(s), s.decision()) })
			tally, err := everyAct(p, nil).Explore()
			if err != nil {
				t.Fatal(err)
			}
			t.Logf("%d states, %d steps", tally.States, tally.Steps)
		})
	}
}

// TestWhoeverDoesItAndHandsItOn plays procedures where it counts who does what:
// three people do, send back, claim, hand over, delegate, and ask each other to
// sign, in every state. However they go about it the case can come to its end.
func TestWhoeverDoesItAndHandsItOn(t *testing.T) {
	for _, tt := range []struct {
		name string
		draw func(s *sketch) part
	}{
		{"two people check", func(s *sketch) part {
			return s.seq(s.task("初审"), s.one(flow.Node{ID: "勘验", Kind: flow.Task, Post: "勘验岗", Substantive: true}))
		}},
		{"who reviewed does not decide", func(s *sketch) part {
			return s.seq(s.task("初审"), s.one(flow.Node{ID: "决定", Kind: flow.Task, Post: "审批岗", Decides: true, Apart: []string{"初审"}}))
		}},
		{"two branches", func(s *sketch) part { return s.block(flow.Parallel, s.task("甲"), s.task("乙")) }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tally, err := everyAct(mustCompile(t, tt.draw), []string{"张", "李", "王"}).Explore()
			if err != nil {
				t.Fatal(err)
			}
			t.Logf("%d states, %d steps", tally.States, tally.Steps)
		})
	}
}

// A definition that Check would refuse, and rules that are broken on purpose,
// are found by the exploration, each by the run that leads to it.
func TestABrokenProcedureIsFoundOut(t *testing.T) {
	p := mustCompile(t, func(s *sketch) part {
		split, join := s.node(flow.Node{ID: "选", Kind: flow.Exclusive}), s.node(flow.Node{ID: "合", Kind: flow.Parallel})
		for i, task := range []part{s.task("甲"), s.task("乙")} {
			s.edge(split, task.first, flow.Edge{When: []string{"c", ""}[i], Default: i == 1})
			s.edge(task.last, join)
		}
		return part{split, join}
	})
	lost := everyAct(mustCompile(t, func(s *sketch) part { return s.block(flow.Parallel, s.task("甲"), s.task("乙")) }), nil)
	whole := lost.Acts
	lost.Acts = func(s stand) []flowtest.Step[stand] { // the work of other branches is forgotten when one is done
		steps := whole(s)
		for i := range steps {
			steps[i].To.Open = steps[i].To.Open[:min(1, len(steps[i].To.Open))]
			steps[i].To.Open = slices.DeleteFunc(slices.Clone(steps[i].To.Open), func(w flow.Work) bool { return w.Node == "乙" })
		}
		return steps
	}
	for _, tt := range []struct {
		name string
		game flowtest.Game[stand]
		want string
	}{
		{"a join that waits for a branch not taken", everyAct(p, nil), "stuck at"},
		{"the work of the other branch is lost", lost, "work lost: map[w2:true], after: begin → 张 does 甲"},
	} {
		if _, err := tt.game.Explore(); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: not found: %v", tt.name, err)
		}
	}
}

func mustCompile(t *testing.T, f func(s *sketch) part) *flow.Procedure {
	t.Helper()
	p, err := flow.Compile(draw(f))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// A stand is a marking, and what the act that led to it changed.
type stand struct {
	flow.Marking
	change flow.Change
}

// everyAct is the game of a procedure: each work done and sent back to each step
// it may, each timer run out, each condition both ways.
func everyAct(p *flow.Procedure, people []string) flowtest.Game[stand] {
	return flowtest.Game[stand]{
		Begin: turns("begin", func(env flow.Env) (flow.Marking, flow.Change, error) { return p.Start(env) }),
		Acts:  func(s stand) []flowtest.Step[stand] { return acts(p, s.Marking, people) },
		Key:   func(s stand) string { return key(p, s.Marking, len(people) > 0) },
		Over:  func(s stand) bool { return s.Ended },
		Holds: func(from, to stand, _ string) error {
			return errors.Join(lawful(from.Marking, to.Marking, to.change), early(p, to.Marking))
		},
		Most: 20_000,
	}
}

func acts(p *flow.Procedure, m flow.Marking, people []string) (all []flowtest.Step[stand]) {
	for _, w := range m.Open {
		for _, by := range append(people[:len(people):len(people)], "")[:max(1, len(people))] {
			who := or(by, "张")
			all = append(all, turns(who+" does "+w.Node, func(env flow.Env) (flow.Marking, flow.Change, error) { return p.Complete(m, w.ID, who, nil, env) })...)
			for _, to := range p.Earlier(m, w.ID) {
				all = append(all, turns(who+" sends "+w.Node+" back to "+to.ID, func(env flow.Env) (flow.Marking, flow.Change, error) {
					return p.SendBack(m, w.ID, who, to.ID, env)
				})...)
			}
		}
		all = append(all, handed(p, m, w, people)...)
	}
	for _, w := range m.Waits {
		all = append(all, turns("time runs out at "+w.Node, func(env flow.Env) (flow.Marking, flow.Change, error) { return p.Fire(m, w.ID, env) })...)
	}
	return all
}

func or(a, b string) string {
	if a == "" {
		return b
	}
	return a
}

// handed are the acts that move no token: taken, put back, handed over,
// delegated, one more signer asked for.
func handed(p *flow.Procedure, m flow.Marking, w flow.Work, people []string) (all []flowtest.Step[stand]) {
	give := func(act string, after flow.Marking, err error) {
		if err == nil {
			all = append(all, flowtest.Step[stand]{Act: act, To: stand{Marking: after}})
		}
	}
	for _, by := range people {
		after, err := p.Claim(m, w.ID, by)
		give(by+" claims "+w.Node, after, err)
		after, err = p.Release(m, w.ID, by)
		give(by+" releases "+w.Node, after, err)
		after, err = p.TakeBack(m, w.ID, by)
		give(by+" takes "+w.Node+" back", after, err)
		for _, to := range people {
			after, err = p.Transfer(m, w.ID, by, to)
			give(by+" hands "+w.Node+" over to "+to, after, err)
			after, err = p.Delegate(m, w.ID, by, to)
			give(by+" has "+to+" do "+w.Node, after, err)
			if len(w.Signers) == 0 {
				after, err = p.AddSigner(m, w.ID, by, to)
				give(by+" asks "+to+" to sign "+w.Node, after, err)
			} else if w.Askers[to] == by && !slices.ContainsFunc(w.Signed, func(s flow.Sign) bool { return s.By == to }) {
				all = append(all, turns(by+" takes "+to+" off "+w.Node, func(env flow.Env) (flow.Marking, flow.Change, error) { return p.DropSigner(m, w.ID, by, to, env) })...)
			}
		}
	}
	return all
}

// turns does an act once for every way in which its conditions may turn out;
// who may not do it does nothing.
func turns(name string, act func(flow.Env) (flow.Marking, flow.Change, error)) (all []flowtest.Step[stand]) {
	for turns := [][]bool{nil}; len(turns) > 0; {
		turn := turns[0]
		turns = turns[1:]
		asked := 0
		m, change, err := act(flow.Env{Judge: func(string, map[string]any) (bool, error) {
			if asked == len(turn) {
				turns = append(turns, append(slices.Clone(turn), true))
				turn = append(slices.Clone(turn), false)
			}
			asked++
			return turn[asked-1], nil
		}})
		switch {
		case err == nil:
			all = append(all, flowtest.Step[stand]{Act: name, To: stand{m, change}})
		case fault.Of(err) != fault.Forbidden:
			panic(fmt.Sprintf("%s: %v", name, err)) // offered, and then refused
		}
	}
	return all
}

// key is what tells states apart: not who did what when, but what may come; with
// people, who has what as well.
func key(p *flow.Procedure, m flow.Marking, people bool) string {
	all := map[string]bool{}
	last := map[string][]string{}
	for _, d := range m.Done {
		all["done "+d.Node], last[d.Node] = true, d.By
	}
	for _, n := range p.Definition().Nodes {
		for _, other := range n.Apart {
			all[fmt.Sprintf("done %s by %v", other, slices.Sorted(slices.Values(last[other])))] = people
		}
	}
	for _, w := range m.Open {
		all[fmt.Sprintf("open %s %d %d %d %v", w.Node, w.Seat, w.Agreed, w.Against, sorted(w.Owes))] = true
		if people {
			var signed []string
			for _, by := range w.Signed {
				signed = append(signed, by.By)
			}
			slices.Sort(signed)
			all[fmt.Sprintf("held %s %d %s signed %v asked %v", w.Node, w.Seat, w.Claimed, signed, w.Signers)] = true
		}
	}
	for _, w := range m.Waits {
		all[fmt.Sprintf("wait %s %v", w.Node, sorted(w.Owes))] = true
	}
	for _, t := range m.Tokens {
		all[fmt.Sprintf("token %s %v", t.Edge, sorted(t.Owes))] = true
	}
	for _, i := range m.Inside {
		all[fmt.Sprintf("inside %s %v", i.Node, sorted(i.Owes))] = true
	}
	return strings.Join(slices.Sorted(maps.Keys(all)), "\n")
}

func sorted(owes []flow.Debt) []flow.Debt {
	return slices.SortedFunc(slices.Values(owes), func(a, b flow.Debt) int { return strings.Compare(a.Split+a.Edge, b.Split+b.Edge) })
}
