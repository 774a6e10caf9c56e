package hallsstore_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tongban/data"
	"tongban/internal/catalogue/halls"
	"tongban/internal/catalogue/halls/hallsstore"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
)

func TestStore(t *testing.T) {
	text, err := data.Sample.ReadFile("sample/halls.yaml")
	if err != nil {
		t.Fatal(err)
	}
	sample, err := halls.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	sqldbtest.Each(t, []sqldb.Schema{hallsstore.Schema}, func(t *testing.T, db *sqldb.DB) {
		ctx := context.Background()
		now := time.Date(2026, 9, 21, 9, 0, 0, 0, time.UTC)
		service := func() *halls.Service {
			return &halls.Service{Store: &hallsstore.Store{DB: db}, Now: func() time.Time { return now }}
		}
		here, there := service(), service() // two replicas
		if err := here.Put(ctx, identity.TheSystem, sample...); err != nil {
			t.Fatal(err)
		}
		want := sample[0]
		want.Version = 1
		got, err := there.Find(ctx, want.ID)
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Fatal(err, diff)
		}
		local := identity.Actor{Posts: []identity.Post{{Role: identity.Admin, Region: "320303000000"}}}
		if err := there.Put(ctx, local, got); fault.Code(err) != "halls.put.authority" {
			t.Error(err)
		}
		stale := got
		got.Closed = true
		if err := here.Put(ctx, identity.TheSystem, got); err != nil {
			t.Fatal(err)
		}
		if err := here.Put(ctx, identity.TheSystem, stale); fault.Code(err) != "halls.put.stale" {
			t.Errorf("a stale change: %v", err)
		}
		now = now.Add(time.Second)
		if all, err := there.All(ctx); err != nil || len(all) != len(sample)-1 {
			t.Errorf("%d open halls, %v", len(all), err)
		}
		if in, err := there.In(ctx, "320312000000"); err != nil || len(in) != 5 {
			t.Errorf("%d halls in the district, %v", len(in), err)
		}
		if h, err := there.Find(ctx, "yl-centre"); err != nil {
			t.Error(err)
		} else if w, err := h.Window("C02"); err != nil || w.Kind != halls.Appeal {
			t.Errorf("%+v, %v", w, err)
		}
	})
}
