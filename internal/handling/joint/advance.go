package joint

import (
	"fmt"
	"strings"

	"tongban/internal/handling/cases"
)

// Hear is what a case's own state means for its part: nothing (false) while it
// is under way, or when that is known already. A part whose result is a
// certificate is done when the certificate is there.
func (p Part) Hear(c *cases.Case) (Step, bool) {
	if p.State != Filed {
		return Step{}, false
	}
	s := Step{Item: p.Item}
	switch c.State {
	case cases.Granted:
		if p.Certified && c.Certificate == "" {
			return Step{}, false
		}
		s.To, s.Result = Done, c.Certificate
	case cases.Denied:
		s.To, s.Why = Failed, "没有批准"
		if c.Decision != nil && c.Decision.Reason != "" {
			s.Why += "：" + c.Decision.Reason
		}
	case cases.Refused, cases.NotNeeded, cases.Terminated:
		s.To, s.Why = Failed, c.StateHan()
	case cases.Withdrawn:
		s.To = Withdrawn
	default:
		return Step{}, false
	}
	return s, true
}

// Next says which waiting parts may start now, and which never will, because
// what they wait for was not granted. A part that is optional holds up nobody:
// whatever comes of it, those after it go on.
func (j *Joint) Next() (start []Part, stop []Step) {
	stopped := map[string]bool{}
	for again := true; again; {
		again = false
		for _, p := range j.Parts {
			if p.State != Waiting || stopped[string(p.Item)] {
				continue
			}
			if because := j.blocked(p, stopped); because != "" {
				stop = append(stop, Step{Item: p.Item, To: Stopped, Why: because})
				stopped[string(p.Item)], again = true, true
			}
		}
	}
	for _, p := range j.Parts {
		if p.State == Waiting && !stopped[string(p.Item)] && j.ready(p) {
			start = append(start, p)
		}
	}
	return start, stop
}

func (j *Joint) blocked(p Part, stopped map[string]bool) string {
	var whys []string
	for _, id := range p.After {
		before, ok := j.Part(id)
		if !ok || before.Optional {
			continue
		}
		if stopped[string(id)] || before.State == Stopped || before.State == Failed || before.State == Withdrawn {
			whys = append(whys, before.Title)
		}
	}
	if len(whys) == 0 {
		return ""
	}
	return fmt.Sprintf("要先办好“%s”，它没有办成。解决以后可以单独申请这一项", strings.Join(whys, "”、“"))
}

// ready reports whether everything the part waits for has come to its end.
func (j *Joint) ready(p Part) bool {
	for _, id := range p.After {
		if before, ok := j.Part(id); ok && before.State.Open() {
			return false
		}
	}
	return true
}
