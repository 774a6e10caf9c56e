package calendarstore_test

import (
	"testing"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/calendar/calendarstore"
	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
)

func TestAYearPutInForceReachesAnotherReplicaAndOutlivesARestart(t *testing.T) {
	sqldbtest.Each(t, []sqldb.Schema{calendarstore.Schema}, func(t *testing.T, db *sqldb.DB) {
		ctx := t.Context()
		book := func() *calendar.Book {
			return &calendar.Book{Live: calendar.NewLive(calendar.New()), Store: &calendarstore.Store{DB: db}}
		}
		one, other := book(), book()
		monday := calendar.Parse("2027-05-03")
		year := calendar.Year{Year: 2027, Papers: []string{"国办发明电〔2026〕9号"}, Days: []calendar.Entry{{Name: "劳动节", Date: monday, Off: true}}}
		if err := one.Put(ctx, calendar.Kept{ID: sqldb.NewID(), Year: year, By: "毕强磊", At: time.UnixMilli(1_800_000_000_000)}); err != nil {
			t.Fatal(err)
		}
		if one.Live.Works(monday) || !other.Live.Works(monday) {
			t.Fatal("only the replica that put it in force should know yet")
		}
		if err := other.Refresh(ctx); err != nil || other.Live.Works(monday) {
			t.Errorf("the other replica has not taken it up: %v", err)
		}
		behind, since, err := other.Behind(ctx)
		if err != nil || behind == "" || since != calendar.Parse("2026-12-01") {
			t.Fatalf("due days count as reckoned: %v", err)
		}
		if err := other.Store.Reckon(ctx, behind); err != nil {
			t.Fatal(err)
		}
		if behind, _, err = one.Behind(ctx); err != nil || behind != "" {
			t.Errorf("still behind %q: %v", behind, err)
		}
		kept, err := one.Store.All(ctx)
		if err != nil || len(kept) != 1 || kept[0].By != "毕强磊" || kept[0].Year.Days[0].Name != "劳动节" {
			t.Errorf("kept %+v %v", kept, err)
		}
	})
}
