package itemstore_test

import (
	"testing"

	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/items/itemstest"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
)

// The ledger adds up what editions cost, then and now: what was made shorter
// shows, what has ended counts as an item less, and behind every sum are the
// items it came from.
func TestTheLedgerAddsUpThenAndNow(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		c := newCity(t, db)
		ctx := t.Context()
		first := copied(t, itemstest.Sample(t)[0])
		first.Item, first.Region, first.Agency, first.Effective = "甲", "320302000000", "a-1", calendar.Parse("2025-01-01")
		second := copied(t, first)
		second.Item, second.Name, second.Region = "乙", "乙"+second.Name, "320303000000"
		ended := copied(t, first)
		ended.Item, ended.Retired = "丙", calendar.Parse("2026-06-01")
		if _, err := c.PublishAll(ctx, []*items.Edition{first, second, ended}, identity.TheSystem); err != nil {
			t.Fatal(err)
		}
		shorter := copied(t, first)
		shorter.Materials, shorter.Visits, shorter.Effective = shorter.Materials[1:], 0, calendar.Parse("2026-03-01")
		if _, err := c.PublishAll(ctx, []*items.Edition{shorter}, identity.TheSystem); err != nil {
			t.Fatal(err)
		}
		was, now := first.Burden(), shorter.Burden()
		if was.Less(now).Materials == 0 && now.Less(was).Materials == 0 {
			t.Fatal("the sample's first material is not counted")
		}
		q := items.LedgerQuery{Within: "320300000000"}
		rows, err := c.Ledger(ctx, q, items.ByDivision)
		if err != nil || len(rows) != 2 {
			t.Fatal(rows, err)
		}
		one := rows[0]
		if one.Key != "320302" || one.ItemsWas != 2 || one.Items != 1 || one.Was != was || one.Now != now {
			t.Errorf("%+v, want %+v and %+v", one, was, now)
		}
		if two := rows[1]; two.ItemsWas != 1 || two.Items != 1 || two.Was != two.Now || two.Now != was {
			t.Errorf("%+v", two)
		}
		rows, err = c.Ledger(ctx, items.LedgerQuery{Within: "320300000000", Agency: "a-1"}, items.ByAgency)
		if err != nil || len(rows) != 1 || rows[0].Name != first.AgencyName || rows[0].Was != was.Plus(was) || rows[0].Now != now.Plus(was) {
			t.Errorf("%+v %v", rows, err)
		}

		// Compared with a day on which the shorter edition was in force already, nothing was saved.
		q.From = calendar.Parse("2026-04-01")
		rows, err = c.Ledger(ctx, q, items.ByDivision)
		if err != nil || rows[0].Was != now || rows[0].Now != now || rows[0].ItemsWas != 2 || rows[0].Items != 1 {
			t.Errorf("%+v %v", rows, err)
		}
		for from, want := range map[string]int{"2026-06-01": 1, "2024-12-31": 0} {
			q.From = calendar.Parse(from)
			if rows, err = c.Ledger(ctx, q, items.ByDivision); err != nil || rows[0].ItemsWas != want {
				t.Errorf("from %s: %+v %v", from, rows, err)
			}
		}

		list, next, err := c.LedgerItems(ctx, items.LedgerQuery{}, items.Cursor{}, 2)
		if err != nil || len(list) != 2 || next.ID == "" {
			t.Fatal(list, next, err)
		}
		rest, next, err := c.LedgerItems(ctx, items.LedgerQuery{}, next, 2)
		if err != nil || len(rest) != 1 || next.ID != "" {
			t.Fatal(rest, next, err)
		}
		for _, row := range append(list, rest...) {
			if row.Key == "甲" && (row.WasNumber != 1 || row.Number != 2 || row.Was != was || row.Now != now) {
				t.Errorf("%+v", row)
			}
		}
		topic := first.Topics()[0]
		if rows, err := c.Ledger(ctx, items.LedgerQuery{Topic: topic}, items.ByDivision); err != nil || len(rows) != 2 {
			t.Errorf("topic %s: %+v %v", topic, rows, err)
		}
	})
}

func TestOlderEditionsAreReckonedOnce(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		c := newCity(t, db)
		c.publishSample(t)
		if _, err := db.Exec(t.Context(), `DELETE FROM items_burdens`); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if err := c.Reckon(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		rows, err := c.Ledger(t.Context(), items.LedgerQuery{}, items.ByAgency)
		n := 0
		for _, r := range rows {
			n += r.Items
		}
		if err != nil || n != len(itemstest.Sample(t)) {
			t.Errorf("%d items, %v", n, err)
		}
	})
}
