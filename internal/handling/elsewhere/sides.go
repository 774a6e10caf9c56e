package elsewhere

import (
	"tongban/internal/civic/calendar"
)

// A Side is a line about the two places, for people.
type Side struct{ Name, Value string }

// Sides tell of both places, both terms and who answers now: what every page
// about the parcel has to show.
func (p *Parcel) Sides() []Side {
	all := []Side{{"办理方式", p.Mode.Han()}, {"收件地", p.Here.Name + " " + p.Here.Agency + " " + p.Here.Person}}
	add := func(name, value string) {
		if value != "" {
			all = append(all, Side{name, value})
		}
	}
	if !p.Taken.IsZero() {
		add(p.takenWord()+"日期", calendar.DayOf(p.Taken).Han())
		add("转送期限", p.ForwardBy.Han())
	}
	if !p.Forwarded.IsZero() {
		add("转送日期", calendar.DayOf(p.Forwarded).Han())
	}
	if p.There.Name == "" {
		return all // the page is that of the place that handles it
	}
	add("办理地", p.There.Name+" "+p.There.Agency)
	add("办理地电话", p.There.Phone)
	add("办理地办件编号", p.Status.Number)
	if p.Status.Received != 0 {
		add("办理地收件", p.Status.Received.Han()+"，法定时限由此起算")
	}
	if p.Status.Promised != 0 {
		add("承诺办结", p.Status.Promised.Han()+"前")
	}
	if p.Status.Statutory != 0 {
		add("法定时限", p.Status.Statutory.Han()+"前")
	}
	add("说明", p.Status.Reason)
	a := p.Answers()
	say := a.Place.Name + " " + a.Place.Agency + "：" + a.What
	if a.Until != 0 {
		say += "（" + a.Until.Han() + "前）"
	}
	add("现在由谁负责", say)
	return all
}

// Word is where the parcel stands, in a word, as both places would say it.
func (p *Parcel) Word() string {
	if p.State == There || p.State == Over && p.Status.State != "" {
		return p.Status.State.Han()
	}
	return p.State.Han()
}
