package companystore_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tongban/internal/civic/calendar"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
	"tongban/internal/register/companies"
	"tongban/internal/register/companies/companystore"
)

var noon = time.Date(2026, 3, 2, 4, 0, 0, 0, time.UTC)

// register is a register with three companies, all entered at the same moment.
func register(t *testing.T, db *sqldb.DB) *companystore.Store {
	t.Helper()
	s := &companystore.Store{DB: db, Post: event.NewPost(db, func() time.Time { return noon })}
	var b sqldb.Batch
	today := calendar.DayOf(noon)
	for n, region := range []string{"320303000000", "320303000000", "320382000000"} {
		c := &companies.Company{}
		m := companies.Moved{Company: companies.ID(fmt.Sprint("c", n)), Act: companies.Found, At: noon, Step: companies.Step{Act: companies.Found, On: today},
			Fresh: &companies.Company{ID: companies.ID(fmt.Sprint("c", n)), Code: fmt.Sprint("91", n), Party: fmt.Sprint("p", n), Name: "云帆", Region: region, Born: today}}
		c.Apply(m)
		if err := s.Put(&b, c, m); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Commit(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	return s
}

func each(t *testing.T, do func(*testing.T, *companystore.Store)) {
	sqldbtest.Each(t, []sqldb.Schema{event.Schema, companystore.Schema}, func(t *testing.T, db *sqldb.DB) { do(t, register(t, db)) })
}

// rest is a judge that lets a company rest, or does nothing to one that does.
func rest(c *companies.Company) (companies.Moved, error) {
	if c.State == companies.Resting {
		return companies.Moved{}, nil
	}
	on := calendar.DayOf(noon)
	return companies.Moved{Company: c.ID, Act: companies.TakeRest, At: noon.Add(time.Hour), Step: companies.Step{Act: companies.TakeRest, On: on}, Rest: &companies.Rest{From: on, Until: on + 30}}, nil
}

// Of many who let the same company rest at once one does, and the others find it
// resting: no fact is lost, and none is written twice.
func TestOneOfManyChangesACompany(t *testing.T) {
	each(t, func(t *testing.T, s *companystore.Store) {
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				if _, err := s.Change(t.Context(), "c1", rest); err != nil && fault.Of(err) != fault.Conflict {
					t.Error(err)
				}
			})
		}
		all.Wait()
		facts, err := s.History(t.Context(), "c1")
		if err != nil || len(facts) != 2 {
			t.Fatalf("%d facts, %v", len(facts), err)
		}
		kept, err := s.Company(t.Context(), "c1")
		if err != nil || kept.State != companies.Resting {
			t.Fatal(kept, err)
		}
		again, err := event.Replay[companies.Moved]("c1", kept, kept.Chain, facts, func(say string) { t.Error(say) })
		if err != nil || cmp.Diff(kept.Rest, again.Rest) != "" {
			t.Error(again, err)
		}
	})
}

// A company is found by its key, its code and its party, and by nobody else's.
func TestACompanyIsFound(t *testing.T) {
	each(t, func(t *testing.T, s *companystore.Store) {
		byCode, err := s.ByCode(t.Context(), "912")
		if err != nil || byCode.ID != "c2" {
			t.Error(byCode, err)
		}
		ofParty, err := s.OfParty(t.Context(), "p0")
		if err != nil || ofParty.ID != "c0" {
			t.Error(ofParty, err)
		}
		if _, err := s.ByCode(t.Context(), "919"); fault.Of(err) != fault.NotFound {
			t.Error(err)
		}
	})
}

// A list goes on where the page before ended, also between companies that changed
// at the same moment, and keeps to its division, state and notices.
func TestListsOfCompanies(t *testing.T) {
	each(t, func(t *testing.T, s *companystore.Store) {
		if _, err := s.Change(t.Context(), "c0", rest); err != nil {
			t.Fatal(err)
		}
		var seen []companies.ID
		for after, going := "", true; going; {
			page, err := s.List(t.Context(), companies.Filter{Region: "320300000000", After: after, Limit: 1})
			if err != nil {
				t.Fatal(err)
			}
			if going = len(page) > 0; going {
				seen, after = append(seen, page[0].ID), page[0].Cursor()
			}
		}
		if diff := cmp.Diff([]companies.ID{"c0", "c2", "c1"}, seen); diff != "" {
			t.Error(diff)
		}
		for _, tt := range []struct {
			name   string
			filter companies.Filter
			want   int
		}{
			{"of one district", companies.Filter{Region: "320303000000"}, 2},
			{"that rest", companies.Filter{State: companies.Resting}, 1},
			{"made public", companies.Filter{Notices: true}, 1},
			{"of another city", companies.Filter{Region: "320100000000"}, 0},
		} {
			tt.filter.Limit = 10
			if all, err := s.List(t.Context(), tt.filter); err != nil || len(all) != tt.want {
				t.Errorf("%s: %d, %v", tt.name, len(all), err)
			}
		}
	})
}

// A company wakes on the day after its rest and not before; numbers are given once.
func TestACompanyWakesOnItsDay(t *testing.T) {
	each(t, func(t *testing.T, s *companystore.Store) {
		c, err := s.Change(t.Context(), "c1", rest)
		if err != nil {
			t.Fatal(err)
		}
		for day, want := range map[calendar.Day]int{c.Wake() - 1: 0, c.Wake(): 1} {
			if ids, err := s.Waking(t.Context(), day, 10); err != nil || len(ids) != want {
				t.Errorf("%s: %v %v", day, ids, err)
			}
		}
		for want := int64(1); want < 4; want++ {
			if n, err := s.Serial(t.Context(), "code"); err != nil || n != want {
				t.Error(n, want, err)
			}
		}
	})
}
