package seals

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"tongban/internal/civic/agencies"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
)

// A Kind is what a seal is for; one picture for each agency and purpose.
type Kind string

// The kinds of seal an agency has in a service hall.
const (
	Official    Kind = "official"    // 公章
	Approval    Kind = "approval"    // 行政审批专用章
	Intake      Kind = "intake"      // 受理专用章
	Certificate Kind = "certificate" // 证照章
)

var kinds = map[Kind]string{Official: "", Approval: "行政审批专用章", Intake: "受理专用章", Certificate: "证照专用章"}

// Purpose is what stands below the star: nothing on an official seal.
func (k Kind) Purpose() string { return kinds[k] }

// String is the kind as people call it.
func (k Kind) String() string {
	if k == Official {
		return "公章"
	}
	return kinds[k]
}

// A State is where a seal is in its life.
type State string

// The states of a seal.
const (
	Disabled  State = "disabled"  // 停用：已制作未启用，或暂停使用
	Enabled   State = "enabled"   // 启用
	Cancelled State = "cancelled" // 注销
)

// String is the state as people read it.
func (s State) String() string {
	return map[State]string{Disabled: "停用", Enabled: "启用", Cancelled: "注销"}[s]
}

// An Act is what someone does to a seal.
type Act string

// The acts on a seal.
const (
	Enable  Act = "enable"
	Disable Act = "disable"
	Cancel  Act = "cancel"
)

// A Move is a row of the life of a seal.
type Move struct {
	Act  Act
	From []State
	To   State
	By   []identity.Role
	Name string
}

// Life is who may move a seal from where to where (印章管理：制作、启用、停用、注销).
var Life = []Move{
	{Enable, []State{Disabled}, Enabled, []identity.Role{identity.Head, identity.Admin}, "启用"},
	{Disable, []State{Enabled}, Disabled, []identity.Role{identity.Head, identity.Admin}, "停用"},
	{Cancel, []State{Enabled, Disabled}, Cancelled, []identity.Role{identity.Admin}, "注销"},
}

// An Agency is whose seal it is.
type Agency struct {
	ID   string // agencies.ID
	Code string // unified social credit code
	Name string
}

// AgencyOf is an agency as its seals name it.
func AgencyOf(a agencies.Agency) Agency { return Agency{ID: a.ID, Code: a.USCC, Name: a.Name} }

// Seal is a seal in the register.
type Seal struct {
	ID          string
	Agency      Agency
	Kind        Kind
	Name        string // 某局行政审批专用章
	State       State
	From, Till  calendar.Day // first and last day on which it may be used
	Made        time.Time
	Picture     string // SVG
	Certificate []byte // DER of the signing certificate
	Structure   []byte // DER of the SESeal
	Head        event.Head
}

// New makes an unsigned seal. Faults: seals.make.kind, seals.make.agency,
// seals.make.period, and Forbidden to anyone but the administrator.
func New(agency Agency, kind Kind, from, till calendar.Day, id string, at time.Time, by identity.Actor) (Seal, error) {
	_, known := kinds[kind]
	switch {
	case !by.Plays(identity.Admin) && !by.Plays(identity.System):
		return Seal{}, fault.New(fault.Forbidden, "seals.make.by", "制作电子印章由系统管理员办理")
	case !known:
		return Seal{}, fault.New(fault.Invalid, "seals.make.kind", "没有这种印章：%s", kind)
	case agency.ID == "" || agency.Name == "" || utf8.RuneCountInString(agency.Name) > 40 || strings.Trim(agency.Code, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" || len(agency.Code) != 18:
		return Seal{}, fault.New(fault.Invalid, "seals.make.agency", "请写明用章机关的名称（40字以内）和18位统一社会信用代码")
	case from == 0 || till < from:
		return Seal{}, fault.New(fault.Invalid, "seals.make.period", "印章的有效期止不能早于有效期起")
	}
	return Seal{ID: id, Agency: agency, Kind: kind, Name: agency.Name + kind.Purpose(), State: Disabled, From: from, Till: till,
		Made: at, Picture: Draw(agency.Name, kind.Purpose())}, nil
}

// Usable refuses a seal that may not be used now: seals.use.state, seals.use.period.
func (s Seal) Usable(at time.Time) error {
	day := calendar.DayOf(at)
	switch {
	case s.State != Enabled:
		return fault.New(fault.Conflict, "seals.use.state", "%s处于%s状态，不能用章，请先由本机关启用", s.Name, s.State)
	case day < s.From || day > s.Till:
		return fault.New(fault.Conflict, "seals.use.period", "%s的有效期为%s至%s，请重新制章", s.Name, s.From.Han(), s.Till.Han())
	}
	return nil
}

// Moved is the fact that a seal came into being or changed state.
type Moved struct {
	Seal   string    `json:"seal"`
	Agency string    `json:"agency"`
	Act    string    `json:"act"` // "make" or an Act
	State  State     `json:"state"`
	Reason string    `json:"reason,omitempty"`
	By     string    `json:"by"`
	At     time.Time `json:"at"`
}

// FactName is the fact's name in the record.
func (Moved) FactName() string { return "seals.moved" }

// Move changes the state; what takes a seal out of use says why. Faults: seals.move.act,
// seals.move.by, seals.move.state, seals.move.reason.
func (s *Seal) Move(act Act, reason string, at time.Time, by identity.Actor) (Moved, error) {
	i := slices.IndexFunc(Life, func(m Move) bool { return m.Act == act })
	if i < 0 {
		return Moved{}, fault.New(fault.Invalid, "seals.move.act", "没有这种操作：%s", act)
	}
	m := Life[i]
	may := slices.ContainsFunc(m.By, func(r identity.Role) bool {
		return by.Holds(r, s.Agency.ID) || r == identity.Admin && by.Plays(r)
	}) || by.Plays(identity.System)
	switch {
	case !may:
		return Moved{}, fault.New(fault.Forbidden, "seals.move.by", "%s印章由本机关负责人或系统管理员办理", m.Name)
	case !slices.Contains(m.From, s.State):
		return Moved{}, fault.New(fault.Conflict, "seals.move.state", "%s处于%s状态，不能%s", s.Name, s.State, m.Name)
	case m.To != Enabled && reason == "":
		return Moved{}, fault.New(fault.Invalid, "seals.move.reason", "请写明%s的理由", m.Name).At("reason", "required", "请写明%s的理由", m.Name)
	}
	s.State = m.To
	return Moved{s.ID, s.Agency.ID, string(act), s.State, reason, by.Account, at}, nil
}
