package casestore_test

import (
	"testing"

	"github.com/prometheus/client_golang/prometheus"

	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/cases/casestest"
	"tongban/internal/handling/cases/casestore"
)

// An act asks the database at most once before it writes, and writes in one
// trip; of a case that this process has changed lately it asks nothing.
func TestAnActIsOneTripToTheDatabase(t *testing.T) {
	sqldbtest.Each(t, tables, func(t *testing.T, db *sqldb.DB) {
		o, ctx := open(t, db), t.Context()
		id := o.file().ID
		o.trips("accept", 0, func() (*cases.Case, error) { return o.Accept(ctx, id, nil, promise("2026-09-29"), casestest.WangFang) })
		o.trips("review", 0, func() (*cases.Case, error) { return o.Review(ctx, id, "w1", "同意", "", casestest.ZhouHai) })
		o.Store = &casestore.Store{DB: db, Post: o.post, Days: o.Days} // as on another replica
		o.trips("review on another replica", 1, func() (*cases.Case, error) { return o.Review(ctx, id, "w2", "同意", "", casestest.ZhouHai) })
		o.trips("review once more", 0, func() (*cases.Case, error) { return o.Review(ctx, id, "w3", "同意", "", casestest.ZhouHai) })
	})
}

// trips does an act and counts its questions; it must be written in one trip.
func (o *office) trips(name string, reads uint64, act func() (*cases.Case, error)) {
	o.t.Helper()
	asked, wrote := o.count("tongban_sql_read_seconds"), o.count("tongban_sql_write_seconds")
	o.must(act())
	asked, wrote = o.count("tongban_sql_read_seconds")-asked, o.count("tongban_sql_write_seconds")-wrote
	if asked > reads || wrote != 1 {
		o.t.Errorf("%s: %d questions and %d commits", name, asked, wrote)
	}
}

// count is how often the database noted a time.
func (o *office) count(name string) uint64 {
	o.t.Helper()
	registry := prometheus.NewRegistry()
	registry.MustRegister(o.db)
	families, err := registry.Gather()
	if err != nil {
		o.t.Fatal(err)
	}
	for _, f := range families {
		if f.GetName() == name {
			return f.GetMetric()[0].GetHistogram().GetSampleCount()
		}
	}
	o.t.Fatalf("nobody counts %s", name)
	return 0
}
