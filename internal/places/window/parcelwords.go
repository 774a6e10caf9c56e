package window

import (
	"net/url"

	"tongban/internal/handling/cases"
	"tongban/internal/handling/elsewhere"
	"tongban/internal/places/frame"
)

// answerSay is who answers for a parcel now, in a line.
func answerSay(a elsewhere.Answer) string {
	say := a.Place.Name + " " + a.Place.Agency
	if a.Place.Person != "" {
		say += " " + a.Place.Person
	}
	if a.Until != 0 {
		say += "，" + a.Until.Han() + "前"
	}
	return say
}

func answerTone(q parcelPage) frame.Tone {
	switch {
	case q.Late:
		return frame.Red
	case q.Parcel.State == elsewhere.Returned, q.Parcel.Status.State == cases.Correcting:
		return frame.Amber
	}
	return frame.Blue
}

func parcelTone(p *elsewhere.Parcel) frame.Tone {
	switch p.State {
	case elsewhere.Taken, elsewhere.Returned:
		return frame.Amber
	case elsewhere.Settled:
		return frame.Green
	case elsewhere.Over:
		return frame.Plain
	}
	return frame.Blue
}

func hereFacts(p *elsewhere.Parcel) []frame.Row {
	rows := []frame.Row{{Key: "地方", Value: p.Here.Name + " " + p.Here.Agency}}
	if p.Here.Person != "" {
		rows = append(rows, frame.Row{Key: "收件人", Value: p.Here.Person})
	}
	if !p.Taken.IsZero() {
		rows = append(rows, frame.Row{Key: "代收", Value: whenHan(p.Taken)}, frame.Row{Key: "转送期限", Value: p.ForwardBy.Han()})
	}
	if !p.Forwarded.IsZero() {
		rows = append(rows, frame.Row{Key: "转送", Value: whenHan(p.Forwarded)})
	}
	return rows
}

func thereFacts(p *elsewhere.Parcel) []frame.Row {
	s := p.Status
	rows := []frame.Row{{Key: "地方", Value: p.There.Name}, {Key: "部门", Value: p.There.Agency}}
	add := func(key, value string) {
		if value != "" {
			rows = append(rows, frame.Row{Key: key, Value: value})
		}
	}
	add("电话", p.There.Phone)
	if s.Case == "" {
		return append(rows, frame.Row{Key: "收件", Value: "还没有收到"})
	}
	add("办件编号", s.Number)
	add("收件", s.Received.Han())
	add("状态", s.State.Han())
	if s.Promised != 0 {
		add("承诺办结", s.Promised.Han()+"前")
	}
	if s.Statutory != 0 {
		add("法定时限", s.Statutory.Han()+"前")
	}
	add("说明", s.Reason)
	add("证照", s.Certificate)
	return rows
}

func asked(n *cases.Notice) []frame.Choice {
	var all []frame.Choice
	for _, d := range n.Items {
		if d.Material != "" {
			all = append(all, frame.Choice{Value: d.Material, Label: d.Name + "：" + d.Say})
		}
	}
	return all
}

func parcelMoments(p *elsewhere.Parcel) []frame.Moment {
	var all []frame.Moment
	for i := len(p.Log) - 1; i >= 0; i-- {
		e := p.Log[i]
		all = append(all, frame.Moment{When: whenHan(e.At), What: e.What, Who: e.Where + " " + e.Who, Note: e.Say})
	}
	return all
}

// alsoHref leads to taking another matter of the same applicant in together with
// the parcel (多地联办).
func alsoHref(p *elsewhere.Parcel) string {
	return "/window/file?" + url.Values{"party": {p.Applicant.Party}, "with": {p.ID}}.Encode()
}
