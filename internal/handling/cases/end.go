package cases

import (
	"time"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
)

// Withdraw takes the application back, until it is decided.
func (c *Case) Withdraw(reason string, by identity.Actor, at time.Time) (Moved, error) {
	doer, err := c.judge(Withdraw, by)
	if err != nil {
		return Moved{}, err
	}
	m := c.moved(Withdraw, Withdrawn, doer, at)
	m.Reason = reason
	return m, nil
}

// Terminate ends a case that cannot go on, as when what was promised or asked
// for never came.
func (c *Case) Terminate(reason string, by identity.Actor, at time.Time) (Moved, error) {
	return c.turnAway(Terminate, Terminated, reason, "", by, at)
}

// Certify notes the certificate that was issued on the decision.
func (c *Case) Certify(identifier string, at time.Time) (Moved, error) {
	doer, err := c.judge(Certify, identity.TheSystem)
	if err != nil {
		return Moved{}, err
	}
	m := c.moved(Certify, c.State, doer, at)
	m.Produced = identifier
	return m, nil
}

// Ways are the ways in which a result may reach the applicant (送达方式).
var Ways = map[string]string{"electronic": "电子送达", "window": "窗口领取", "post": "邮寄送达"}

// Deliver notes that the result reached the applicant (送达).
func (c *Case) Deliver(d Delivered, by identity.Actor, at time.Time) (Moved, error) {
	doer, err := c.judge(Deliver, by)
	switch {
	case err != nil:
		return Moved{}, err
	case c.Delivered != nil:
		return Moved{}, fault.New(fault.Conflict, "cases.deliver.twice", "结果已经送达")
	case Ways[d.Way] == "":
		return Moved{}, fault.New(fault.Invalid, "cases.deliver.way", "请选择送达方式").At("way", "choice", "请选择送达方式")
	case d.Receiver == "":
		return Moved{}, fault.New(fault.Invalid, "cases.deliver.receiver", "请填写签收人").At("receiver", "required", "请填写签收人")
	case d.Way == "post" && d.Waybill == "":
		return Moved{}, fault.New(fault.Invalid, "cases.deliver.waybill", "邮寄送达的，请填写运单号").At("waybill", "required", "请填写运单号")
	}
	d.At = at
	m := c.moved(Deliver, c.State, doer, at)
	m.Delivered = &d
	return m, nil
}

// Urge is a supervisor's written reminder (督办), kept with the case.
func (c *Case) Urge(text string, by identity.Actor, at time.Time) (Moved, error) {
	doer, err := c.judge(Urge, by)
	if err != nil {
		return Moved{}, err
	}
	if text == "" {
		return Moved{}, fault.New(fault.Invalid, "cases.urge.text", "请写明督办事由和要求").At("text", "required", "请写明督办事由和要求")
	}
	m := c.moved(Urge, c.State, doer, at)
	m.Reason = text
	return m, nil
}
