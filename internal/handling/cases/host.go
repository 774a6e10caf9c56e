package cases

import (
	"context"
	"slices"
	"time"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
)

// An Objection is somebody heard asking that the host stand aside, being
// concerned in the matter themselves (申请主持人回避, 行政许可法第四十八条第一款第三项).
type Objection struct {
	By     string    `json:"by"` // name of who objects
	Host   string    `json:"host"`
	Reason string    `json:"reason"`
	At     time.Time `json:"at"`

	Upheld  bool      `json:"upheld,omitempty"`
	Next    string    `json:"next,omitempty"` // who hosts instead
	Why     string    `json:"why,omitempty"`  // of the answer
	Head    string    `json:"head,omitempty"` // name of who answered
	Settled time.Time `json:"settled,omitzero"`
}

// Say tells the objection and what came of it, as the minutes do.
func (o Objection) Say() string {
	said := o.By + "申请主持人" + o.Host + "回避：" + o.Reason
	switch {
	case o.Settled.IsZero():
		return said + "。等待部门负责人决定"
	case o.Upheld:
		return said + "。" + o.Head + "决定同意，改由" + o.Next + "主持"
	}
	return said + "。" + o.Head + "决定不同意：" + o.Why
}

// Objected is the objection that waits for an answer; nil: none.
func (h *Hearing) Objected() *Objection {
	if i := slices.IndexFunc(h.Objections, func(o Objection) bool { return o.Settled.IsZero() }); i >= 0 {
		return &h.Objections[i]
	}
	return nil
}

// barred says why somebody cannot host; "" nothing. Who reviews the case does not,
// and nobody who had to stand aside comes back.
func (h *Hearing) barred(host string, reviewers []string, by identity.Actor) string {
	removed := func(o Objection) bool { return o.Upheld && o.Host == host }
	switch {
	case host == "" || host == by.Name:
		return "请填写主持人；审查本办件的工作人员不得主持"
	case slices.Contains(reviewers, host):
		return host + "审查过本办件，不得主持，请另行指定"
	case slices.ContainsFunc(h.Objections, removed):
		return host + "已经回避，请另行指定"
	}
	return ""
}

// ObjectHost has the applicant, or one of the others who are heard, object to the
// host (行政许可法第四十八条). name is who objects; "" the applicant.
func (c *Case) ObjectHost(name, reason string, by identity.Actor, at time.Time) (Moved, error) {
	doer, err := c.judge(ObjectHost, by)
	if err != nil {
		return Moved{}, err
	}
	if name == "" {
		name = c.Applicant.Name
	}
	h := c.CurrentHearing()
	again := func(o Objection) bool { return o.By == name && o.Host == h.Host }
	switch {
	case h == nil || h.Host == "" || h.Minutes != nil:
		return Moved{}, fault.New(fault.Conflict, "cases.object-host.none", "还没有通知由谁主持听证，或者听证已经结束")
	case h.Objected() != nil:
		return Moved{}, fault.New(fault.Conflict, "cases.object-host.open", "已经有人申请主持人回避，等待部门负责人决定")
	case slices.ContainsFunc(h.Objections, again):
		return Moved{}, fault.New(fault.Conflict, "cases.object-host.twice", "您申请%s回避已经有决定了", h.Host)
	case reason == "":
		return Moved{}, fault.New(fault.Invalid, "cases.object-host.reason", "请写明回避的理由").At("reason", "required", "请写明主持人与这件许可有什么直接利害关系")
	}
	if doer.Role == identity.System {
		doer.Name = name
	}
	m, next := c.moved(ObjectHost, c.State, doer, at), *h
	next.Objections = append(slices.Clone(h.Objections), Objection{By: name, Host: h.Host, Reason: reason, At: m.At})
	m.Hearing = &next
	return m, nil
}

// SettleHost answers an objection: the agency's head has another host the hearing,
// or says why not (行政许可法第四十八条). reviewers are the names of those who
// reviewed the case.
func (c *Case) SettleHost(uphold bool, next, why string, reviewers []string, by identity.Actor, at time.Time) (Moved, error) {
	doer, err := c.judge(SettleHost, by)
	if err != nil {
		return Moved{}, err
	}
	h := c.CurrentHearing()
	if h == nil || h.Objected() == nil {
		return Moved{}, fault.New(fault.Conflict, "cases.settle-host.none", "没有等待决定的回避申请")
	}
	if h.Host == by.Name {
		return Moved{}, fault.New(fault.Forbidden, "cases.settle-host.self", "主持人不能决定自己的回避，请由其他负责人决定")
	}
	after := *h
	after.Objections = slices.Clone(h.Objections)
	o := after.Objected()
	o.Upheld, o.Why, o.Head, o.Settled = uphold, why, by.Name, event.Moment(at)
	bad := fault.New(fault.Invalid, "cases.settle-host.invalid", "回避的决定还有需要填写的地方")
	if !uphold && why == "" {
		bad = bad.At("why", "required", "请写明不同意回避的理由，答复书上会写明")
	}
	if say := after.barred(next, reviewers, by); uphold && say != "" {
		bad = bad.At("next", "host", "%s", say)
	}
	if len(bad.Fields) > 0 {
		return Moved{}, bad
	}
	if uphold {
		o.Next, after.Host = next, next
	}
	m := c.moved(SettleHost, c.State, doer, at)
	m.Hearing = &after
	return m, nil
}

// aside keeps whoever hosts the hearing from reviewing the case (行政许可法第四十八条).
func (c *Case) aside(act Act, by identity.Actor) error {
	if h := c.CurrentHearing(); h != nil && h.Host != "" && h.Host == by.Name {
		return fault.New(fault.Forbidden, "cases."+string(act)+".host", "您主持本办件的听证，不得审查本办件，请由其他人办理")
	}
	return nil
}

// reviewers are the names of those who have had work in the case, by its facts.
func (s *Service) reviewers(ctx context.Context, id ID) (names []string, err error) {
	records, err := s.Store.History(ctx, id)
	if err != nil {
		return nil, err
	}
	list, err := events(records)
	for _, e := range list {
		if e.Work != nil && e.By.Account != "" && e.By.Role != identity.System && e.Act != Reassign {
			names = append(names, e.By.Name)
		}
	}
	return names, err
}

// ObjectHost objects to the host of the hearing; see Case.ObjectHost.
func (s *Service) ObjectHost(ctx context.Context, id ID, reason string, by identity.Actor) (*Case, error) {
	return s.do(ctx, id, asking(by, ObjectHost, ""), by, func(c *Case, _ Frame, at time.Time) (Moved, error) {
		return c.ObjectHost("", reason, by, at)
	})
}

// SettleHost answers the objection; see Case.SettleHost.
func (s *Service) SettleHost(ctx context.Context, id ID, uphold bool, next, why string, by identity.Actor) (*Case, error) {
	names, err := s.reviewers(ctx, id)
	if err != nil {
		return nil, err
	}
	return s.do(ctx, id, asking(by, SettleHost, ""), by, func(c *Case, _ Frame, at time.Time) (Moved, error) {
		return c.SettleHost(uphold, next, why, names, by, at)
	})
}
