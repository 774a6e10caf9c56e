package credit

import (
	"strings"
	"time"
	"unicode/utf8"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
)

// longestPlea is how long a plea or its answer may be, in characters.
const longestPlea = 2000

// Plead has the subject say that the record is wrong, or ask that it be
// repaired. Repair may be asked for once the record has stood for the time that
// the rules set (信用修复管理办法（试行）).
func (r Record) Plead(kind PleaKind, text string, rules Rules, days clock.Days, by identity.Actor, at time.Time) (Noted, error) {
	today := calendar.DayOf(at)
	text = strings.TrimSpace(text)
	switch {
	case by.Party == "" || by.Party != r.Party:
		return Noted{}, None()
	case by.Scope != nil:
		return Noted{}, fault.New(fault.Forbidden, "credit.plead.mandate", "异议和信用修复请由法定代表人或者有全部授权的人提出")
	case kind.Han() == "":
		return Noted{}, fault.New(fault.Invalid, "credit.plead.kind", "请选择提出异议还是申请修复").At("kind", "choice", "请选择提出异议还是申请修复")
	case !r.Counts(today):
		return Noted{}, fault.New(fault.Conflict, "credit.plead.over", "这条记录已经%s或者到期，不影响您办事，无须再申请", r.State.Han())
	case r.State != Valid:
		return Noted{}, fault.New(fault.Conflict, "credit.plead.waiting", "您已经提出申请，正在处理，请等待答复")
	case kind == Repairs && today < r.Repair:
		return Noted{}, fault.New(fault.Conflict, "credit.plead.early", "这条记录自%s起可以申请修复", r.Repair.Han()).At("kind", "early", "自%s起可以申请修复；记录有误的，现在就可以提出异议", r.Repair.Han())
	}
	if err := checkText(text, "请写明事实和理由"); err != nil {
		return Noted{}, err
	}
	p := &Plea{Kind: kind, Text: text, By: by.Name, At: event.Moment(at), Due: rules.answerBy(kind, today, days)}
	return Noted{ID: r.ID, Act: Pleaded, At: p.At, By: by.Name, Account: by.Account, Plea: p}, nil
}

// Answer has those who recorded it, or the supervisor of the region, answer a
// plea with reasons (谁认定、谁修复). Nobody answers what they asked for.
func (r Record) Answer(grant bool, text string, by identity.Actor, at time.Time) (Noted, error) {
	text = strings.TrimSpace(text)
	p, waits := r.Waiting()
	switch {
	case !r.answeredBy(by):
		return Noted{}, fault.New(fault.Forbidden, "credit.answer.role", "异议和修复由认定单位的负责人、决定岗或者效能监督岗答复，您没有这个岗位")
	case !waits:
		return Noted{}, fault.New(fault.Conflict, "credit.answer.none", "这条记录没有等待答复的申请，请刷新")
	case by.Party == r.Party && by.Party != "":
		return Noted{}, fault.New(fault.Forbidden, "credit.answer.own", "不能答复本人提出的%s，请由他人办理", p.Kind.Han())
	}
	if err := checkText(text, "请写明核实情况和答复的理由"); err != nil {
		return Noted{}, err
	}
	return Noted{ID: r.ID, Act: Answered, At: event.Moment(at), By: by.Name, Account: by.Account, Granted: grant, Answer: text}, nil
}

// answeredBy reports whether the actor may answer pleas about the record.
func (r Record) answeredBy(by identity.Actor) bool {
	return by.Holds(identity.Head, r.Agency) || by.Holds(identity.Approver, r.Agency) ||
		by.In(identity.Supervisor, func(p identity.Post) bool { return p.Serves(r.Region) })
}

// visible reports whether the actor may know of the record.
func (r Record) visible(by identity.Actor) bool {
	return by.Party != "" && by.Party == r.Party || by.Plays(identity.System) || r.answeredBy(by) || by.Holds(identity.Reviewer, r.Agency)
}

func checkText(text, say string) error {
	switch n := utf8.RuneCountInString(text); {
	case n == 0:
		return fault.New(fault.Invalid, "credit.text.required", "%s", say).At("text", "required", "%s", say)
	case n > longestPlea:
		return fault.New(fault.Invalid, "credit.text.long", "写得太长，最多%d个字", longestPlea).At("text", "long", "最多%d个字，现在有%d个字，请缩短", longestPlea, n)
	}
	return nil
}

// None is the answer about a record that does not exist, or not for those eyes.
func None() error {
	return fault.New(fault.NotFound, "credit.none", "没有找到这条信用记录，请从清单中打开")
}
