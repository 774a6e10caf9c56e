package window

import (
	"slices"

	"tongban/internal/civic/identity"
	"tongban/internal/engine/flow"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
	"tongban/internal/places/frame"
)

// spot is a step that a chief representative does at the window (当场审查、当场决定).
type spot struct {
	Work    flow.Work
	Opinion string
	Grant   string // "1", "0"; "" not chosen yet
	Ruling  cases.Ruling
	Signed  []string // who signed before
}

// spotOf is the step that the act is about: one that the actor may do, or else
// the first of its sort, of which the rule says why it is not theirs.
func spotOf(c *cases.Case, act cases.Act, by identity.Actor) (spot, error) {
	if act != cases.Review && act != cases.Decide {
		return spot{}, nil
	}
	sort := func(w flow.Work) bool { return w.Decides == (act == cases.Decide) }
	all := append(c.WorkFor(by), c.Flow.Open...)
	i := slices.IndexFunc(all, sort)
	if i < 0 {
		return spot{}, fault.New(fault.Conflict, "window."+string(act)+".step", "办件现在没有可以%s的环节，请先看办理经过", cases.MoveOf(act).Name)
	}
	s := spot{Work: all[i]}
	s.Ruling, s.Signed, _ = cases.Proposed(s.Work)
	return s, nil
}

// read takes what is signed from the form.
func (s *spot) read(f *page.Form, i cases.Intent) {
	switch {
	case s.Work.ID == "":
	case s.Work.Decides:
		s.Grant = f.OneOf("grant", "1", "0")
		s.Ruling = cases.Ruling{Grant: s.Grant == "1", Reason: i.Reason, Basis: i.Basis, Conditions: f.Text("conditions"), Heard: f.Text("heard"), False: f.Has("false")}
		if s.Grant == "" {
			f.Refuse("grant", "required", "请选择准予还是不予")
		}
	default:
		s.Opinion = f.OneOf("opinion", cases.Opinions...)
	}
}

// spotButtons lead to the steps that the actor may do at the window.
func spotButtons(c *cases.Case, by identity.Actor) []frame.Btn {
	var all []frame.Btn
	for _, w := range c.WorkFor(by) {
		b := frame.Btn{Text: "当场审查", Kind: "p", Href: caseHref(c.ID) + "/do/review"}
		if w.Decides {
			b.Text, b.Href = "当场决定", caseHref(c.ID)+"/do/decide"
		}
		if !slices.ContainsFunc(all, func(o frame.Btn) bool { return o.Href == b.Href }) {
			all = append(all, b)
		}
	}
	return all
}

var grants = []frame.Choice{{Value: "1", Label: "准予"}, {Value: "0", Label: "不予"}}

func opinions() []frame.Choice {
	var all []frame.Choice
	for _, o := range cases.Opinions {
		all = append(all, frame.Choice{Value: o, Label: o})
	}
	return all
}
