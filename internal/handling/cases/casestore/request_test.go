package casestore_test

import (
	"testing"

	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
	"tongban/internal/handling/cases/casestest"
)

func TestANameForARequestIsForOneThing(t *testing.T) {
	sqldbtest.Each(t, tables, func(t *testing.T, db *sqldb.DB) {
		o, ctx := open(t, db), t.Context()
		one, two := o.file(), o.file()
		by := casestest.WangFang
		by.Request = "k1"
		first := o.must(o.Refuse(ctx, one.ID, "不属于本机关", "", by))
		again := o.must(o.Refuse(ctx, one.ID, "不属于本机关", "", by))
		if again.Head != first.Head {
			t.Errorf("asked twice, done twice: %v, %v", first.Head, again.Head)
		}
		for name, err := range map[string]error{
			"another act":  second(o.SayNotNeeded(ctx, one.ID, "无需办理", by)),
			"another case": second(o.Refuse(ctx, two.ID, "不属于本机关", "", by)),
		} {
			if fault.Code(err) != "cases.request.reused" {
				t.Errorf("%s under the same name: %v", name, err)
			}
		}
	})
}

func second[T any](_ T, err error) error { return err }
