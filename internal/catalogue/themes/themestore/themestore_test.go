package themestore_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"tongban/data"
	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/items/itemstest"
	"tongban/internal/catalogue/items/itemstore"
	"tongban/internal/catalogue/themes"
	"tongban/internal/catalogue/themes/themestore"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
)

func someone(account string, role identity.Role) identity.Actor {
	return identity.Actor{Account: account, Name: account, Posts: []identity.Post{{Region: "320300000000", Role: role}}}
}

var (
	keeper  = someone("keeper", identity.Items)
	auditor = someone("auditor", identity.Auditor)
)

// office is a room with the items and themes of the sample city.
type office struct {
	*testing.T
	ctx context.Context
	now time.Time
	db  *sqldb.DB
	s   *themes.Service
}

func each(t *testing.T, test func(*office)) {
	days, err := calendar.Load(data.Calendars)
	if err != nil {
		t.Fatal(err)
	}
	sqldbtest.Each(t, []sqldb.Schema{event.Schema, itemstore.Schema, themestore.Schema}, func(t *testing.T, db *sqldb.DB) {
		o := &office{T: t, ctx: context.Background(), db: db, now: time.Date(2026, 11, 20, 9, 0, 0, 0, calendar.Zone)}
		now := func() time.Time { return o.now }
		post := event.NewPost(db, now)
		library := &items.Service{Store: &itemstore.Store{DB: db, Post: post}, Now: now}
		_, err := library.PublishAll(o.ctx, itemstest.Sample(t), identity.TheSystem)
		o.ok(err)
		o.s = &themes.Service{Store: &themestore.Store{DB: db, Post: post}, Items: library, Days: days, Above: func(context.Context, string) (bool, error) { return true, nil }, Now: now}
		sample, err := themes.ReadAll(data.Sample, "sample/themes")
		o.ok(err)
		o.ok(o.s.Load(o.ctx, identity.TheSystem, sample...))
		o.ok(o.s.Load(o.ctx, identity.TheSystem, sample...)) // the second time nothing is new
		test(o)
	})
}

func (o *office) ok(err error) {
	o.Helper()
	if err != nil {
		o.Fatal(err, fault.Fields(err))
	}
}

func (o *office) refused(err error, code string) {
	o.Helper()
	if fault.Code(err) != code {
		o.Fatalf("%v, want %s", err, code)
	}
}

// What was published before a theme had to have a place is found where its leading
// agency is, and where its first item is if nobody knows that agency.
func TestAThemeWithoutADivisionIsWhereItsLeadIs(t *testing.T) {
	each(t, func(o *office) {
		o.s.Seat = func(_ context.Context, agency string) (string, error) {
			return map[string]string{"yl-health": "320303000000"}[agency], nil
		}
		birth, err := o.s.Current(o.ctx, "birth")
		o.ok(err)
		for _, tt := range []struct {
			id   themes.ID
			lead string
			want string
		}{{"old-known", "yl-health", "320303000000"}, {"old-unknown", "somewhere", ""}} {
			old := *birth
			old.ID, old.Number, old.Region, old.Lead.Agency = tt.id, 1, "", tt.lead
			o.ok((&themestore.Store{DB: o.db, Post: event.NewPost(o.db, func() time.Time { return o.now })}).Keep(o.ctx, "", o.now, &old))
			if tt.want == "" {
				e, err := o.s.Items.Current(o.ctx, old.Components[0].Item)
				o.ok(err)
				tt.want = e.Region
			}
			o.now = o.now.Add(time.Minute)
			found, err := o.s.Current(o.ctx, tt.id)
			o.ok(err)
			if found.Region != tt.want || tt.want == "" {
				o.Errorf("%s is in %q, not %q", tt.id, found.Region, tt.want)
			}
			o.ok(o.s.Load(o.ctx, identity.TheSystem, &old))
			history, err := o.s.History(o.ctx, tt.id)
			o.ok(err)
			if len(history) != 1 {
				o.Errorf("%s was published again", tt.id)
			}
		}
	})
}

func TestADraftBecomesTheNextEdition(t *testing.T) {
	each(t, func(o *office) {
		d, err := o.s.Begin(o.ctx, "birth", "", keeper)
		o.ok(err)
		text := *d.Text
		text.Promised = clock.Limit{N: 35, Unit: clock.WorkingDays}
		d, err = o.s.Save(o.ctx, "birth", d.Head.Seq, &text, keeper)
		o.ok(err)
		_, err = o.s.Save(o.ctx, "birth", d.Head.Seq-1, &text, keeper)
		o.refused(err, "themes.stale")
		_, err = o.s.Publish(o.ctx, "birth", d.Head.Seq, auditor)
		o.refused(err, "themes.publish.state")
		d, err = o.s.Submit(o.ctx, "birth", d.Head.Seq, keeper)
		o.ok(err)
		_, err = o.s.Publish(o.ctx, "birth", d.Head.Seq, keeper)
		o.refused(err, "themes.publish.authority")
		d, err = o.s.Return(o.ctx, "birth", d.Head.Seq, "请核对时限", auditor)
		o.ok(err)
		d, err = o.s.Submit(o.ctx, "birth", d.Head.Seq, keeper)
		o.ok(err)
		_, err = o.s.Publish(o.ctx, "birth", d.Head.Seq, auditor)
		o.ok(err)
		current, err := o.s.Current(o.ctx, "birth")
		o.ok(err)
		if current.Number != 2 || current.Promised.N != 35 {
			o.Errorf("in force: edition %d, %s", current.Number, current.Promised)
		}
		first, err := o.s.Edition(o.ctx, "birth", 1)
		o.ok(err)
		if first.Promised.N != 40 {
			o.Errorf("the first edition changed: %s", first.Promised)
		}
		all, err := o.s.All(o.ctx)
		o.ok(err)
		if len(all) < 13 || all[0].Class != themes.Finest {
			o.Errorf("%d themes", len(all))
		}
	})
}

func TestWhatDoesNotFitIsNotReported(t *testing.T) {
	each(t, func(o *office) {
		d, err := o.s.Begin(o.ctx, "new-theme", "新主题", keeper)
		o.ok(err)
		text := *d.Text
		text.Lead.Name, text.Stage, text.Promised = "市人社局", "就业", clock.Limit{N: 3, Unit: clock.WorkingDays}
		text.Components = []themes.Component{{Item: "social-card"}, {Item: "id-card"}, {Item: "nothing"}}
		d, err = o.s.Save(o.ctx, "new-theme", d.Head.Seq, &text, keeper)
		o.ok(err)
		_, err = o.s.Submit(o.ctx, "new-theme", d.Head.Seq, keeper)
		o.refused(err, "themes.check")
		found := map[string]bool{}
		for _, f := range fault.Fields(err) {
			found[f.Code] = true
		}
		if !found["themes.item.none"] || !found["themes.form.clash"] {
			o.Errorf("found %v", found)
		}
	})
}

func TestAPersonSaysWhatNamesMean(t *testing.T) {
	each(t, func(o *office) {
		d, err := o.s.Begin(o.ctx, "employment", "", keeper)
		o.ok(err)
		text := *d.Text
		d, err = o.s.Save(o.ctx, "employment", d.Head.Seq, &text, keeper)
		o.ok(err)
		by := keeper
		by.Request = "q1"
		names := []string{"参保人居民户口簿", "居民户口簿"}
		d, err = o.s.Judge(o.ctx, "employment", d.Head.Seq, names, "居民户口簿", by)
		o.ok(err)
		again, err := o.s.Judge(o.ctx, "employment", d.Head.Seq, names, "居民户口簿", by)
		o.ok(err)
		if again.Head.Seq != d.Head.Seq || d.Text.Names[len(d.Text.Names)-1].By != "keeper" {
			o.Errorf("pressed twice: %d and %d", d.Head.Seq, again.Head.Seq)
		}
	})
}

func TestAnItemThatEndsLeavesItsTheme(t *testing.T) {
	each(t, func(o *office) {
		e, err := o.s.Items.Current(o.ctx, "vaccination-card")
		o.ok(err)
		ended := *e
		ended.Retired = calendar.DayOf(o.now)
		_, err = o.s.Items.PublishAll(o.ctx, []*items.Edition{&ended}, identity.TheSystem)
		o.ok(err)
		birth, err := o.s.Current(o.ctx, "birth")
		o.ok(err)
		c, err := o.s.Compose(o.ctx, birth)
		o.ok(err)
		if len(c.Parts) != len(birth.Components)-1 || !slices.ContainsFunc(c.Findings, func(f themes.Finding) bool { return f.Severity.Blocks() }) {
			o.Errorf("%d parts, %v", len(c.Parts), c.Findings)
		}
	})
}

// The shelf holds every edition of another level's library once, and shows the
// latest of each theme; what was made of one is held against it.
func TestTheShelfShowsTheLatestOfEachTheme(t *testing.T) {
	each(t, func(o *office) {
		birth, err := o.s.Current(o.ctx, "birth")
		o.ok(err)
		made, err := o.s.Compose(o.ctx, birth)
		o.ok(err)
		for _, number := range []int{1, 2, 2} { // the second is repeated
			shared := made.ForLibrary("江苏省一体化政务服务平台", o.now)
			text := *shared.Theme
			shared.Theme, shared.Library, text.Number = &text, "above", number
			var b sqldb.Batch
			o.ok(o.s.Store.Shelve(&b, shared))
			o.ok(o.db.Commit(o.ctx, &b))
		}
		shelf, err := o.s.Store.Shelf(o.ctx)
		o.ok(err)
		if len(shelf) != 1 || shelf[0].Theme.Number != 2 || shelf[0].Library != "above" || len(shelf[0].Items) != len(made.Parts) {
			o.Fatalf("on the shelf: %+v", shelf)
		}
		first, err := o.s.Store.Shelved(o.ctx, themes.Superior{Library: "above", ID: "birth", Number: 1})
		o.ok(err)
		if first.Theme.Number != 1 || !first.At.Equal(o.now) {
			o.Errorf("the first edition: %+v", first)
		}
		_, err = o.s.Store.Shelved(o.ctx, themes.Superior{Library: "above", ID: "birth", Number: 3})
		o.refused(err, "themes.none")
	})
}
