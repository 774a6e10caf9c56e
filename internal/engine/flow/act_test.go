package flow_test

import (
	"slices"
	"strings"
	"testing"

	"tongban/internal/engine/condition"
	"tongban/internal/engine/flow"
	"tongban/internal/ground/fault"
)

// A script plays a procedure for a rule test and stops at the first surprise.
type script struct {
	t *testing.T
	p *flow.Procedure
	m flow.Marking
	e flow.Env
}

func play(t *testing.T, d flow.Definition, values map[string]any) *script {
	t.Helper()
	p, err := flow.Compile(d)
	if err != nil {
		t.Fatal(err)
	}
	s := &script{t: t, p: p, e: flow.Env{Judge: condition.Judge, Values: values, Agency: "审批局"}}
	m, _, err := p.Start(s.e)
	s.take(m, err)
	return s
}

func (s *script) take(m flow.Marking, err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
	s.m = m
}

// work is the open work at a node; the n-th seat of a countersign is "会签#2".
func (s *script) work(node string) flow.Work {
	s.t.Helper()
	name, seat, _ := strings.Cut(node, "#")
	for _, w := range s.m.Open {
		if w.Node == name && (seat == "" || seat == string(rune('0'+w.Seat))) {
			return w
		}
	}
	s.t.Fatalf("no open work at %s: %v", node, s.open())
	return flow.Work{}
}

func (s *script) done(node, by string, answers ...any) {
	s.t.Helper()
	m, _, err := s.p.Complete(s.m, s.work(node).ID, by, pairs(answers), s.e)
	s.take(m, err)
}

func pairs(list []any) map[string]any {
	all := map[string]any{}
	for i := 0; i+1 < len(list); i += 2 {
		all[list[i].(string)] = list[i+1]
	}
	return all
}

func (s *script) back(node, by, to string) {
	s.t.Helper()
	m, _, err := s.p.SendBack(s.m, s.work(node).ID, by, to, s.e)
	s.take(m, err)
}

// fire lets the first wait come true, and returns where it opens work.
func (s *script) fire() string {
	s.t.Helper()
	m, change, err := s.p.Fire(s.m, s.m.Waits[0].ID, s.e)
	s.take(m, err)
	if len(change.Opened) == 0 {
		return ""
	}
	return change.Opened[0].Node
}

func (s *script) refused(code string, err error) {
	s.t.Helper()
	if fault.Code(err) != code {
		s.t.Errorf("want the fault %q, got %v", code, err)
	}
}

func (s *script) complete(node, by string) error {
	s.t.Helper()
	_, _, err := s.p.Complete(s.m, s.work(node).ID, by, nil, s.e)
	return err
}

func (s *script) open() string {
	var nodes []string
	for _, w := range s.m.Open {
		nodes = append(nodes, w.Node)
	}
	slices.Sort(nodes)
	return strings.Join(slices.Compact(nodes), " ")
}

func (s *script) at(want string) {
	s.t.Helper()
	if got := s.open(); got != want || s.m.Ended != (want == "") {
		s.t.Fatalf("want open %q, have %q, ended %v", want, got, s.m.Ended)
	}
}

func TestASubstantiveCheckTakesTwoPeople(t *testing.T) {
	s := play(t, draw(func(s *sketch) part {
		return s.one(flow.Node{ID: "勘验", Kind: flow.Task, Post: "勘验岗", Substantive: true})
	}), nil)
	s.done("勘验", "张")
	s.at("勘验")
	s.refused("flow.work.twice", s.complete("勘验", "张"))
	s.done("勘验", "李")
	s.at("")
	if by := s.m.Done[0].By; !slices.Equal(by, []string{"张", "李"}) {
		t.Errorf("signed by %v", by)
	}
}

func TestWhoReviewedMayNotDecide(t *testing.T) {
	s := play(t, draw(func(s *sketch) part {
		return s.seq(s.task("审查"), s.one(flow.Node{ID: "决定", Kind: flow.Task, Post: "审批岗", Apart: []string{"审查"}}))
	}), nil)
	s.done("审查", "张")
	s.refused("flow.work.apart", s.complete("决定", "张"))
	_, err := s.p.AddSigner(s.m, s.work("决定").ID, "张", "王")
	s.refused("flow.work.apart", err) // nor pass on what is not theirs to do
	_, err = s.p.Transfer(s.m, s.work("决定").ID, "", "张")
	s.refused("flow.work.apart", err)
	s.back("决定", "李", "审查")
	s.done("审查", "李")
	s.refused("flow.work.apart", s.complete("决定", "李"))
	s.done("决定", "张") // whose review was done anew by another
	s.at("")
}

func TestWorkInTheHandsOfOne(t *testing.T) {
	s := play(t, draw(func(s *sketch) part { return s.task("审查") }), nil)
	id := s.work("审查").ID
	m, err := s.p.Claim(s.m, id, "张")
	s.take(m, err)
	s.refused("flow.work.claimed", s.complete("审查", "李"))
	_, err = s.p.Claim(s.m, id, "李")
	s.refused("flow.work.claimed", err)
	_, err = s.p.Release(s.m, id, "李")
	s.refused("flow.work.claimed", err)

	m, err = s.p.Delegate(s.m, id, "张", "王")
	s.take(m, err)
	if w := s.work("审查"); w.Claimed != "王" || w.For != "张" {
		t.Errorf("delegated: %+v", w)
	}
	for _, by := range []string{"王", "李", ""} {
		_, err = s.p.TakeBack(s.m, id, by)
		s.refused("flow.take-back.who", err)
	}
	m, err = s.p.TakeBack(s.m, id, "张")
	s.take(m, err)
	if w := s.work("审查"); w.Claimed != "张" || w.For != "" {
		t.Errorf("taken back: %+v", w)
	}
	_, err = s.p.TakeBack(s.m, id, "张")
	s.refused("flow.take-back.who", err)
	m, err = s.p.Transfer(s.m, id, "", "李")
	s.take(m, err)
	m, err = s.p.AddSigner(s.m, id, "李", "赵")
	s.take(m, err)
	s.done("审查", "李", "结论", "同意")
	s.at("审查")
	s.refused("flow.work.signed", s.complete("审查", "孙")) // it waits for the added signer, and for nobody else's word
	before := s.m
	_, _, err = s.p.DropSigner(s.m, id, "张", "赵", s.e)
	s.refused("flow.signer.asker", err)
	for _, by := range []string{"李", ""} { // who asked, and who is in charge
		m, _, err = s.p.DropSigner(before, id, by, "赵", s.e)
		s.take(m, err)
		s.at("") // nothing else was missing
	}
	s.m = before
	s.done("审查", "赵", "结论", "有保留")
	s.at("")
	if s.m.Data["结论"] != "同意" {
		t.Errorf("an added signer overruled the holder: %v", s.m.Data)
	}
	_, _, err = s.p.Complete(s.m, id, "李", nil, s.e)
	s.refused("flow.work.gone", err)
}

func TestCountersigning(t *testing.T) {
	seats := []flow.Seat{{Agency: "消防"}, {Agency: "环保"}, {Agency: "住建"}}
	for _, tt := range []struct {
		name    string
		quorum  flow.Quorum
		count   int
		answers []bool
		passed  bool
	}{
		{"all agree", flow.All, 0, []bool{true, true, true}, true},
		{"one against is enough when all must agree", flow.All, 0, []bool{true, false}, false},
		{"any one agrees", flow.Any, 0, []bool{false, true}, true},
		{"nobody agrees", flow.Any, 0, []bool{false, false, false}, false},
		{"two of three", flow.N, 2, []bool{true, false, true}, true},
		{"two of three can no longer agree", flow.N, 2, []bool{false, false}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := play(t, draw(func(s *sketch) part {
				return s.one(flow.Node{ID: "会签", Kind: flow.Multi, Post: "会签岗", Among: seats, Quorum: tt.quorum, Count: tt.count, Agree: `意见 == "同意"`})
			}), nil)
			for i, agrees := range tt.answers {
				answer := map[bool]string{true: "同意", false: "不同意"}[agrees]
				s.done("会签#"+string(rune('1'+i)), "人", "意见", answer)
			}
			s.at("")
			if s.m.Data[flow.Passed] != tt.passed {
				t.Errorf("passed: %v", s.m.Data)
			}
		})
	}
}

func TestConditionsChooseTheWay(t *testing.T) {
	d := draw(func(s *sketch) part {
		split, join := s.node(flow.Node{ID: "选", Kind: flow.Inclusive}), s.node(flow.Node{ID: "合", Kind: flow.Inclusive})
		for _, b := range []struct{ name, when string }{{"消防", "面积 > 200"}, {"环保", "噪声"}, {"一般", ""}} {
			p := s.task(b.name)
			s.edge(split, p.first, flow.Edge{When: b.when, Default: b.when == ""})
			s.edge(p.last, join)
		}
		return s.seq(part{split, join}, s.task("决定"))
	})
	for _, tt := range []struct {
		values map[string]any
		open   string
	}{
		{map[string]any{"面积": 300, "噪声": true}, "消防 环保"},
		{map[string]any{"面积": 300, "噪声": false}, "消防"},
		{map[string]any{"面积": 100, "噪声": false}, "一般"},
	} {
		s := play(t, d, tt.values)
		s.at(tt.open)
		for _, node := range strings.Fields(tt.open) {
			s.done(node, "张")
		}
		s.at("决定")
	}
}

func TestAnswersDecideWhatFollows(t *testing.T) {
	d := draw(func(s *sketch) part {
		body := s.task("审查")
		merge, choice := s.node(flow.Node{ID: "并", Kind: flow.Exclusive}), s.node(flow.Node{ID: "断", Kind: flow.Exclusive})
		s.edge(merge, body.first)
		s.edge(body.last, choice)
		s.edge(choice, merge, flow.Edge{When: `结论 == "重审"`})
		return s.seq(part{merge, choice}, s.task("决定"))
	})
	s := play(t, d, nil)
	s.done("审查", "张", "结论", "重审")
	s.at("审查")
	_, _, err := s.p.Complete(s.m, s.work("审查").ID, "张", map[string]any{"结论": "通过"}, flow.Env{})
	s.refused("flow.judge.none", err)
	s.done("审查", "张", "结论", "通过")
	s.at("决定")
}

func TestTimersAndMessages(t *testing.T) {
	for _, tt := range []struct {
		name   string
		beside bool
		open   string
	}{
		{"an interrupting timer takes over", false, "催办"},
		{"a timer beside lets the work go on", true, "催办 审查"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := play(t, draw(func(s *sketch) part {
				task := s.task("审查")
				timer := s.node(flow.Node{ID: "到期", Kind: flow.Timer, On: "审查", Beside: tt.beside})
				s.edge(timer, s.task("催办").first)
				s.edge("催办", s.node(flow.Node{ID: "完", Kind: flow.End}))
				return task
			}), nil)
			m, change, err := s.p.Fire(s.m, s.m.Waits[0].ID, s.e)
			s.take(m, err)
			s.at(tt.open)
			if len(change.Over) != 1 || len(s.m.Waits) != 0 {
				t.Errorf("the timer is still set: %+v", s.m.Waits)
			}
		})
	}
	t.Run("a message is awaited by name", func(t *testing.T) {
		s := play(t, draw(func(s *sketch) part { return s.one(flow.Node{ID: "缴费", Kind: flow.Message, Awaits: "已缴费"}) }), nil)
		_, _, err := s.p.Message(s.m, "别的", s.e)
		s.refused("flow.message.unawaited", err)
		m, _, err := s.p.Message(s.m, "已缴费", s.e)
		s.take(m, err)
		s.at("")
	})
	t.Run("doing the work forgets the timer", func(t *testing.T) {
		s := play(t, draw(func(s *sketch) part { return s.timed(true) }), nil)
		s.done(s.m.Open[0].Node, "张")
		s.at("")
	})
}

func TestWithdrawalClosesEverything(t *testing.T) {
	s := play(t, draw(func(s *sketch) part { return s.block(flow.Parallel, s.task("甲"), s.task("乙"), s.timed(false)) }), nil)
	m, change := s.p.Withdraw(s.m)
	if len(change.Closed) != 3 || len(change.Over) != 1 || !m.Ended || len(m.Open)+len(m.Waits)+len(m.Tokens) > 0 {
		t.Errorf("left behind: %+v %+v", m, change)
	}
}
