package casestore_test

import (
	"testing"
	"time"

	"tongban/internal/ground/fault"
	"tongban/internal/ground/once"
	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/cases/casestest"
)

func TestANameForARequestIsForOneThing(t *testing.T) {
	sqldbtest.Each(t, tables, func(t *testing.T, db *sqldb.DB) {
		o, ctx := open(t, db), t.Context()
		one, two := o.file(), o.file()
		by := casestest.WangFang
		by.Request = "k1"
		first := o.must(o.Refuse(ctx, one.ID, "不属于本机关", "行政许可法第三十二条", by))
		again := o.must(o.Refuse(ctx, one.ID, "不属于本机关", "行政许可法第三十二条", by))
		if again.Head != first.Head {
			t.Errorf("asked twice, done twice: %v, %v", first.Head, again.Head)
		}
		for name, err := range map[string]error{
			"another act":  second(o.SayNotNeeded(ctx, one.ID, "无需办理", by)),
			"another case": second(o.Refuse(ctx, two.ID, "不属于本机关", "行政许可法第三十二条", by)),
		} {
			if fault.Code(err) != "cases.request.reused" {
				t.Errorf("%s under the same name: %v", name, err)
			}
		}
	})
}

// What was asked within the time is not done again; afterwards the name is free.
func TestARequestIsRememberedUntilItExpires(t *testing.T) {
	sqldbtest.Each(t, tables, func(t *testing.T, db *sqldb.DB) {
		o, ctx := open(t, db), t.Context()
		by := casestest.WangFang
		by.Request = "k1"
		one, asked := o.file(), o.now
		first := o.must(o.Refuse(ctx, one.ID, "不属于本机关", "行政许可法第三十二条", by))
		for _, tt := range []struct {
			passed time.Duration
			kept   bool
		}{{0, true}, {cases.Remembered - time.Second, true}, {cases.Remembered + time.Second, false}} {
			if err := o.Store.ForgetRequests(ctx, asked.Add(tt.passed-cases.Remembered)); err != nil {
				t.Fatal(err)
			}
			again, err := o.Refuse(ctx, one.ID, "不属于本机关", "行政许可法第三十二条", by)
			if kept := err == nil; kept != tt.kept || kept && again.Head != first.Head {
				t.Errorf("after %v: %v, %v", tt.passed, again, err)
			}
		}
	})
}

// A city of an earlier version kept the names in full, one of a later as digests.
func TestARequestOfAnEarlierVersionIsRememberedToo(t *testing.T) {
	what := func(id cases.ID) string { return string(cases.Refuse) + "  " + string(id) }
	for version, keep := range map[string]func(*sqldb.Batch, cases.Request, cases.ID, int64){
		"whole": func(b *sqldb.Batch, r cases.Request, id cases.ID, at int64) {
			b.Exec(`INSERT INTO cases_requests (account, request, act, case_id, at) VALUES ($1, $2, $3, $4, $5)`, r.Account, r.Key, r.What, string(id), at)
		},
		"digest": func(b *sqldb.Batch, r cases.Request, id cases.ID, at int64) {
			b.Exec(`INSERT INTO cases_asked (name, about, case_id, at) VALUES ($1, $2, $3, $4)`,
				once.Short(22, r.Account, r.Key), once.Short(8, r.What), string(id), at)
		},
	} {
		t.Run(version, func(t *testing.T) {
			sqldbtest.Each(t, tables, func(t *testing.T, db *sqldb.DB) {
				o, ctx := open(t, db), t.Context()
				by := casestest.WangFang
				by.Request = "k1"
				one, two := o.file(), o.file()
				var b sqldb.Batch
				keep(&b, cases.Request{Account: by.Account, Key: by.Request, What: what(one.ID)}, one.ID, sqldb.Instant(o.now))
				if err := db.Commit(ctx, &b); err != nil {
					t.Fatal(err)
				}
				if c := o.must(o.Refuse(ctx, one.ID, "不属于本机关", "行政许可法第三十二条", by)); c.Head != one.Head {
					t.Error("done twice across an update")
				}
				if _, err := o.Refuse(ctx, two.ID, "不属于本机关", "行政许可法第三十二条", by); fault.Code(err) != "cases.request.reused" {
					t.Error("used for another case across an update:", err)
				}
				if err := o.Store.ForgetRequests(ctx, o.now.Add(time.Hour)); err != nil {
					t.Fatal(err)
				}
				if c := o.must(o.Refuse(ctx, one.ID, "不属于本机关", "行政许可法第三十二条", by)); c.Head == one.Head {
					t.Error("remembered for ever")
				}
			})
		})
	}
}

func second[T any](_ T, err error) error { return err }
