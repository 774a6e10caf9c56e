package casestore_test

import (
	"slices"
	"testing"

	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/cases/casestest"
)

// A page of one's open cases is full while there are any, however many have ended
// since, and the other way round.
func TestOwnCasesAreListedByWhetherTheyHaveEnded(t *testing.T) {
	sqldbtest.Each(t, tables, func(t *testing.T, db *sqldb.DB) {
		o, ctx := open(t, db), t.Context()
		first, second := o.file().ID, o.file().ID
		var over []cases.ID
		for range 3 {
			id := o.file().ID
			o.must(o.Withdraw(ctx, id, "不办了", casestest.LiMin))
			over = append(over, id)
		}
		for stand, want := range map[cases.Stand][]cases.ID{
			cases.StillOpen: {second, first}, cases.HasEnded: {over[2], over[1]}, "": {over[2], over[1]},
		} {
			rows, err := o.List(ctx, cases.Filter{Party: casestest.LiMin.Party, Stand: stand, Limit: 2}, casestest.LiMin)
			var got []cases.ID
			for _, r := range rows {
				got = append(got, r.ID)
			}
			if err != nil || !slices.Equal(got, want) {
				t.Errorf("%q: %v, not %v (%v)", stand, got, want, err)
			}
		}
	})
}
