package supervisionstore_test

import (
	"context"
	"errors"
	"testing"

	"tongban/internal/engine/clock"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/cases/casestest"
	"tongban/internal/oversight/rating"
	"tongban/internal/oversight/supervision"
	"tongban/internal/oversight/supervision/supervisionstore"
)

// next is when a case is to be looked at; 0 for never.
func (d *desk) next(id cases.ID) clock.Moment {
	d.t.Helper()
	looks, err := d.AlarmStore.Next(d.t.Context(), []cases.ID{"another", id})
	if err != nil || len(looks) != 2 || looks[0].Due != 0 || looks[1].Case != id {
		d.t.Fatal(looks, err)
	}
	return looks[1].Due
}

// What happened to a case is looked at with its sums: nothing is left for the sweep
// but what time brings.
func TestACaseIsLookedAtWithItsSums(t *testing.T) {
	sqldbtest.Each(t, tables, func(t *testing.T, db *sqldb.DB) {
		d := alarmed(t, db)
		c := d.file()
		d.heard()
		if at := d.next(c.ID); at <= clock.At(d.now) {
			t.Errorf("filed, and to be looked at from %s", at.Time())
		}
		d.now = d.now.AddDate(0, 0, 30)
		d.must(d.cases.Urge(t.Context(), c.ID, "请尽快办理", casestest.ZhangMing))
		d.heard()
		if standing, err := d.AlarmStore.Standing(t.Context(), c.ID); err != nil || len(standing) == 0 {
			t.Errorf("late: %v, %v", standing, err)
		}
	})
}

// deaf is a room that does not answer.
type deaf struct{}

func (deaf) Unanswered(context.Context, []cases.ID) (map[cases.ID][]rating.Rating, error) {
	return nil, errors.New("the ratings are away")
}

// What the rules cannot be asked about stops no sum: it stays to be looked at.
func TestSumsFollowThoughAlarmsCannot(t *testing.T) {
	sqldbtest.Each(t, tables, func(t *testing.T, db *sqldb.DB) {
		d := alarmed(t, db)
		d.Ratings = deaf{}
		c := d.file()
		if b := d.heard(); b.Open != 1 || d.next(c.ID) != clock.At(d.now) {
			t.Errorf("%d open, to be looked at from %s", b.Open, d.next(c.ID).Time())
		}
		if err := d.Follow(t.Context()); err == nil {
			t.Error("it is not told that the alarms fail")
		}
		d.accept(c)
		if err := d.Follow(t.Context()); err == nil || d.heard().Whole[supervision.Accepted] != 1 {
			t.Error("the sums do not follow:", err)
		}
		d.Ratings = nil
		if err := d.Follow(t.Context()); err != nil || d.next(c.ID) <= clock.At(d.now) {
			t.Error("not looked at when it could be:", d.next(c.ID).Time(), err)
		}
	})
}

// Whatever comes of a look, one that was noted meanwhile is not forgotten.
func TestALookThatWasNotedMeanwhileStays(t *testing.T) {
	sqldbtest.Each(t, tables, func(t *testing.T, db *sqldb.DB) {
		d, store := open(t, db), &supervisionstore.Store{DB: db}
		for _, tt := range []struct {
			name                        string
			stood, noted, seen, to, end clock.Moment
		}{
			{"none, and none to come", 0, 0, 0, 0, 0},
			{"none, and one to come", 0, 0, 0, 70, 70},
			{"none, one to come and one noted", 0, 30, 0, 70, 30},
			{"one that was looked at", 20, 0, 20, 70, 70},
			{"one that was the last", 20, 0, 20, 0, 0},
			{"one, and another noted", 20, 30, 20, 70, 30},
			{"the last, and another noted", 20, 30, 20, 0, 30},
			{"as it stood", 20, 0, 20, 20, 20},
			{"as it stood, and another noted", 20, 30, 20, 20, 30},
		} {
			id := cases.ID(tt.name)
			for _, at := range []clock.Moment{tt.stood, tt.noted} {
				var b sqldb.Batch
				if at != 0 {
					store.LookAt(&b, id, at)
				}
				if err := db.Commit(t.Context(), &b); err != nil {
					t.Fatal(err)
				}
			}
			if err := store.Settle(t.Context(), nil, nil, []supervision.Outcome{{Case: id, Seen: tt.seen, Next: tt.to}}); err != nil {
				t.Fatal(err)
			}
			if at := d.next(id); at != tt.end {
				t.Errorf("%s: to be looked at from %d", tt.name, at)
			}
		}
	})
}

// A line that somebody changed meanwhile leaves everything as it was.
func TestNothingIsSettledOverALineThatChanged(t *testing.T) {
	sqldbtest.Each(t, tables, func(t *testing.T, db *sqldb.DB) {
		d := alarmed(t, db)
		c := d.file()
		d.heard()
		was := d.next(c.ID)
		stale := supervision.Change{Case: c.ID, Was: supervision.Kept{Version: 9}}
		err := d.Store.Settle(t.Context(), []supervision.Change{stale}, nil, []supervision.Outcome{{Case: c.ID, Seen: was, Next: 0}})
		if fault.Of(err) != fault.Conflict || d.next(c.ID) != was {
			t.Errorf("%v, and to be looked at from %s", err, d.next(c.ID).Time())
		}
	})
}
