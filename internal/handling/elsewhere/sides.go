package elsewhere

import (
	"tongban/internal/civic/calendar"
)

// A Side is a line about the two places, for people.
type Side struct{ Name, Value string }

// Sides tell of both places, both terms and who answers now: what every page
// about the parcel has to show.
func (p *Parcel) Sides() []Side {
	all := sides{{"办理方式", p.Mode.Han()}, {"收件地", p.Here.Name + " " + p.Here.Agency + " " + p.Here.Person}}
	if !p.Taken.IsZero() {
		all.add(p.takenWord()+"日期", calendar.DayOf(p.Taken).Han())
		all.add("转送期限", p.ForwardBy.Han())
	}
	if !p.Forwarded.IsZero() {
		all.add("转送日期", calendar.DayOf(p.Forwarded).Han())
	}
	if p.There.Name == "" {
		return all // the page is that of the place that handles it
	}
	p.sideThere(&all)
	all.add("现在由谁负责", p.Answers().say())
	return all
}

// sides are rows, of which those that say nothing are left out.
type sides []Side

func (all *sides) add(name, value string) {
	if value != "" {
		*all = append(*all, Side{name, value})
	}
}

// sideThere adds what is known of the place that handles the parcel, and of its case.
func (p *Parcel) sideThere(all *sides) {
	all.add("办理地", p.There.Name+" "+p.There.Agency)
	all.add("办理地电话", p.There.Phone)
	all.add("办理地办件编号", p.Status.Number)
	if p.Status.Received != 0 {
		all.add("办理地收件", p.Status.Received.Han()+"，法定时限由此起算")
	}
	if p.Status.Promised != 0 {
		all.add("承诺办结", p.Status.Promised.Han()+"前")
	}
	if p.Status.Statutory != 0 {
		all.add("法定时限", p.Status.Statutory.Han()+"前")
	}
	all.add("说明", p.Status.Reason)
}

// say is who answers, for what and until when.
func (a Answer) say() string {
	text := a.Place.Name + " " + a.Place.Agency + "：" + a.What
	if a.Until != 0 {
		text += "（" + a.Until.Han() + "前）"
	}
	return text
}

// Word is where the parcel stands, in a word, as both places would say it.
func (p *Parcel) Word() string {
	if p.State == There || p.State == Over && p.Status.State != "" {
		return p.Status.State.Han()
	}
	return p.State.Han()
}
