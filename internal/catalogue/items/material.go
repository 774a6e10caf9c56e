package items

import (
	"fmt"
	"slices"
	"strings"

	"tongban/internal/ground/blob"
)

// A Material is a paper the applicant must hand in, or that the program
// fetches for them (申请材料).
type Material struct {
	ID          string    `json:"id"`
	Name        string    `json:"name"`
	Necessity   Necessity `json:"necessity"`
	Kind        Copy      `json:"kind"`
	Form        PaperForm `json:"form"`
	Copies      int       `json:"copies"`
	Channel     Channel   `json:"channel"`
	Issuer      string    `json:"issuer,omitempty"`      // 出具机构
	Certificate string    `json:"certificate,omitempty"` // certificate type to fetch instead of asking (免证办)
	Holder      string    `json:"holder,omitempty"`      // the question that holds the number of whose certificate it is; see Holds
	Basis       []Basis   `json:"basis,omitempty"`
	Proves      []string  `json:"proves,omitempty"`     // IDs of the conditions it is evidence for
	When        string    `json:"when,omitempty"`       // over answers; empty: asked of everyone
	Standard    string    `json:"standard,omitempty"`   // 受理标准
	Template    string    `json:"template,omitempty"`   // 空白表格
	Sample      string    `json:"sample,omitempty"`     // 示例样表
	Deferrable  bool      `json:"deferrable,omitempty"` // 可容缺: may follow if promised
	Promisable  bool      `json:"promisable,omitempty"` // 可告知承诺替代
	MaxMB       int       `json:"maxMB,omitempty"`      // of one file; 0: the platform's own limit
	Note        string    `json:"note,omitempty"`       // 填报须知
	Paper       string    `json:"paper,omitempty"`      // 规格: A4
	Dated       string    `json:"dated,omitempty"`      // 出具时间要求: 三个月内
}

// Limit is what files the material is taken in: the usual documents and pictures,
// none larger than it says.
func (m Material) Limit() blob.Limit { return blob.Limit{Bytes: int64(m.MaxMB) << 20} }

// Identifies reports whether the material shows who the applicant is, and not what
// is applied for: who judges only that need not see it (个人信息保护法第六条).
func (m Material) Identifies() bool {
	return slices.Contains([]string{"居民身份证", "居民户口簿"}, m.Certificate) || strings.Contains(m.Name, "身份证")
}

// Necessity says whether a material must be there (材料必要性).
type Necessity string

// The necessities. LaterOK is the source's own word for a material that may
// follow; it is always Deferrable.
const (
	Must     Necessity = "必要"
	Optional Necessity = "非必要"
	LaterOK  Necessity = "容缺后补"
)

// A Copy says whether the original is wanted (材料类型).
type Copy string

// The kinds of copy.
const (
	Original        Copy = "原件"
	Duplicate       Copy = "复印件"
	OriginalOrCopy  Copy = "原件或复印件"
	OriginalAndCopy Copy = "原件和复印件"
)

// A PaperForm is on what a material may come (材料形式).
type PaperForm string

// The forms of a material.
const (
	Paper             PaperForm = "纸质"
	Electronic        PaperForm = "电子"
	PaperOrElectronic PaperForm = "纸质或电子"
)

// A Channel is where a material comes from (材料来源渠道).
type Channel string

// The channels.
const (
	ByApplicant  Channel = "申请人自备"
	ByGovernment Channel = "政府部门核发"
	ByMediator   Channel = "中介机构出具"
	ByOther      Channel = "其他"
)

// MayFollow reports whether the material may be missing at acceptance if its
// delivery is promised in writing (容缺受理, 徐政发〔2022〕21号（七）).
func (m Material) MayFollow() bool { return m.Deferrable || m.Necessity == LaterOK }

// Wanted is the shape in which the material is due: 原件1份.
func (m Material) Wanted() string {
	if m.Copies < 1 {
		return string(m.Kind)
	}
	return fmt.Sprintf("%s%d份", m.Kind, m.Copies)
}

// Due is Wanted with what it may come on: 原件1份，纸质或电子.
func (m Material) Due() string { return strings.Trim(m.Wanted()+"，"+string(m.Form), "，") }

// Material finds a material by its ID, or failing that by its name.
func (e *Edition) Material(id string) (Material, bool) {
	for _, m := range e.Materials {
		if m.ID == id {
			return m, true
		}
	}
	for _, m := range e.Materials {
		if m.Name == id {
			return m, true
		}
	}
	return Material{}, false
}
