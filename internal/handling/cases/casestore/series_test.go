package casestore_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/cases/casestore"
)

// Numbers are counted by series and year, those that wait beside them, and what
// is missing between them is found.
func TestSeriesCountNumbersAndWhatIsMissing(t *testing.T) {
	sqldbtest.Each(t, tables, func(t *testing.T, db *sqldb.DB) {
		s := &casestore.Store{DB: db}
		b := &sqldb.Batch{}
		paper := func(agency, kind string, year, serial int) {
			b.Insert(`INSERT INTO cases_papers (case_id, seq, kind, title, agency, year, serial)`, fmt.Sprint(agency, kind, year, "-", serial), 1, kind, "文书", agency, year, serial)
		}
		for _, n := range []int{2, 3, 6, 0} {
			paper("甲", "acceptance", 2026, n)
		}
		paper("甲", "acceptance", 2025, 9)
		paper("甲", "decision", 2026, 0)
		paper("乙", "acceptance", 2026, 1)
		if err := db.Commit(t.Context(), b); err != nil {
			t.Fatal(err)
		}
		got, err := s.Series(t.Context(), 2026)
		want := []cases.Series{
			{Agency: "乙", Kind: "acceptance", Year: 2026, Count: 1, First: 1, Last: 1},
			{Agency: "甲", Kind: "acceptance", Year: 2026, Count: 3, First: 2, Last: 6, Waiting: 1},
			{Agency: "甲", Kind: "decision", Year: 2026, Waiting: 1},
		}
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Fatal(err, diff)
		}
		gaps, err := s.Skipped(t.Context(), got[1])
		if diff := cmp.Diff([]cases.Gap{{From: 1, To: 1}, {From: 4, To: 5}}, gaps); err != nil || diff != "" {
			t.Error(err, diff)
		}
	})
}
