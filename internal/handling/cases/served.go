package cases

import (
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
)

// Ways are the ways in which a result may reach the applicant (送达方式,
// 民事诉讼法第八十八条至第九十五条).
var Ways = map[string]string{
	"electronic": "电子送达", "window": "窗口领取", "post": "邮寄送达",
	"direct": "直接送达", "left": "留置送达", "agent": "代收送达", "notice": "公告送达",
}

// WayOrder is Ways in the order in which they are to be tried: by public notice
// only when nothing else reached the applicant.
var WayOrder = []string{"window", "electronic", "post", "direct", "left", "agent", "notice"}

// WayHints say of each way what it takes.
var WayHints = map[string]string{
	"electronic": "申请人已经确认同意电子送达的才能用", "post": "填写运单号", "direct": "上门交给本人，填写地点",
	"left": "本人拒收时留在其住所，填写拒收事由、地点和见证人，或者拍照、录像", "agent": "交给同住成年家属或者代理人，填写与申请人的关系",
	"notice": "其他方式都无法送达的才能用，自公告之日起经过三十日视为送达",
}

// WayDays say of each way which day is the one of service (民事诉讼法第八十七条至
// 第九十五条).
var WayDays = map[string]string{
	"window": "签收之日为送达日期", "direct": "签收之日为送达日期", "agent": "代收人签收之日为送达日期",
	"post": "以回执上注明的收件日期为送达日期", "electronic": "以到达申请人特定系统的日期为送达日期",
	"left": "留置之日为送达日期", "notice": "自公告之日起经过三十日，视为送达",
}

// NoticeDays is how many days after its publication a public notice counts as
// served (民事诉讼法第九十五条).
const NoticeDays = 30

// Deliver notes that the result reached the applicant (送达).
func (c *Case) Deliver(d Delivered, by identity.Actor, at time.Time) (Moved, error) {
	doer, err := c.judge(Deliver, by)
	switch {
	case err != nil:
		return Moved{}, err
	case c.Delivered != nil:
		return Moved{}, fault.New(fault.Conflict, "cases.deliver.twice", "结果已经送达")
	}
	since := c.Closed
	if c.Decision != nil {
		since = c.Decision.At
	}
	if err := c.checkService(d, since, at); err != nil {
		return Moved{}, err
	}
	m := c.moved(Deliver, c.State, doer, at)
	m.Delivered = d.on(at)
	return m, nil
}

// checkService refuses a service that lacks what its way takes: the consent for
// an electronic one, otherwise the waybill, the place, the witness or the proof; and
// a day on which it cannot have been: before the paper was given, or still to come.
func (c *Case) checkService(d Delivered, since, at time.Time) error {
	return fault.Together(c.mayGoBy(d.Way), d.took(), d.reached(since, at))
}

// mayGoBy refuses a way that there is not, and an electronic one without consent.
func (c *Case) mayGoBy(way string) error {
	if Ways[way] == "" {
		return refusedService("way", "请选择送达方式")
	}
	if way == "electronic" && !c.Consented() {
		return refusedService("way", "申请人没有确认同意电子送达，请改用其他方式")
	}
	return nil
}

// took refuses a service that lacks what its way takes.
func (d Delivered) took() error {
	lacks := func(lacking bool, at, say string) error {
		if !lacking {
			return nil
		}
		return refusedService(at, say)
	}
	left := d.Way == "left"
	return fault.Together(
		lacks(receiverOf[d.Way] != "" && d.Receiver == "", "receiver", "请填写"+receiverOf[d.Way]),
		lacks(d.Way == "post" && d.Waybill == "", "waybill", "邮寄送达的，请填写运单号"),
		lacks((d.Way == "direct" || left) && d.Place == "", "place", "请填写送达地点"),
		lacks(left && d.Refusal == "", "refusal", "留置送达的，请写明拒收事由"),
		lacks(left && d.Witness == "" && len(d.Proof) == 0, "witness", "留置送达的，请填写见证人，或者上传拍照、录像"),
		lacks(d.Way == "agent" && d.Relation == "", "relation", "请填写代收人与申请人的关系"),
		lacks(d.Way == "notice" && d.Place == "", "place", "请填写在哪里公告"))
}

// reached refuses a day on which it cannot have been.
func (d Delivered) reached(since, at time.Time) error {
	switch {
	case d.On > calendar.DayOf(at):
		return refusedService("on", "送达日期不能晚于今天")
	case d.On != 0 && !since.IsZero() && d.On < calendar.DayOf(since):
		return refusedService("on", "送达日期不能早于出具文书的"+calendar.DayOf(since).Han())
	}
	return nil
}

func refusedService(at, say string) error {
	return fault.New(fault.Invalid, "cases.deliver."+at, "%s", say).At(at, "required", "%s", say)
}

// Consented reports whether the applicant agreed to electronic service
// (送达方式确认): they chose it themselves when they applied.
func (c *Case) Consented() bool { return c.Delivery.Way == "electronic" }

// Facts are the service in names and values, for papers and the history.
func (d Delivered) Facts() []Fact {
	all := []Fact{{"送达方式", Ways[d.Way]}, {receiverOf[d.Way], d.Receiver}, {"送达时间", d.time()}, {"运单号", d.Waybill}, {"送达（公告）地点", d.Place},
		{"拒收事由", d.Refusal}, {"见证人", d.Witness}, {"与申请人的关系", d.Relation}}
	if d.Way == "notice" {
		all = append(all, Fact{"视为送达日期", d.Served.Han()})
	}
	if d.On != 0 && d.On != calendar.DayOf(d.At) {
		all = append(all, Fact{"登记时间", at(d.At)})
	}
	if n := len(d.Proof); n > 0 {
		for _, file := range d.Proof {
			all = append(all, Fact{"证明材料", file.Name})
		}
	}
	kept := all[:0]
	for _, f := range all {
		if f.Value != "" {
			kept = append(kept, f)
		}
	}
	return kept
}

// receiverOf is what whoever received it is called, by the way.
var receiverOf = map[string]string{"window": "签收人", "electronic": "签收人", "post": "签收人", "direct": "签收人", "left": "拒收人", "agent": "代收人"}

// time is when it was received: to the minute if it was noted on that day.
func (d Delivered) time() string {
	if d.On != 0 && d.On != calendar.DayOf(d.At) {
		return d.On.Han()
	}
	return at(d.At)
}

// on is the service as it is kept: with its time and the day that counts. What is
// made public nobody receives, though a page may send along whom it is for.
func (d Delivered) on(at time.Time) *Delivered {
	d.At, d.Served = at, calendar.DayOf(at)
	if d.On != 0 {
		d.Served = d.On
	}
	if d.Way == "notice" {
		d.Served += NoticeDays
		d.Receiver = ""
	}
	return &d
}

// Say is the service in one line: when, how and to whom.
func (d Delivered) Say() string {
	say := d.time() + Ways[d.Way]
	switch {
	case d.Way == "left":
		say += "，" + d.Receiver + "拒收"
	case d.Receiver != "":
		say += "，" + d.Receiver + "签收"
	}
	return say
}

// services are all services noted of the case.
func (c *Case) services() []Delivered {
	var all []Delivered
	for _, p := range c.Papers {
		if p.Served != nil {
			all = append(all, *p.Served)
		}
	}
	if c.Delivered != nil {
		all = append(all, *c.Delivered)
	}
	if c.Later != nil && c.Later.Served != nil {
		all = append(all, *c.Later.Served)
	}
	return all
}
