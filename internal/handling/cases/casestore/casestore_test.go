package casestore_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"tongban/data"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/cases/casestest"
	"tongban/internal/handling/cases/casestore"
)

var tables = []sqldb.Schema{event.Schema, casestore.Schema}

// office is the room with a clock that the test sets.
type office struct {
	*cases.Service
	t   *testing.T
	db  *sqldb.DB
	now time.Time

	post *event.Post
}

func open(t *testing.T, db *sqldb.DB) *office {
	days, err := calendar.Load(data.Calendars)
	if err != nil {
		t.Fatal(err)
	}
	o := &office{t: t, db: db, now: time.Date(2026, 9, 21, 10, 0, 0, 0, calendar.Zone)}
	now := func() time.Time { return o.now }
	post := event.NewPost(db, now)
	o.Service = &cases.Service{
		Drafts: &casestore.Drafts{DB: db, Vault: casestest.Vault{}}, Vault: casestest.Vault{},
		Editions: casestest.Editions{"food-permit": casestest.Permit()}, Days: days,
		Received: calendar.DayOf, NewID: sqldb.NewID, Now: now,
	}
	event.On(post, "papers", func(ctx context.Context, m cases.Moved, b *sqldb.Batch) error { return o.NumberPapers(ctx, m, b) })
	o.post = post
	o.Store = o.replica()
	return o
}

// replica keeps cases as a process of its own does.
func (o *office) replica() *casestore.Store {
	return &casestore.Store{DB: o.db, Post: o.post, Days: o.Days, Onward: o.Onward}
}

// must takes the outcome of an act that is allowed.
func (o *office) must(c *cases.Case, err error) *cases.Case {
	o.t.Helper()
	if err != nil {
		o.t.Fatal(err)
	}
	return c
}

// refused takes the outcome of one that is not.
func (o *office) refused(code string) func(*cases.Case, error) {
	o.t.Helper()
	return func(_ *cases.Case, err error) {
		o.t.Helper()
		if fault.Code(err) != code {
			o.t.Fatalf("fault %v, want %s", err, code)
		}
	}
}

func (o *office) file() *cases.Case {
	o.t.Helper()
	return o.must(o.Submit(o.t.Context(), application(), casestest.LiMin))
}

func application() cases.Application {
	return cases.Application{
		Item: "food-permit", Applicant: cases.Applicant{Party: "p-limin", Name: "李敏"},
		Answers:   map[string]string{"店名": "云帆小馆", "手机": "13800138000"},
		Materials: []cases.Handed{{Material: "id", Files: []cases.File{{Hash: "h1", Name: "身份证.jpg", Type: "jpeg", Size: 9}}}},
	}
}

func promise(day string) []cases.Promise {
	return []cases.Promise{{Material: "plan", By: calendar.Parse(day), OnPaper: true}}
}

func TestWholeLife(t *testing.T) {
	sqldbtest.Each(t, tables, func(t *testing.T, db *sqldb.DB) {
		o, ctx := open(t, db), t.Context()
		c := o.file()
		if !strings.HasSuffix(c.Number, "202609210001") || len(c.Number) != 43 {
			t.Errorf("case number %q", c.Number)
		}
		o.refused("cases.accept.materials")(o.Accept(ctx, c.ID, nil, nil, casestest.WangFang))
		o.refused("cases.accept.role")(o.Accept(ctx, c.ID, nil, promise("2026-09-29"), casestest.ZhouHai))
		o.refused("cases.none")(o.Accept(ctx, c.ID, nil, promise("2026-09-29"), casestest.ZhangSan))
		c = o.must(o.Accept(ctx, c.ID, nil, promise("2026-09-29"), casestest.WangFang))
		if c.DueDay(o.Days).String() != "2026-09-29" || len(c.Flow.Open) != 3 {
			t.Fatalf("due %s with %d open", c.DueDay(o.Days), len(c.Flow.Open))
		}
		tray, err := o.Inbox(ctx, casestest.ZhouHai.Posts[0], false, "", 0, casestest.ZhouHai)
		if err != nil || len(tray) != 3 || tray[0].Due.String() != "2026-09-23" {
			t.Fatalf("tray %v %v", tray, err)
		}
		o.refused("cases.claim.post")(o.Claim(ctx, c.ID, tray[0].Work.ID, casestest.ZhaoGang))
		o.must(o.Claim(ctx, c.ID, tray[0].Work.ID, casestest.ZhouHai))
		o.refused("cases.review.claimed")(o.Review(ctx, c.ID, tray[0].Work.ID, "同意", "", casestest.LiQian))
		for _, row := range tray {
			c = o.must(o.Review(ctx, c.ID, row.Work.ID, "同意", "", casestest.ZhouHai))
		}
		work := c.Flow.Open[0].ID
		grant := cases.Ruling{Grant: true}
		o.refused("cases.decide.promised")(o.Decide(ctx, c.ID, work, grant, casestest.ZhaoGang))
		o.must(o.Cure(ctx, c.ID, []cases.Handed{{Material: "plan", Paper: true}}, nil, casestest.LiMin))
		c = o.must(o.Decide(ctx, c.ID, work, grant, casestest.ZhaoGang))
		if c.State != cases.Accepted {
			t.Fatalf("one signature decided: %s", c.State)
		}
		o.refused("flow.work.twice")(o.Decide(ctx, c.ID, work, grant, casestest.ZhaoGang))
		o.refused("cases.decide.disagree")(o.Decide(ctx, c.ID, work, cases.Ruling{Reason: "不符", Basis: "某法"}, casestest.HeJing))
		c = o.must(o.Decide(ctx, c.ID, work, grant, casestest.HeJing))
		if c.State != cases.Granted || !slices.Equal(c.Decision.Signed, []string{"赵刚", "何静"}) {
			t.Fatalf("%s by %v", c.State, c.Decision)
		}
		o.proven(c.ID)
		o.numbered(c.ID, "申请材料接收凭证", "容缺受理通知书", "容缺受理承诺书", "申请材料接收凭证", "准予行政许可决定书")
		if answers, _ := o.Answers(ctx, c, casestest.ZhouHai); answers["手机"] != "138****8000" {
			t.Errorf("staff see the telephone as %q", answers["手机"])
		}
	})
}

// proven audits the case.
func (o *office) proven(id cases.ID) {
	o.t.Helper()
	if d, err := o.AuditOne(o.t.Context(), id); err != nil || d != nil {
		o.t.Fatalf("audit: %v %v", d, err)
	}
}

// numbered delivers the news and compares the papers, all of which must have numbers.
func (o *office) numbered(id cases.ID, titles ...string) {
	o.t.Helper()
	if _, err := o.post.Deliver(o.t.Context()); err != nil {
		o.t.Fatal(err)
	}
	papers, err := o.Store.Papers(o.t.Context(), id)
	var got []string
	for _, p := range papers {
		if got = append(got, p.Title); p.Serial == 0 {
			o.t.Errorf("%s has no number", p.Title)
		}
	}
	slices.Sort(got)
	slices.Sort(titles)
	if err != nil || !slices.Equal(got, titles) {
		o.t.Errorf("papers %v, want %v (%v)", got, titles, err)
	}
}

func TestAskedOnce(t *testing.T) {
	sqldbtest.Each(t, tables, func(t *testing.T, db *sqldb.DB) {
		o, ctx := open(t, db), t.Context()
		c, until := o.file(), calendar.Parse("2026-09-30")
		blurred := []cases.Deficiency{{Material: "id", Finding: cases.Defective, Say: "照片模糊，请重拍"}}
		plan := []cases.Deficiency{{Material: "plan", Finding: cases.Missing, Say: "请提供平面图"}}
		o.refused("cases.ask-once.items")(o.AskOnce(ctx, c.ID, []cases.Deficiency{{Material: "兜底材料", Finding: cases.Missing, Say: "其他材料"}}, until, casestest.WangFang))
		o.must(o.AskOnce(ctx, c.ID, blurred, until, casestest.WangFang))
		o.refused("cases.correct.incomplete")(o.Correct(ctx, c.ID, cases.Correction{}, casestest.LiMin))
		again := []cases.Handed{{Material: "id", Files: []cases.File{{Hash: "h2", Name: "身份证.jpg", Type: "jpeg", Size: 1}}}}
		o.must(o.Correct(ctx, c.ID, cases.Correction{Handed: again}, casestest.LiMin))
		o.refused("cases.ask-once.items")(o.AskOnce(ctx, c.ID, plan, until, casestest.WangFang))
		o.must(o.AskOnce(ctx, c.ID, blurred, until, casestest.WangFang)) // the new photograph is blurred too
		o.proven(c.ID)
	})
}

func TestSilenceAccepts(t *testing.T) {
	sqldbtest.Each(t, tables, func(t *testing.T, db *sqldb.DB) {
		o, ctx := open(t, db), t.Context()
		c := o.file() // Monday 21 September; 25 to 27 are off, so five working days end on the 29th
		for _, day := range []string{"2026-09-29", "2026-09-30"} {
			o.now = calendar.Parse(day).Start().Add(time.Hour)
			asleep, err := o.Store.Sleeping(ctx, o.now, 10)
			if err != nil || len(asleep) != map[string]int{"2026-09-29": 0, "2026-09-30": 1}[day] {
				t.Fatalf("on %s: %v %v", day, asleep, err)
			}
		}
		if err := o.Wake(ctx, c.ID); err != nil {
			t.Fatal(err)
		}
		c = o.must(o.Store.Case(ctx, c.ID))
		if c.State != cases.Accepted || !c.Deemed || c.Statutory.Started.Day().String() != "2026-09-21" {
			t.Fatalf("%+v", c)
		}
		o.proven(c.ID)
	})
}

func TestSameRequestTwice(t *testing.T) {
	sqldbtest.Each(t, tables, func(t *testing.T, db *sqldb.DB) {
		o, ctx := open(t, db), t.Context()
		by := casestest.LiMin
		by.Request = "r1"
		ids := make([]cases.ID, 8)
		var all sync.WaitGroup
		for i := range ids {
			all.Go(func() {
				c, err := o.Submit(ctx, application(), by)
				if err != nil {
					t.Error(err)
					return
				}
				ids[i] = c.ID
			})
		}
		all.Wait()
		if len(slices.Compact(ids)) != 1 {
			t.Errorf("eight clicks made %v", ids)
		}
	})
}

func TestParallelReviewsDoNotHinderEachOther(t *testing.T) {
	sqldbtest.Each(t, tables, func(t *testing.T, db *sqldb.DB) {
		o, ctx := open(t, db), t.Context()
		c := o.must(o.Accept(ctx, o.file().ID, nil, promise("2026-09-29"), casestest.WangFang))
		var all sync.WaitGroup
		for _, w := range c.Flow.Open {
			all.Go(func() {
				if _, err := o.Review(ctx, c.ID, w.ID, "同意", "", casestest.ZhouHai); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		c = o.must(o.Store.Case(ctx, c.ID))
		if len(c.Flow.Open) != 1 || !c.Flow.Open[0].Decides {
			t.Errorf("open: %v", c.Flow.Open)
		}
		o.proven(c.ID)
	})
}

func TestTamperingIsFound(t *testing.T) {
	sqldbtest.Each(t, tables, func(t *testing.T, db *sqldb.DB) {
		o, ctx := open(t, db), t.Context()
		for what, sql := range map[string]string{
			"a fact":                    `UPDATE event_facts SET body = REPLACE(body, '李敏', '李某') WHERE stream = $1`,
			"the state":                 `UPDATE cases SET body = REPLACE(body, '"received"', '"granted"') WHERE 'case/' || id = $1`,
			"the state that lists show": `UPDATE cases SET state = 'granted' WHERE 'case/' || id = $1`,
			"the papers on the shelf":   `DELETE FROM cases_papers WHERE 'case/' || case_id = $1`,
		} {
			c := o.file()
			if _, err := db.Exec(ctx, sql, c.ID.Stream()); err != nil {
				t.Fatal(err)
			}
			if d, err := o.AuditOne(ctx, c.ID); err != nil || d == nil {
				t.Errorf("changing %s was not found (%v)", what, err)
			}
		}
	})
}

func TestNobodyElsesCase(t *testing.T) {
	sqldbtest.Each(t, tables, func(t *testing.T, db *sqldb.DB) {
		o, ctx := open(t, db), t.Context()
		c := o.file()
		for _, by := range []identity.Actor{casestest.ZhangSan, casestest.ElseBureau, {}} {
			_, err := o.Case(ctx, c.ID, by)
			if e, ok := errors.AsType[*fault.Error](err); !ok || e.Kind != fault.NotFound {
				t.Errorf("%s sees it: %v", by.Name, err)
			}
		}
	})
}
