package flow_test

import (
	"fmt"

	"pgregory.net/rapid"

	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/engine/flow"
)

// A sketch draws definitions for the tests, block by block.
type sketch struct {
	d  flow.Definition
	in string
	n  int
}

// part is a piece of a procedure with one way in and one way out.
type part struct{ first, last string }

func (s *sketch) node(n flow.Node) string {
	s.n++
	if n.ID == "" {
		n.ID = fmt.Sprintf("n%d", s.n)
	}
	n.In = s.in
	s.d.Nodes = append(s.d.Nodes, n)
	return n.ID
}

func (s *sketch) edge(from, to string, more ...flow.Edge) string {
	e := flow.Edge{}
	if len(more) > 0 {
		e = more[0]
	}
	e.ID, e.From, e.To = fmt.Sprintf("e%d", len(s.d.Edges)+1), from, to
	s.d.Edges = append(s.d.Edges, e)
	return e.ID
}

func (s *sketch) task(name string) part {
	id := s.node(flow.Node{ID: name, Kind: flow.Task, Name: name, Post: "审查岗", Role: identity.Reviewer, Limit: clock.Limit{N: 1, Unit: clock.WorkingDays}})
	return part{id, id}
}

func (s *sketch) one(n flow.Node) part {
	id := s.node(n)
	return part{id, id}
}

func (s *sketch) seq(parts ...part) part {
	for i := 1; i < len(parts); i++ {
		s.edge(parts[i-1].last, parts[i].first)
	}
	return part{parts[0].first, parts[len(parts)-1].last}
}

// nothing is a branch on which nothing is to be done.
var nothing part

// block puts branches between a split and a join of one kind. Choices get
// conditions, and a default.
func (s *sketch) block(kind flow.Kind, branches ...part) part {
	split, join := s.node(flow.Node{Kind: kind}), s.node(flow.Node{Kind: kind})
	for i, b := range branches {
		e := flow.Edge{}
		switch {
		case kind == flow.Parallel:
		case i == len(branches)-1:
			e.Default = true
		default:
			e.When = fmt.Sprintf("c%d", i)
		}
		if b == nothing {
			s.edge(split, join, e)
			continue
		}
		s.edge(split, b.first, e)
		s.edge(b.last, join)
	}
	return part{split, join}
}

// loop repeats a part until the condition fails.
func (s *sketch) loop(body part) part {
	merge, choice := s.node(flow.Node{Kind: flow.Exclusive}), s.node(flow.Node{Kind: flow.Exclusive})
	s.edge(merge, body.first)
	s.edge(body.last, choice)
	s.edge(choice, merge, flow.Edge{When: "again"})
	leave := s.node(flow.Node{Kind: flow.Exclusive})
	s.edge(choice, leave, flow.Edge{Default: true})
	return part{merge, leave}
}

func (s *sketch) sub(name string, draw func() part) part {
	id := s.node(flow.Node{ID: name, Kind: flow.Sub, Name: name})
	around := s.in
	s.in = id
	s.wrap(draw())
	s.in = around
	return part{id, id}
}

// wrap puts a start before a part and an end after it.
func (s *sketch) wrap(p part) {
	s.edge(s.node(flow.Node{Kind: flow.Start}), p.first)
	s.edge(p.last, s.node(flow.Node{Kind: flow.End}))
}

// decision is the step that every checked definition ends with.
func (s *sketch) decision() part {
	return s.one(flow.Node{ID: "决定", Kind: flow.Task, Name: "决定", Post: "审批岗", Decides: true, Limit: clock.Limit{N: 1, Unit: clock.WorkingDays}})
}

func draw(f func(s *sketch) part) flow.Definition {
	s := &sketch{d: flow.Definition{ID: "p", Name: "测试流程"}}
	s.wrap(f(s))
	return s.d
}

// anyDefinition generates sound, block-structured definitions.
func anyDefinition(t *rapid.T) flow.Definition {
	return draw(func(s *sketch) part {
		return s.seq(s.task("收件"), s.random(t, rapid.IntRange(1, 4).Draw(t, "depth")), s.decision())
	})
}

func (s *sketch) random(t *rapid.T, depth int) part {
	if depth == 0 {
		return s.leaf(t)
	}
	var parts []part
	kind := rapid.SampledFrom([]string{"seq", "seq", "xor", "and", "and", "or", "loop", "sub", "quit", "timed", "watched", "skip", "fork"}).Draw(t, "block")
	many := func(least int) []part {
		for range rapid.IntRange(least, 3).Draw(t, "branches") {
			parts = append(parts, s.random(t, depth-1))
		}
		return parts
	}
	switch kind {
	case "seq":
		return s.seq(many(1)...)
	case "xor":
		return s.block(flow.Exclusive, many(2)...)
	case "and":
		return s.block(flow.Parallel, many(2)...)
	case "or":
		return s.block(flow.Inclusive, many(2)...)
	case "loop":
		return s.loop(s.seq(s.leafTask(), s.random(t, depth-1)))
	case "sub":
		return s.sub(fmt.Sprintf("sub%d", s.n), func() part { return s.random(t, depth-1) })
	case "quit":
		return s.quit(s.leafTask())
	case "watched":
		host := s.sub(fmt.Sprintf("sub%d", s.n), func() part { return s.random(t, depth-1) })
		kind := rapid.SampledFrom([]flow.Kind{flow.Timer, flow.Message}).Draw(t, "watch")
		return s.watched(host, kind, rapid.Bool().Draw(t, "beside"))
	case "skip":
		return s.block(rapid.SampledFrom([]flow.Kind{flow.Exclusive, flow.Parallel, flow.Inclusive}).Draw(t, "skip"), s.random(t, depth-1), nothing)
	case "fork":
		return s.fork(many(2)...)
	}
	return s.timed(rapid.Bool().Draw(t, "beside"))
}

// fork is a task after which several branches begin without a gateway.
func (s *sketch) fork(branches ...part) part {
	task, join := s.leafTask(), s.node(flow.Node{Kind: flow.Parallel})
	for _, b := range branches {
		s.edge(task.last, b.first)
		s.edge(b.last, join)
	}
	return part{task.first, join}
}

// quit is a choice, after a task, between going on and ending everything.
func (s *sketch) quit(task part) part {
	choice, on := s.node(flow.Node{Kind: flow.Exclusive}), s.node(flow.Node{Kind: flow.Exclusive})
	s.edge(task.last, choice)
	s.edge(choice, s.node(flow.Node{Kind: flow.Terminate}), flow.Edge{When: "quit"})
	s.edge(choice, on, flow.Edge{Default: true})
	return part{task.first, on}
}

// timed is a task with a timer that interrupts it, or stands beside it.
func (s *sketch) timed(beside bool) part { return s.watched(s.leafTask(), flow.Timer, beside) }

// watched attaches a timer or a message to a task or sub-procedure, which
// interrupts it, or stands beside it.
func (s *sketch) watched(host part, kind flow.Kind, beside bool) part {
	watch := s.node(flow.Node{Kind: kind, Name: "到期", On: host.first, Beside: beside, Limit: clock.Limit{N: 3, Unit: clock.WorkingDays}})
	late := s.leafTask()
	s.edge(watch, late.first)
	meet := s.node(flow.Node{Kind: flow.Exclusive})
	s.edge(host.last, meet)
	if beside {
		s.edge(late.last, s.node(flow.Node{Kind: flow.End}))
	} else {
		s.edge(late.last, meet)
	}
	return part{host.first, meet}
}

func (s *sketch) leafTask() part { return s.task(fmt.Sprintf("环节%d", s.n+1)) }

func (s *sketch) leaf(t *rapid.T) part {
	name := fmt.Sprintf("环节%d", s.n+1)
	switch rapid.IntRange(0, 7).Draw(t, "leaf") {
	case 0:
		return s.one(flow.Node{ID: name, Kind: flow.Rule, Name: name, Rule: "r", Result: "核验通过"})
	case 1:
		return s.one(flow.Node{ID: name, Kind: flow.Multi, Name: name, Post: "会签岗", Quorum: flow.N, Count: 2, Agree: "agree",
			Among: []flow.Seat{{Agency: "公安"}, {Agency: "消防"}, {Agency: "住建"}}})
	case 2:
		return s.one(flow.Node{ID: name, Kind: flow.Message, Name: name, Awaits: "消息" + name})
	case 3:
		return s.one(flow.Node{ID: name, Kind: flow.Task, Name: name, Post: "勘验岗", Substantive: true})
	}
	return s.task(name)
}
