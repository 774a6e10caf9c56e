package experts

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/ground/fault"
)

// The terms of a draw, from the day after.
var (
	ObjectTerm = clock.Term{Limit: clock.Limit{N: 2, Unit: clock.WorkingDays}} // for the applicant to object before the draw
	AnswerTerm = clock.Term{Limit: clock.Limit{N: 1, Unit: clock.WorkingDays}} // for who was drawn to answer
)

// least is how many experts review at least; an odd number, so that there is a majority.
const least = 3

func refuse(act Act, why, say string, args ...any) error {
	return fault.New(fault.Conflict, "experts."+string(act)+"."+why, say, args...)
}

func (r *Review) moved(act Act, by, say string, at time.Time) Moved {
	return Moved{Review: r.ID, Seq: r.Head.Seq + 1, Act: act, By: by, At: at, Say: say}
}

func (m Moved) with(round Round) Moved { m.Round = &round; return m }

// Announce opens the review with its first round: candidates, who stands aside,
// and the fingerprint of the seed, before anybody is drawn. Fault: experts.announce.*.
func (r *Review) Announce(register []Expert, seed string, days clock.Days, by identity.Actor, at time.Time) (Moved, error) {
	r.Question = strings.TrimSpace(r.Question)
	bad := fault.New(fault.Invalid, "experts.announce", "抽取方案还有需要修改的地方")
	if n := utf8.RuneCountInString(r.Question); n == 0 || n > longestSay {
		bad = bad.At("question", "required", "请写明请专家评审什么，最多%d个字", longestSay)
	}
	if len(r.Fields) == 0 || len(r.Fields) > mostFields || slices.ContainsFunc(r.Fields, tooLong) {
		bad = bad.At("fields", "required", "请写明要哪些专业的专家，用顿号隔开")
	}
	if r.Wanted < least || r.Wanted%2 == 0 || r.Wanted > 15 {
		bad = bad.At("wanted", "odd", "专家应为%d人以上15人以下的单数", least)
	}
	switch {
	case !r.Works(by):
		return Moved{}, fault.New(fault.Forbidden, "experts.announce.post", "专家评审由承办部门组织，您没有这个部门的岗位")
	case len(bad.Fields) > 0:
		return Moved{}, bad
	}
	r.Host, r.Opened = Person{by.Account, by.Name}, at
	round, err := r.round(register, seed, "", days, by, at)
	if err != nil {
		return Moved{}, err
	}
	whole := *r
	m := Moved{Review: r.ID, Seq: 1, Act: Announce, By: by.Name, At: at, Say: round.told(), Opening: &whole}
	return m.with(round), nil
}

// round fixes the candidates of one draw.
func (r *Review) round(register []Expert, seed, why string, days clock.Days, by identity.Actor, at time.Time) (Round, error) {
	today := calendar.DayOf(at)
	need := Need{Region: r.Region, Fields: r.Fields, Applicant: r.Applicant, Agent: r.Agent, Account: by.Account, On: today, Before: r.before()}
	round := Round{Why: why, At: at, Until: ObjectTerm.By(today, days), Seats: r.Wanted, Print: Fingerprint(seed), Invited: r.accepted()}
	round.Pool, round.Out = Choose(register, need)
	if len(round.Pool) < round.free() {
		return round, refuse(Announce, "few", "专家库里符合条件、不用回避的专家只有%d位，要抽%d位。请放宽专业，或者补充专家库", len(round.Pool), round.free())
	}
	return round, nil
}

// accepted are the invitations that were, which stand through a new draw.
func (r *Review) accepted() []Invitation {
	if len(r.Rounds) == 0 {
		return nil
	}
	return slices.DeleteFunc(r.Now().Invited, func(i Invitation) bool { return i.Reply != Accepted })
}

// free is how many seats nobody has taken or is asked for.
func (r Round) free() int {
	n := r.Seats
	for _, i := range r.Invited {
		if i.Reply == "" || i.Reply == Accepted {
			n--
		}
	}
	return n
}

// before are those who were drawn for this review already, or stood aside.
func (r *Review) before() (ids []ExpertID) {
	for _, round := range r.Rounds {
		for _, i := range round.Invited {
			ids = append(ids, i.Expert)
		}
		for _, o := range round.Objections {
			if o.Ruled == Upheld {
				ids = append(ids, o.Expert)
			}
		}
	}
	return append(ids, r.took...)
}

func (r Round) told() string {
	return fmt.Sprintf("候选%d位，回避%d位，抽%d位，种子指纹%s", len(r.Pool), len(r.Out), r.free(), r.Print)
}

// Object is the applicant's wish that a candidate stand aside, with reasons: before
// the draw, or as long as the expert has not signed.
func (r *Review) Object(id ExpertID, why string, by identity.Actor, at time.Time) (Moved, error) {
	if err := r.May(Object, by, calendar.DayOf(at)); err != nil {
		return Moved{}, err
	}
	now, why := r.Now(), strings.TrimSpace(why)
	c, _ := r.Find(id)
	switch n := utf8.RuneCountInString(why); {
	case r.Opined(id):
		return Moved{}, late()
	case !slices.Contains(r.Objectionable(), id):
		return Moved{}, fault.New(fault.Invalid, "experts.object.expert", "请选择要求回避的专家").At("expert", "option", "请选择要求回避的专家")
	case n == 0 || n > longestSay:
		return Moved{}, fault.New(fault.Invalid, "experts.object.why", "请写明回避的理由").At("why", "required", "请写明有什么利害关系，最多%d个字", longestSay)
	case slices.ContainsFunc(now.Objections, func(o Objection) bool { return o.Expert == id }):
		return Moved{}, refuse(Object, "twice", "已经对%s申请过回避", c.Name)
	}
	now.Objections = append(now.Objections, Objection{Expert: id, Why: why})
	return r.moved(Object, by.Name, c.Name+"："+why, at).with(now), nil
}

// seated are those who were invited and have not said no.
func (r *Review) seated() (ids []ExpertID) {
	for _, i := range r.Now().Invited {
		if i.Reply == "" || i.Reply == Accepted {
			ids = append(ids, i.Expert)
		}
	}
	return ids
}

// Waive has the applicant say that none need stand aside, so that lots can be
// drawn at once.
func (r *Review) Waive(by identity.Actor, at time.Time) (Moved, error) {
	if err := r.May(Waive, by, calendar.DayOf(at)); err != nil {
		return Moved{}, err
	}
	now := r.Now()
	now.Waived = true
	return r.moved(Waive, by.Name, "", at).with(now), nil
}

// Rule decides on an objection, by somebody other than who called the review. An
// upheld one takes the candidate out, and gives a seat that was taken to the next.
func (r *Review) Rule(id ExpertID, upheld bool, answer string, days clock.Days, by identity.Actor, at time.Time) (Moved, error) {
	now, answer := r.Now(), strings.TrimSpace(answer)
	i := slices.IndexFunc(now.Objections, func(o Objection) bool { return o.Expert == id && o.Ruled == "" })
	if err := r.May(Rule, by, calendar.DayOf(at)); err != nil {
		return Moved{}, err
	}
	switch n := utf8.RuneCountInString(answer); {
	case i < 0:
		return Moved{}, refuse(Rule, "none", "没有对这位专家的回避申请等着决定")
	case n == 0 || n > longestSay:
		return Moved{}, fault.New(fault.Invalid, "experts.rule.answer", "请写明理由").At("answer", "required", "请写明成立或者不成立的理由，最多%d个字", longestSay)
	}
	o, ruled := &now.Objections[i], Dismissed
	if upheld {
		ruled, o.After = Upheld, now.Seed != ""
	}
	o.Ruled, o.Answer, o.By = ruled, answer, by.Name
	c, _ := r.Find(id)
	say := c.Name + "：不回避。" + answer
	if upheld {
		say = c.Name + "：回避。" + answer
		now.settle(id, Stood, answer, at)
		now.fill(days, at)
	}
	return r.moved(Rule, by.Name, say, at).with(now), nil
}

// settle notes what became of an invitation.
func (r *Round) settle(id ExpertID, reply Reply, why string, at time.Time) {
	i := slices.IndexFunc(r.Invited, func(i Invitation) bool { return i.Expert == id && (i.Reply == "" || i.Reply == Accepted) })
	if i >= 0 {
		r.Invited[i].Reply, r.Invited[i].Why, r.Invited[i].At = reply, why, at
	}
}

// next are those in the order who may still be invited.
func (r Round) next() []ExpertID {
	return slices.DeleteFunc(slices.Clone(r.Order), func(id ExpertID) bool {
		return slices.ContainsFunc(r.Objections, func(o Objection) bool { return o.Expert == id && o.Ruled == Upheld }) ||
			slices.ContainsFunc(r.Invited, func(i Invitation) bool { return i.Expert == id })
	})
}

// fill invites the next in the order while seats are free.
func (r *Round) fill(days clock.Days, at time.Time) {
	next := r.next()
	for _, id := range next[:min(r.free(), len(next))] {
		r.Invited = append(r.Invited, Invitation{Expert: id, Asked: at, By: AnswerTerm.By(calendar.DayOf(at), days)})
	}
}

// Draw draws lots: the seed is told, the order follows from it, and as many as
// are wanted are invited. Not before the applicant's time to object is over and
// every objection decided.
func (r *Review) Draw(seed string, days clock.Days, by identity.Actor, at time.Time) (Moved, error) {
	if err := r.May(Draw, by, calendar.DayOf(at)); err != nil {
		return Moved{}, err
	}
	now := r.Now()
	if Fingerprint(seed) != now.Print {
		return Moved{}, refuse(Draw, "seed", "种子与事先公布的指纹不一致，不能抽取，请联系系统管理员")
	}
	now.Seed, now.Order = seed, Order(seed, now.left())
	now.fill(days, at)
	return r.moved(Draw, by.Name, "种子"+seed, at).with(now), nil
}

// Redraw begins another round for the seats that are still free. It needs
// reasons, and that the order is used up, or that lots were not drawn because too
// few were left.
func (r *Review) Redraw(register []Expert, fields []string, why, seed string, days clock.Days, by identity.Actor, at time.Time) (Moved, error) {
	why = strings.TrimSpace(why)
	if err := r.May(Redraw, by, calendar.DayOf(at)); err != nil {
		return Moved{}, err
	}
	if n := utf8.RuneCountInString(why); n == 0 || n > longestSay {
		return Moved{}, fault.New(fault.Invalid, "experts.redraw.why", "请写明重新抽取的理由").At("why", "required", "请写明重新抽取的理由，最多%d个字", longestSay)
	}
	next := *r
	if len(fields) > 0 {
		next.Fields = fields
	}
	round, err := next.round(register, seed, why, days, by, at)
	if err != nil {
		return Moved{}, err
	}
	return r.moved(Redraw, by.Name, why+"。"+round.told(), at).with(round), nil
}
