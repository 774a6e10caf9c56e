package cases_test

import (
	"fmt"
	"testing"
	"time"

	"tongban/data"
	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/engine/flow"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/cases/casestest"
)

// Judging a move is rule, clock and procedure, and making it true of the case:
// what an act costs before anything is kept. The long case has 200 facts behind it.
func BenchmarkJudgingAMove(b *testing.B) {
	for _, facts := range []int{3, 200} {
		b.Run(fmt.Sprintf("%d facts", facts), func(b *testing.B) { benchmarkReview(b, facts) })
	}
}

func benchmarkReview(b *testing.B, facts int) {
	days, err := calendar.Load(data.Calendars)
	if err != nil {
		b.Fatal(err)
	}
	e := casestest.Permit()
	p, err := flow.Compile(e.Procedure)
	if err != nil {
		b.Fatal(err)
	}
	f, c, at := cases.Frame{Edition: e, Procedure: p}, &cases.Case{}, calendar.Parse("2026-03-02").Start().Add(10*time.Hour)
	keep := func(m cases.Moved, err error) {
		if err == nil {
			err = c.Apply(m, f)
		}
		if err != nil {
			b.Fatal(err)
		}
		c.Head.Seq = m.Seq
	}
	keep(cases.Receive("c1", cases.Application{Item: "food-permit", Applicant: cases.Applicant{Party: "p-limin", Name: "李敏"},
		Answers: map[string]string{"店名": "云帆", "手机": "13800138000"}, Materials: []cases.Handed{{Material: "id", Paper: true}, {Material: "plan", Paper: true}}},
		e, casestest.LiMin, calendar.DayOf(at), at))
	keep(c.Accept(e, nil, nil, days, casestest.WangFang, at))
	for i := 3; i < facts; i++ { // sent to and fro, paused and urged
		at = at.Add(time.Minute)
		switch i % 4 {
		case 0:
			keep(c.OpenSpecial(e, "现场核查", "看现场", casestest.ZhouHai, at))
		case 1:
			if n := len(c.Specials); n > 0 && c.Specials[n-1].Open() {
				keep(c.CloseSpecial(c.Specials[n-1].ID, cases.SpecialEnd{Result: "合格"}, casestest.ZhouHai, at))
			}
		default:
			keep(c.Urge("请抓紧", casestest.ZhangMing, at, calendar.DayOf(at)+1))
		}
	}
	work := c.Flow.Open[0].ID
	for b.Loop() {
		next := *c
		m, err := next.Review(work, "同意", "", casestest.ZhouHai, at)
		if err == nil {
			err = next.Apply(m, f)
		}
		if err != nil {
			b.Fatal(err)
		}
		if next.Alarm(days); next.DueDay(days) == 0 && !next.Clock().Paused() {
			b.Fatal("no due day")
		}
	}
}

// Judging the automatic rules of a case.
func BenchmarkReckon(b *testing.B) {
	e := casestest.Permit()
	e.Automatic = items.Automatic{Decides: true, Rules: []items.AutoRule{{ID: "r1", Name: "店名", When: `店名 == "云帆"`}, {ID: "r2", Name: "证照", When: "证照.营业执照"}}}
	r := cases.Reckoned{Number: "1", Inputs: []cases.Input{{Name: "店名", Value: "云帆"}, {Name: "证照.营业执照", Value: true}, {Name: "材料齐全", Value: true}, {Name: "无人着手", Value: true}, {Name: "无待办程序", Value: true}}}
	for b.Loop() {
		if out := cases.Reckon(e, r); !out.Clear {
			b.Fatal(out.Why)
		}
	}
}
