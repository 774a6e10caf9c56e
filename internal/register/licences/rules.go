package licences

import (
	"slices"
	"time"

	"tongban/internal/ground/fault"
	"tongban/internal/register/certificates"
	"tongban/internal/register/seals"
)

// An Act is what made an edition.
type Act string

// The acts, each upon one part.
const (
	Grant    Act = "grant"
	Renew    Act = "renew"
	Suspend  Act = "suspend"
	Restore  Act = "restore"
	Cancel   Act = "cancel"
	Withdraw Act = "withdraw"
	Revoke   Act = "revoke"
	Recall   Act = "recall"
)

var actNames = map[Act]string{Grant: "准予", Renew: "变更或延续", Suspend: "暂扣", Restore: "暂扣发还", Cancel: "注销", Withdraw: "撤销", Revoke: "吊销", Recall: "撤回"}

// Han is the act in the words of the field.
func (a Act) Han() string { return actNames[a] }

// Changed is the fact that a licence has a new edition because of one part.
type Changed struct {
	Licence ID        `json:"licence"`
	Edition int       `json:"edition"`
	Act     Act       `json:"act"`
	Part    Part      `json:"part"`
	Reason  string    `json:"reason,omitempty"` // why its agency suspended, restored or ended the part
	Sheet   string    `json:"sheet"`            // identifier of the paper of this edition
	Fresh   *Licence  `json:"fresh,omitempty"`  // what the first edition fixed for good
	At      time.Time `json:"at"`
}

// FactName is licences.changed.
func (Changed) FactName() string { return "licences.changed" }

// An Opening is what a licence is begun with.
type Opening struct {
	ID       ID
	Number   string
	Matter   string
	Party    string
	Industry string
	Name     string
	Lead     seals.Agency
	Area     string
}

// Compose begins a licence with the first permit that was granted. Those still
// being decided, or denied, hold it up as little as they hold up each other.
// Faults: licences.compose.incomplete, licences.compose.state.
func Compose(o Opening, first Part, at time.Time) (Changed, error) {
	if o.ID == "" || o.Number == "" || o.Party == "" || o.Name == "" || o.Lead.Name == "" {
		return Changed{}, fault.New(fault.Invalid, "licences.compose.incomplete", "综合许可证缺少编号、持证人、行业或者发证部门")
	}
	if first.State != certificates.Valid {
		return Changed{}, fault.New(fault.Conflict, "licences.compose.state", "“%s”目前是“%s”状态，不能并入综合许可证", first.Permit, first.State)
	}
	first.Since = 1
	return Changed{Licence: o.ID, Edition: 1, Act: Grant, Part: first, At: at, Fresh: &Licence{
		ID: o.ID, Number: o.Number, Matter: o.Matter, Party: o.Party, Industry: o.Industry, Name: o.Name, Lead: o.Lead, Area: o.Area, Opened: at,
	}}, nil
}

// Change is the next edition, in which one part stands as its certificate now
// says; false when the licence shows it so already, or knows a later version.
// No other part is touched. The fault licences.part.ended means that a permit
// that was cancelled, withdrawn or revoked is said to be back: it has to be
// applied for anew.
func (l *Licence) Change(now Part, at time.Time) (Changed, bool, error) {
	next := Changed{Licence: l.ID, Edition: l.Edition + 1, Part: now, At: at}
	next.Part.Since = next.Edition
	before, known := l.Part(now.Certificate)
	switch {
	case now.State == certificates.Superseded || now.State == certificates.Pending:
		return next, false, nil // the version after it is news of its own
	case !known:
		next.Act = Grant
		return next, now.State == certificates.Valid, nil
	case now.version() < before.version():
		return next, false, nil
	case before.ended() && (now.State != before.State || now.version() > before.version()):
		return next, false, fault.New(fault.Conflict, "licences.part.ended", "“%s”已经%s，不能恢复，需要重新申请", before.Permit, before.State)
	case now.version() > before.version():
		next.Act = Renew
		return next, true, nil
	}
	act, moved := between[[2]certificates.State{before.State, now.State}]
	next.Act = act
	return next, moved, nil
}

// between names what led from one state to another.
var between = map[[2]certificates.State]Act{
	{certificates.Valid, certificates.Suspended}:     Suspend,
	{certificates.Suspended, certificates.Valid}:     Restore,
	{certificates.Valid, certificates.Cancelled}:     Cancel,
	{certificates.Suspended, certificates.Cancelled}: Cancel,
	{certificates.Valid, certificates.Withdrawn}:     Withdraw,
	{certificates.Suspended, certificates.Withdrawn}: Withdraw,
	{certificates.Valid, certificates.Revoked}:       Revoke,
	{certificates.Suspended, certificates.Revoked}:   Revoke,
	{certificates.Valid, certificates.Recalled}:      Recall,
	{certificates.Suspended, certificates.Recalled}:  Recall,
}

// Apply makes a fact true of the licence. It is the only function that changes
// one; given the same facts it always ends in the same licence.
func (l *Licence) Apply(c Changed) {
	if c.Fresh != nil {
		*l = *c.Fresh
	}
	l.Edition, l.Sheet, l.Changed = c.Edition, c.Sheet, c.At
	l.Parts = slices.Clone(l.Parts)
	if p, known := l.Part(c.Part.Certificate); known {
		*p = c.Part
		return
	}
	l.Parts = append(l.Parts, c.Part)
}
