package casestore_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/flow"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/cases/casestest"
)

// limited makes an item of which a number may be granted, decided in one step.
func (o *office) limited(q items.Quantity) {
	e := casestest.Permit()
	e.Item, e.Quantity, e.Materials = "taxi", q, e.Materials[:1]
	e.Procedure = flow.Definition{ID: "p", Nodes: []flow.Node{
		{ID: "s", Kind: flow.Start}, {ID: "decide", Kind: flow.Task, Name: "决定", Post: "审批岗", Role: identity.Approver, Decides: true}, {ID: "e", Kind: flow.End},
	}, Edges: []flow.Edge{{ID: "1", From: "s", To: "decide"}, {ID: "2", From: "decide", To: "e"}}}
	o.Editions.(casestest.Editions)[e.Item] = e
}

// competing is one more application for it, taken on a second after the last.
func (o *office) competing(at ...string) *cases.Case {
	o.t.Helper()
	o.now = o.now.Add(time.Second)
	a := application()
	a.Item = "taxi"
	if len(at) > 0 {
		a.Answers["店名"] = at[0]
	}
	return o.must(o.Accept(o.t.Context(), o.must(o.Submit(o.t.Context(), a, casestest.LiMin)).ID, nil, nil, casestest.WangFang))
}

func (o *office) rule(c *cases.Case, grant bool) (*cases.Case, error) {
	o.t.Helper()
	r := cases.Ruling{Grant: grant}
	if !grant {
		r.Reason, r.Basis = "没有名额", "行政许可法第五十七条"
	}
	done, err := o.Decide(o.t.Context(), c.ID, c.Flow.Open[0].ID, r, casestest.ZhaoGang)
	if d, auditErr := o.AuditOne(o.t.Context(), c.ID); auditErr != nil || d != nil {
		o.t.Fatalf("audit: %v %v", d, auditErr)
	}
	return done, err
}

// C13, 行政许可法第五十七条: the order of acceptance, to the second, and no more than there are.
func TestEqualApplicantsAreGrantedInTheOrderOfAcceptance(t *testing.T) {
	sqldbtest.Each(t, tables, func(t *testing.T, db *sqldb.DB) {
		o := open(t, db)
		o.limited(items.Quantity{N: 2, Unit: "辆", Period: items.EachYear})
		a, b, c, d := o.competing(), o.competing(), o.competing(), o.competing()
		o.refused("cases.decide.order")(o.rule(b, true))
		o.must(o.rule(a, true))
		o.refused("cases.decide.order")(o.rule(c, true))
		o.must(o.Withdraw(t.Context(), b.ID, "不办了", casestest.LiMin))
		standing, err := o.Standings(t.Context(), d, o.Editions.(casestest.Editions)["taxi"])
		if want := "2026年的名额共2辆，还剩1辆；本件2026年9月21日10:00:04受理，按受理先后排在第2位，前面还有1件没有决定"; err != nil || standing.Says() != want {
			t.Errorf("%v %v", standing, err)
		}
		o.must(o.rule(c, true))
		o.refused("cases.decide.quantity")(o.rule(d, true))
		o.must(o.rule(d, false))
		o.now = o.now.AddDate(1, 0, 0)
		o.must(o.rule(o.competing(), true)) // of the next year's number
	})
}

// A place that is reserved for each earlier one need not be waited for.
func TestALaterOneNeedNotWaitWhileThereIsAPlaceForEachEarlierOne(t *testing.T) {
	sqldbtest.Each(t, tables, func(t *testing.T, db *sqldb.DB) {
		o := open(t, db)
		o.limited(items.Quantity{N: 2, Unit: "辆", Period: items.EachMonth, Order: items.Reserving})
		a, b, c := o.competing(), o.competing(), o.competing()
		o.must(o.rule(b, true))
		o.refused("cases.decide.order")(o.rule(c, true))
		o.must(o.rule(a, false))
		o.must(o.rule(c, true))
	})
}

// Each area has a number of its own; where all that stand at once are counted the
// place of one that ended is free again.
func TestAPlaceComesBackWhenThePermitEnds(t *testing.T) {
	sqldbtest.Each(t, tables, func(t *testing.T, db *sqldb.DB) {
		o, ctx := open(t, db), t.Context()
		o.limited(items.Quantity{N: 2, Unit: "辆", Period: items.AtOnce, Per: "店名"})
		first, second, third, other := o.competing("甲区"), o.competing("甲区"), o.competing("甲区"), o.competing("乙区")
		o.must(o.rule(other, true))
		o.must(o.rule(first, true))
		o.must(o.rule(second, true))
		o.refused("cases.decide.quantity")(o.rule(third, true))
		o.must(o.Ask(ctx, first.ID, cases.Later{Kind: cases.Cancelling, Reason: "不干了"}, casestest.LiMin))
		o.must(o.Vet(ctx, first.ID, "同意", casestest.ZhouHai))
		o.must(o.Conclude(ctx, first.ID, cases.LaterRuling{Grant: true}, casestest.ZhaoGang))
		if done := o.must(o.rule(third, true)); done.Place.No != 1 || done.Place.Of != "甲区" {
			t.Errorf("%+v", done.Place)
		}
		o.proven(first.ID)
	})
}

// meeting is a store whose first two readers of the order wait for each other.
type meeting struct {
	cases.Store
	both *sync.WaitGroup
	once sync.Once
}

func (m *meeting) Competition(ctx context.Context, c *cases.Case, p cases.Place) (cases.Competition, error) {
	now, err := m.Store.Competition(ctx, c, p)
	m.once.Do(func() { m.both.Done(); m.both.Wait() })
	return now, err
}

// Two replicas that both see the last place free, and both grant it: one is kept,
// and the other is told that there is none left.
func TestOfTwoWhoTakeTheLastPlaceAtOnceOneIsKept(t *testing.T) {
	sqldbtest.URLs(t, func(t *testing.T, url string) {
		var both, done sync.WaitGroup
		both.Add(2)
		var replicas [2]*office
		for i := range replicas {
			db, err := sqldb.Open(t.Context(), url)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { db.Close() })
			if err := db.Migrate(t.Context(), tables...); err != nil {
				t.Fatal(err)
			}
			replicas[i] = open(t, db)
			replicas[i].limited(items.Quantity{N: 1, Unit: "辆", Period: items.EachYear, Order: items.ByMerit})
			replicas[i].Store = &meeting{Store: replicas[i].Store, both: &both}
		}
		applied := []*cases.Case{replicas[0].competing(), replicas[0].competing()}
		var faults [2]error
		for i, o := range replicas {
			done.Go(func() {
				_, faults[i] = o.Decide(t.Context(), applied[i].ID, applied[i].Flow.Open[0].ID, cases.Ruling{Grant: true}, casestest.ZhaoGang)
			})
		}
		done.Wait()
		if faults[0] != nil {
			faults[0], faults[1] = faults[1], faults[0]
		}
		if faults[0] != nil || fault.Code(faults[1]) != "cases.decide.quantity" {
			t.Errorf("%v, %v", faults[0], faults[1])
		}
		for _, c := range applied {
			replicas[0].proven(c.ID)
		}
	})
}
