package casestore_test

import (
	"context"
	"encoding/json"
	"errors"
	"testing"

	"tongban/internal/ground/event"
	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/cases/casestest"
	"tongban/internal/handling/cases/casestore"
)

// A case that one replica left at any act is there, brought on by the facts of the
// others, to the letter the case that is kept.
func TestACaseIsBroughtOnByWhatOthersDid(t *testing.T) {
	sqldbtest.Each(t, tables, func(t *testing.T, db *sqldb.DB) {
		o, ctx := open(t, db), t.Context()
		id := o.file().ID
		left := []*casestore.Store{o.Store.(*casestore.Store)}
		for _, act := range []func() (*cases.Case, error){
			func() (*cases.Case, error) { return o.Accept(ctx, id, nil, promise("2026-09-29"), casestest.WangFang) },
			func() (*cases.Case, error) { return o.Review(ctx, id, "w1", "同意", "", casestest.ZhouHai) },
			func() (*cases.Case, error) { return o.Review(ctx, id, "w2", "同意", "", casestest.ZhouHai) },
			func() (*cases.Case, error) { return o.Review(ctx, id, "w3", "同意", "", casestest.ZhouHai) },
		} {
			left = append(left, o.replica())
			o.Store = left[len(left)-1]
			o.must(act())
		}
		kept := o.must(o.replica().Case(ctx, id))
		for n, replica := range left {
			brought := 0
			replica.Onward = func(ctx context.Context, c *cases.Case, facts []event.Record) error {
				brought += len(facts)
				return o.Onward(ctx, c, facts)
			}
			for range 2 {
				if c := o.must(replica.Case(ctx, id)); text(t, c) != text(t, kept) || c.Head != kept.Head || c.Number != kept.Number {
					t.Errorf("left after act %d: %+v, kept is %+v", n, c, kept)
				}
			}
			if brought != len(left)-1-n {
				t.Errorf("left after act %d: %d facts made true in two looks", n, brought)
			}
		}
	})
}

// A case that cannot be brought on is read.
func TestACaseThatCannotBeBroughtOnIsRead(t *testing.T) {
	sqldbtest.Each(t, tables, func(t *testing.T, db *sqldb.DB) {
		o, ctx := open(t, db), t.Context()
		here := o.Store.(*casestore.Store)
		id := o.file().ID
		o.Store = o.replica()
		want := o.must(o.Accept(ctx, id, nil, promise("2026-09-29"), casestest.WangFang))
		tried := 0
		here.Onward = func(_ context.Context, c *cases.Case, _ []event.Record) error {
			c.State, tried = "half done", tried+1
			return errors.New("an act that this version does not know")
		}
		for range 2 {
			if c := o.must(here.Case(ctx, id)); text(t, c) != text(t, want) || c.Head != want.Head {
				t.Errorf("%+v, kept is %+v", c, want)
			}
		}
		if tried != 1 {
			t.Errorf("what was read is not held: tried to bring it on %d times", tried)
		}
	})
}

func text(t *testing.T, c *cases.Case) string {
	t.Helper()
	text, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
