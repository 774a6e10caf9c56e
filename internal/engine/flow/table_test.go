package flow_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"tongban/internal/engine/clock"
	"tongban/internal/engine/flow"
)

var venue = []flow.Step{
	{No: 1, ID: "初审", Kind: flow.Task, Name: "初审", Post: "审查岗", Limit: clock.Limit{N: 2, Unit: clock.WorkingDays}, Standard: "材料齐全"},
	{No: 2, ID: "勘验", Kind: flow.Task, Name: "现场勘验", Post: "勘验岗", Group: "联合审查", Branch: "现场", Substantive: true},
	{No: 3, ID: "勘验结论", Kind: flow.Task, Name: "勘验结论", Post: "勘验岗", Group: "联合审查", Branch: "现场"},
	{No: 4, ID: "评审", Kind: flow.Task, Name: "专家评审", Post: "评审岗", Group: "联合审查", When: "面积 > 200"},
	{No: 5, ID: "会签", Kind: flow.Multi, Name: "部门会签", Post: "会签岗", Quorum: flow.All, Among: []flow.Seat{{Agency: "消防"}, {Agency: "环保"}}},
	{No: 6, ID: "决定", Kind: flow.Task, Name: "决定", Post: "审批岗", Decides: true, Apart: []string{"初审"}},
}

func TestTheTableAndTheDiagramAreOneDefinition(t *testing.T) {
	d := flow.FromSteps("p", "歌舞娱乐场所设立", venue)
	if found := flow.Check(d, clock.Limit{}); !flow.Sound(found) {
		t.Fatalf("refused: %+v", found)
	}
	steps, err := d.Steps()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(venue, steps); diff != "" {
		t.Error(diff)
	}
}

func TestTablesSurviveBeingDrawn(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var steps []flow.Step
		for range rapid.IntRange(1, 8).Draw(t, "steps") {
			s := flow.Step{Name: "审查", Post: "岗位", Group: rapid.SampledFrom([]string{"", "", "甲组", "乙组"}).Draw(t, "group")}
			if s.Group != "" {
				s.Branch = rapid.SampledFrom([]string{"", "东", "西"}).Draw(t, "branch")
			}
			if rapid.Bool().Draw(t, "if") {
				s.When = "a > 1"
			}
			steps = append(steps, s)
		}
		read, err := flow.FromSteps("p", "n", steps).Steps()
		if err != nil {
			t.Fatalf("%v: %+v", err, steps)
		}
		if len(read) != len(steps) {
			t.Fatalf("%d steps became %d", len(steps), len(read))
		}
		again, err := flow.FromSteps("p", "n", read).Steps()
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(read, again); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestWhatATableCannotSayIsRefusedByPlace(t *testing.T) {
	d := draw(func(s *sketch) part { return s.seq(s.loop(s.task("审查")), s.decision()) })
	if _, err := d.Steps(); err == nil {
		t.Error("a loop became a table")
	}
}
