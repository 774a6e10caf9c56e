package casestore_test

import (
	"reflect"
	"testing"

	"tongban/internal/civic/calendar"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/cases/casestest"
)

func TestForeseeingChangesNothing(t *testing.T) {
	sqldbtest.Each(t, tables, func(t *testing.T, db *sqldb.DB) {
		o, ctx := open(t, db), t.Context()
		c := o.file()
		p, err := o.Foresee(ctx, c.ID, cases.Accept, cases.Intent{}, casestest.WangFang)
		if err != nil || fault.Code(p.Why) != "cases.accept.materials" || p.After != nil {
			t.Fatalf("without a promise: %+v %v", p, err)
		}
		p, err = o.Foresee(ctx, c.ID, cases.Accept, cases.Intent{Promises: promise("2026-09-25")}, casestest.WangFang)
		if err != nil || p.Why != nil || len(p.Papers) != 2 || p.Papers[0].Title != "容缺受理通知书" || p.Papers[1].Title != "容缺受理承诺书" {
			t.Fatalf("with a promise: %+v %v", p, err)
		}
		if p.After.State != cases.Accepted {
			t.Errorf("would stand %s", p.After.State)
		}
		if _, err = o.Foresee(ctx, c.ID, cases.Accept, cases.Intent{}, casestest.ZhangSan); fault.Code(err) != "cases.none" {
			t.Errorf("a stranger foresees: %v", err)
		}
		after, err := o.Case(ctx, c.ID, casestest.WangFang)
		if err != nil || !reflect.DeepEqual(after.Papers, c.Papers) || after.State != cases.Received || after.Head != c.Head {
			t.Errorf("the case changed: %+v %v", after, err)
		}
	})
}

func TestTheWindowFilesAndAcceptsInOneGoOrNotAtAll(t *testing.T) {
	sqldbtest.Each(t, tables, func(t *testing.T, db *sqldb.DB) {
		o, ctx := open(t, db), t.Context()
		by := casestest.WangFang
		by.Channel, by.Request = "window", "click"
		a := application()
		a.Materials = []cases.Handed{{Material: "id", Paper: true}}
		o.refused("cases.accept.materials")(o.FileAndAccept(ctx, a, cases.Intent{}, by))
		queue := cases.Filter{Queue: casestest.Region}
		if rows, err := o.List(ctx, queue, by); err != nil || len(rows) != 0 {
			t.Fatalf("a refused filing was kept: %v %v", rows, err)
		}
		i := cases.Intent{Verdicts: []cases.Verdict{{Material: "id", Finding: cases.Complete}}, Promises: []cases.Promise{{Material: "plan", By: calendar.Parse("2026-09-25"), OnPaper: true}}}
		c := o.must(o.FileAndAccept(ctx, a, i, by))
		again := o.must(o.FileAndAccept(ctx, a, i, by))
		if c.State != cases.Accepted || again.ID != c.ID || again.Head.Seq != 2 {
			t.Errorf("%s, asked again %s after %d facts", c.State, again.ID, again.Head.Seq)
		}
		if all := o.differences(); len(all) > 0 {
			t.Error(all)
		}
	})
}

// Whatever moment the power fails at, the case is either not there or accepted:
// its filing is never kept in a commit without its acceptance.
func TestFilingAndAcceptingAreOneCommit(t *testing.T) {
	sqldbtest.Each(t, tables, func(t *testing.T, db *sqldb.DB) {
		o, ctx := open(t, db), t.Context()
		by := casestest.WangFang
		by.Channel = "window"
		a := application()
		a.Materials = []cases.Handed{{Material: "id", Paper: true}}
		i := cases.Intent{Promises: promise("2026-09-25")}
		o.must(o.FileAndAccept(ctx, a, i, by))
		if _, err := db.Exec(ctx, `CREATE UNIQUE INDEX one_acceptance ON cases_papers (kind) WHERE kind = 'acceptance'`); err != nil {
			t.Fatal(err)
		}
		if _, err := o.FileAndAccept(ctx, a, i, by); err == nil {
			t.Fatal("the acceptance could be kept")
		}
		var n int
		if err := db.Row(ctx, `SELECT COUNT(*) FROM cases`).Scan(&n); err != nil || n != 1 {
			t.Errorf("%d cases, %v: a filing was kept without its acceptance", n, err)
		}
	})
}

func TestDecidedCasesWaitAtTheWindowUntilServed(t *testing.T) {
	sqldbtest.Each(t, tables, func(t *testing.T, db *sqldb.DB) {
		o, ctx := open(t, db), t.Context()
		c := o.must(o.Accept(ctx, o.file().ID, nil, promise("2026-09-29"), casestest.WangFang))
		waiting := func() int {
			t.Helper()
			rows, err := o.List(ctx, cases.Filter{Issue: casestest.Region}, casestest.WangFang)
			if err != nil {
				t.Fatal(err)
			}
			return len(rows)
		}
		o.must(o.Cure(ctx, c.ID, []cases.Handed{{Material: "plan", Paper: true}}, nil, casestest.LiMin))
		for _, w := range c.Flow.Open {
			c = o.must(o.Review(ctx, c.ID, w.ID, "同意", "", casestest.ZhouHai))
		}
		before := waiting()
		work := c.Flow.Open[0].ID
		o.must(o.Decide(ctx, c.ID, work, cases.Ruling{Grant: true}, casestest.ZhaoGang))
		c = o.must(o.Decide(ctx, c.ID, work, cases.Ruling{Grant: true}, casestest.HeJing))
		decided := waiting()
		o.must(o.Deliver(ctx, c.ID, cases.Delivered{Way: "window", Receiver: "李敏"}, casestest.WangFang))
		if before != 0 || decided != 1 || waiting() != 0 {
			t.Errorf("waiting before the decision %d, after it %d, after service %d", before, decided, waiting())
		}
		if _, err := o.List(ctx, cases.Filter{Issue: casestest.Region}, casestest.ZhouHai); fault.Of(err) != fault.Forbidden {
			t.Errorf("a reviewer lists the window's results: %v", err)
		}
	})
}
