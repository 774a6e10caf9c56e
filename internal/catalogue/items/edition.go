package items

import (
	"strings"

	"tongban/internal/civic/calendar"
	"tongban/internal/engine/clock"
	"tongban/internal/engine/flow"
	"tongban/internal/engine/forms"
)

// ID names an item for good; its editions are numbered under it.
type ID string

// An Edition is one published wording of an item as one agency carries it out
// (实施清单), with the elements of the national exchange tables and of the
// 行政许可事项实施规范. Texts are Chinese, shown as they stand.
type Edition struct {
	Item   ID    `json:"item"`
	Number int   `json:"number"` // 1, 2, … in the order of publication
	State  State `json:"state"`

	Codes       Codes    `json:"codes"`
	Name        string   `json:"name"`
	FormerNames []string `json:"formerNames,omitempty"`
	FormerCodes []string `json:"formerCodes,omitempty"` // 曾用编码: of agencies that had the item before
	Synonyms    []string `json:"synonyms,omitempty"`    // what people say instead: 孩子上户口
	Type        Type     `json:"type"`
	Level       Level    `json:"level"`
	Region      string   `json:"region"`     // 12-digit division code it is carried out in
	Agency      string   `json:"agency"`     // agencies.ID of 实施主体
	AgencyName  string   `json:"agencyName"` // as papers show it
	AgencyKind  string   `json:"agencyKind,omitempty"`
	Handover    Handover `json:"handover,omitzero"`  // 机构调整: from whom it came
	Guidance    string   `json:"guidance,omitempty"` // 业务指导部门
	Partners    []string `json:"partners,omitempty"` // agencies.ID of 联办机构
	Joint       JointWay `json:"joint,omitempty"`    // 统一、联合、集中办理; "": one agency's own
	PowerSource string   `json:"powerSource,omitempty"`
	Objects     []Object `json:"objects"`
	Kind        Kind     `json:"kind"`
	Review      string   `json:"review,omitempty"` // 审查类型: 前审后批 or 即审即办
	Filing      bool     `json:"filing,omitempty"` // 备案: recorded, not permitted
	Safety      bool     `json:"safety,omitempty"` // 直接关系公共安全、人身健康、生命财产安全 (行政许可法第七十八条、第七十九条)
	Bases       []Basis  `json:"bases"`            // 设定依据与实施依据

	Statutory     clock.Limit `json:"statutory"`
	StatutoryNote string      `json:"statutoryNote,omitempty"`
	Promised      clock.Limit `json:"promised"` // clock.Immediate: 当场办结
	PromisedNote  string      `json:"promisedNote,omitempty"`
	AcceptLimit   clock.Limit `json:"acceptLimit"` // 受理时限

	FirstReview FirstReview `json:"firstReview,omitzero"` // by a lower agency, before this one decides

	Conditions []Condition      `json:"conditions,omitempty"`
	Quota      string           `json:"quota,omitempty"` // 数量限制 in words; empty: none
	Quantity   Quantity         `json:"quantity,omitzero"`
	Materials  []Material       `json:"materials,omitempty"`
	Questions  []forms.Question `json:"questions,omitempty"`
	Form       forms.Form       `json:"form"`
	Procedure  flow.Definition  `json:"procedure"`
	Special    []Special        `json:"special,omitempty"`
	Mediators  []Mediator       `json:"mediators,omitempty"` // 中介服务
	Fees       []Fee            `json:"fees,omitempty"`      // none: free of charge
	PayOnline  bool             `json:"payOnline,omitempty"`
	Results    []Result         `json:"results"`
	Promisable bool             `json:"promisable,omitempty"` // 可按告知承诺办理
	Pledge     PledgeRules      `json:"pledge,omitzero"`
	Automatic  Automatic        `json:"automatic,omitzero"` // 自动审查、自动办理

	Ways         []Way    `json:"ways"` // 办理形式
	Online       []Depth  `json:"online,omitempty"`
	Visits       int      `json:"visits"` // 到办事现场次数
	VisitReason  string   `json:"visitReason,omitempty"`
	Mail         Mail     `json:"mail"`
	Scope        Scope    `json:"scope,omitempty"` // 通办范围
	Appointment  bool     `json:"appointment,omitempty"`
	Kiosk        bool     `json:"kiosk,omitempty"`
	OutsideHall  string   `json:"outsideHall,omitempty"`  // why it is not in the hall (进驻负面清单)
	Reform       string   `json:"reform,omitempty"`       // 证照分离改革方式 of 涉企经营许可
	PersonTopics []string `json:"personTopics,omitempty"` // 面向自然人主题, three digits
	FirmTopics   []string `json:"firmTopics,omitempty"`   // 面向法人主题, three digits
	LifeStages   []string `json:"lifeStages,omitempty"`   // 出生, 上学, 就业, …

	Places    []Place   `json:"places"`
	Phone     string    `json:"phone"`     // 咨询电话
	Complaint string    `json:"complaint"` // 监督投诉电话
	Remedies  Remedies  `json:"remedies"`
	Rights    []string  `json:"rights,omitempty"`
	Duties    []string  `json:"duties,omitempty"`
	FAQ       []QA      `json:"faq,omitempty"`
	Plain     string    `json:"plain,omitempty"` // 白话版
	Video     string    `json:"video,omitempty"` // 视频版 address
	Regulator string    `json:"regulator,omitempty"`
	Publicity Publicity `json:"publicity"`

	Extras []Extra `json:"extras,omitempty"` // 其他要素

	Assumed   []string     `json:"assumed,omitempty"` // elements the source lacks, assumed in the sample
	Source    string       `json:"source,omitempty"`
	Effective calendar.Day `json:"effective"`
	Retired   calendar.Day `json:"retired,omitzero"` // first day it is no longer in force
}

// Codes are the names by which other systems know an item (GB/T 39554.1-2020).
type Codes struct {
	Catalogue      string `json:"catalogue"`                // 基本编码, 12 characters
	Implementation string `json:"implementation"`           // 实施编码, 31 characters
	Handling       string `json:"handling,omitempty"`       // 业务办理项编码, 33 characters
	LocalCatalogue string `json:"localCatalogue,omitempty"` // 地方基本编码
	Local          string `json:"local,omitempty"`          // 地方实施编码
}

// A Basis is a law and the article in it.
type Basis struct {
	Law     string `json:"law"`
	Article string `json:"article,omitempty"` // 第三十五条
	Text    string `json:"text,omitempty"`
}

// String is the basis as papers cite it: 《食品安全法》第三十五条.
func (b Basis) String() string { return "《" + b.Law + "》" + b.Article }

// Cited are several of them in one line.
func Cited(bases []Basis) string { return strings.Join(citations(bases), "、") }

// A Condition is one thing that must be so, or must not be so, for the
// application to be granted.
type Condition struct {
	ID    string        `json:"id"`
	Kind  ConditionKind `json:"kind"`
	Text  string        `json:"text"`
	When  string        `json:"when,omitempty"` // over answers; empty: for everyone
	Basis []Basis       `json:"basis,omitempty"`
}

// A Special is a procedure beside the review, such as an inspection on the
// spot, whose time is as a rule not counted (特别程序, 行政许可法第四十五条).
type Special struct {
	Name    string      `json:"name"`
	Kind    SpecialKind `json:"kind"`
	Limit   clock.Limit `json:"limit"`
	Counted bool        `json:"counted,omitempty"` // counts towards the limit
	Charged bool        `json:"charged,omitempty"`
	Basis   []Basis     `json:"basis,omitempty"`

	Technical bool `json:"technical,omitempty"` // by technical standards: two or more of the agency's staff are assigned (行政许可法第五十五条)
}

// A Mediator is a paid opinion the law demands from someone outside the
// government before the application (中介服务).
type Mediator struct {
	Name     string  `json:"name"`
	Provider string  `json:"provider,omitempty"`
	Payer    string  `json:"payer,omitempty"`
	Basis    []Basis `json:"basis,omitempty"`
}

// A Fee is what is charged, by which standard and by which law.
type Fee struct {
	Name     string  `json:"name"`
	Standard string  `json:"standard"`
	Basis    []Basis `json:"basis,omitempty"`
	Relief   string  `json:"relief,omitempty"` // 减免情形
}

// A Result is what the applicant gets in the end.
type Result struct {
	Kind            ResultKind `json:"kind"`
	Name            string     `json:"name"`
	CertificateType string     `json:"certificateType,omitempty"` // 电子证照 kind to issue
	Validity        string     `json:"validity,omitempty"`
	ValidYears      int        `json:"validYears,omitempty"` // 0: without end
	Sample          string     `json:"sample,omitempty"`
	When            string     `json:"when,omitempty"` // over the questions: it is given only then; empty: always

	RenewBefore clock.Limit `json:"renewBefore,omitzero"` // how long before the end a renewal is asked for; none: the thirty days of 行政许可法第五十条
}

// Mail says which way papers may travel by post.
type Mail struct {
	Materials bool `json:"materials,omitempty"`
	Result    bool `json:"result,omitempty"`
}

// A Place is where one may go, and when.
type Place struct {
	Hall    string `json:"hall,omitempty"` // halls.ID
	Name    string `json:"name"`
	Address string `json:"address"`
	Windows string `json:"windows,omitempty"`
	Hours   string `json:"hours"`
	Phone   string `json:"phone,omitempty"`
}

// Remedies say where one may turn against a decision.
type Remedies struct {
	Review Remedy `json:"review"` // 行政复议
	Suit   Remedy `json:"suit"`   // 行政诉讼
}

// A Remedy is one body that hears complaints against a decision.
type Remedy struct {
	Body    string `json:"body,omitempty"`
	Address string `json:"address,omitempty"`
	Phone   string `json:"phone,omitempty"`
}

// QA is a question often asked, and its answer.
type QA struct {
	Q string `json:"q"`
	A string `json:"a"`
}

// Publicity says what the public may see of cases of this item.
type Publicity struct {
	Progress bool `json:"progress,omitempty"` // 办理进程可公开查询
	Result   bool `json:"result,omitempty"`   // 结果公开（七日双公示）
	Notice   bool `json:"notice,omitempty"`   // 决定前向社会公示
}

// Binding is the limit that binds the agency: the promise, when one was made.
func (e *Edition) Binding() clock.Limit {
	if e.Promised.None() {
		return e.Statutory
	}
	return e.Promised
}

// Days is the number of the binding limit, in the limit's own unit; 0 is on
// the spot, or no limit at all.
func (e *Edition) Days() int { return e.Binding().N }

// InForce reports whether one may apply under this edition on day: what is on
// no list cannot be applied for (清单之外不得实施, 徐政发〔2022〕21号（二）).
func (e *Edition) InForce(day calendar.Day) bool {
	return e.State == Published && e.Effective <= day && (e.Retired == 0 || day < e.Retired)
}

// Permit names what an applicant may be barred from applying for again: the same
// permit wherever it is carried out, where it touches public safety, health, or
// the safety of life and property; "" where the law bars nobody
// (行政许可法第七十八条、第七十九条).
func (e *Edition) Permit() string {
	switch {
	case !e.Safety || e.Type != Licence:
		return ""
	case e.Codes.Catalogue != "":
		return e.Codes.Catalogue
	}
	return string(e.Item)
}
