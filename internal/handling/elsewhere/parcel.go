package elsewhere

import (
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/handling/cases"
)

// A Mode is how a matter of another place is handled (通办方式, 国办发〔2020〕35号).
type Mode string

// The modes.
const (
	Online  Mode = "online"  // 全程网办: the applicant sends it by themselves
	Counter Mode = "counter" // 异地代收代办: a window takes it and sends it on
	Several Mode = "several" // 多地联办: one window takes it for several places
)

// Han is the mode in words.
func (m Mode) Han() string {
	return map[Mode]string{Online: "全程网办", Counter: "异地代收代办", Several: "多地联办"}[m]
}

// A State is where a parcel stands.
type State string

// The states.
const (
	Taken    State = "taken"    // 已代收，待转送
	Sent     State = "sent"     // 已转送，待对方收件
	There    State = "there"    // 对方办理中
	Returned State = "returned" // 对方退回，改正后再转送
	Settled  State = "settled"  // 已办结，待发放结果
	Over     State = "over"     // 结束
)

// Han is the state in words.
func (s State) Han() string {
	return map[State]string{Taken: "待转送", Sent: "转送中", There: "异地办理中", Returned: "被退回，待改正", Settled: "待发放结果", Over: "已结束"}[s]
}

// Place is one of the two places of a parcel.
type Place struct {
	Partner string `json:"partner,omitempty"` // Partner.ID; "": this installation
	Region  string `json:"region"`            // 12 digits
	Name    string `json:"name"`              // of the division
	Agency  string `json:"agency"`            // name of the agency, or of the hall
	Person  string `json:"person,omitempty"`  // who took it
	Account string `json:"account,omitempty"`
	Phone   string `json:"phone,omitempty"`
}

// A Parcel is an application taken in here for another place.
type Parcel struct {
	ID        string          `json:"id"`
	Bundle    string          `json:"bundle,omitempty"` // of parcels that were taken together (多地联办)
	Mode      Mode            `json:"mode"`
	State     State           `json:"state"`
	Here      Place           `json:"here"`  // 收件地
	There     Place           `json:"there"` // 办理地
	Item      items.ID        `json:"item"`
	Edition   int             `json:"edition"`
	Catalogue string          `json:"catalogue"` // 基本编码, the same everywhere
	ItemName  string          `json:"itemName"`
	Applicant cases.Applicant `json:"applicant"`
	Materials []string        `json:"materials,omitempty"` // names of what was handed in
	Taken     time.Time       `json:"taken"`
	ForwardBy calendar.Day    `json:"forwardBy"` // 转送期限
	Forwarded time.Time       `json:"forwarded,omitzero"`
	Sending   int             `json:"sending,omitempty"` // times it was forwarded
	Status    Status          `json:"status,omitzero"`
	Unheard   int             `json:"unheard,omitempty"` // times the other place could not do what was asked
	Log       []Entry         `json:"log,omitempty"`

	Seq  int64  `json:"-"` // of the last fact
	Hash string `json:"-"`
}

// Status is what the other place has told of the case it made of the parcel.
type Status struct {
	Case        cases.ID         `json:"case"`
	Number      string           `json:"number"`
	Seq         int64            `json:"seq"` // how many facts of the case this tells of
	State       cases.State      `json:"state"`
	Received    calendar.Day     `json:"received"`            // 办理地收件日: its clocks follow from this
	Promised    calendar.Day     `json:"promised,omitempty"`  // last day by the promise
	Statutory   calendar.Day     `json:"statutory,omitempty"` // last day by law
	Notice      *cases.Notice    `json:"notice,omitempty"`    // what is still to be put right
	Decision    *cases.Decision  `json:"decision,omitempty"`
	Reason      string           `json:"reason,omitempty"` // of a refusal, a return
	Certificate string           `json:"certificate,omitempty"`
	Delivered   *cases.Delivered `json:"delivered,omitempty"`
	Delivery    cases.Delivery   `json:"delivery,omitzero"` // how the applicant wants the result
}

// Entry is a line of what was done.
type Entry struct {
	At    time.Time `json:"at"`
	Where string    `json:"where"`
	What  string    `json:"what"`
	Who   string    `json:"who,omitempty"`
	Say   string    `json:"say,omitempty"`
}

// Number is what people call the parcel.
func (p *Parcel) Number() string { return "DS" + p.ID }

// Answer says who answers for the parcel now, where, for what, and until when.
type Answer struct {
	Place Place
	Here  bool
	What  string
	Until calendar.Day // 0: no term
}

// Answers is who answers for the parcel now: who takes it in answers until the
// other place has received it, and who received it for all that follows
// (收件方、办理方责任划分, 国办发〔2020〕35号).
func (p *Parcel) Answers() Answer {
	switch p.State {
	case Taken:
		return Answer{p.Here, true, "核对身份和材料形式，按期转送", p.ForwardBy}
	case Returned:
		if p.Mode == Online {
			return Answer{p.Here, true, "等申请人看过退回的原因，再次转送或者撤回", p.ForwardBy}
		}
		return Answer{p.Here, true, "告知申请人退回的原因，改正后再转送", p.ForwardBy}
	case Sent:
		return Answer{p.Here, true, "已经转送，等对方确认收件", p.ForwardBy}
	case Settled:
		if p.Status.Delivery.Way == "window" && p.Mode != Online {
			return Answer{p.Here, true, "通知申请人领取结果", 0}
		}
		return Answer{p.There, false, "送达结果", 0}
	case Over:
		return Answer{p.There, false, "已经结束；对决定有异议的，向办理地提出", 0}
	}
	switch p.Status.State {
	case cases.Received:
		return Answer{p.There, false, "审查是否受理", 0}
	case cases.Correcting:
		until := calendar.Day(0)
		if p.Status.Notice != nil {
			until = p.Status.Notice.Until
		}
		if p.Mode == Online {
			return Answer{p.There, false, "等申请人补正材料", until}
		}
		return Answer{p.Here, true, "代收补正材料", until}
	}
	until := p.Status.Promised
	if until == 0 {
		until = p.Status.Statutory
	}
	return Answer{p.There, false, "审查并作出决定", until}
}

// Late reports whether the term of forwarding has passed (转送超期).
func (p *Parcel) Late(today calendar.Day) bool {
	return (p.State == Taken || p.State == Returned || p.State == Sent) && p.ForwardBy < today
}
