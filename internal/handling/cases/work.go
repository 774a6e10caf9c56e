package cases

import (
	"slices"
	"time"

	"tongban/internal/civic/identity"
	"tongban/internal/engine/flow"
	"tongban/internal/ground/fault"
)

// The answers that conditions of a procedure may speak of.
const (
	AnswerOpinion = flow.Opinion
	AnswerDecided = flow.Ruling
)

// Opinions are what a review may come to.
var Opinions = []string{"同意", "附条件同意", "不同意"}

// workToDo finds a piece of open work and who the actor is in it.
func (c *Case) workToDo(act Act, id string, by identity.Actor) (flow.Work, Doer, error) {
	if err := c.may(act); err != nil {
		return flow.Work{}, Doer{}, err
	}
	w, open := c.Flow.Find(id)
	if !open {
		return w, Doer{}, fault.New(fault.Conflict, "cases."+string(act)+".closed", "这项工作已经办完或者被撤回，请刷新")
	}
	post, under, ok := c.takes(w, by)
	if !ok && act == Review && Asked(w, by) {
		if i := slices.IndexFunc(by.Posts, c.mayAdvise); i >= 0 {
			post, ok = by.Posts[i], true
		}
	}
	if !ok {
		return w, Doer{}, c.notTheirs(act, w, by)
	}
	doer := inPost(by, post.Role, post)
	doer.Under = under
	if standsIn(w, by) && w.Claimed != by.Account {
		doer.For = w.Claimed
	}
	return w, doer, nil
}

// workMine is workToDo for work that nobody else has taken.
func (c *Case) workMine(act Act, id string, by identity.Actor) (flow.Work, Doer, error) {
	w, doer, err := c.workToDo(act, id, by)
	if err == nil && w.Claimed != "" && !Mine(w, by) && !(act == Review && Asked(w, by)) {
		err = fault.New(fault.Conflict, "cases."+string(act)+".claimed", "“%s”已由他人签收办理", w.Name)
	}
	if err == nil && slices.Contains([]Act{Claim, Review, Decide}, act) {
		err = c.aside(act, by)
	}
	if err == nil && !Asked(w, by) && c.Flow.Countersigned(w, by.Account) {
		err = fault.New(fault.Forbidden, "cases."+string(act)+".seat", "您已在“%s”的另一席签过意见，一人只签一席，请由另一人会签", w.Name)
	}
	return w, doer, err
}

// Claim takes a piece of work out of the post's common tray (签收).
func (c *Case) Claim(work string, by identity.Actor, at time.Time) (Moved, error) {
	w, doer, err := c.workMine(Claim, work, by)
	if err != nil {
		return Moved{}, err
	}
	return c.workMoved(Claim, w, doer, at), nil
}

// Release puts it back.
func (c *Case) Release(work string, by identity.Actor, at time.Time) (Moved, error) {
	w, doer, err := c.workMine(Release, work, by)
	if err != nil {
		return Moved{}, err
	}
	if w.Claimed == "" {
		return Moved{}, fault.New(fault.Conflict, "cases.release.unclaimed", "这项工作还没有人签收")
	}
	return c.workMoved(Release, w, doer, at), nil
}

// Review is one review finished: an opinion with its reason (出具审查意见).
func (c *Case) Review(work, opinion, reason string, by identity.Actor, at time.Time, evidence ...Evidence) (Moved, error) {
	w, doer, err := c.workMine(Review, work, by)
	switch {
	case err != nil:
		return Moved{}, err
	case w.Decides:
		return Moved{}, fault.New(fault.Invalid, "cases.review.decides", "“%s”是决定环节，请作出决定", w.Name)
	}
	if err := fault.Together(checkOpinion(opinion, reason), CheckEvidence(evidence, at)); err != nil {
		return Moved{}, err
	}
	m := c.workMoved(Review, w, doer, at)
	m.Work.Opinion, m.Work.Answers, m.Work.Evidence = reason, map[string]any{AnswerOpinion: opinion}, evidence
	return m, nil
}

// checkOpinion refuses an opinion that is none, or that needs a reason and has none.
func checkOpinion(opinion, reason string) error {
	if !slices.Contains(Opinions, opinion) {
		return fault.New(fault.Invalid, "cases.review.opinion", "请选择意见：同意、附条件同意或者不同意").At("opinion", "choice", "请选择意见")
	}
	return fault.When(opinion != Opinions[0] && reason == "",
		fault.New(fault.Invalid, "cases.review.reason", "不同意或者附条件同意的，请写明理由").At("reason", "required", "请写明理由"))
}

// SendBack returns the case to an earlier step; other branches keep their work.
func (c *Case) SendBack(work, to, reason string, by identity.Actor, at time.Time) (Moved, error) {
	w, doer, err := c.workMine(SendBack, work, by)
	if err == nil {
		err = fault.Together(wanted(SendBack, "to", to, "请选择退回到哪个环节"), wanted(SendBack, "reason", reason, "请写明退回的理由"))
	}
	if err != nil {
		return Moved{}, err
	}
	m := c.workMoved(SendBack, w, doer, at)
	m.Work.To, m.Reason = to, reason
	return m, nil
}

// Transfer hands the work to a colleague in the same post (转办).
func (c *Case) Transfer(work string, to identity.Actor, reason string, by identity.Actor, at time.Time) (Moved, error) {
	w, doer, err := c.workMine(Transfer, work, by)
	if err != nil {
		return Moved{}, err
	}
	return c.handOver(Transfer, w, to, reason, doer, at)
}

// Reassign is a supervisor handing work to someone else in that post (改派).
func (c *Case) Reassign(work string, to identity.Actor, reason string, by identity.Actor, at time.Time) (Moved, error) {
	doer, err := c.judge(Reassign, by)
	if err != nil {
		return Moved{}, err
	}
	w, open := c.Flow.Find(work)
	if !open {
		return Moved{}, fault.New(fault.Conflict, "cases.reassign.closed", "这项工作已经办完，无需改派")
	}
	return c.handOver(Reassign, w, to, reason, doer, at)
}

func (c *Case) handOver(act Act, w flow.Work, to identity.Actor, reason string, doer Doer, at time.Time) (Moved, error) {
	if err := fault.Together(c.mayReceive(act, w, to), wanted(act, "reason", reason, "请写明理由")); err != nil {
		return Moved{}, err
	}
	m := c.workMoved(act, w, doer, at)
	m.Work.To, m.Work.ToName, m.Reason = to.Account, to.Name, reason
	return m, nil
}

// mayReceive refuses to hand work to nobody, to somebody in another post, and to
// somebody who has signed it already in another seat.
func (c *Case) mayReceive(act Act, w flow.Work, to identity.Actor) error {
	switch _, ok := holds(w, to); {
	case to.Account == "":
		return fault.New(fault.Invalid, "cases."+string(act)+".receiver", "请选择接办的同事").At("to", "required", "请选择接办的同事")
	case !ok:
		return fault.New(fault.Invalid, "cases."+string(act)+".receiver", "%s没有“%s”岗位，不能接办", to.Name, w.Post).At("to", "post", "请选择同岗位人员")
	}
	return fault.When(c.Flow.Countersigned(w, to.Account),
		fault.New(fault.Invalid, "cases."+string(act)+".seat", "%s已在“%s”的另一席签过意见，一人只签一席", to.Name, w.Name).At("to", "seat", "请选择还没有会签的人员"))
}

func (c *Case) workMoved(act Act, w flow.Work, doer Doer, at time.Time) Moved {
	m := c.moved(act, c.State, doer, at)
	m.Work = &WorkAct{ID: w.ID, Node: w.Node, Name: w.Name}
	return m
}
