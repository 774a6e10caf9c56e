package ratingstore_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/calendar/calendartest"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
	"tongban/internal/handling/cases"
	"tongban/internal/oversight/rating"
	"tongban/internal/oversight/rating/ratingstore"
)

var (
	tables = []sqldb.Schema{event.Schema, ratingstore.Schema}
	limin  = identity.Actor{Account: "limin", Name: "李敏", Party: "p-limin", Channel: "pc"}
	bureau = identity.Actor{Account: "zh", Name: "周海", Posts: []identity.Post{{Agency: "scjg", Region: "320300000000", Role: identity.Reviewer}}}
	other  = identity.Actor{Account: "qt", Name: "外局人", Posts: []identity.Post{{Agency: "other", Region: "320300000000", Role: identity.Reviewer}}}
	watch  = identity.Actor{Account: "zm", Name: "张明", Posts: []identity.Post{{Agency: "zwb", Region: "320300000000", Role: identity.Supervisor}}}
)

// desk is a floor of cases in which every case has ended.
type desk map[cases.ID]*cases.Case

func (d desk) Case(_ context.Context, id cases.ID, by identity.Actor) (*cases.Case, error) {
	c := d[id]
	if c == nil || !c.Visible(by) {
		return nil, cases.None(string(id))
	}
	return c, nil
}

type room struct {
	*rating.Service
	db  *sqldb.DB
	now time.Time
}

func open(db *sqldb.DB) *room {
	r := &room{db: db, now: time.Date(2026, 9, 21, 10, 0, 0, 0, calendar.Zone)}
	clock := func() time.Time { return r.now }
	all := desk{}
	for _, id := range []cases.ID{"c1", "c2", "c3"} {
		all[id] = &cases.Case{ID: id, Number: "n-" + string(id), Item: "food-permit", ItemName: "食品经营许可", Agency: "scjg", Region: "320300000000",
			State: cases.Granted, Applicant: cases.Applicant{Party: "p-limin", Name: "李敏"}}
	}
	r.Service = &rating.Service{Store: &ratingstore.Store{DB: db, Post: event.NewPost(db, clock)}, Cases: all, Days: calendartest.Week{}, Now: clock}
	return r
}

// ended tells the room that a case has ended, as the post does.
func (r *room) ended(t *testing.T, id cases.ID) {
	t.Helper()
	var b sqldb.Batch
	m := cases.Moved{Case: id, Act: cases.Decide, From: cases.Accepted, To: cases.Granted, At: r.now}
	if err := r.CaseMoved(t.Context(), m, &b); err != nil {
		t.Fatal(err)
	}
	if err := r.db.Commit(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
}

func want(t *testing.T, err error, code string) {
	t.Helper()
	if err == nil && code == "" {
		return
	}
	if err == nil || fault.Code(err) != code {
		t.Fatalf("got %v, want %q", err, code)
	}
}

func TestACaseIsRatedOnceAndFollowedUpOnce(t *testing.T) {
	sqldbtest.Each(t, tables, func(t *testing.T, db *sqldb.DB) {
		ctx, r := t.Context(), open(db)
		_, err := r.Rate(ctx, "c1", rating.Rating{Grade: rating.Good}, limin)
		want(t, err, "rating.none") // nobody is asked before the case has ended
		r.ended(t, "c1")
		r.ended(t, "c1") // told twice, it asks once
		if waiting, err := r.Waiting(ctx, limin); err != nil || len(waiting) != 1 || waiting[0].Until != calendar.Date(2026, 10, 21) {
			t.Fatalf("waiting %+v, %v", waiting, err)
		}
		_, err = r.Rate(ctx, "c1", rating.Rating{Grade: rating.Bad, Tags: []string{"209"}, Text: "慢"}, limin)
		want(t, err, "")
		_, err = r.Rate(ctx, "c1", rating.Rating{Grade: rating.Good}, limin)
		want(t, err, "")
		_, err = r.Rate(ctx, "c1", rating.Rating{Grade: rating.Good}, limin)
		want(t, err, "rating.rate.twice")
		all, err := r.Of(ctx, "c1", bureau)
		if err != nil || len(all) != 2 || all[0].Grade != rating.Bad || all[0].Tags[0] != "209" || all[1].Seq != 2 {
			t.Fatalf("got %+v, %v", all, err)
		}
		if waiting, _ := r.Waiting(ctx, limin); len(waiting) != 0 {
			t.Error("a rated case still waits")
		}
		_, err = r.Of(ctx, "c1", identity.Actor{Account: "x", Party: "p-x"})
		want(t, err, "cases.none")
	})
}

func TestTwoAtOnceAreOneRating(t *testing.T) {
	sqldbtest.Each(t, tables, func(t *testing.T, db *sqldb.DB) {
		r := open(db)
		r.ended(t, "c1")
		var all sync.WaitGroup
		for range 6 {
			all.Go(func() { r.Rate(t.Context(), "c1", rating.Rating{Grade: rating.Good}, limin) }) // some are refused
		}
		all.Wait()
		given, err := r.Of(t.Context(), "c1", limin)
		if err != nil || len(given) == 0 || len(given) > 2 {
			t.Fatalf("got %d ratings, %v", len(given), err)
		}
	})
}

func TestABadRatingIsAskedAboutAndReviewed(t *testing.T) {
	sqldbtest.Each(t, tables, func(t *testing.T, db *sqldb.DB) {
		ctx, r := t.Context(), open(db)
		r.ended(t, "c1")
		_, err := r.Rate(ctx, "c1", rating.Rating{Grade: rating.VeryBad}, limin)
		want(t, err, "")
		want(t, r.Answer(ctx, "c1", 1, "已核实", bureau), "rating.answer.call")
		want(t, r.Find(ctx, "c1", 1, rating.Mistaken, "说按错了", other), "rating.find.authority")
		want(t, r.Find(ctx, "c1", 1, "", "说按错了", bureau), "rating.find.check")
		want(t, r.Review(ctx, "c1", 1, true, watch), "rating.review.state")
		want(t, r.Find(ctx, "c1", 1, rating.Mistaken, "说按错了", bureau), "")
		want(t, r.Review(ctx, "c1", 1, true, bureau), "rating.review.authority")
		count := func() int {
			t.Helper()
			tally, err := r.Tally(ctx, rating.Filter{Item: "food-permit"})
			want(t, err, "")
			return tally.Total()
		}
		if n := count(); n != 1 {
			t.Errorf("%d ratings count before the review", n)
		}
		want(t, r.Review(ctx, "c1", 1, true, watch), "")
		if n := count(); n != 0 {
			t.Errorf("%d ratings count after the review", n)
		}
		want(t, r.Answer(ctx, "c1", 1, "已向评价人说明", bureau), "")
		want(t, r.Find(ctx, "c1", 1, rating.Valid, "x", bureau), "rating.find.state")
	})
}

// The tally is the same before, while and after what was counted is folded.
func TestTheTallyStaysWhileItIsFolded(t *testing.T) {
	sqldbtest.Each(t, tables, func(t *testing.T, db *sqldb.DB) {
		ctx, r := t.Context(), open(db)
		steady := func(when string, n int) {
			t.Helper()
			tally, err := r.Tally(ctx, rating.Filter{Agency: "scjg"})
			want(t, err, "")
			say, err := r.Store.Differ(ctx)
			want(t, err, "")
			if tally[rating.Excellent] != n || tally.Total() != n || say != "" {
				t.Errorf("%s: %v, %s", when, tally, say)
			}
		}
		for n, id := range []cases.ID{"c1", "c2", "c3"} {
			r.ended(t, id)
			_, err := r.Rate(ctx, id, rating.Rating{Grade: rating.Excellent}, limin)
			want(t, err, "")
			steady("rated", n+1)
			var all sync.WaitGroup
			for range 3 {
				all.Go(func() { want(t, r.Fold(ctx), "") })
			}
			all.Wait()
			steady("folded", n+1)
		}
	})
}

func TestABadRatingIsAnsweredByItsAgency(t *testing.T) {
	sqldbtest.Each(t, tables, func(t *testing.T, db *sqldb.DB) {
		ctx, r := t.Context(), open(db)
		for _, id := range []cases.ID{"c1", "c2"} {
			r.ended(t, id)
			r.now = r.now.Add(time.Minute)
		}
		_, err := r.Rate(ctx, "c1", rating.Rating{Grade: rating.VeryBad, Anonymous: true, Text: "跑了三次"}, limin)
		want(t, err, "")
		r.now = r.now.Add(time.Minute)
		_, err = r.Rate(ctx, "c2", rating.Rating{Grade: rating.Excellent}, limin)
		want(t, err, "")
		want(t, r.Answer(ctx, "c1", 1, "已核实", other), "rating.answer.authority")
		want(t, r.Answer(ctx, "c1", 1, " ", bureau), "rating.answer.text")
		want(t, r.Answer(ctx, "c2", 1, "谢谢", bureau), "rating.answer.state")
		want(t, r.Answer(ctx, "c1", 1, "已核实并整改", bureau), "")
		want(t, r.Answer(ctx, "c1", 1, "再答一次", watch), "rating.answer.state")

		_, err = r.List(ctx, rating.Filter{Agency: "scjg"}, other)
		want(t, err, "rating.list.reach")
		list, err := r.List(ctx, rating.Filter{Agency: "scjg", Limit: 1}, bureau)
		if err != nil || len(list) != 1 || list[0].Case != "c2" {
			t.Fatalf("got %+v, %v", list, err)
		}
		list, err = r.List(ctx, rating.Filter{Agency: "scjg", After: list[0].Cursor()}, bureau)
		if err != nil || len(list) != 1 || list[0].Case != "c1" || list[0].Name != "" {
			t.Fatalf("got %+v, %v", list, err)
		}
		list, err = r.List(ctx, rating.Filter{Region: "320300000000", Poor: true}, watch)
		if err != nil || len(list) != 1 || list[0].Answer == "" {
			t.Fatalf("got %+v, %v", list, err)
		}
		public, err := r.Published(ctx, rating.Filter{Item: "food-permit"})
		if err != nil || len(public) != 2 || public[0].Name == "李敏" || public[1].Name != "匿名" {
			t.Fatalf("got %+v, %v", public, err)
		}
	})
}

func TestDefaultsAreKeptApart(t *testing.T) {
	sqldbtest.Each(t, tables, func(t *testing.T, db *sqldb.DB) {
		ctx, r := t.Context(), open(db)
		r.ended(t, "c1")
		r.ended(t, "c2")
		_, err := r.Rate(ctx, "c2", rating.Rating{Grade: rating.Bad}, limin)
		want(t, err, "")
		if n, err := r.Lapse(ctx); err != nil || n != 0 {
			t.Fatalf("%d lapsed before their day, %v", n, err)
		}
		r.now = r.now.AddDate(0, 0, 31)
		if n, err := r.Lapse(ctx); err != nil || n != 1 {
			t.Fatalf("%d lapsed, %v", n, err)
		}
		if n, err := r.Lapse(ctx); err != nil || n != 0 {
			t.Fatalf("%d lapsed a second time, %v", n, err)
		}
		tally, err := r.Tally(ctx, rating.Filter{Agency: "scjg"})
		if err != nil || tally.Total() != 1 || tally[rating.Bad] != 1 {
			t.Fatalf("tally %v, %v", tally, err)
		}
		list, err := r.List(ctx, rating.Filter{Agency: "scjg"}, bureau)
		if err != nil || len(list) != 1 {
			t.Fatalf("the list shows a default: %+v, %v", list, err)
		}
		_, err = r.Rate(ctx, "c1", rating.Rating{Grade: rating.Good}, limin)
		want(t, err, "") // a person's own word still counts
	})
}

// A page of the newest ratings takes as long among many as among few: they are read
// in their order, and not sorted. A town's are few.
func TestTheNewestRatingsAreNotSorted(t *testing.T) {
	sqldbtest.Each(t, tables, func(t *testing.T, db *sqldb.DB) {
		ctx, r := t.Context(), open(db)
		for _, id := range []cases.ID{"c1", "c2"} {
			r.ended(t, id)
			_, err := r.Rate(ctx, id, rating.Rating{Grade: rating.Good}, limin)
			want(t, err, "")
			r.now = r.now.Add(time.Hour)
		}
		for region, n := range map[string]int{"320300000000": 2, "320311000000": 0, "320311001000": 0} {
			f := rating.Filter{Region: region, Limit: 10}
			list, err := r.Service.Store.List(ctx, f)
			if err != nil || len(list) != n || n > 0 && list[0].Case != "c2" {
				t.Errorf("%s: %+v, %v", region, list, err)
			}
			plan, err := r.Service.Store.(*ratingstore.Store).Plan(ctx, f)
			if err != nil || !strings.HasSuffix(region, "001000") && strings.Contains(strings.Join(plan, " "), "TEMP B-TREE") {
				t.Errorf("%s: %v, %v", region, plan, err) // PostgreSQL sorts so few rows
			}
		}
	})
}
