package sitework

import (
	"slices"
	"strings"

	"tongban/internal/civic/calendar"
	"tongban/internal/handling/projects"
	"tongban/internal/places/frame"
)

func typeChoices(types []projects.Type) []frame.Choice {
	var all []frame.Choice
	for _, t := range types {
		all = append(all, frame.Choice{Value: t.ID, Label: t.Name, Hint: t.Plain})
	}
	return all
}

func yesNo() []frame.Choice {
	return []frame.Choice{{Value: "是", Label: "是"}, {Value: "否", Label: "否"}}
}

func verdicts() []frame.Choice {
	var all []frame.Choice
	for _, v := range []string{projects.Agree, projects.Conditional, projects.Object} {
		all = append(all, frame.Choice{Value: v, Label: v})
	}
	return all
}

func unitOf(p projects.Project, part string) string {
	for _, u := range p.Units {
		if u.Part == part {
			return u.Name
		}
	}
	return ""
}

func stageTitle(s projects.Step) string { return s.Name + "：" + stageWord(s) }

func stageSmall(s projects.Step) string {
	small := s.LeadName + "牵头"
	if s.No == projects.Parallel {
		return small
	}
	return small + limitWord(s)
}

func lineSays(l projects.Line) string {
	if len(l.Why) > 0 {
		return strings.Join(l.Why, "；")
	}
	say := l.Say
	if l.Due != 0 && (l.Where == projects.Running || l.Where == projects.Lacking) {
		say = strings.TrimPrefix(say+"，"+l.Due.Han()+"前", "，")
	}
	return say
}

func heldWord(h projects.Held) string {
	switch h.Where {
	case projects.Ready:
		if h.Must {
			return "还没有召集"
		}
		return "需要时召集"
	case projects.Running:
		return "等各部门意见"
	case projects.Failed:
		return "要求整改"
	}
	return "通过"
}

func bidden(g projects.Gathering) string {
	var names []string
	for _, b := range g.Parties {
		names = append(names, b.Name)
	}
	return strings.Join(names, "、")
}

func opinion(o projects.Opinion) frame.Opinion {
	out := frame.Opinion{Agency: o.Name, Person: o.By.Name, Verdict: o.Verdict, Text: o.Say}
	switch o.Verdict {
	case "":
		out.Verdict = "待出具"
	case projects.Agree:
		out.Tone = frame.Green
	case projects.Conditional:
		out.Tone = frame.Amber
	default:
		out.Tone = frame.Red
	}
	if !o.At.IsZero() {
		out.When = calendar.DayOf(o.At).Han()
	}
	return out
}

func serviceTone(state string) frame.Tone {
	if state == projects.Served {
		return frame.Green
	}
	return frame.Blue
}

// next is what a service goes to next by whoever looks; "" for nothing.
func (v oneView) next(o projects.Offered) string {
	at := slices.Index(projects.ServiceStates, v.Say[o.ID].State) + 1
	if at == len(projects.ServiceStates) || !v.Serves(o.ID, projects.ServiceStates[at]) {
		return ""
	}
	return projects.ServiceStates[at]
}

// heldTone leaves a gathering that nobody has called without colour.
func heldTone(h projects.Held) frame.Tone {
	if h.Where == projects.Ready {
		return frame.Plain
	}
	return tone(h.Where)
}

func serveButton(state string) string {
	return map[string]string{projects.Asked: "提出", projects.Working: "接办", projects.Served: "办结"}[state]
}

// blockages are what holds up the stages that could run.
func blockages(course []projects.Step) []string {
	var all []string
	for _, s := range course {
		if s.Where == projects.Blocked {
			continue // it only waits for its turn
		}
		for _, b := range s.Blocks {
			all = append(all, s.Name+"："+b)
		}
	}
	return all
}

func nextSteps(course []projects.Step) []string {
	var all []string
	for _, s := range course {
		for _, n := range s.Next {
			if s.No != projects.Parallel {
				all = append(all, n)
			}
		}
	}
	if len(all) == 0 {
		return []string{"没有要做的，项目已经完成"}
	}
	return all
}

func moments(p *projects.Project) []frame.Moment {
	var all []frame.Moment
	for _, n := range slices.Backward(p.Log) {
		all = append(all, frame.Moment{When: calendar.DayOf(n.At).Han(), What: n.Act.Han(), Who: n.By.Name, Note: n.Say})
	}
	return all
}

// filed are the numbers under which a stage was submitted as one.
func filed(p *projects.Project, stage int) []string {
	var all []string
	for _, f := range p.Filings {
		if f.Stage == stage && f.Joint != "" {
			all = append(all, f.Number)
		}
	}
	return all
}
