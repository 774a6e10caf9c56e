package items

import "slices"

// A Handover is how an item came to its agency from another one, when agencies
// were reorganised (机构调整、职责划转).
type Handover struct {
	From     string `json:"from,omitempty"` // agencies.ID
	FromName string `json:"fromName,omitempty"`
	Cases    bool   `json:"cases,omitempty"` // running cases go along; otherwise they stay where they are
	Why      string `json:"why,omitempty"`   // the decision it rests on
}

// Back is the edition as if it still were with the agency it came from, to tell
// what else has changed. Without a handover it is the edition itself.
func (e *Edition) Back() *Edition {
	if e.Handover.From == "" {
		return e
	}
	back := *e
	back.Agency = e.Handover.From
	back.Procedure.Nodes = slices.Clone(e.Procedure.Nodes)
	for i := range back.Procedure.Nodes {
		if n := &back.Procedure.Nodes[i]; n.Agency == e.Agency {
			n.Agency = e.Handover.From
		}
	}
	return &back
}
