package aid

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/ground/fault"
)

// longest is how many characters a text may have.
const longest = 2000

// An Act is something done about a matter.
type Act string

// The acts.
const (
	Take     Act = "take"     // 接办
	Assign   Act = "assign"   // 转交部门
	Entrust  Act = "entrust"  // 登记委托
	Note     Act = "note"     // 记录
	Answer   Act = "answer"   // 答复
	Decline  Act = "decline"  // 不受理
	Confirm  Act = "confirm"  // 回访
	Withdraw Act = "withdraw" // 撤回
)

// life says from which states an act is possible, what it is called, and what
// is wrong where it is not.
var life = map[Act]struct {
	from []State
	han  string
	say  string
}{
	Take:     {[]State{Open, Taken}, "接办", "这件事已经答复或者结束，不用再接办"},
	Assign:   {[]State{Open, Taken}, "转交部门", "这件事已经答复或者结束，不能再转"},
	Entrust:  {[]State{Taken}, "登记委托", "请先接办，再登记委托"},
	Note:     {[]State{Taken}, "记录", "请先接办，再记录办理情况"},
	Answer:   {[]State{Taken}, "答复", "请先接办，再答复"},
	Decline:  {[]State{Open, Taken}, "不受理", "这件事已经答复或者结束"},
	Confirm:  {[]State{Answered}, "回访", "还没有答复，不能回访"},
	Withdraw: {[]State{Open, Taken}, "撤回", "这件事已经答复或者结束，不用撤回"},
}

// Han is the act in words.
func (a Act) Han() string { return life[a].han }

// Done is what an act carries.
type Done struct {
	Say    string
	Class  Class
	Cause  string
	Agency string
	Solved bool
	Until  calendar.Day // of a mandate: its last day
	Paper  bool         // and that its original, signed by the person, is kept
}

// Register is a new matter, or what is missing of it. A clerk who registers it
// is the one who heard it first.
func Register(m Matter, l Limits, days clock.Days, by identity.Actor, at time.Time) (Matter, error) {
	m.Text = strings.TrimSpace(m.Text)
	bad := fault.New(fault.Invalid, "aid.register.check", "还有内容需要填写")
	if m.Kind.Han() == "" {
		bad = bad.At("kind", "required", "请选择需要哪种帮助")
	}
	if m.Text == "" {
		bad = bad.At("text", "required", "请写明想办什么事，遇到了什么困难")
	}
	if n := utf8.RuneCountInString(m.Text); n > longest {
		bad = bad.At("text", "length", "最多 %d 个字，现在有 %d 个字，请缩短", longest, n)
	}
	if m.Party == "" && (m.Name == "" || m.Phone == "") {
		bad = bad.At("name", "required", "没有登录的来访人，请登记姓名和电话，以便答复")
	}
	if len(bad.Fields) > 0 {
		return m, bad
	}
	m.At, m.State, m.Channel, m.Due = at, Open, by.Channel, due(l.Take, at, days)
	if by.Plays(identity.Window) && (m.Party == "" || m.Party != by.Party) {
		m.First = Person{by.Account, by.Name}
	}
	m.Log = []Entry{{at, "登记", m.First, ""}}
	return m, nil
}

// Do is the matter after an act, or why the act is not possible.
func (m Matter) Do(a Act, d Done, l Limits, days clock.Days, by identity.Actor, at time.Time) (Matter, error) {
	if err := m.may(a, by); err != nil {
		return m, err
	}
	if !slices.Contains(life[a].from, m.State) {
		return m, fault.New(fault.Conflict, "aid."+string(a)+".state", "%s（现在%s）", life[a].say, m.State.Han())
	}
	d.Say = strings.TrimSpace(d.Say)
	if err := m.mandated(a, calendar.DayOf(at)); err != nil {
		return m, err
	}
	if err := d.check(a, m, m.theirs(by), calendar.DayOf(at)); err != nil {
		return m, err
	}
	who := Person{by.Account, by.Name}
	if m.theirs(by) {
		who = Person{Name: "本人"}
	}
	if m.First == (Person{}) && a != Withdraw {
		m.First = who
	}
	m = m.after(a, d, l, days, who, at)
	m.Log = append(slices.Clone(m.Log), Entry{at, a.Han(), who, d.said(a, m)})
	return m, nil
}

func (m Matter) after(a Act, d Done, l Limits, days clock.Days, who Person, at time.Time) Matter {
	switch a {
	case Take:
		m.State, m.Assignee = Taken, who
		if d.Class != "" {
			m.Class = d.Class
		}
		m.Due = due(l.answer(m), at, days)
	case Assign:
		m.State, m.Agency, m.Assignee = Open, d.Agency, Person{}
		m.Due = due(l.Take, at, days)
	case Entrust:
		m.Mandate = Mandate{To: m.Assignee, Scope: d.Say, Until: d.Until, Paper: d.Paper, At: at}
	case Answer:
		m.State, m.Reply, m.Cause = Answered, d.Say, d.Cause
		m.Due = due(l.Recheck, at, days)
	case Decline:
		m.State, m.Reply, m.Due = Declined, d.Say, 0
	case Withdraw:
		m.State, m.Due = Withdrawn, 0
	case Confirm:
		m = m.confirmed(d.Solved, l, days, at)
	}
	return m
}

// confirmed closes a matter that was solved; one that was not is taken up
// again, once. A second answer that does not help goes to the supervisors, and
// is closed as unsolved.
func (m Matter) confirmed(solved bool, l Limits, days clock.Days, at time.Time) Matter {
	if m.Solved = solved; solved || m.Again > 0 {
		m.State, m.Due = Closed, 0
		return m
	}
	m.State, m.Again = Taken, m.Again+1
	m.Due = due(l.answer(m), at, days)
	return m
}

// check names all that is to be filled in otherwise; own: the person does it themself.
func (d Done) check(a Act, m Matter, own bool, today calendar.Day) error {
	bad := fault.New(fault.Invalid, "aid."+string(a)+".check", "还有内容需要填写")
	switch {
	case a == Take && m.Kind == Stuck && d.Class.Han() == "":
		bad = bad.At("class", "required", "请选择难易程度，它决定答复的期限")
	case a == Take && d.Class != "" && d.Class.Han() == "":
		bad = bad.At("class", "choice", "请从列出的选项里选择")
	case a == Assign && d.Agency == "":
		bad = bad.At("agency", "required", "请选择由哪个部门办")
	case a == Answer && m.Kind == Stuck && !knownCause(d.Cause):
		bad = bad.At("cause", "required", "请选择办不成的原因")
	}
	if a == Entrust {
		bad = d.checkMandate(own, today, bad)
	}
	if (a == Note || a == Answer || a == Decline) && d.Say == "" {
		bad = bad.At("say", "required", "请写明情况，本人会看到")
	}
	if n := utf8.RuneCountInString(d.Say); n > longest {
		bad = bad.At("say", "length", "最多 %d 个字，现在有 %d 个字，请缩短", longest, n)
	}
	if len(bad.Fields) > 0 {
		return bad
	}
	return nil
}

// theirs reports whether the matter is the actor's own.
func (m Matter) theirs(by identity.Actor) bool { return m.Party != "" && m.Party == by.Party }

// Sees reports whether the actor may see the matter: the person, windows and
// supervisors of the place, and the agency whose work it is.
func (m Matter) Sees(by identity.Actor) bool {
	return m.theirs(by) || by.Covers(m.Region) || m.Agency != "" && by.SpeaksFor(m.Agency)
}

// may judges who does what: the person withdraws and says whether it was
// solved; who answered does not ask that themselves.
func (m Matter) may(a Act, by identity.Actor) error {
	staff := !m.theirs(by) && m.Sees(by)
	switch {
	case a == Withdraw && m.theirs(by), a == Confirm && m.theirs(by):
		return nil
	case a == Confirm && staff && m.Assignee.Account == by.Account:
		return fault.New(fault.Forbidden, "aid.confirm.self", "回访由答复人以外的人做，或者由本人在网上确认")
	case a == Entrust && m.theirs(by):
		return nil
	case (a == Note || a == Answer || a == Entrust) && staff && m.Assignee.Account != by.Account && m.State == Taken:
		return fault.New(fault.Forbidden, "aid.answer.assignee", "这件事由%s在办，请先接办再答复", m.Assignee.Name)
	case staff && a != Withdraw:
		return nil
	}
	return fault.New(fault.Forbidden, "aid.act.authority", "您没有办理这件事的权限")
}

// Acts are the acts that the actor may do now, in the order of life.
func (m Matter) Acts(by identity.Actor) []Act {
	var all []Act
	for _, a := range []Act{Take, Entrust, Note, Answer, Assign, Decline, Confirm, Withdraw} {
		if slices.Contains(life[a].from, m.State) && m.may(a, by) == nil && (a != Entrust || m.Kind == Agent) && !(a == Take && m.State == Taken && m.Assignee.Account == by.Account) {
			all = append(all, a)
		}
	}
	return all
}

// due is the last day of a limit that begins at.
func due(l clock.Limit, at time.Time, days clock.Days) calendar.Day {
	if l.N == 0 {
		return calendar.DayOf(at)
	}
	k, err := clock.Clock{}.Start(l, at)
	if err != nil {
		return calendar.DayOf(at)
	}
	return k.Due(days).Day
}
