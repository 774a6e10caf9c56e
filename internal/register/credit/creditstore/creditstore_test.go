package creditstore_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"tongban/data"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/civic/parties"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/secret"
	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
	"tongban/internal/register/credit"
	"tongban/internal/register/credit/creditstore"
)

const region = "320300000000"

var (
	self       = identity.Actor{Account: "u1", Name: "李敏", Party: "p1"}
	supervisor = identity.Actor{Account: "u2", Name: "张明", Posts: []identity.Post{{Agency: "zwb", Region: region, Role: identity.Supervisor}}}
	elsewhere  = identity.Actor{Account: "u3", Name: "外地", Posts: []identity.Post{{Agency: "zwb2", Region: "320100000000", Role: identity.Supervisor}}}
)

func service(t *testing.T, db *sqldb.DB) *credit.Service {
	t.Helper()
	days, err := calendar.Load(data.Calendars)
	if err != nil {
		t.Fatal(err)
	}
	keys, err := secret.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	text, err := data.Credit.ReadFile("credit.yaml")
	if err != nil {
		t.Fatal(err)
	}
	rules, err := credit.ReadRules(text)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 9, 21, 12, 0, 0, 0, calendar.Zone)
	clock := func() time.Time { return now }
	return &credit.Service{Store: &creditstore.Store{DB: db, Post: event.NewPost(db, clock)}, Marks: keys, Rules: rules, Days: days, Now: clock,
		Party: func(_ context.Context, id string) (parties.Party, error) {
			if id == "nobody" {
				return parties.Party{}, parties.None()
			}
			return parties.Party{ID: id, Document: parties.Document{Type: parties.ResidentCard, Number: "320399199003070025"}}, nil
		}}
}

func enter(t *testing.T, db *sqldb.DB, s *credit.Service, id string) {
	t.Helper()
	var b sqldb.Batch
	r := credit.Record{ID: id, Party: "p1", Name: "李敏", Kind: credit.LapsedPromise, Agency: "scjg", Region: region, Say: "没有补交"}
	if err := s.Enter(t.Context(), r, s.Now(), &b); err != nil {
		t.Fatal(err)
	}
	if b.Len() > 0 {
		if err := db.Commit(t.Context(), &b); err != nil {
			t.Fatal(err)
		}
	}
}

func TestRecordsAreKept(t *testing.T) {
	sqldbtest.Each(t, []sqldb.Schema{event.Schema, creditstore.Schema}, func(t *testing.T, db *sqldb.DB) {
		ctx, s := t.Context(), service(t, db)
		if err := s.MayDefer(ctx, "p1"); err != nil {
			t.Errorf("before: %v", err)
		}
		enter(t, db, s, "r1")
		enter(t, db, s, "r1") // told twice
		if own, err := s.Own(ctx, self); err != nil || len(own.Records) != 1 || own.Grade != credit.GradeC || own.Defer == nil || own.Pledge != nil {
			t.Fatalf("%v %+v", err, own)
		}
		if err := s.MayDefer(ctx, "p-of-another-account"); fault.Code(err) != "credit.may.grade" {
			t.Errorf("the same person under another account: %v", err)
		}
		if err := s.MayDefer(ctx, "nobody"); err != nil {
			t.Errorf("somebody unknown: %v", err)
		}
		if _, err := s.Record(ctx, "r1", elsewhere); fault.Of(err) != fault.NotFound {
			t.Errorf("seen from elsewhere: %v", err)
		}
		if r, err := s.Plead(ctx, "r1", credit.Objection, "当天停电，材料次日送到", self); err != nil || r.State != credit.Objected {
			t.Fatalf("%v %+v", err, r)
		}
		if _, err := s.Answer(ctx, "r1", true, "属实", elsewhere); fault.Of(err) != fault.NotFound {
			t.Errorf("answered from elsewhere: %v", err)
		}
		if r, err := s.Answer(ctx, "r1", true, "属实，撤销记录", supervisor); err != nil || r.State != credit.Removed {
			t.Fatalf("%v %+v", err, r)
		}
		if err := s.MayDefer(ctx, "p1"); err != nil {
			t.Errorf("after the objection: %v", err)
		}
		facts, err := s.Store.(*creditstore.Store).Post.Stream(ctx, credit.Stream("r1"))
		if err != nil || len(facts) != 3 {
			t.Errorf("%d facts, %v", len(facts), err)
		}
		audited(t, s, 0)
		for _, spoil := range []string{`name = '张三'`, `state = 'valid'`, `subject = 'x'`, `agency = 'x'`, `region = 'x'`, `hash = 'x'`, `body = '{}'`} {
			enter(t, db, s, "s"+spoil)
			if _, err := db.Exec(ctx, `UPDATE credit_records SET `+spoil+` WHERE id = $1`, "s"+spoil); err != nil {
				t.Fatal(err)
			}
			if spoil != `state = 'valid'` { // that is how it stood
				audited(t, s, 1)
			}
			if _, err := db.Exec(ctx, `DELETE FROM credit_records WHERE id = $1`, "s"+spoil); err != nil {
				t.Fatal(err)
			}
		}
	})
}

func TestPagesOfRecords(t *testing.T) {
	sqldbtest.Each(t, []sqldb.Schema{event.Schema, creditstore.Schema}, func(t *testing.T, db *sqldb.DB) {
		ctx, s := t.Context(), service(t, db)
		for i := range 5 {
			enter(t, db, s, fmt.Sprint("r", i))
		}
		var seen []string
		for f := (credit.Filter{Region: region, Limit: 2}); ; {
			page, err := s.List(ctx, f, "", supervisor)
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range page {
				if seen = append(seen, r.ID); r.Name != "李*" && r.Name != "*敏" {
					t.Errorf("the list shows %s", r.Name)
				}
			}
			if len(page) < 2 {
				break
			}
			f.After = page[1].Cursor()
		}
		if fmt.Sprint(seen) != "[r4 r3 r2 r1 r0]" {
			t.Errorf("%v", seen)
		}
		if found, err := s.List(ctx, credit.Filter{Region: region}, "320399199003070025", supervisor); err != nil || len(found) != 5 {
			t.Errorf("by number: %d, %v", len(found), err)
		}
		if found, err := s.List(ctx, credit.Filter{Region: region, Name: "张"}, "", supervisor); err != nil || len(found) != 0 {
			t.Errorf("by another's name: %d, %v", len(found), err)
		}
		if _, err := s.List(ctx, credit.Filter{Region: region}, "", elsewhere); fault.Of(err) != fault.Forbidden {
			t.Errorf("listed from elsewhere: %v", err)
		}
	})
}

// audited holds how many records differ from their facts, at least.
func audited(t *testing.T, s *credit.Service, want int) {
	t.Helper()
	var said []string
	if _, err := s.Audit(t.Context(), func(say string) { said = append(said, say) }); err != nil || (len(said) == 0) != (want == 0) {
		t.Errorf("the audit found %v %v", said, err)
	}
}

// What was recorded of an untrue pledge is taken away when the decision stands
// after all; told twice, it is taken away once.
func TestARecordIsStruck(t *testing.T) {
	sqldbtest.Each(t, []sqldb.Schema{event.Schema, creditstore.Schema}, func(t *testing.T, db *sqldb.DB) {
		ctx, s := t.Context(), service(t, db)
		var b sqldb.Batch
		r := credit.Record{ID: "k1", Party: "p1", Name: "李敏", Kind: credit.BrokenPledge, Case: "c1", Agency: "scjg", Region: region, Say: "不实"}
		if err := s.Enter(ctx, r, s.Now(), &b); err != nil || db.Commit(ctx, &b) != nil {
			t.Fatal(err)
		}
		for range 2 {
			b = sqldb.Batch{}
			if err := s.Strike(ctx, credit.Unfounded{Party: "p1", Case: "c1", Kind: credit.BrokenPledge, Why: "核实有效"}, s.Now(), &b); err != nil {
				t.Fatal(err)
			}
			if b.Len() > 0 {
				if err := db.Commit(ctx, &b); err != nil {
					t.Fatal(err)
				}
			}
		}
		if g, err := s.GradeOf(ctx, "p1"); err != nil || g != credit.GradeB {
			t.Error(g, err)
		}
		if facts, err := s.Store.History(ctx, "k1"); err != nil || len(facts) != 2 {
			t.Errorf("%d facts, %v", len(facts), err)
		}
		audited(t, s, 0)
	})
}
