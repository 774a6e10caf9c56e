package flow

// A Severity says whether a finding stands in the way of publication.
type Severity string

// The severities of a finding.
const (
	Refused Severity = "error"   // 不得发布
	Warned  Severity = "warning" // 须经确认
)

// A Finding is something the check of a definition has found (体检发现).
type Finding struct {
	ID       string   `json:"id"` // rule: "flow.deadlock"
	Severity Severity `json:"severity"`
	Node     string   `json:"node,omitempty"` // node or edge it points at
	Say      string   `json:"say"`
	Run      []string `json:"run,omitempty"` // names of the steps that lead there, in order
}
