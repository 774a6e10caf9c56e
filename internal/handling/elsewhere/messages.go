package elsewhere

import (
	"tongban/internal/civic/parties"
	"tongban/internal/engine/forms"
	"tongban/internal/handling/cases"
)

// Kind is what a message tells.
type Kind string

// The kinds.
const (
	Forwarded Kind = "forwarded" // 转送办件: form and materials
	Moved     Kind = "moved"     // 办理进展: state, notice, decision, certificate
	Rejected  Kind = "rejected"  // 退回: what was asked could not be done
	Answered  Kind = "answered"  // 补正材料
	Issued    Kind = "issued"    // 结果已在收件地发放
	Dropped   Kind = "dropped"   // 申请人撤回
	Balanced  Kind = "balance"   // 对账单: a Statement
	Theme     Kind = "theme"     // 主题库发布: a themes.Shared
)

// Han is the kind in words.
func (k Kind) Han() string { return kinds[k] }

var kinds = map[Kind]string{
	Forwarded: "转送办件", Moved: "办理进展", Rejected: "退回", Answered: "补正材料", Issued: "结果发放", Dropped: "撤回申请", Balanced: "对账单", Theme: "主题库发布",
}

// Kinds are all of them, in the order in which people list them.
var Kinds = []Kind{Forwarded, Moved, Rejected, Answered, Issued, Dropped, Balanced, Theme}

func (k Kind) known() bool { return kinds[k] != "" }

// forwarded is the body of a Forwarded: what a window there would have taken down.
type forwarded struct {
	Parcel    string         `json:"parcel"`
	Sending   int            `json:"sending"`
	Mode      Mode           `json:"mode"`
	Here      Place          `json:"here"`
	There     Place          `json:"there"`
	Catalogue string         `json:"catalogue"`
	ItemName  string         `json:"itemName"`
	Who       parties.Party  `json:"who"`
	Agent     string         `json:"agent,omitempty"`
	Answers   forms.Answers  `json:"answers"`
	Materials []cases.Handed `json:"materials"`
	Delivery  cases.Delivery `json:"delivery"`
}

// moved is the body of a Moved.
type moved struct {
	Parcel      string `json:"parcel"`
	Agency      string `json:"agency"` // which answers for it there
	Phone       string `json:"phone,omitempty"`
	Status      Status `json:"status"`
	Certificate []byte `json:"certificate,omitempty"` // the file, as its holder may show it anywhere
}

// rejected is the body of a Rejected.
type rejected struct {
	Parcel string `json:"parcel"`
	Asked  Kind   `json:"asked"` // what was asked
	Say    string `json:"say"`
}

// asked is the body of an Answered, an Issued and a Dropped.
type asked struct {
	Parcel    string           `json:"parcel"`
	Case      cases.ID         `json:"case"`
	Person    string           `json:"person"` // who asks there
	Place     Place            `json:"place"`
	Materials []cases.Handed   `json:"materials,omitempty"`
	Answers   forms.Answers    `json:"answers,omitempty"` // all of them, as they are to read
	Delivered *cases.Delivered `json:"delivered,omitempty"`
	Reason    string           `json:"reason,omitempty"`
}
