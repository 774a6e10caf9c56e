package themes

import (
	"strconv"

	"tongban/internal/catalogue/items"
)

// Saved is what a theme saves against handling each item apart, in the counts
// of the reduction ledger, with the list behind each number (减环节、减时间、
// 减材料、减费用, 苏协调小组〔2021〕1号 一).
type Saved struct {
	Steps     Saving `json:"steps"` // times one applies
	Fields    Saving `json:"fields"`
	Materials Saving `json:"materials"` // that must be handed in
	Days      Saving `json:"days"`      // working days, one item after the other against the plan
	Visits    Saving `json:"visits"`
	Fees      Saving `json:"fees"` // charges
}

// A Saving is one count before and after.
type Saving struct {
	Apart   int    `json:"apart"`
	Jointly int    `json:"jointly"`
	Own     int    `json:"own,omitempty"` // of Jointly, the papers not handed in by whose own they are
	Before  []Line `json:"before,omitempty"`
	After   []Line `json:"after,omitempty"`
}

// A Line is one thing that was counted.
type Line struct {
	Name string `json:"name"`
	N    int    `json:"n"`
	Note string `json:"note,omitempty"`
}

// Less is what is saved; negative where the theme costs more.
func (s Saving) Less() int { return s.Apart - s.Jointly }

func (s *Saving) before(name string, n int, note string) {
	if n > 0 {
		s.Apart += n
		s.Before = append(s.Before, Line{name, n, note})
	}
}

func (s *Saving) after(name string, n int, note string) {
	if n > 0 {
		s.Jointly += n
		s.After = append(s.After, Line{name, n, note})
	}
}

// saved counts.
func (c *Composed) saved() Saved {
	var s Saved
	for _, p := range c.Parts {
		s.Steps.before(p.Title, 1, p.Agency)
		s.Visits.before(p.Title, p.Edition.Visits, p.Agency)
		s.Days.before(p.Title, daysOf(c.Plan, p), p.Agency)
		for _, m := range p.Edition.Materials {
			s.Materials.before(m.Name, counted(mustHand(m)), p.Title)
		}
		for _, fee := range p.Edition.Fees {
			s.Fees.before(fee.Name, 1, p.Title)
			s.Fees.after(fee.Name, 1, p.Title)
		}
		s.Fields.before(p.Title, fieldsOf(p), "")
	}
	s.Steps.after(c.Theme.Name, counted(len(c.Parts) > 0), "一次提交")
	for _, f := range c.Form.Fields {
		s.Fields.after(f.Label, 1, f.Group)
	}
	for _, m := range c.Materials.Materials {
		s.Materials.after(m.Name, counted(mustHand(m.Material)), ifOwn(m.Material))
		s.Materials.Own += counted(need[m.Necessity] > 1 && m.FetchedIfOwn())
	}
	for _, m := range c.Theme.Materials {
		s.Materials.before(m.Name, counted(mustHand(m)), c.Theme.Name)
	}
	s.visits(c)
	s.Days.after("最长的一路："+c.way(c.Plan.Critical), c.Plan.Days, "")
	return s
}

// visits are as many as the item that needs most: all are seen to at one desk.
func (s *Saved) visits(c *Composed) {
	most := -1
	for i, p := range c.Parts {
		if p.Edition.Visits > 0 && (most < 0 || p.Edition.Visits > c.Parts[most].Edition.Visits) {
			most = i
		}
	}
	if most >= 0 {
		s.Visits.after(c.Parts[most].Title, c.Parts[most].Edition.Visits, "一窗受理，统一出件")
	}
}

func fieldsOf(p Part) int {
	n := 0
	for range p.Edition.Form.All() {
		n++
	}
	return n
}

// daysOf is how long a component takes by itself.
func daysOf(plan Plan, p Part) int {
	for _, s := range plan.Steps {
		if s.Item == p.Item {
			return s.own
		}
	}
	return 0
}

// ifOwn says of a material that it is not handed in by whose own it is.
func ifOwn(m items.Material) string {
	if m.FetchedIfOwn() {
		return "是本人的免提交"
	}
	return ""
}

func counted(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// String is the saving in words: 22份减为4份.
func (s Saving) String() string { return strconv.Itoa(s.Apart) + " → " + strconv.Itoa(s.Jointly) }
