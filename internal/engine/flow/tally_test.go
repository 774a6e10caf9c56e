package flow_test

import (
	"testing"

	"tongban/internal/engine/clock"
	"tongban/internal/engine/flow"
)

// A countersign is told while it runs and when it is over; sent back to before it,
// what it came to counts no more.
func TestHowACountersignStands(t *testing.T) {
	s := play(t, draw(func(s *sketch) part {
		seats := []flow.Seat{{Agency: "a"}, {Agency: "b"}, {Agency: "c"}}
		sign := s.one(flow.Node{ID: "会签", Kind: flow.Multi, Name: "会签", Post: "岗", Among: seats, Quorum: flow.N, Count: 2, Agree: `意见 == "同意"`})
		return s.seq(s.task("初审"), sign, s.task("审核"))
	}), nil)
	stands := func(want ...flow.Tally) {
		t.Helper()
		got := s.p.Tallies(s.m)
		if len(got) != len(want) || len(got) == 1 && got[0] != want[0] {
			t.Errorf("want %+v, got %+v", want, got)
		}
	}
	stands()
	s.done("初审", "甲")
	stands(flow.Tally{Node: "会签", Name: "会签", Of: 3, Need: 2})
	s.done("会签#1", "子", "意见", "同意")
	s.done("会签#2", "丑", "意见", "不同意")
	stands(flow.Tally{Node: "会签", Name: "会签", Of: 3, Need: 2, Agreed: 1, Against: 1})
	if w := s.work("会签"); !s.m.Countersigned(w, "子") || s.m.Countersigned(w, "寅") {
		t.Error("who has a seat, and who has none")
	}
	s.done("会签#3", "寅", "意见", "同意")
	stands(flow.Tally{Node: "会签", Name: "会签", Over: true, Passed: true})
	s.back("审核", "乙", "初审")
	stands()
	s.done("初审", "甲")
	if w := s.work("会签"); s.m.Countersigned(w, "子") {
		t.Error("in another round everybody signs anew")
	}
}

// A countersign that counts who does not agree as agreeing, and two whose outcomes
// go by one name, are pointed out before they are published.
func TestCountersignsThatSayTooLittle(t *testing.T) {
	sign := func(s *sketch, id, agree string) part {
		return s.one(flow.Node{ID: id, Kind: flow.Multi, Post: "岗", Among: []flow.Seat{{Agency: "a"}}, Quorum: flow.All, Agree: agree})
	}
	for _, tt := range []struct {
		name string
		d    flow.Definition
		id   string
	}{
		{"nobody says what agreeing is", draw(func(s *sketch) part { return s.seq(sign(s, "会签", ""), s.decision()) }), "flow.multi.agree"},
		{"one outcome is written over", draw(func(s *sketch) part {
			return s.seq(sign(s, "会签", `意见 == "同意"`), sign(s, "再会签", `意见 == "同意"`), s.decision())
		}), "flow.multi.result"},
	} {
		found := flow.Check(tt.d, clock.Limit{})
		if len(found) != 1 || found[0].ID != tt.id || found[0].Severity != flow.Warned {
			t.Errorf("%s: %+v", tt.name, found)
		}
	}
}
