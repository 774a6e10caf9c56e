package cases_test

import (
	"fmt"
	"testing"
	"time"

	"tongban/data"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/flow"
	"tongban/internal/ground/fault"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/cases/casestest"
)

// Three countersign: all of them, any one, or two must agree (会签,
// 行政许可法第三十四条; 阿营组发〔2018〕3号).
func TestACountersignEndsWhenEnoughHaveAgreed(t *testing.T) {
	days, err := calendar.Load(data.Calendars)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name   string
		quorum flow.Quorum
		said   []string // in turn
		left   []int    // seats still open after each
		passed bool
	}{
		{"all agree", flow.All, []string{"同意", "同意", "同意"}, []int{2, 1, 0}, true},
		{"one of all does not, and the others need not", flow.All, []string{"同意", "不同意"}, []int{2, 0}, false},
		{"any one is enough", flow.Any, []string{"同意"}, []int{0}, true},
		{"two of three", flow.N, []string{"同意", "不同意", "同意"}, []int{2, 1, 0}, true},
		{"two of three can no longer be", flow.N, []string{"不同意", "不同意"}, []int{2, 0}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			e := casestest.Permit()
			seat := flow.Seat{Post: "审查岗", Role: identity.Reviewer}
			e.Procedure = flow.Definition{ID: "p", Name: "会签", Nodes: []flow.Node{
				{ID: "s", Kind: flow.Start}, {ID: "sign", Kind: flow.Multi, Name: "会签", Among: []flow.Seat{seat, seat, seat}, Quorum: tt.quorum, Count: 2, Agree: `意见 == "同意"`},
				{ID: "decide", Kind: flow.Task, Name: "决定", Post: "审批岗", Role: identity.Approver, Decides: true}, {ID: "e", Kind: flow.End},
			}, Edges: []flow.Edge{{ID: "1", From: "s", To: "sign"}, {ID: "2", From: "sign", To: "decide"}, {ID: "3", From: "decide", To: "e"}}}
			p, err := flow.Compile(e.Procedure)
			if err != nil {
				t.Fatal(err)
			}
			f, c, at := cases.Frame{Edition: e, Procedure: p}, &cases.Case{}, calendar.Parse("2026-03-02").Start().Add(10*time.Hour)
			keep := func(m cases.Moved, err error) {
				t.Helper()
				if err == nil {
					err = c.Apply(m, f)
				}
				if err != nil {
					t.Fatal(err)
				}
				c.Head.Seq = m.Seq
			}
			keep(cases.Receive("c1", cases.Application{Item: "food-permit", Applicant: cases.Applicant{Party: "p-limin", Name: "李敏"}, Answers: map[string]string{"店名": "云帆", "手机": "13800138000"},
				Materials: []cases.Handed{{Material: "id", Paper: true}, {Material: "plan", Paper: true}}}, e, casestest.LiMin, calendar.DayOf(at), at))
			keep(c.Accept(e, nil, nil, days, casestest.WangFang, at))
			for i, opinion := range tt.said {
				w, by := c.Flow.Open[0], casestest.ZhouHai
				by.Account += fmt.Sprint(i)
				keep(c.Review(w.ID, opinion, "理由", by, at))
				if next := c.Flow.Open[0]; next.Node == "sign" {
					if _, err := c.Review(next.ID, opinion, "理由", by, at); fault.Code(err) != "cases.review.seat" {
						t.Errorf("one who has signed a seat signs another: %v", err)
					}
				}
				seats := 0
				for _, open := range c.Flow.Open {
					if open.Node == "sign" {
						seats++
					}
				}
				if seats != tt.left[i] {
					t.Fatalf("after %s: %d seats open, want %d", opinion, seats, tt.left[i])
				}
			}
			if all := p.Tallies(c.Flow); len(all) != 1 || !all[0].Over || all[0].Passed != tt.passed {
				t.Errorf("the countersign is said to stand so: %+v", all)
			}
			if len(c.Flow.Open) != 1 || !c.Flow.Open[0].Decides || c.Flow.Data[flow.Passed] != tt.passed {
				t.Errorf("open %+v, outcome %v", c.Flow.Open, c.Flow.Data)
			}
		})
	}
}
