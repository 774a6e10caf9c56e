package itemstore_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tongban/data"
	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/items/itemstest"
	"tongban/internal/catalogue/items/itemstore"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
)

var schemas = []sqldb.Schema{event.Schema, itemstore.Schema}

// city is a service with the sample city published in it, on a day that can
// be set.
type city struct {
	*items.Service
	now   time.Time
	store *itemstore.Store
}

func newCity(t testing.TB, db *sqldb.DB) *city {
	t.Helper()
	c := &city{now: calendar.Parse("2026-11-20").Start().Add(9 * time.Hour)}
	clock := func() time.Time { return c.now }
	words, err := items.ReadSynonyms(data.Synonyms)
	if err != nil {
		t.Fatal(err)
	}
	c.store = &itemstore.Store{DB: db, Post: event.NewPost(db, clock)}
	c.Service = &items.Service{Store: c.store, Now: clock, Synonyms: words}
	return c
}

func (c *city) publishSample(t testing.TB) {
	t.Helper()
	if _, err := c.PublishAll(t.Context(), itemstest.Sample(t), identity.TheSystem); err != nil {
		t.Fatal(err)
	}
}

func TestPublishedEditionsAreReadBackAsTheyWere(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		c := newCity(t, db)
		start := time.Now()
		c.publishSample(t)
		t.Log("published in", time.Since(start))
		for _, want := range itemstest.Sample(t) {
			want.Number, want.State = 1, items.Published
			got, err := c.Current(t.Context(), want.Item)
			if diff := cmp.Diff(want, got); err != nil || diff != "" {
				t.Fatal(err, diff)
			}
		}
		if n, err := c.PublishAll(t.Context(), itemstest.Sample(t), identity.TheSystem); err != nil || n != 0 {
			t.Errorf("publishing the same again: %d new, %v", n, err)
		}
	})
}

func TestAnEditionForALaterDayTakesEffectOnThatDay(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		ctx, c := t.Context(), newCity(t, db)
		c.publishSample(t)
		old, err := c.Current(ctx, "food-permit")
		if err != nil {
			t.Fatal(err)
		}
		next := *old
		next.Name, next.Effective = "食品经营许可新名", calendar.Parse("2026-12-01")
		if _, err := c.Publish(ctx, next, identity.TheSystem); err != nil {
			t.Fatal(err)
		}
		if now, err := c.Current(ctx, "food-permit"); err != nil || now.Number != 1 {
			t.Errorf("before the day: edition %v, %v", now, err)
		}
		if hits := c.find(t, "食品经营许可新名"); len(hits) > 0 && hits[0].Name == next.Name {
			t.Error("found before its day")
		}
		c.now = calendar.Parse("2026-12-01").Start().Add(time.Hour)
		if err := c.TakeEffect(ctx); err != nil {
			t.Fatal(err)
		}
		if now, err := c.Open(ctx, "food-permit", calendar.Parse("2026-12-01")); err != nil || now.Number != 2 {
			t.Errorf("on the day: edition %v, %v", now, err)
		}
		if hits := c.find(t, "食品经营许可新名"); len(hits) == 0 || hits[0].Number != 2 {
			t.Errorf("on its day found %v", names(hits))
		}
		if first, err := c.Edition(ctx, "food-permit", 1); err != nil || first.Name != old.Name {
			t.Errorf("the old edition: %v", err)
		}
		next.Name = "食品经营许可再改"
		if e, err := c.Publish(ctx, next, identity.TheSystem); err != nil || e.Number != 3 {
			t.Errorf("the third edition: %v, %v", e, err)
		}
	})
}

func TestOfTwoWhoPublishAtOnceOneIsTold(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		c := newCity(t, db)
		c.publishSample(t)
		heads, err := c.store.Heads(t.Context(), []items.ID{"food-permit"})
		if err != nil {
			t.Fatal(err)
		}
		for i, code := range []string{"internal", "items.publish.stale"} {
			e := *itemstest.Sample(t)[0]
			e.Item, e.Number, e.State = "food-permit", 2, items.Published
			err := c.store.Publish(t.Context(), []items.Publication{{Edition: &e, Body: []byte("{}"), Digest: fmt.Sprint(i), Head: heads["food-permit"], At: c.now}})
			if (err == nil) != (i == 0) || err != nil && fault.Code(err) != code {
				t.Errorf("publisher %d: %v", i, err)
			}
		}
	})
}

func TestWhatIsOnNoListCannotBeAppliedFor(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		ctx, c := t.Context(), newCity(t, db)
		c.publishSample(t)
		gone := *itemstest.Sample(t)[0]
		gone.Item, gone.Retired = "gone", calendar.Parse("2026-11-01")
		if _, err := c.PublishAll(ctx, []*items.Edition{&gone}, identity.TheSystem); err != nil {
			t.Fatal(err)
		}
		today := calendar.Parse("2026-11-20")
		for _, tt := range []struct {
			name string
			id   items.ID
			day  calendar.Day
			code string
		}{
			{"in force", "food-permit", today, ""},
			{"never published", "ghost", today, "items.none"},
			{"not yet in force", "food-permit", calendar.Parse("2025-12-31"), "items.none"},
			{"retired", "gone", today, "items.open.closed"},
		} {
			_, err := c.Open(ctx, tt.id, tt.day)
			if (err == nil) != (tt.code == "") || err != nil && fault.Code(err) != tt.code {
				t.Errorf("%s: %v, want %s", tt.name, err, tt.code)
			}
		}
	})
}

func TestOnlyItemManagersPublish(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		c := newCity(t, db)
		clerk := identity.Actor{Account: "a", Posts: []identity.Post{{Role: identity.Window}}}
		if _, err := c.Publish(t.Context(), *itemstest.Sample(t)[0], clerk); fault.Of(err) != fault.Forbidden {
			t.Error(err)
		}
		bad := *itemstest.Sample(t)[0]
		bad.Materials = append([]items.Material{}, bad.Materials...)
		bad.Materials[0].Basis = nil
		if _, err := c.Publish(t.Context(), bad, identity.TheSystem); fault.Code(err) != "items.check" || len(fault.Fields(err)) != 1 {
			t.Error(err)
		}
	})
}

func TestListsGoThroughEverythingOnce(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		c := newCity(t, db)
		c.publishSample(t)
		for _, tt := range []struct {
			name   string
			filter items.Filter
			want   func(*items.Edition) bool
		}{
			{"all", items.Filter{}, func(*items.Edition) bool { return true }},
			{"of an agency", items.Filter{Agency: "xz-market"}, func(e *items.Edition) bool { return e.Agency == "xz-market" }},
			{"licences for firms", items.Filter{Type: items.Licence, Firm: true}, func(e *items.Edition) bool { return e.Type == items.Licence && e.ForFirms() }},
			{"of a topic", items.Filter{Topic: "life:出生"}, func(e *items.Edition) bool { return has(e.LifeStages, "出生") }},
			{"of a level, for persons", items.Filter{Level: items.County, Person: true}, func(e *items.Edition) bool { return e.Level == items.County && e.ForPersons() }},
			{"of a region", items.Filter{Region: "320303001000"}, func(e *items.Edition) bool { return e.Region == "320303001000" }},
		} {
			want := 0
			for _, e := range itemstest.Sample(t) {
				if tt.want(e) {
					want++
				}
			}
			if got := c.through(t, tt.filter); got != want || want == 0 {
				t.Errorf("%s: %d, want %d", tt.name, got, want)
			}
		}
	})
}

// through counts the entries of a list by paging through it, each seen once.
func (c *city) through(t *testing.T, f items.Filter) int {
	seen, after := map[items.ID]bool{}, items.Cursor{}
	for {
		page, next, err := c.List(t.Context(), f, after, 4)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range page {
			if seen[e.ID] {
				t.Errorf("%s twice", e.ID)
			}
			seen[e.ID] = true
		}
		if next == (items.Cursor{}) {
			return len(seen)
		}
		after = next
	}
}

func (c *city) find(t testing.TB, query string) []items.Entry {
	t.Helper()
	found, err := c.Search(context.Background(), query, items.Filter{}, 0)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return found.Hits
}

func names(entries []items.Entry) []string {
	var all []string
	for _, e := range entries {
		all = append(all, e.Name)
	}
	return all
}

func has(list []string, one string) bool {
	for _, s := range list {
		if s == one {
			return true
		}
	}
	return false
}
