package revisions

import (
	"strings"
	"time"
	"unicode/utf8"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
)

// longest is how many characters an opinion may have, and most how many a
// publicity takes: more is a petition, and comes on paper.
const (
	longest = 1000
	most    = 500
)

// comment takes down what somebody says of the publicity, on or before its last day.
func (r *Revision) comment(say string, rules Rules, by identity.Actor, at time.Time) (Moved, error) {
	m, err := r.move(Comment, rules, by, at)
	if err != nil {
		return m, err
	}
	say = strings.TrimSpace(say)
	switch {
	case calendar.DayOf(at) > r.PublicUntil:
		return m, fault.New(fault.Conflict, "revisions.comment.over", "公示已于%s结束，不再接收意见", r.PublicUntil.Han())
	case say == "":
		return m, needed(Comment, "say", say, "请写下您的意见")
	case utf8.RuneCountInString(say) > longest:
		return m, fault.New(fault.Invalid, "revisions.comment.long", "意见最多%d个字", longest).At("say", "length", "意见最多%d个字", longest)
	case len(r.Comments) >= most:
		return m, fault.New(fault.TooOften, "revisions.comment.many", "这次公示收到的意见已达上限，请通过监督电话反映")
	}
	m.Opinion = &Opinion{By: by.Name, Party: by.Party, Say: say, At: at}
	return m, nil
}

// answer says what becomes of an opinion; each is answered once.
func (r *Revision) answer(i int, say string, adopted bool, rules Rules, by identity.Actor, at time.Time) (Moved, error) {
	m, err := r.move(Answer, rules, by, at)
	if err != nil {
		return m, err
	}
	if i < 0 || i >= len(r.Comments) {
		return m, fault.New(fault.NotFound, "revisions.answer.none", "没有这条意见，请刷新后再试")
	}
	if !r.Comments[i].Answered.IsZero() {
		return m, fault.New(fault.Conflict, "revisions.answer.state", "这条意见已经答复，请刷新后查看")
	}
	m.Number, m.Say, m.Adopted = i, strings.TrimSpace(say), adopted
	return m, needed(Answer, "say", m.Say, "请写明采纳情况和理由")
}

// Ripe reports, as a fault, why the revision cannot be published on day: the
// publicity must be over and every opinion answered (公示期满汇总意见、修改完善,
// 阿营组发〔2018〕3号).
func (r *Revision) Ripe(day calendar.Day) error {
	if day <= r.PublicUntil {
		return fault.New(fault.Conflict, "revisions.publish.early", "公示到%s结束，期满后才能发布", r.PublicUntil.Han())
	}
	if n := r.Unanswered(); n > 0 {
		return fault.New(fault.Conflict, "revisions.publish.unanswered", "还有%d条公示意见没有答复，答复后才能发布", n)
	}
	return nil
}

// publish is the fact that the revision became edition number of its item.
// Last is the item's latest edition: if it is not the one that was changed,
// somebody published meanwhile, and their change would be lost. Superior is what
// the level above has in force by now: a text that was no worse when it was
// reported may have become so (徐政发〔2022〕21号（一）（四）).
func (r *Revision) publish(last int, superior *items.Edition, rules Rules, by identity.Actor, at time.Time) (Moved, error) {
	m, err := r.move(Publish, rules, by, at)
	if err != nil {
		return m, err
	}
	if err := r.Ripe(calendar.DayOf(at)); err != nil {
		return m, err
	}
	if err := r.onTop(last); err != nil {
		return m, err
	}
	return m, r.notBeyond(superior)
}

// notBeyond refuses a text that goes beyond the superior's, with each element and
// both values.
func (r *Revision) notBeyond(superior *items.Edition) error {
	if superior == nil {
		return nil
	}
	beyond := fault.New(fault.Conflict, "revisions.publish.superior", "上级目录已有变化，本申请有超出上级的内容，不能发布。请取回修改")
	for _, f := range r.Text.Exceeds(superior) {
		if f.Severity.Blocks() {
			beyond = beyond.At(f.Path, f.Rule, "%s", f.Say)
		}
	}
	if len(beyond.Fields) == 0 {
		return nil
	}
	return beyond
}

func (r *Revision) onTop(last int) error {
	if last == r.Base {
		return nil
	}
	return fault.New(fault.Conflict, "revisions.base", "在您修改期间，他人已发布了第%d版（您的底稿是第%d版）。请退回修改并换用最新底稿，以免覆盖他人的修改", last, r.Base)
}

// due is the text as it is published: not in force before the day of publication.
func (r *Revision) due(day calendar.Day) items.Edition {
	text := *Clone(r.Text)
	text.Effective = max(text.Effective, day)
	if text.Retired != 0 {
		text.Retired = max(text.Retired, text.Effective)
	}
	return text
}

// rebase takes what this revision changed over to the item's latest edition:
// elements nobody else changed meanwhile keep the draft's wording; where both
// changed, the draft's stays and is named, to be looked at again.
func (r *Revision) rebase(base, latest *items.Edition, version int64, rules Rules, by identity.Actor, at time.Time) (Moved, []Difference, error) {
	m, err := r.move(Rebase, rules, by, at)
	if err != nil {
		return m, nil, err
	}
	if err := r.Seen(version); err != nil {
		return m, nil, err
	}
	text, both, err := merge(base, latest, r.Text)
	if err != nil {
		return m, nil, err
	}
	m.Base, m.text, m.Name = latest.Number, text, text.Name
	return m, both, nil
}
