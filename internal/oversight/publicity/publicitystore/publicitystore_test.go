package publicitystore_test

import (
	"fmt"
	"testing"

	"tongban/internal/civic/calendar"
	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
	"tongban/internal/handling/cases"
	"tongban/internal/oversight/publicity"
	"tongban/internal/oversight/publicity/publicitystore"
)

var schemas = []sqldb.Schema{publicitystore.Schema}

func TestResultsAreReadNewestFirstPageByPage(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		s := &publicitystore.Store{DB: db}
		var b sqldb.Batch
		for i := range 5 {
			s.Show(&b, publicity.Result{Case: cases.ID(fmt.Sprint("c", i)), Item: "food-permit", Agency: []string{"a", "b"}[i%2], Name: []string{"李*", "云帆公司"}[i%2],
				InTime: i != 2, Decided: calendar.Parse("2026-11-10") + calendar.Day(i/2)})
		}
		if err := db.Commit(t.Context(), &b); err != nil {
			t.Fatal(err)
		}
		var seen []cases.ID
		for after := ""; ; {
			got, err := s.List(t.Context(), publicity.Filter{After: after, Limit: 2})
			if err != nil {
				t.Fatal(err)
			}
			if len(got) == 0 {
				break
			}
			for _, r := range got {
				seen = append(seen, r.Case)
			}
			after = got[len(got)-1].Cursor
		}
		if fmt.Sprint(seen) != "[c4 c3 c2 c1 c0]" {
			t.Errorf("in the order %v", seen)
		}
		for _, tt := range []struct {
			name string
			f    publicity.Filter
			want int
		}{
			{"of an agency", publicity.Filter{Agency: "b"}, 2},
			{"of an item", publicity.Filter{Item: "food-permit"}, 5},
			{"of an item that has none", publicity.Filter{Item: "else"}, 0},
			{"by the beginning of a name", publicity.Filter{Name: "云帆"}, 2},
		} {
			tt.f.Limit = 10
			if got, err := s.List(t.Context(), tt.f); err != nil || len(got) != tt.want {
				t.Errorf("%s: %d, %v", tt.name, len(got), err)
			}
		}
		b = sqldb.Batch{}
		for range 2 { // told twice
			s.Undo(&b, "c3", "撤销", calendar.Parse("2026-11-20"))
		}
		s.Undo(&b, "never shown", "撤销", calendar.Parse("2026-11-20"))
		if err := db.Commit(t.Context(), &b); err != nil {
			t.Fatal(err)
		}
		if got, err := s.List(t.Context(), publicity.Filter{Limit: 10}); err != nil || len(got) != 5 || got[1].Undone != "撤销" || got[1].UndoneOn != calendar.Parse("2026-11-20") || got[0].Undone != "" {
			t.Errorf("not marked: %+v %v", got, err)
		}
		r, err := s.Count(t.Context(), calendar.Parse("2026-11-11"))
		if err != nil || r.Decided != 3 || r.InTime != 2 {
			t.Errorf("%+v %v", r, err)
		}
	})
}

func TestTellingTwiceShowsOnce(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		s := &publicitystore.Store{DB: db}
		for range 2 {
			var b sqldb.Batch
			s.Show(&b, publicity.Result{Case: "c1", Name: "李*", Decided: calendar.Parse("2026-11-10")})
			if err := db.Commit(t.Context(), &b); err != nil {
				t.Fatal(err)
			}
		}
		if got, err := s.List(t.Context(), publicity.Filter{Limit: 10}); err != nil || len(got) != 1 {
			t.Errorf("%d, %v", len(got), err)
		}
	})
}
