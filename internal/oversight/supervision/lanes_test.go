package supervision

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"tongban/internal/handling/cases"
)

func lane(c Chart, name string) (l Lane) {
	for _, one := range c.Lanes {
		if one.Name == name {
			return one
		}
	}
	return l
}

func TestAChartIsDrawnInOfficeTime(t *testing.T) {
	c := play(t).askedOnce("21 10:00").corrected("21 16:30").accepted("21 17:30", 1).
		turn("w1", "规划", "21 17:30", "a", "22 17:30").turn("w2", "消防", "21 17:30", "", "").now("23 17:30").Chart()
	window := lane(c, "窗口受理")
	if len(window.Bars) != 3 || window.Bars[1].Kind != "pause" || window.Bars[1].From != 60 || window.Bars[1].To != 360 {
		t.Errorf("the window %+v", window.Bars)
	}
	if plan := lane(c, "规划"); plan.Bad || plan.Bars[0].From != 420 || plan.Bars[0].To != 840 || plan.Bars[0].Note != "7.0时" {
		t.Errorf("planning %+v", plan)
	}
	fire := lane(c, "消防")
	if last := fire.Bars[len(fire.Bars)-1]; !fire.Bad || last.Kind != "late" || last.To != c.Now || last.Note != "14工作小时无人签收" {
		t.Errorf("fire %+v", fire)
	}
	if wait := lane(c, "决定"); len(wait.Bars) != 1 || wait.Bars[0].Kind != "wait" || wait.Bars[0].Note != "等消防" {
		t.Errorf("the decision %+v", wait)
	}
	if c.Promise != 840 || c.Now != 1260 || len(c.Ticks) != 3 || c.Ticks[1].At != 420 || c.Ticks[1].Name != "09-22" {
		t.Errorf("promise %d now %d ticks %v", c.Promise, c.Now, c.Ticks)
	}
}

func TestInspectionsAreHatchedAndBelongToNoStep(t *testing.T) {
	s := play(t).accepted("21 09:00", 5).turn("w1", "审查", "21 09:00", "周海", "24 09:00").special("s1", "22 09:00", 3, "23 09:00").now("24 09:00")
	bars := lane(s.Chart(), "审查").Bars
	if len(bars) != 3 || bars[1].Kind != "pause" || bars[1].From != 420 || bars[1].To != 840 {
		t.Errorf("%+v", bars)
	}
	spent := s.Spent()
	if spent[InSpecial] != 7*time.Hour || spent[InReview] != 14*time.Hour || spent[InWindow] != 0 {
		t.Errorf("spent %v", spent)
	}
}

func TestWorkSideBySideIsCountedOnce(t *testing.T) {
	s := play(t).accepted("21 09:00", 5).turn("w1", "规划", "21 09:00", "a", "22 09:00").turn("w2", "消防", "21 09:00", "b", "23 09:00").
		turn("w3", "决定", "23 09:00", "c", "23 10:00").now("23 10:00")
	s.Turns[2].Work.Decides = true
	if spent := s.Spent(); spent[InJoint] != 14*time.Hour || spent[InDecision] != time.Hour {
		t.Errorf("spent %v", spent)
	}
}

func TestALineDoesNotDependOnWhenItIsMade(t *testing.T) {
	s := play(t).accepted("21 10:00", 5).now("22 10:00")
	s.Case.Promises = []cases.Promise{{Material: "plan", By: 739_900}, {Material: "id", Kept: true}}
	a := LineOf(s)
	s.Now = at(t, "30 10:00")
	b := LineOf(s)
	if len(a.Open) != 2 || len(a.Days) != 1 || len(b.Open) != 2 {
		t.Fatalf("%+v", a)
	}
	for k, n := range a.Open {
		if b.Open[k] != n {
			t.Errorf("%v: %d and later %d", k, n, b.Open[k])
		}
	}
}

func TestUnionCountsNothingTwice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		base, in := time.UnixMilli(0), map[int]bool{}
		var spans []span
		for _, from := range rapid.SliceOfN(rapid.IntRange(0, 60), 0, 12).Draw(t, "from") {
			until := from + rapid.IntRange(0, 20).Draw(t, "long")
			spans = append(spans, span{base.Add(time.Duration(from) * time.Minute), base.Add(time.Duration(until) * time.Minute)})
			for m := from; m < until; m++ {
				in[m] = true
			}
		}
		sum := time.Duration(0)
		for _, s := range union(spans) {
			sum += s.until.Sub(s.from)
		}
		if sum != time.Duration(len(in))*time.Minute {
			t.Fatalf("%s, want %d minutes", sum, len(in))
		}
	})
}
