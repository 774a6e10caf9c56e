package agenciesstore_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tongban/data"
	"tongban/internal/civic/agencies"
	"tongban/internal/civic/agencies/agenciesstore"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
)

func TestStore(t *testing.T) {
	text, err := data.Sample.ReadFile("sample/agencies.yaml")
	if err != nil {
		t.Fatal(err)
	}
	sample, err := agencies.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	sqldbtest.Each(t, []sqldb.Schema{agenciesstore.Schema}, func(t *testing.T, db *sqldb.DB) {
		ctx := context.Background()
		now := time.Date(2026, 9, 21, 9, 0, 0, 0, time.UTC)
		service := func() *agencies.Service {
			return &agencies.Service{Store: &agenciesstore.Store{DB: db}, Now: func() time.Time { return now }}
		}
		here, there := service(), service() // two replicas
		if err := here.Put(ctx, identity.TheSystem, sample...); err != nil {
			t.Fatal(err)
		}
		want := sample[3]
		want.Version = 1
		got, err := there.Find(ctx, want.ID)
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Fatal(err, diff)
		}
		stale := got
		got.Short, got.Closed = "教育局", true
		if err := here.Put(ctx, identity.TheSystem, got); err != nil {
			t.Fatal(err)
		}
		if a, err := here.Find(ctx, got.ID); err != nil || a.Short != "教育局" || a.Version != 2 {
			t.Errorf("at once here: %+v, %v", a, err)
		}
		now = now.Add(time.Second)
		if a, err := there.Find(ctx, got.ID); err != nil || a.Short != "教育局" {
			t.Errorf("a second later there: %+v, %v", a, err)
		}
		if err := here.Put(ctx, identity.TheSystem, stale); fault.Code(err) != "agencies.put.stale" {
			t.Errorf("a stale change: %v", err)
		}
		if all, err := here.Children(ctx, "xz-gov"); err != nil || len(all) != 36 {
			t.Errorf("%d open agencies under the city, %v", len(all), err)
		}
		if _, err := here.Find(ctx, "ghost"); fault.Of(err) != fault.NotFound {
			t.Error(err)
		}
	})
}
