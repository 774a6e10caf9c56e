package casestore_test

import (
	"testing"

	"github.com/prometheus/client_golang/prometheus"

	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/cases/casestest"
)

// An act asks the database at most once before it writes, and writes in one
// trip; of a case that this process has changed lately it asks nothing.
func TestAnActIsOneTripToTheDatabase(t *testing.T) {
	sqldbtest.Each(t, tables, func(t *testing.T, db *sqldb.DB) {
		o, ctx := open(t, db), t.Context()
		id := o.file().ID
		o.trips("accept", 0, func() (*cases.Case, error) { return o.Accept(ctx, id, nil, promise("2026-09-29"), casestest.WangFang) })
		o.trips("review", 0, func() (*cases.Case, error) { return o.Review(ctx, id, "w1", "同意", "", casestest.ZhouHai) })
		o.Store = o.replica() // as on another replica
		o.trips("review on another replica", 1, func() (*cases.Case, error) { return o.Review(ctx, id, "w2", "同意", "", casestest.ZhouHai) })
		o.trips("review once more", 0, func() (*cases.Case, error) { return o.Review(ctx, id, "w3", "同意", "", casestest.ZhouHai) })
	})
}

// Where another replica changes what we hold, one act fails to commit and is done
// again; from then on each act asks once before it writes and none fails, until what
// we hold has been found to be right for a while.
func TestReplicasThatShareCasesAskBeforeTheyAct(t *testing.T) {
	sqldbtest.Each(t, tables, func(t *testing.T, db *sqldb.DB) {
		o, ctx := open(t, db), t.Context()
		here, there := o.Store, o.replica()
		review := func(id cases.ID, work string) func() (*cases.Case, error) {
			return func() (*cases.Case, error) { return o.Review(ctx, id, work, "同意", "", casestest.ZhouHai) }
		}
		taught := o.file().ID
		o.must(o.Accept(ctx, taught, nil, promise("2026-09-29"), casestest.WangFang))
		o.Store = there
		o.trips("on a case it does not hold", 1, review(taught, "w1"))
		o.Store = here
		wrote := o.count("tongban_sql_write_seconds")
		o.must(review(taught, "w2")())
		if wrote = o.count("tongban_sql_write_seconds") - wrote; wrote != 2 {
			t.Errorf("%d commits for an act on an old copy", wrote)
		}

		id := o.file().ID
		o.must(o.Accept(ctx, id, nil, promise("2026-09-29"), casestest.WangFang))
		o.Store = there
		o.must(review(id, "w1")())
		o.Store = here
		o.trips("on a case that the other changed", 1, review(id, "w2"))
		for range 40 {
			o.must(o.Service.Store.Case(ctx, id))
		}
		o.trips("on a case that was right for long", 0, review(id, "w3"))
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
