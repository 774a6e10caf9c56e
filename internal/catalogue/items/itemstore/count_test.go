package itemstore_test

import (
	"testing"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/items/itemstest"
	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
)

func TestCountsAreWhatTheListsHold(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		c := newCity(t, db)
		if counts, err := c.Counts(t.Context()); err != nil || counts.All != 0 {
			t.Fatal(counts.All, err)
		}
		c.publishSample(t)
		c.now = c.now.Add(2 * time.Minute)
		counts, err := c.Counts(t.Context())
		if err != nil || counts.All != len(itemstest.Sample(t)) {
			t.Fatal(counts.All, err)
		}
		for topic, want := range counts.Topics {
			if got, _, err := c.List(t.Context(), items.Filter{Topic: topic}, items.Cursor{}, 200); err != nil || len(got) != want {
				t.Errorf("%s holds %d, counted %d: %v", topic, len(got), want, err)
			}
		}
		if got, _, err := c.List(t.Context(), items.Filter{Person: true}, items.Cursor{}, 200); err != nil || len(got) != counts.Person {
			t.Errorf("%d for persons, counted %d: %v", len(got), counts.Person, err)
		}
		if counts.Topics["list:deferrable"] == 0 || counts.Types[items.Licence] != counts.Topics["list:licence"] {
			t.Errorf("lists are not counted: %v", counts.Topics)
		}
	})
}

func TestAListIsSearchedWithinItself(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		c := newCity(t, db)
		c.publishSample(t)
		found, err := c.Search(t.Context(), "食品经营许可", items.Filter{Topic: "list:deferrable"}, 0)
		if err != nil || len(found.Hits) == 0 || found.Hits[0].ID != "food-permit" {
			t.Errorf("%v %v", found, err)
		}
		found, err = c.Search(t.Context(), "食品经营许可", items.Filter{Topic: "list:filing"}, 0)
		if err != nil || len(found.Hits) > 0 && found.Hits[0].ID == "food-permit" {
			t.Errorf("a licence among what is only recorded: %v %v", found, err)
		}
	})
}

func TestEditionsOfAListComeInItsOrder(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		c := newCity(t, db)
		c.publishSample(t)
		entries, _, err := c.List(t.Context(), items.Filter{}, items.Cursor{}, 10)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := c.Edition(t.Context(), entries[3].ID, entries[3].Number); err != nil {
			t.Fatal(err)
		}
		editions, err := c.Editions(t.Context(), entries)
		if err != nil {
			t.Fatal(err)
		}
		for i, e := range editions {
			if e == nil || e.Item != entries[i].ID {
				t.Errorf("place %d: %v, want %s", i, e, entries[i].ID)
			}
		}
	})
}
