package hearings

import (
	"strings"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/codes"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
	"tongban/internal/handling/cases"
)

// A Stake is somebody besides the applicant to whose own great interest a decision
// goes, or who says so (利害关系人, 行政许可法第三十六条、第四十七条): who they are and
// how to reach them. What they may do, and did, is part of the case: cases.Other.
type Stake struct {
	ID       string    `json:"id"` // cases.Other.ID
	Case     cases.ID  `json:"case"`
	Number   string    `json:"number"`
	ItemName string    `json:"itemName"`
	Party    string    `json:"party"`
	Name     string    `json:"name"`
	Document string    `json:"document"`        // masked; that of an organisation in full
	Phone    string    `json:"phone"`           // sealed
	Clerk    string    `json:"clerk,omitempty"` // who took it down, and saw the document; "": they signed in themselves
	At       time.Time `json:"at"`

	Head event.Head `json:"-"`
}

// Stream is where the facts of the stake are kept.
func (k Stake) Stream() string { return "hearing-stake/" + k.ID }

// Staked is told when somebody concerned became known.
type Staked struct {
	Stake Stake     `json:"stake"`
	By    string    `json:"by"` // account
	When  time.Time `json:"when"`
}

// FactName is the name listeners ask for.
func (Staked) FactName() string { return "hearings.staked" }

// A Demand is what somebody concerned asks (听证要求).
type Demand struct {
	Relation string // what of theirs is touched; told by the agency, it is known
	Wish     string // what on
	Phone    string
}

// phone is where to reach somebody.
func phone(text string) (string, error) {
	mobile, err := codes.ParseMobile(text)
	if err != nil {
		return "", fault.New(fault.Invalid, "hearings.phone", "请填写联系电话").At("phone", "mobile", "请填写能联系到本人的手机号码")
	}
	return mobile, nil
}

// stake is a stake of a party in a case, or why there can be none: the applicant
// is a party already.
func stake(c *cases.Case, party, name, document, phone string, by identity.Actor, at time.Time) (Stake, error) {
	if party == c.Applicant.Party {
		return Stake{}, fault.New(fault.Conflict, "hearings.stake.applicant", "这是本人申请的办件，请在“我的办件”里要求听证")
	}
	k := Stake{Case: c.ID, Number: c.Number, ItemName: c.ItemName, Party: party, Name: name, Document: document, Phone: phone, At: at}
	if by.Party != party {
		k.Clerk = by.Name
	}
	return k, nil
}

// A Standing is a stake with what became of it in the case.
type Standing struct {
	Stake       `json:"stake"`
	cases.Other `json:"other"`
	Hearing     *cases.Hearing // of the case now; nil: none
	State       cases.State
}

// The stages of a demand.
const (
	StageNone    = "没有要求过听证"
	StageTold    = "可以要求听证"
	StageLapsed  = "没有在期限内要求听证"
	StageWaits   = "等待部门答复"
	StageRefused = "部门没有同意"
	StageAsked   = "已要求听证，等待通知"
	StageCalled  = "听证时间已定"
	StageHeld    = "听证已经结束"
	StageEnded   = "办件已经结束"
)

// Stage is where it stands, in a word.
func (s Standing) Stage(today calendar.Day) string {
	h := s.Hearing
	switch {
	case s.Other.ID == "" || h == nil:
		return StageNone
	case s.Refused != "":
		return StageRefused
	case h.Minutes != nil:
		return StageHeld
	case s.State.Final() && s.State != cases.Granted:
		return StageEnded
	case s.Waits():
		return StageWaits
	case !h.At.IsZero():
		return StageCalled
	case s.Asked != 0:
		return StageAsked
	case today <= s.Until:
		return StageTold
	}
	return StageLapsed
}

// May reports whether they may ask for a hearing now.
func (s Standing) May(today calendar.Day) bool {
	h := s.Hearing
	open := s.State == cases.Accepted || s.State == cases.Granted && h != nil
	return open && s.Asked == 0 && (s.Until == 0 || today <= s.Until) && (h == nil || h.Minutes == nil)
}

// MayObject reports whether they may ask that the host stand aside now.
func (s Standing) MayObject() bool {
	h := s.Hearing
	return h != nil && s.Admitted && h.Host != "" && h.Minutes == nil && h.Objected() == nil
}

// tidied is the demand without blanks around it.
func (d Demand) tidied() Demand {
	d.Relation, d.Wish = strings.TrimSpace(d.Relation), strings.TrimSpace(d.Wish)
	return d
}
