package guides

import (
	"tongban/internal/catalogue/items"
	"tongban/internal/engine/clock"
	"tongban/internal/engine/flow"
)

// A Step is one step of the procedure as people read it, in order; steps
// Beside others run side by side with those of the same Group.
type Step struct {
	No       int    `json:"no"`
	ID       string `json:"id"` // node of the procedure
	Name     string `json:"name"`
	Agency   string `json:"agency"`
	Post     string `json:"post"`
	Limit    string `json:"limit"`
	Standard string `json:"standard,omitempty"`
	Group    string `json:"group,omitempty"`
	Beside   bool   `json:"beside,omitempty"`
	When     string `json:"when,omitempty"` // in words; empty: always
}

// Steps are the steps of an edition's procedure: those of its table, or, of a
// diagram that no table can tell, the nodes where somebody works as drawn.
func Steps(e *items.Edition, agency func(id string) string) []Step {
	rows, err := e.Procedure.Steps()
	if err != nil {
		rows = worked(e.Procedure)
	}
	var steps []Step
	for _, r := range rows {
		s := Step{No: len(steps) + 1, ID: r.ID, Name: r.Name, Agency: e.AgencyName, Post: r.Post, Limit: limit(r.Limit), Standard: r.Standard,
			Group: r.Group, Beside: r.Group != "", When: inWords(e, r.When)}
		if r.Agency != "" && r.Agency != e.Agency {
			s.Agency = named(agency, r.Agency)
		}
		steps = append(steps, s)
	}
	return steps
}

func named(agency func(string) string, id string) string {
	if name := agency(id); name != "" {
		return name
	}
	return id
}

func worked(d flow.Definition) []flow.Step {
	var rows []flow.Step
	for _, n := range d.Nodes {
		if n.Kind.Staffed() {
			rows = append(rows, flow.Step{ID: n.ID, Name: n.Name, Post: n.Post, Agency: n.Agency, Limit: n.Limit, Standard: n.Standard})
		}
	}
	return rows
}

// limit is a limit in words; no limit says nothing.
func limit(l clock.Limit) string {
	if l.None() {
		return ""
	}
	return l.String()
}
