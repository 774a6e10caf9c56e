package elsewhere

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/ground/fault"
	"tongban/internal/handling/cases"
)

// UsualTerm is the term of forwarding where the administrator has set no other.
var UsualTerm = clock.Limit{N: 1, Unit: clock.WorkingDays}

// longestTerm is how many working days the administrator may allow at most: the
// law counts five for the decision on acceptance (行政许可法第三十二条).
const longestTerm = 5

// TermOf is the term of so many working days, 1 to 5.
func TermOf(days int) (clock.Limit, error) {
	if days < 1 || days > longestTerm {
		return clock.Limit{}, fault.New(fault.Invalid, "elsewhere.term", "转送期限应为 1 至 %d 个工作日", longestTerm).At("days", "range", "请填写 1 至 %d", longestTerm)
	}
	return clock.Limit{N: days, Unit: clock.WorkingDays}, nil
}

// Reaches reports whether an item of the scope, carried out in there, may be
// taken in at here (通办范围).
func Reaches(scope items.Scope, there, here string) bool {
	digits := map[items.Scope]int{items.Nation: 0, items.WholeProvince: 2, items.WholeCity: 4, items.WholeCounty: 6}
	n, shared := digits[scope]
	return shared && len(there) == 12 && len(here) == 12 && there[:n] == here[:n]
}

// Taker is the post in which the actor takes an item of another place, and the
// mode; fault elsewhere.take.*. A window does not take for another place what it
// may receive itself.
func Taker(e *items.Edition, to Place, applicant string, by identity.Actor) (identity.Post, Mode, error) {
	if by.Party != "" && by.Party == applicant && by.MayApply(string(e.Item)) {
		if to.Partner == "" {
			return identity.Post{}, Online, fault.New(fault.Invalid, "elsewhere.take.own", "这件事在本平台直接网上申请就可以")
		}
		return identity.Post{}, Online, mayGo(e, to.Region)
	}
	refused := fault.New(fault.Forbidden, "elsewhere.take.role", "异地代收由综合窗口办理，您没有窗口岗位")
	for _, p := range by.Posts {
		switch {
		case p.Role != identity.Window || by.Party == applicant && applicant != "":
		case to.Partner == "" && (p.Serves(to.Region) || p.Agency == e.Agency):
			refused = fault.New(fault.Invalid, "elsewhere.take.own", "“%s”由本窗口直接收件，不用代收", e.Name)
		case !Reaches(e.Scope, to.Region, p.Region):
			refused = beyond(e)
		default:
			return p, Counter, nil
		}
	}
	return identity.Post{}, "", refused
}

func beyond(e *items.Edition) *fault.Error {
	scope := string(e.Scope)
	if scope == "" {
		scope = string(items.NotShared)
	}
	return fault.New(fault.Invalid, "elsewhere.take.scope", "“%s”的通办范围是“%s”，不能在这里代收。请申请人网上申请，或者到办理地窗口", e.Name, scope)
}

// fits refuses materials that no message can carry: one that never leaves would
// hold up all that is written to the partner after it.
func fits(handed []cases.Handed) error {
	var whole, most int64
	var largest cases.Handed
	for _, h := range handed {
		var size int64
		for _, f := range h.Files {
			size += f.Size
		}
		whole += size
		if size > most {
			most, largest = size, h
		}
	}
	if whole <= mostFiles {
		return nil
	}
	return fault.New(fault.TooLarge, "elsewhere.take.large", "要转送到其他平台的文件共%dMB，一次最多转送%dMB", (whole-1)>>20+1, mostFiles>>20).
		At("materials."+largest.Material, "large", "文件太大，请压缩后重新上传，或者改交纸质材料")
}

// Due is the last day of a term that begins at.
func Due(term clock.Limit, at time.Time, days clock.Days) calendar.Day {
	k, err := clock.Clock{}.Start(term, at)
	if err != nil {
		return calendar.DayOf(at)
	}
	return k.Due(days).Day
}

// mayForward refuses to forward what is not in the hands of the place here.
func (p *Parcel) mayForward() error {
	if p.State != Taken && p.State != Returned {
		return fault.New(fault.Conflict, "elsewhere.forward.state", "这件已经转送（现在%s），不用再转", p.State.Han())
	}
	return nil
}

// forward notes that the parcel was forwarded; where it is a case at once, that
// is told by hear.
func (p *Parcel) forward(who string, at time.Time) {
	p.State, p.Forwarded, p.Sending = Sent, at, p.Sending+1
	p.note(at, p.Here.Name, "转送"+p.There.Name, who, "")
}

// hear makes what the other place tells true of the parcel. What is older than
// what is known changes nothing; it reports whether anything changed. A place that
// was brought back from a copy makes another case of a parcel that it has forgotten.
func (p *Parcel) hear(s Status, at time.Time) bool {
	anew := p.Status.Case != "" && p.Status.Case != s.Case
	if !anew && s.Seq <= p.Status.Seq || anew && (s.State != cases.Received || p.State == Over) {
		return false
	}
	if anew {
		p.note(at, p.There.Name, "重新登记，原办件"+p.Status.Number+"作废", p.There.Agency, "")
	}
	p.Status = s
	switch {
	case s.State.Open():
		p.State = There
	case s.State == cases.Granted && s.Delivered == nil, s.State == cases.Denied && s.Delivered == nil:
		p.State = Settled
	default:
		p.State = Over
	}
	p.note(at, p.There.Name, p.told(), p.There.Agency, s.Reason)
	return true
}

// told is the status in a word, for the log.
func (p *Parcel) told() string {
	s := p.Status
	switch {
	case s.Delivered != nil:
		return "结果已送达"
	case s.Certificate != "" && s.State == cases.Granted:
		return "准予，已制发证照"
	case s.State == cases.Correcting:
		return "一次性告知补正"
	}
	return s.State.Han()
}

// refused notes that the other place did not take the parcel, and why: it is in
// the hands of the place here again, with a new term.
func (p *Parcel) refused(say string, by calendar.Day, at time.Time) bool {
	if p.State != Sent {
		return false
	}
	p.State, p.ForwardBy = Returned, by
	p.note(at, p.There.Name, "退回", p.There.Agency, say)
	return true
}

// unheard notes that the other place could not do what was asked of it.
func (p *Parcel) unheard(say string, at time.Time) {
	p.Unheard++
	p.note(at, p.There.Name, "没有办成", p.There.Agency, say)
}

// key names what is asked of the other place, so that it is asked once: again only
// of another status there, or after it could not be done.
func (p *Parcel) key(k Kind) string {
	return fmt.Sprintf("%s/%s/%d/%d", k, p.ID, p.Status.Seq, p.Unheard)
}

// MayAnswer refuses an answer to a supplement notice that nobody gave.
func (p *Parcel) MayAnswer() error {
	if p.State != There || p.Status.State != cases.Correcting {
		return fault.New(fault.Conflict, "elsewhere.answer.state", "办理地没有要求补正，不用代收补正材料")
	}
	return nil
}

// mayIssue refuses to hand over a result that is not there, or was handed over.
func (p *Parcel) mayIssue(by identity.Actor) error {
	if !p.window(by) {
		return fault.New(fault.Forbidden, "elsewhere.issue.role", "结果由窗口发放，不由申请人自己登记")
	}
	if p.State != Settled {
		return fault.New(fault.Conflict, "elsewhere.issue.state", "现在%s，没有可以发放的结果", p.State.Han())
	}
	return nil
}

// MayDrop refuses to take back what has been decided.
func (p *Parcel) MayDrop() error {
	if p.State == Settled || p.State == Over {
		return fault.New(fault.Conflict, "elsewhere.drop.state", "现在%s，不能撤回", p.State.Han())
	}
	if p.State == Sent {
		return fault.New(fault.Conflict, "elsewhere.drop.sent", "正在转送，请等对方确认收件后再撤回")
	}
	return nil
}

func (p *Parcel) note(at time.Time, where, what, who, say string) {
	if utf8.RuneCountInString(say) > 500 {
		say = string([]rune(say)[:500])
	}
	p.Log = append(p.Log, Entry{at, where, what, who, strings.TrimSpace(say)})
}

// doneHere is how much has been done at the place here.
func (p *Parcel) doneHere() (n int) {
	for _, e := range p.Log {
		if e.Where == p.Here.Name {
			n++
		}
	}
	return n
}

// Sees reports whether the actor may see the parcel: the applicant, the windows
// and supervisors of either place in this installation.
func (p *Parcel) Sees(by identity.Actor) bool {
	return p.Own(by) || by.Plays(identity.System) ||
		by.Covers(p.Here.Region) || p.There.Partner == "" && by.Covers(p.There.Region)
}

// hands reports whether the actor may act on the parcel for the place here.
func (p *Parcel) hands(by identity.Actor) bool {
	return p.Mode == Online && p.Own(by) || p.window(by)
}

// Own reports whether the parcel is the actor's own.
func (p *Parcel) Own(by identity.Actor) bool {
	return by.Party != "" && by.Party == p.Applicant.Party
}

// window reports whether the actor is a window of the place here, of a parcel
// that is not their own.
func (p *Parcel) window(by identity.Actor) bool {
	return by.Party != p.Applicant.Party && by.In(identity.Window, func(post identity.Post) bool { return post.Serves(p.Here.Region) })
}
