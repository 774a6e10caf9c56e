package supervisionstore_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"tongban/data"
	"tongban/internal/civic/calendar"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/cases/casestest"
	"tongban/internal/handling/cases/casestore"
	"tongban/internal/oversight/supervision"
	"tongban/internal/oversight/supervision/supervisionstore"
)

var tables = []sqldb.Schema{event.Schema, casestore.Schema, supervisionstore.Schema}

// desk is the room over real cases, with a clock that the test sets.
type desk struct {
	*supervision.Service
	t     *testing.T
	cases *cases.Service
	post  *event.Post
	now   time.Time
}

func open(t *testing.T, db *sqldb.DB) *desk {
	built, err := calendar.Load(data.Calendars)
	if err != nil {
		t.Fatal(err)
	}
	days := calendar.NewLive(built)
	d := &desk{t: t, now: time.Date(2026, 9, 21, 10, 0, 0, 0, calendar.Zone)}
	now := func() time.Time { return d.now }
	d.post = event.NewPost(db, now)
	kept := &casestore.Store{DB: db, Post: d.post, Days: days}
	d.cases = &cases.Service{
		Store: kept, Vault: casestest.Vault{}, Editions: casestest.Editions{"food-permit": casestest.Permit()},
		Days: days, Received: calendar.DayOf, NewID: sqldb.NewID, Now: now,
	}
	kept.Onward = d.cases.Onward
	store := &supervisionstore.Store{DB: db}
	d.Service = &supervision.Service{Store: store, AlarmStore: store, Cases: d.cases, Watched: d.cases, Days: days, Now: now}
	event.Along(d.post, d.CaseStirred)
	return d
}

func (d *desk) must(c *cases.Case, err error) *cases.Case {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
	return c
}

func (d *desk) file() *cases.Case {
	d.t.Helper()
	return d.must(d.cases.Submit(d.t.Context(), cases.Application{
		Item: "food-permit", Applicant: cases.Applicant{Party: "p-limin", Name: "李敏"}, Answers: map[string]string{"店名": "小馆", "手机": "13800138000"},
		Materials: []cases.Handed{{Material: "id", Paper: true}},
	}, casestest.LiMin))
}

func (d *desk) accept(c *cases.Case) *cases.Case {
	d.t.Helper()
	return d.must(d.cases.Accept(d.t.Context(), c.ID, nil, []cases.Promise{{Material: "plan", By: calendar.Parse("2026-09-24"), OnPaper: true}}, casestest.WangFang))
}

func (d *desk) grant(c *cases.Case) *cases.Case {
	d.t.Helper()
	ctx := d.t.Context()
	for _, w := range c.Flow.Open {
		c = d.must(d.cases.Review(ctx, c.ID, w.ID, "同意", "", casestest.ZhouHai))
	}
	d.must(d.cases.Cure(ctx, c.ID, []cases.Handed{{Material: "plan", Paper: true}}, nil, casestest.LiMin))
	work := c.Flow.Open[0].ID
	d.must(d.cases.Decide(ctx, c.ID, work, cases.Ruling{Grant: true}, casestest.ZhaoGang))
	return d.must(d.cases.Decide(ctx, c.ID, work, cases.Ruling{Grant: true}, casestest.HeJing))
}

// heard delivers the news and brings the sums up to date.
func (d *desk) heard() supervision.Board {
	d.t.Helper()
	ctx := d.t.Context()
	if _, err := d.post.Deliver(ctx); err != nil {
		d.t.Fatal(err)
	}
	if err := d.Refresh(ctx); err != nil {
		d.t.Fatal(err)
	}
	b, err := d.Board(ctx, supervision.Scope{Region: casestest.Region}, casestest.ZhangMing)
	if err != nil {
		d.t.Fatal(err)
	}
	return b
}

// differences is what an audit finds.
func (d *desk) differences(mend bool) (say []string) {
	d.t.Helper()
	if _, err := d.Audit(d.t.Context(), mend, func(one supervision.Difference) { say = append(say, one.Say) }); err != nil {
		d.t.Fatal(err)
	}
	return say
}

func TestSumsFollowTheCases(t *testing.T) {
	sqldbtest.Each(t, tables, func(t *testing.T, db *sqldb.DB) {
		d := open(t, db)
		first, second := d.file(), d.file()
		if b := d.heard(); b.Open != 2 || b.Filed != 2 || b.Late != 0 {
			t.Fatalf("two filed: %+v", b)
		}
		first, second = d.accept(first), d.accept(second)
		if b := d.heard(); b.Open != 2 || b.Owed != 2 || b.Whole[supervision.Accepted] != 2 {
			t.Fatalf("two accepted: %+v", b)
		}
		d.now = d.now.AddDate(0, 0, 1)
		d.grant(first)
		d.now = time.Date(2026, 9, 30, 10, 0, 0, 0, calendar.Zone) // due on the 29th
		b := d.heard()
		if b.Open != 1 || b.Late != 1 || b.Owed != 1 || b.Whole[supervision.Decided] != 1 || b.Whole.OnTime() != 1 {
			t.Fatalf("one granted, one late: %+v", b)
		}
		d.grant(second)
		b = d.heard()
		if b.Open != 0 || b.Owed != 0 || b.Whole[supervision.Decided] != 2 || b.Whole.OnTime() != 0.5 || b.Whole[supervision.InLaw] != 2 {
			t.Fatalf("both granted: %+v", b)
		}
		if len(b.Agencies) != 1 || b.Agencies[0].Agency != casestest.Agency || len(b.Items) != 1 || len(b.Days) != 30 {
			t.Errorf("groups %+v", b)
		}
		if b.Whole[supervision.InJoint] == 0 {
			t.Error("no time was spent on the three reviews")
		}
		if found := d.differences(false); len(found) != 0 {
			t.Errorf("audit %v", found)
		}
	})
}

func TestWhatIsNotedAgainAddsNothing(t *testing.T) {
	sqldbtest.Each(t, tables, func(t *testing.T, db *sqldb.DB) {
		d := open(t, db)
		c := d.accept(d.file())
		want := d.heard()
		for range 2 {
			var b sqldb.Batch
			for seq := range int64(3) {
				d.CaseStirred(cases.Moved{Case: c.ID, Seq: seq, Act: cases.Accept}, &b)
			}
			if err := db.Commit(t.Context(), &b); err != nil {
				t.Fatal(err)
			}
			d.heard()
		}
		if got := d.heard(); got.Whole != want.Whole || got.Open != want.Open {
			t.Errorf("%+v, want %+v", got, want)
		}
	})
}

func TestAuditNamesWhatWasTamperedWithAndMendsLines(t *testing.T) {
	sqldbtest.Each(t, tables, func(t *testing.T, db *sqldb.DB) {
		d := open(t, db)
		d.accept(d.file())
		d.heard()
		if _, err := db.Exec(t.Context(), `UPDATE supervision_days SET filed = filed + 1`); err != nil {
			t.Fatal(err)
		}
		if found := d.differences(false); len(found) != 1 || !slices.Contains(found, "2026-09-21 scjg food-permit 的“filed”应再加-1") {
			t.Errorf("found %v", found)
		}
		if _, err := db.Exec(t.Context(), `UPDATE supervision_days SET filed = filed - 1`); err != nil {
			t.Fatal(err)
		}
		d.file() // and nobody hears of it
		if found := d.differences(true); len(found) != 1 {
			t.Errorf("found %v", found)
		}
		if found := d.differences(false); len(found) != 0 {
			t.Errorf("not mended: %v", found)
		}
	})
}

func TestOnlyItsSupervisorSeesABoard(t *testing.T) {
	sqldbtest.Each(t, tables, func(t *testing.T, db *sqldb.DB) {
		d := open(t, db)
		if _, err := d.Board(t.Context(), supervision.Scope{Region: casestest.Region}, casestest.ZhouHai); fault.Of(err) != fault.Forbidden {
			t.Errorf("a reviewer: %v", err)
		}
		if _, err := d.Board(t.Context(), supervision.Scope{Region: "320000000000"}, casestest.ZhangMing); fault.Of(err) != fault.Forbidden {
			t.Errorf("a city's supervisor over the province: %v", err)
		}
	})
}

func TestACalendarNotYetInForceTellsWhichCasesItMoves(t *testing.T) {
	sqldbtest.Each(t, tables, func(t *testing.T, db *sqldb.DB) {
		d := open(t, db)
		c := d.accept(d.file()) // due on the 29th
		admin := casestest.ZhangMing
		admin.Posts = slices.Clone(admin.Posts)
		admin.Posts[0].Role = "admin"
		live := d.Days.(*calendar.Live)
		book := &calendar.Book{Live: live}
		y := live.Now().Years()[len(live.Now().Years())-1]
		y.Days = append(slices.Clone(y.Days), calendar.Entry{Name: "防汛", Date: calendar.Parse("2026-09-24"), Off: true})
		o, err := d.Foresee(t.Context(), book, y, admin)
		if err != nil || !o.Known || o.Looked != 1 || o.Cases != 1 || len(o.Moved) != 2 || o.Moved[0].Limit != "法定时限" || o.Moved[1].Row.Number != c.Number || o.Moved[1].To.String() != "2026-09-30" {
			t.Fatalf("%+v %v", o, err)
		}
		if _, err := d.Foresee(t.Context(), book, y, casestest.ZhangMing); fault.Of(err) != fault.Forbidden {
			t.Errorf("a supervisor: %v", err)
		}
		said := d.acceptance(c)
		live.Follow(live.Now().With(y), d.now.Add(time.Minute))
		if now := d.acceptance(c); now != said || !strings.Contains(said, "2026年9月29日") {
			t.Errorf("the notice that was given said %s, and now says %s", said, now)
		}
		last, moved, err := d.cases.Store.Redue(t.Context(), calendar.Parse("2025-12-01"), "", 10)
		if err != nil || last != c.ID || moved != 1 {
			t.Fatalf("reckoned anew %s %d %v", last, moved, err)
		}
		rows, err := d.cases.List(t.Context(), cases.Filter{Watch: casestest.Region}, casestest.ZhangMing)
		if err != nil || len(rows) != 1 || rows[0].Due.String() != "2026-09-30" {
			t.Errorf("listed %+v %v", rows, err)
		}
		if found := d.differences(true); len(found) != 1 { // the line says the 29th
			t.Errorf("found %v", found)
		}
	})
}

// acceptance is what the notice of acceptance says of the promise.
func (d *desk) acceptance(c *cases.Case) string {
	i := slices.IndexFunc(c.Papers, func(p cases.Paper) bool { return p.Kind == cases.AcceptanceNotice })
	sheet, err := d.cases.PaperOf(d.t.Context(), c.ID, cases.AcceptanceNotice, c.Papers[i].Seq, casestest.ZhangMing)
	if err != nil {
		d.t.Fatal(err)
	}
	k := slices.IndexFunc(sheet.Facts, func(f cases.Fact) bool { return f.Name == "承诺办结时限" })
	return sheet.Facts[k].Value
}
