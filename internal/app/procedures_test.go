package app_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"testing"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/flow"
	"tongban/internal/handling/cases"
)

// clerks act on work, all by pages or all by the open interface.
type clerks struct {
	*city
	pages   map[string]*visitor
	callers map[string]caller // nil: by pages
	sent    int
}

// act does act on the work as somebody, and says with which status it was answered.
func (p *clerks) act(login string, id cases.ID, work, act string, fields map[string]string) int {
	p.t.Helper()
	p.sent++
	if p.callers != nil {
		if _, ok := p.callers[login]; !ok {
			p.callers[login] = p.as(login)
		}
		body, err := json.Marshal(fields)
		if err != nil {
			p.t.Fatal(err)
		}
		status, _ := p.callers[login].call("POST", fmt.Sprintf("/cases/%s/work/%s/%s", id, work, act), fmt.Sprint(p.t.Name(), p.sent), "application/json", body)
		return status
	}
	if p.pages[login] == nil {
		p.pages[login] = p.signedIn(login)
	}
	form := url.Values{"work": {work}, "request": {fmt.Sprint(p.t.Name(), p.sent)}}
	for name, value := range fields {
		form.Set(name, value)
	}
	p.pages[login].post("/bureau/cases/"+string(id)+"/"+act, form)
	return p.pages[login].code
}

// open are the open pieces of work of a node.
func (c *city) open(id cases.ID, node string) []flow.Work {
	c.t.Helper()
	k, err := c.Cases.Store.Case(c.t.Context(), id)
	if err != nil {
		c.t.Fatal(err)
	}
	return slices.DeleteFunc(slices.Clone(k.Flow.Open), func(w flow.Work) bool { return w.Node != node })
}

// countersigned publishes the food permit with a procedure in which three sign
// between the papers and the decision.
func (c *city) countersigned(quorum flow.Quorum) {
	c.again("food-permit", func(e *items.Edition) {
		e.Procedure = flow.Definition{ID: "p", Name: "会签", Nodes: []flow.Node{
			{ID: "s", Kind: flow.Start}, {ID: "papers", Kind: flow.Task, Name: "材料审查", Post: "审查岗", Role: identity.Reviewer},
			{ID: "sign", Kind: flow.Multi, Name: "会签", Among: []flow.Seat{{Role: identity.Reviewer}, {Role: identity.Approver}, {Role: identity.Reviewer, Agency: "xz-fire"}},
				Quorum: quorum, Count: 2, Agree: `意见 == "同意"`},
			{ID: "decide", Kind: flow.Task, Name: "决定", Post: "审批岗", Role: identity.Approver, Decides: true}, {ID: "e", Kind: flow.End},
		}, Edges: []flow.Edge{{ID: "1", From: "s", To: "papers"}, {ID: "2", From: "papers", To: "sign"}, {ID: "3", From: "sign", To: "decide"}, {ID: "4", From: "decide", To: "e"}}}
	})
}

// byBoth runs the test once by pages and once by the open interface.
func (c *city) byBoth(t *testing.T, run func(p *clerks)) {
	for name, p := range map[string]*clerks{"by pages": {city: c, pages: map[string]*visitor{}}, "by the interface": {city: c, callers: map[string]caller{}}} {
		t.Run(name, func(t *testing.T) {
			defer func(outer *testing.T) { c.t = outer }(c.t)
			c.t = t
			run(p)
		})
	}
}

// All of three sign, any one, or two of them; whoever has no seat is refused, by
// pages and by the interface alike (会签, 行政许可法第三十四条).
func TestACountersignIsDoneByPagesAndByTheInterface(t *testing.T) {
	c := openCity(t)
	for _, tt := range []struct {
		name   string
		quorum flow.Quorum
		said   [][2]string // who, and their opinion
		passed bool
	}{
		{"all", flow.All, [][2]string{{"market-r", "同意"}, {"fire-r", "同意"}, {"market-a", "同意"}}, true},
		{"all, and one does not", flow.All, [][2]string{{"market-r", "同意"}, {"fire-r", "不同意"}}, false},
		{"any", flow.Any, [][2]string{{"fire-r", "同意"}}, true},
		{"two of three", flow.N, [][2]string{{"market-r", "不同意"}, {"fire-r", "同意"}, {"market-a", "同意"}}, true},
	} {
		c.countersigned(tt.quorum)
		t.Run(tt.name, func(t *testing.T) {
			c.byBoth(t, func(p *clerks) {
				k := c.accepted()
				p.expect(http.StatusOK, p.act("market-r", k.ID, c.open(k.ID, "papers")[0].ID, "review", map[string]string{"opinion": "同意"}))
				seats := c.open(k.ID, "sign")
				if len(seats) != 3 {
					t.Fatalf("%d seats", len(seats))
				}
				p.expect(http.StatusForbidden, p.act("market-h", k.ID, seats[0].ID, "review", map[string]string{"opinion": "同意"}))
				p.expect(http.StatusUnprocessableEntity, p.act("market-r", k.ID, seats[0].ID, "review", map[string]string{"opinion": "不同意"}))
				seat := map[string]flow.Work{"market-r": seats[0], "market-a": seats[1], "fire-r": seats[2]}
				for _, s := range tt.said {
					p.expect(http.StatusOK, p.act(s[0], k.ID, seat[s[0]].ID, "review", map[string]string{"opinion": s[1], "reason": "已看"}))
				}
				p.expect(http.StatusConflict, p.act("fire-r", k.ID, seats[2].ID, "review", map[string]string{"opinion": "同意"}))
				k, err := c.Cases.Store.Case(t.Context(), k.ID)
				if err != nil || len(k.Flow.Open) != 1 || !k.Flow.Open[0].Decides || k.Flow.Data[flow.Passed] != tt.passed {
					t.Errorf("open %+v, outcome %v (%v)", k.Flow.Open, k.Flow.Data, err)
				}
			})
		})
	}
}

func (p *clerks) expect(want, got int) {
	p.t.Helper()
	if got != want {
		p.t.Fatalf("answered %d, want %d", got, want)
	}
}

// Work is handed on, returned to an earlier step, and done by who stands in for
// who is away; each is refused where it may not be (转办、退回、AB岗,
// 徐政发〔2022〕21号（六）).
func TestWorkIsHandedOnReturnedAndStoodInForByBothWays(t *testing.T) {
	c := openCity(t)
	c.countersigned(flow.Any)
	away := map[string]cases.ID{}
	c.byBoth(t, func(p *clerks) {
		k := c.accepted()
		papers := c.open(k.ID, "papers")[0].ID
		hand := func(login, to, reason string) int {
			return p.act(login, k.ID, papers, "transfer", map[string]string{"to": to, "reason": reason})
		}
		p.expect(http.StatusOK, p.act("market-r", k.ID, papers, "claim", nil))
		p.expect(http.StatusForbidden, hand("market-a", "u-market-r2", "出差"))
		p.expect(http.StatusConflict, hand("market-r2", "u-market-r2", "出差"))
		p.expect(http.StatusUnprocessableEntity, hand("market-r", "u-market-a", "出差"))
		p.expect(http.StatusUnprocessableEntity, hand("market-r", "u-market-r2", ""))
		p.expect(http.StatusOK, hand("market-r", "u-market-r2", "出差"))
		p.expect(http.StatusConflict, p.act("market-r", k.ID, papers, "review", map[string]string{"opinion": "同意"}))
		p.expect(http.StatusOK, p.act("market-r2", k.ID, papers, "review", map[string]string{"opinion": "同意"}))

		p.expect(http.StatusOK, p.act("fire-r", k.ID, c.open(k.ID, "sign")[2].ID, "review", map[string]string{"opinion": "同意"}))
		decide := c.open(k.ID, "decide")[0].ID
		back := func(login, to, reason string) int {
			return p.act(login, k.ID, decide, "send-back", map[string]string{"to": to, "reason": reason})
		}
		p.expect(http.StatusForbidden, back("market-r", "papers", "缺一页"))
		p.expect(http.StatusUnprocessableEntity, back("market-a", "papers", ""))
		if got := back("market-a", "e", "缺一页"); got != http.StatusConflict && got != http.StatusUnprocessableEntity {
			c.t.Errorf("sent on to the end: %d", got)
		}
		p.expect(http.StatusOK, back("market-a", "papers", "缺一页"))
		again := c.open(k.ID, "papers")
		if len(again) != 1 || len(c.open(k.ID, "decide")) != 0 {
			c.t.Fatal("it did not go back", again)
		}

		p.expect(http.StatusOK, p.act("market-r", k.ID, again[0].ID, "claim", nil))
		p.expect(http.StatusConflict, p.act("market-r2", k.ID, again[0].ID, "review", map[string]string{"opinion": "同意"}))
		away[c.t.Name()] = k.ID
	})

	today := calendar.DayOf(c.now)
	if _, err := c.Staff.StandIn(t.Context(), "u-market-r", "u-market-r2", today, today+3, c.official("market-a")); err == nil {
		t.Error("somebody arranged a stand-in for a colleague")
	}
	if _, err := c.Staff.StandIn(t.Context(), "u-market-r", "u-market-r2", today, today+3, c.official("market-h")); err != nil {
		t.Fatal(err)
	}
	c.byBoth(t, func(p *clerks) {
		for of, id := range away {
			if len(c.open(id, "papers")) == 0 {
				continue // done the other way
			}
			p.expect(http.StatusForbidden, p.act("market-h", id, c.open(id, "papers")[0].ID, "review", map[string]string{"opinion": "同意"}))
			p.expect(http.StatusOK, p.act("market-r2", id, c.open(id, "papers")[0].ID, "review", map[string]string{"opinion": "同意"}))
			events, err := c.Cases.History(c.t.Context(), id, window1)
			if last := events[len(events)-1]; err != nil || last.By.Account != "u-market-r2" || last.By.For != "u-market-r" {
				c.t.Errorf("%s: signed by %+v (%v)", of, last.By, err)
			}
			return // the other one is done the other way
		}
	})
}
