package cases

import (
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
)

// Arrival is how material came that was sent by post (邮寄到达). The day on which
// the agency signed for it counts, not that of the postmark nor that on which the
// window entered it; the postmark is kept for whoever answers an objection
// (政府信息公开条例第三十一条 has it so for requests, and the promise letter says it
// for what follows: 徐政发〔2022〕21号（七）). None: it came as it was entered.
type Arrival struct {
	On      calendar.Day `json:"on"`               // signed for (签收之日)
	Posted  calendar.Day `json:"posted,omitempty"` // by the postmark (寄出之日)
	Waybill string       `json:"waybill,omitempty"`

	Clears []string `json:"clears,omitempty"` // materials whose promise was kept after all, though it was noted as lapsed
}

// check refuses an arrival that a window did not note, or that cannot have been.
func (a *Arrival) check(since calendar.Day, by Doer, at time.Time) error {
	if a == nil {
		return nil
	}
	bad := fault.New(fault.Invalid, "cases.arrival.invalid", "邮寄到达的登记有误，请按提示修改")
	switch {
	case by.Role != identity.Window:
		return fault.New(fault.Forbidden, "cases.arrival.window", "邮寄到达的日期由收件的窗口登记")
	case a.On == 0:
		bad = bad.At("came.on", "required", "请填写邮件签收的日期，材料以这一天为收到之日")
	case a.On > calendar.DayOf(at):
		bad = bad.At("came.on", "future", "签收日期不能晚于今天")
	case a.On < since:
		bad = bad.At("came.on", "early", "签收日期不能早于%s，那以前还没有要这份材料", since.Han())
	}
	if a.Posted > a.On && a.On != 0 {
		bad = bad.At("came.posted", "late", "寄出日期（邮戳）不能晚于签收日期")
	}
	if len(bad.Fields) > 0 {
		return bad
	}
	return nil
}

// clearing is the arrival with those of the materials that came in time, though
// their promise was noted as lapsed before the post was entered. The one that was
// handed in stays as it was: it may be judged again, against a later version.
func (a *Arrival) clearing(promises []Promise, handed []Handed) *Arrival {
	if a == nil {
		return nil
	}
	own := *a
	own.Clears = nil
	for _, h := range handed {
		if p, ok := promiseFor(h.Material, promises); ok && p.Lapsed && own.On <= p.By {
			own.Clears = append(own.Clears, p.Material)
		}
	}
	return &own
}

// Say is the arrival in one line; "" if nothing was sent by post.
func (a *Arrival) Say() string {
	if a == nil {
		return ""
	}
	say := "邮寄，" + a.On.Han() + "签收"
	if a.Posted != 0 {
		say += "，" + a.Posted.Han() + "寄出（邮戳）"
	}
	if a.Waybill != "" {
		say += "，运单号" + a.Waybill
	}
	return say
}

// receivedOn is the day that counts as that of receipt: of the post the day it
// was signed for, or the next working day if that was none.
func (s *Service) receivedOn(came *Arrival, at time.Time) calendar.Day {
	if came != nil {
		at = came.On.Start().Add(12 * time.Hour)
	}
	return s.Received(at)
}
