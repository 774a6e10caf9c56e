package projects

import (
	"fmt"

	"tongban/internal/engine/clock"
)

// A Finding is something about a flow that a person should look at, where it
// stands, in words.
type Finding struct {
	Path string `json:"path"`
	Say  string `json:"say"`
}

// A Timed stage is what was declared for it and what its items come to.
type Timed struct {
	No       int         `json:"no"`
	Name     string      `json:"name"`
	Declared clock.Limit `json:"declared"`
	Days     int         `json:"days"` // working days, as the clock counts them
}

// Timing holds the limits of a type against each other.
type Timing struct {
	Stages   []Timed   `json:"stages"`
	Declared int       `json:"declared"` // sum over the four stages, working days
	Computed int       `json:"computed"` // what the items of the four come to
	Findings []Finding `json:"findings,omitempty"`
}

// Time compares what the items of each stage come to, as the clock counts them,
// with the limit declared for the stage, and the sum of the four with the total.
// The parallel stage is in no sum.
func (t *Type) Time(days map[int]int) Timing {
	var out Timing
	for _, s := range t.Stages {
		out.Stages = append(out.Stages, Timed{s.No, s.Name, s.Limit, days[s.No]})
		if s.No == Parallel {
			continue
		}
		path := fmt.Sprintf("stages[%d].limit", s.No)
		if s.Limit.Unit == clock.WorkingDays {
			out.Declared += s.Limit.N
			if days[s.No] > s.Limit.N {
				out.Findings = append(out.Findings, Finding{path, fmt.Sprintf("“%s”各事项最长的一路要%d个工作日，比宣布的%d个工作日长", s.Name, days[s.No], s.Limit.N)})
			}
		} else {
			out.Findings = append(out.Findings, Finding{path, fmt.Sprintf("“%s”的时限是“%s”，不能和工作日相加", s.Name, s.Limit)})
		}
		out.Computed += days[s.No]
	}
	switch {
	case t.Total.Unit != clock.WorkingDays:
		out.Findings = append(out.Findings, Finding{"total", "没有以工作日宣布总时限"})
	case out.Declared > t.Total.N:
		out.Findings = append(out.Findings, Finding{"total", fmt.Sprintf("四个阶段的时限合计%d个工作日，比宣布的总时限%d个工作日多", out.Declared, t.Total.N)})
	}
	return out
}
