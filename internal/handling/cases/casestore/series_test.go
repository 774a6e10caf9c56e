package casestore_test

import (
	cmp2 "cmp"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/cases/casestore"
)

// Numbers are looked through part by part, those on the shelf too; what is missing is
// found, and no longer said when it is there again.
func TestNumbersThatAreMissingAreFound(t *testing.T) {
	sqldbtest.Each(t, tables, func(t *testing.T, db *sqldb.DB) {
		s := &casestore.Store{DB: db}
		b := &sqldb.Batch{}
		paper := func(agency, kind string, year, serial int) {
			b.Insert(`INSERT INTO cases_papers (case_id, seq, kind, title, agency, year, serial)`, fmt.Sprint(agency, kind, year, "-", serial), 1, kind, "文书", agency, year, serial)
		}
		for _, n := range []int{2, 3, 6, 0} {
			paper("甲", "acceptance", 2026, n)
		}
		paper("甲", "decision", 2026, 0)
		paper("乙", "acceptance", 2026, 1)
		b.Exec(`INSERT INTO cases_series (agency, kind, year, last, checked, looked) VALUES ('甲', 'acceptance', 2026, 12, 0, 0), ('乙', 'acceptance', 2026, 1, 0, 0), ('甲', 'acceptance', 2025, 9, 0, 0)`)
		b.Exec(`INSERT INTO cases_numbers (agency, kind, year, low, high) VALUES ('甲', 'acceptance', 2026, 4, 4), ('甲', 'acceptance', 2026, 8, 9), ('甲', 'acceptance', 2026, 10, 10), ('甲', 'acceptance', 2025, 1, 9)`)
		if err := db.Commit(t.Context(), b); err != nil {
			t.Fatal(err)
		}
		now := time.Date(2026, 9, 21, 1, 0, 0, 0, time.UTC)
		look := func() []cases.Series {
			if err := s.JoinNumbers(t.Context()); err != nil {
				t.Fatal(err)
			}
			for more := true; more; {
				var err error
				if more, err = s.CheckNumbers(t.Context(), now, now.Add(-time.Hour)); err != nil {
					t.Fatal(err)
				}
			}
			got, err := s.Series(t.Context(), 2026)
			if err != nil {
				t.Fatal(err)
			}
			return got
		}
		want := []cases.Series{
			{Agency: "乙", Kind: "acceptance", Year: 2026, Last: 1, Checked: 1, Looked: now},
			{Agency: "甲", Kind: "acceptance", Year: 2026, Last: 12, Checked: 12, Looked: now, Waiting: 1, Gaps: []cases.Gap{{From: 1, To: 1}, {From: 5, To: 5}, {From: 7, To: 7}, {From: 11, To: 12}}},
			{Agency: "甲", Kind: "decision", Year: 2026, Waiting: 1},
		}
		if diff := cmp.Diff(want, look()); diff != "" {
			t.Fatal(diff)
		}
		if want[1].Count() != 7 {
			t.Error(want[1].Count())
		}
		all, err := s.Gaps(t.Context())
		if err != nil || len(all) != 1 || !strings.Contains(all[0], "缺[{1 1} {5 5} {7 7}]") {
			t.Errorf("the audit says %q, %v", all, err)
		}
		b = &sqldb.Batch{}
		paper("甲", "acceptance", 2026, 5)
		if err := db.Commit(t.Context(), b); err != nil {
			t.Fatal(err)
		}
		now = now.Add(2 * time.Hour)
		if got := look()[1].Gaps; !slices.Equal(got, []cases.Gap{{From: 1, To: 1}, {From: 7, To: 7}, {From: 11, To: 12}}) {
			t.Error(got)
		}
	})
}

// Whichever numbers are fetched from the shelf, the others stay there, and one that is
// not there cannot be fetched, however runs were joined meanwhile.
func TestNumbersAreFetchedOneByOne(t *testing.T) {
	sqldbtest.Each(t, tables, func(t *testing.T, db *sqldb.DB) {
		s, left := &casestore.Store{DB: db}, map[int]bool{}
		b := &sqldb.Batch{}
		for n := range 12 {
			if left[n+1] = n != 6; left[n+1] {
				b.Exec(`INSERT INTO cases_numbers (agency, kind, year, low, high) VALUES ('甲', 'acceptance', 2026, $1, $1)`, n+1)
			}
		}
		b.Exec(`INSERT INTO cases_numbers (agency, kind, year, low, high) VALUES ('乙', 'acceptance', 2026, 1, 20)`)
		if err := db.Commit(t.Context(), b); err != nil {
			t.Fatal(err)
		}
		for _, n := range []int{5, 1, 12, 7, 3, 5, 4, 9, 10} {
			if err := s.JoinNumbers(t.Context()); err != nil {
				t.Fatal(err)
			}
			b := &sqldb.Batch{}
			casestore.FetchNumber(b, "甲", "acceptance", 2026, n)
			if err := db.Commit(t.Context(), b); sqldb.IsOutrun(err) == left[n] {
				t.Fatalf("%d, which stands there %v: %v", n, left[n], err)
			}
			left[n] = false
			for n := range 12 {
				var runs int
				if err := db.Row(t.Context(), `SELECT COUNT(*) FROM cases_numbers WHERE agency = '甲' AND low <= $1 AND high >= $1`, n+1).Scan(&runs); err != nil || (runs == 1) != left[n+1] {
					t.Fatalf("%d stands in %d runs: %v", n+1, runs, err)
				}
			}
		}
	})
}

// However runs of numbers lie, what Between says is missing and what is there are all of them.
func TestBetweenTellsWhatIsMissing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		there := map[int]int{}
		var runs []cases.Gap
		for _, low := range rapid.SliceOfN(rapid.IntRange(1, 40), 0, 12).Draw(t, "lows") {
			r := cases.Gap{From: low, To: low + rapid.IntRange(0, 3).Draw(t, "length")}
			runs = append(runs, r)
			for n := r.From; n <= r.To; n++ {
				there[n]++
			}
		}
		slices.SortFunc(runs, func(a, b cases.Gap) int { return cmp2.Or(a.From-b.From, a.To-b.To) })
		missing, doubled, upto := cases.Between(0, runs)
		told := map[int]bool{}
		for _, g := range missing {
			for n := g.From; n <= g.To; n++ {
				told[n] = true
			}
		}
		twice := false
		for n := 1; n <= upto; n++ {
			twice = twice || there[n] > 1
			if told[n] == (there[n] > 0) {
				t.Fatalf("%d of %v: missing %v", n, runs, missing)
			}
		}
		if twice != (len(doubled) > 0) {
			t.Fatalf("%v: doubled %v", runs, doubled)
		}
	})
}
