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

func TestPledgesArePublicUntilTheirDay(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		s := &publicitystore.Store{DB: db}
		var b sqldb.Batch
		for range 2 { // told twice
			for i := range 3 {
				s.ShowPledge(&b, publicity.Pledged{Case: cases.ID(fmt.Sprint("c", i)), Item: "road-freight", Agency: "a", Name: []string{"刘*", "云帆公司"}[i%2],
					Decided: calendar.Parse("2026-03-02"), Until: calendar.Parse("2026-06-02") + calendar.Day(i)})
			}
		}
		s.FindPledge(&b, "c1", "符合承诺")
		if err := db.Commit(t.Context(), &b); err != nil {
			t.Fatal(err)
		}
		for _, tt := range []struct {
			name string
			f    publicity.Filter
			on   string
			want string
		}{
			{"all, the newest first", publicity.Filter{}, "2026-06-02", "c2 c1=符合承诺 c0"},
			{"one has ended", publicity.Filter{}, "2026-06-03", "c2 c1=符合承诺"},
			{"all have ended", publicity.Filter{}, "2026-06-05", ""},
			{"the next page", publicity.Filter{After: "2026-03-02/c2"}, "2026-06-02", "c1=符合承诺 c0"},
			{"by the beginning of a name", publicity.Filter{Name: "云帆"}, "2026-06-02", "c1=符合承诺"},
			{"of another agency", publicity.Filter{Agency: "b"}, "2026-06-02", ""},
		} {
			tt.f.Limit = 10
			got, err := s.Pledges(t.Context(), tt.f, calendar.Parse(tt.on))
			if err != nil {
				t.Fatal(err)
			}
			say := ""
			for _, p := range got {
				if say += " " + string(p.Case); p.Found != "" {
					say += "=" + p.Found
				}
			}
			if say != "" {
				say = say[1:]
			}
			if say != tt.want {
				t.Errorf("%s: %q, want %q", tt.name, say, tt.want)
			}
		}
	})
}
