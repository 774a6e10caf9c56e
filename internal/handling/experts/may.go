package experts

import (
	"slices"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
)

// May refuses an act that is not the actor's to do, or not today, whatever they
// would say with it. The rules begin with it, and pages offer what it lets through.
func (r *Review) May(act Act, by identity.Actor, today calendar.Day) error {
	if err := r.whose(act, by); err != nil {
		return err
	}
	return r.timely(act, today)
}

// whose refuses whoever the act is not for: the applicant objects, the department
// does the rest. Who called the review sums it up, and decides on no objection.
func (r *Review) whose(act Act, by identity.Actor) error {
	forbid := func(why, say string, args ...any) error {
		return fault.New(fault.Forbidden, "experts."+string(act)+"."+why, say, args...)
	}
	switch {
	case act == Object && !r.Applies(by):
		return forbid("party", "由申请人申请回避")
	case act == Waive && !r.Applies(by):
		return forbid("party", "由申请人表示无异议")
	case act != Object && act != Waive && !r.Works(by):
		return forbid("post", "专家评审由承办部门组织，您没有这个部门的岗位")
	case act == Rule && (by.Account == r.Host.Account || !by.Holds(identity.Approver, r.Agency) && !by.Holds(identity.Head, r.Agency)):
		return forbid("post", "是否回避由承办部门的决定岗或者负责人决定，组织评审的人不决定")
	case act == Sum && by.Account != r.Host.Account:
		return forbid("host", "由组织评审的%s汇总意见", r.Host.Name)
	}
	return nil
}

// timely refuses what the review has not come to, or is past.
func (r *Review) timely(act Act, today calendar.Day) error {
	now, over := r.Now(), !r.Ended.IsZero()
	few := len(now.left()) < now.free()
	switch {
	case act == Object && (over || len(r.Objectionable()) == 0):
		return late()
	case act == Waive && (over || now.Seed != "" || now.Waived):
		return refuse(act, "over", "已经抽取，或者已经表示过无异议")
	case over:
		return refuse(act, "over", "这次专家评审已经结束")
	case act == Draw && now.Seed != "":
		return refuse(act, "twice", "已经抽取。要重新抽取的，写明理由")
	case act == Draw && slices.ContainsFunc(now.Objections, func(o Objection) bool { return o.Ruled == "" }):
		return refuse(act, "objections", "还有回避申请没有决定，决定以后再抽取")
	case act == Draw && today <= now.Until && !now.Waived:
		return refuse(act, "early", "申请人在%s前可以申请回避；申请人表示无异议的，可以马上抽取", now.Until.Han())
	case act == Draw && few:
		return refuse(act, "few", "回避以后候选专家只有%d位，要抽%d位，请重新公布抽取方案", len(now.left()), now.free())
	case act == Redraw && !r.Short() && !(now.Seed == "" && few):
		return refuse(act, "order", "按已经抽出的顺序递补，名单用完才能重新抽取")
	case act == Call && len(r.Members()) < r.Wanted:
		return refuse(act, "seats", "还差%d位专家接受邀请，齐了再通知评审", r.Wanted-len(r.Members()))
	case act == Call && len(r.Opinions) > 0:
		return refuse(act, "begun", "已经有专家签署意见，不能再改期")
	case act == Sum && len(r.Opinions) < r.Wanted:
		return refuse(act, "missing", "还有%d位专家没有签署意见", r.Wanted-len(r.Opinions))
	}
	return nil
}

func late() error {
	return refuse(Object, "late", "这位专家已经签署意见，不能再申请回避；不服决定的，可以申请行政复议")
}

// Speaks refuses whoever answers or signs for an expert and may not: the experts
// who have an account do so themselves, for the others who called the review takes
// it down.
func (r *Review) Speaks(act Act, id ExpertID, by identity.Actor) (Candidate, error) {
	c, known := r.Find(id)
	switch {
	case !known:
		return c, fault.New(fault.Invalid, "experts."+string(act)+".expert", "这次评审没有这位专家").At("expert", "option", "请选择专家")
	case !r.Ended.IsZero():
		return c, refuse(act, "over", "这次专家评审已经结束")
	case c.Account != "" && c.Account != by.Account:
		return c, fault.New(fault.Forbidden, "experts."+string(act)+".self", "%s用自己的账号答复和签署，不能由他人代办", c.Name)
	case c.Account == "" && by.Account != r.Host.Account:
		return c, fault.New(fault.Forbidden, "experts."+string(act)+".host", "没有账号的专家，由组织评审的%s记录", r.Host.Name)
	}
	return c, nil
}

// Signs refuses an opinion for an expert before the day, twice, or while an
// objection to them is open.
func (r *Review) Signs(id ExpertID, by identity.Actor, today calendar.Day) (Candidate, error) {
	c, err := r.Speaks(Opine, id, by)
	switch {
	case err != nil:
		return c, err
	case !slices.Contains(r.Members(), c):
		return c, refuse(Opine, "member", "%s不是这次评审的专家", c.Name)
	case r.Opined(id):
		return c, refuse(Opine, "twice", "%s已经签署意见", c.Name)
	case !r.Told || today < r.Day:
		return c, refuse(Opine, "early", "通知评审以后、评审当天起签署意见")
	case slices.ContainsFunc(r.Now().Objections, func(o Objection) bool { return o.Expert == id && o.Ruled == "" }):
		return c, refuse(Opine, "objected", "申请人对%s申请回避，决定以后再签署", c.Name)
	}
	return c, nil
}

// Objectionable are those whom the applicant may ask to stand aside: all candidates
// before the draw, then those who were invited, have not said no and not signed.
func (r *Review) Objectionable() []ExpertID {
	now := r.Now()
	if now.Seed != "" {
		return slices.DeleteFunc(r.seated(), r.Opined)
	}
	var all []ExpertID
	for _, c := range now.Pool {
		all = append(all, c.Expert)
	}
	return all
}
