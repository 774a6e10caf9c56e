package flow

import (
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
)

// A Step is one row of the table face of a definition (环节表): what item
// managers write and the guide prints.
//
// Rows follow each other. Neighbouring rows of the same Group run side by side,
// one branch for each Branch; rows of the same Branch follow each other.
type Step struct {
	No        int           `json:"no"`           // 序号，from 1
	ID        string        `json:"id,omitempty"` // node; "" takes "s" and the number
	Kind      Kind          `json:"kind,omitempty"`
	Name      string        `json:"name"`
	Post      string        `json:"post,omitempty"`
	Role      identity.Role `json:"role,omitempty"`
	Agency    string        `json:"agency,omitempty"`
	Authority string        `json:"authority,omitempty"`
	Standard  string        `json:"standard,omitempty"`
	Limit     clock.Limit   `json:"limit,omitzero"`

	Group  string `json:"group,omitempty"`  // 并行组
	Branch string `json:"branch,omitempty"` // 并行组中的分支；"" is a branch of its own
	When   string `json:"when,omitempty"`   // done only if this holds; otherwise passed over

	Substantive bool     `json:"substantive,omitempty"`
	Decides     bool     `json:"decides,omitempty"`
	Apart       []string `json:"apart,omitempty"`
	Rule        string   `json:"rule,omitempty"`
	Result      string   `json:"result,omitempty"`
	Among       []Seat   `json:"among,omitempty"`
	Over        string   `json:"over,omitempty"`
	Quorum      Quorum   `json:"quorum,omitempty"`
	Count       int      `json:"count,omitempty"`
	Agree       string   `json:"agree,omitempty"`
}
