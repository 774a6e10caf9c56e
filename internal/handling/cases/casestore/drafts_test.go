package casestore_test

import (
	"testing"

	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
	"tongban/internal/handling/cases"
)

// A draft that nobody goes on with is forgotten (个人信息保护法第十九条); one that
// somebody does stays.
func TestADraftThatNobodyGoesOnWithIsForgotten(t *testing.T) {
	sqldbtest.Each(t, tables, func(t *testing.T, db *sqldb.DB) {
		o := open(t, db)
		for n, id := range []string{"a", "b"} {
			if err := o.Drafts.Put(t.Context(), &cases.Draft{ID: id, Party: "p-limin", Item: "food-permit", Changed: o.now.AddDate(0, 0, n)}); err != nil {
				t.Fatal(err)
			}
		}
		for _, tt := range []struct{ days, left int }{{cases.DraftLasts, 2}, {1, 1}, {1, 0}} {
			o.now = o.now.AddDate(0, 0, tt.days)
			if err := o.ForgetDrafts(t.Context()); err != nil {
				t.Fatal(err)
			}
			if all, err := o.Drafts.DraftsOf(t.Context(), "p-limin"); err != nil || len(all) != tt.left {
				t.Errorf("%d more days: %d drafts, %v", tt.days, len(all), err)
			}
		}
	})
}
