package app

import (
	"context"
	"fmt"
	"slices"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/engine/flow"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/cases/casestore"
	"tongban/internal/oversight/publicity"
	"tongban/internal/oversight/rating"
	"tongban/internal/oversight/supervision"
	"tongban/internal/register/archives"
)

// past is a case of the fill, with what other rooms know of it.
type past struct {
	casestore.Past
	line   supervision.Line
	look   clock.Moment // when its alarms are next looked at; 0: never
	public *publicity.Result
	invite *rating.Invite
	rated  *rating.Rating
	packed archives.Package // of one that stands on the shelf
	frame  cases.Frame
}

// scribe makes cases, by itself.
type scribe struct {
	*filler
	people map[string]identity.Actor // who does the work of a post, by agency, role and turn
}

// mix is a number that looks drawn and is the same for the same i and turn.
func mix(i, turn int) int {
	x := uint64(i)*0x9e3779b97f4a7c15 + uint64(turn)*0xbf58476d1ce4e5b9
	x ^= x >> 30
	x *= 0xbf58476d1ce4e5b9
	x ^= x >> 27
	x *= 0x94d049bb133111eb
	return int((x ^ x>>31) >> 2)
}

// fillDays is how far back the cases go.
const fillDays = 350

// past is the i-th of all cases, filed on its day of the past year.
func (m *scribe) past(ctx context.Context, i int) (*past, error) {
	day := calendar.DayOf(m.wall()) - calendar.Day(fillDays-int64(i)*fillDays/int64(m.n))
	k := m.kinds[m.share[mix(i, 1)%len(m.share)]]
	p := &past{Past: casestore.Past{Case: &cases.Case{}, Opened: cases.Openings{}, Edition: k.Edition, Sealed: true}, frame: k.frame}
	l := &living{scribe: m, kind: k, past: p, drawn: mix(i, 3), at: day.Start().Add(9*time.Hour + time.Duration(mix(i, 2)%(8*3600))*time.Second)}
	if err := l.file(applicant(i, m.n)); err != nil {
		return p, err
	}
	if steps := stepsOf(i, m.n); steps >= 0 {
		if err := l.move(p.Case.Accept(p.Edition, nil, nil, m.Calendar, m.window, l.at)); err != nil {
			return p, err
		}
		if err := l.work(ctx, steps); err != nil {
			return p, err
		}
	}
	return p, l.watched()
}

// stepsOf is how far a case has come: not yet accepted (-1), so many steps, or to
// its end. Open ones are the latest, here and there one that was forgotten.
func stepsOf(i, n int) int {
	tenth := 10 * i / n
	switch left := n - i; {
	case left <= n/50:
		return -1
	case tenth < 9:
		if mix(i, 4)%200 == 0 {
			return 0
		}
		return 100
	case mix(i, 4)%8 > 0:
		return mix(i, 5) % 3
	}
	return 100
}

// applicant is who files the i-th case: most come once or twice, some often.
func applicant(i, n int) cases.Applicant {
	who := mix(i, 6) % max(1, n/2)
	if mix(i, 7)%10 == 0 {
		who %= max(1, n/1000) // agents and chains of shops
	}
	if mix(i, 9)%500 == 0 {
		return cases.Applicant{Party: "p-limin", Name: "李敏"} // one of those who sign in, so that a long list of one's own is there
	}
	a := mix(who, 8)
	return cases.Applicant{Party: fmt.Sprintf("p-fill-%d", who), Name: surnames[a%len(surnames)] + given[a/31%len(given)] + given[a/1009%len(given)]}
}

// living is a case of the fill on its way: a step a working day.
type living struct {
	*scribe
	*kind
	*past
	drawn int
	at    time.Time
}

func (l *living) file(who cases.Applicant) error {
	e := l.kind.Edition
	by := identity.Actor{Account: "u-fill", Name: who.Name, Party: who.Party, Channel: "mobile"}
	m, err := cases.Receive(cases.ID(sqldb.NewID()), Example(e, who, nil, nil, calendar.DayOf(l.at)), e, by, l.Cases.Received(l.at), l.at)
	if err != nil {
		return err
	}
	m.Answers, err = l.Cases.Sealed(m.Case, e.Form, m.Answers)
	return l.move(m, err)
}

// move makes a fact of what was judged, and lets a working day go by.
func (l *living) move(m cases.Moved, err error) error {
	if err != nil {
		return err
	}
	if err := l.Case.Apply(m, l.kind.frame); err != nil {
		return err
	}
	l.Opened.Note(l.Case.Flow.Open, m.At)
	l.Case.Head.Seq = m.Seq
	l.Facts = append(l.Facts, m)
	if next := l.Calendar.Now().Add(calendar.DayOf(l.at), 1).Start().Add(10*time.Hour + time.Duration(l.drawn%3600)*time.Second); next.Before(l.wall()) {
		l.at = next
	}
	return nil
}

// work goes through the procedure, at most so many steps.
func (l *living) work(ctx context.Context, steps int) error {
	for ; steps > 0 && l.Case.State == cases.Accepted && len(l.Case.Flow.Open) > 0; steps-- {
		w := l.Case.Flow.Open[0]
		who, err := l.doer(ctx, w)
		if err != nil {
			return err
		}
		if w.Decides {
			err = l.move(l.Case.Decide(l.kind.frame, w.ID, l.ruling(), who, l.at))
		} else {
			err = l.move(l.Case.Review(w.ID, "同意", "", who, l.at))
		}
		if err != nil {
			return err
		}
	}
	if !l.Case.State.Final() {
		return nil
	}
	return l.served()
}

// ruling refuses one case in twelve.
func (l *living) ruling() cases.Ruling {
	r := cases.Ruling{Grant: l.drawn%12 != 0, Reason: "符合规定的条件", Basis: "行政许可法第三十八条"}
	if !r.Grant {
		r.Reason = "不" + r.Reason
	}
	return r
}

// served hands the result over: what electronic delivery does by itself.
func (l *living) served() error {
	return l.move(l.Case.Deliver(cases.Delivered{Way: "window", Receiver: l.Case.Applicant.Name}, l.window, l.at))
}

// doer is somebody who holds the post, another one for every signature.
func (m *scribe) doer(ctx context.Context, w flow.Work) (identity.Actor, error) {
	key := fmt.Sprint(w.Agency, w.Role, len(w.Signed))
	if who, ok := m.people[key]; ok && !signed(w, who.Account) {
		return who, nil
	}
	who, err := m.holder(ctx, w)
	m.people[key] = who
	return who, err
}

func signed(w flow.Work, account string) bool {
	return slices.ContainsFunc(w.Signed, func(s flow.Sign) bool { return s.By == account })
}

// watched is what oversight knows of the case.
func (l *living) watched() error {
	c := l.Case
	sight := supervision.Sight{Case: c, Now: l.wall(), Days: l.Calendar}
	if !c.State.Final() {
		l.look = clock.At(l.wall().Add(time.Duration(24+l.drawn%48) * time.Hour))
		l.line = supervision.LineOf(sight)
		return nil
	}
	var err error
	if c.Decision != nil {
		if sight.Turns, sight.Events, err = cases.CourseOf(l.Facts, l.kind.frame); err != nil {
			return err
		}
	}
	l.line = supervision.LineOf(sight)
	if r, public := publicity.Of(c, l.kind.Edition, l.Calendar, calendar.DayOf(c.Closed)); public {
		l.public = &r
	}
	if l.drawn%5 == 0 {
		l.rate()
	}
	return nil
}

// rate has the applicant say how it went: nine in ten are content.
func (l *living) rate() {
	c, grade := l.Case, rating.Excellent
	if l.drawn%50 == 0 {
		grade = rating.Grade(1 + l.drawn/50%4)
	}
	l.invite = &rating.Invite{Case: c.ID, Party: c.Applicant.Party, Name: c.Applicant.Name, Item: c.Item, ItemName: c.ItemName,
		Agency: c.Agency, Region: c.Region, Closed: c.Closed, Until: calendar.DayOf(c.Closed) + 30}
	l.rated = &rating.Rating{Case: c.ID, Seq: 1, Item: c.Item, ItemName: c.ItemName, Agency: c.Agency, Region: c.Region, Name: c.Applicant.Name,
		Grade: grade, Version: rating.TagVersion, Channel: "mobile", At: c.Closed.Add(time.Hour), Answer: "已核实", Answered: c.Closed.Add(2 * time.Hour)}
}

var (
	surnames = []string{"王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡", "朱", "高", "林", "何", "郭", "马", "罗",
		"王", "李", "张", "刘", "陈", "王", "李", "张", "梁", "宋", "郑"}
	given = []string{"伟", "芳", "娜", "敏", "静", "丽", "强", "磊", "军", "洋", "勇", "艳", "杰", "娟", "涛", "明", "超", "秀", "霞", "平", "刚", "桂", "英",
		"文", "华", "玉", "建", "国", "志", "春", "梅", "海", "晓", "红", "小", "燕", "云", "鹏", "飞", "丹"}
)
