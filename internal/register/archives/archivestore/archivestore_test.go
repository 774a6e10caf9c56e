package archivestore_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
	"tongban/internal/register/archives"
	"tongban/internal/register/archives/archivestore"
)

var tables = []sqldb.Schema{event.Schema, archivestore.Schema}

var admin = identity.Actor{Account: "u1", Name: "周明", Posts: []identity.Post{{Role: identity.Admin, Region: "320300000000"}}}

func open(db *sqldb.DB) *archives.Service {
	now := func() time.Time { return time.Date(2026, 9, 21, 9, 0, 0, 0, calendar.Zone) }
	return &archives.Service{Store: &archivestore.Store{DB: db, Post: event.NewPost(db, now)}, Now: now}
}

type happened struct{ Say string }

func (happened) FactName() string { return "test.happened" }

// content is one that may be taken in.
func content(t *testing.T, about string) archives.Content {
	t.Helper()
	closed := time.Date(2025, 12, 31, 20, 0, 0, 0, time.UTC) // 2026 in China
	r, err := event.Next("case/"+about, event.Head{}, happened{about}, closed)
	if err != nil {
		t.Fatal(err)
	}
	return archives.Content{About: about, Title: "李敏申请食品经营许可（准予）", Author: "市场监管局", Agency: "yl-market", Item: "food-permit", Holder: "李敏",
		Opened: closed.Add(-time.Hour), Closed: closed, Result: "准予", Keep: archives.Thirty, Head: event.Head{Seq: 1, Hash: r.Hash}, Facts: []event.Record{r}}
}

func take(t *testing.T, s *archives.Service, db *sqldb.DB, run *archives.Run, about string) error {
	t.Helper()
	var b sqldb.Batch
	if _, err := run.Take(t.Context(), &b, "case/"+about, 0, content(t, about)); err != nil {
		t.Fatal(err)
	}
	return db.Commit(t.Context(), &b)
}

// Packages of a series follow each other without a gap; of two runs that number from
// the same end one fails whole, and what was changed afterwards is found.
func TestPackagesAreNumberedAndLinked(t *testing.T) {
	sqldbtest.Each(t, tables, func(t *testing.T, db *sqldb.DB) {
		s, ctx := open(db), t.Context()
		var late sqldb.Batch
		if _, err := s.Begin().Take(ctx, &late, "case/c", 0, content(t, "c")); err != nil {
			t.Fatal(err)
		}
		one := s.Begin()
		for _, about := range []string{"a", "b"} {
			if err := take(t, s, db, one, about); err != nil {
				t.Fatal(err)
			}
		}
		if err := db.Commit(ctx, &late); err == nil {
			t.Error("two runs gave the same number")
		}
		if err := take(t, s, db, s.Begin(), "c"); err != nil {
			t.Fatal(err)
		}
		p, err := s.Store.Latest(ctx, "case/c")
		if err != nil || p.Number != "yl-market-2026-D30-000003" || p.Version != 1 {
			t.Errorf("%+v, %v", p, err)
		}
		if facts, err := s.Facts(ctx, []string{"case/b", "case/none", "case/c"}); err != nil || len(facts) != 2 || len(facts["case/b"]) != 1 {
			t.Error(facts, err)
		}
		f, err := s.Figures(ctx, admin)
		if n, size := f.Sum(); err != nil || n != 3 || size == 0 || len(f.Latest) != 3 || f.Rule != archives.Shipped {
			t.Errorf("%+v, %v", f, err)
		}
		if said := audit(t, s); len(said) != 0 {
			t.Error(said)
		}
		for _, spoil := range []string{`UPDATE archives_series SET bytes = bytes + 1`, `UPDATE archives_packages SET content = '' WHERE serial = 2`, `DELETE FROM archives_packages WHERE serial = 1`, `DELETE FROM archives_series`} {
			before := audit(t, s)
			if _, err := db.Exec(ctx, spoil); err != nil {
				t.Fatal(err)
			}
			if slices.Equal(before, audit(t, s)) {
				t.Error("nobody notices:", spoil)
			}
		}
	})
}

// growing is an archive into which one more is taken whenever one of it is looked at.
type growing struct {
	archives.Store
	more func()
}

func (g growing) Walk(ctx context.Context, of archives.Series, see func(archives.Package) error) error {
	return g.Store.Walk(ctx, of, func(p archives.Package) error { g.more(); return see(p) })
}

// The audit ends, and is right, while the archive grows faster than it is looked at.
func TestAnArchiveThatGrowsIsAudited(t *testing.T) {
	sqldbtest.Each(t, tables, func(t *testing.T, db *sqldb.DB) {
		s, n := open(db), 0
		more := func() {
			n++
			if err := take(t, s, db, s.Begin(), fmt.Sprint("a", n)); err != nil {
				t.Fatal(err)
			}
		}
		for range 3 {
			more()
		}
		grows := *s
		grows.Store = growing{s.Store, more}
		looked, err := grows.Audit(t.Context(), func(say string) { t.Error(say) })
		if err != nil || looked != 3 || n != 6 {
			t.Errorf("looked at %d of %d: %v", looked, n, err)
		}
	})
}

func audit(t *testing.T, s *archives.Service) (said []string) {
	t.Helper()
	if _, err := s.Audit(t.Context(), func(say string) { said = append(said, say) }); err != nil {
		t.Fatal(err)
	}
	return said
}

// The rule is data: who may lay it down, within what bounds, and every one is kept.
func TestTheRuleIsLaidDown(t *testing.T) {
	sqldbtest.Each(t, tables, func(t *testing.T, db *sqldb.DB) {
		s, ctx := open(db), t.Context()
		for _, tt := range []struct {
			name string
			rule archives.Rule
			by   identity.Actor
			code string
		}{
			{"a window clerk may not", archives.Rule{On: true, Days: 100, Reason: "试行"}, identity.Actor{Posts: []identity.Post{{Role: identity.Window}}}, "archives.rule.role"},
			{"a case may still be reviewed", archives.Rule{On: true, Days: 59, Reason: "试行"}, admin, "archives.rule"},
			{"longer than some are kept", archives.Rule{On: true, Days: 4000, Reason: "试行"}, admin, "archives.rule"},
			{"without a reason", archives.Rule{On: true, Days: 60}, admin, "archives.rule"},
			{"with a novel for a reason", archives.Rule{On: true, Days: 60, Reason: strings.Repeat("长", 201)}, admin, "archives.rule"},
			{"as short as it may be", archives.Rule{On: true, Days: 60, Reason: "档案馆要求"}, admin, ""},
			{"stopped", archives.Rule{On: false, Days: 60, Reason: "迁移机房"}, admin, ""},
		} {
			if err := s.Lay(ctx, tt.rule, tt.by); (err != nil || tt.code != "") && fault.Code(err) != tt.code {
				t.Errorf("%s: %v", tt.name, err)
			}
		}
		f, err := s.Figures(ctx, admin)
		if err != nil || f.Rule.On || f.Rule.Name != "周明" || len(f.Rules) != 2 || f.Rules[1].Reason != "档案馆要求" {
			t.Errorf("%+v, %v", f, err)
		}
		if err := s.Store.AddRule(ctx, archives.Rule{At: s.Now()}, 1); fault.Code(err) != "event.append.stale" {
			t.Error("two rules were laid down at once:", err)
		}
		if _, err := s.Figures(ctx, identity.Actor{Party: "p"}); fault.Of(err) != fault.Forbidden {
			t.Error(err)
		}
	})
}

// The terms of keeping are data too: by item before by type, and what was laid down
// last holds for what is archived from then on.
func TestTheTermsAreLaidDown(t *testing.T) {
	sqldbtest.Each(t, tables, func(t *testing.T, db *sqldb.DB) {
		s, ctx := open(db), t.Context()
		s.Known = func(_ context.Context, item string) (bool, error) { return item == "food-permit", nil }
		s.Kinds = []string{"行政许可", "公共服务"}
		was, err := s.Terms(ctx)
		if err != nil || was.Of("行政许可", "food-permit") != archives.Thirty || was.Of("公共服务", "x") != archives.Ten {
			t.Errorf("%+v, %v", was, err)
		}
		kinds := map[string]archives.Keep{"行政许可": archives.Forever, "公共服务": archives.Ten}
		for _, tt := range []struct {
			name  string
			terms archives.Terms
			by    identity.Actor
			code  string
		}{
			{"a window clerk may not", archives.Terms{Kinds: kinds, Reason: "试行"}, identity.Actor{Posts: []identity.Post{{Role: identity.Window}}}, "archives.terms.role"},
			{"for twenty years", archives.Terms{Kinds: map[string]archives.Keep{"行政许可": "D20"}, Reason: "试行"}, admin, "archives.terms"},
			{"a type of item that there is not", archives.Terms{Kinds: map[string]archives.Keep{"行政许": archives.Ten}, Reason: "试行"}, admin, "archives.terms"},
			{"an item nobody knows", archives.Terms{Items: map[string]archives.Keep{"x": archives.Ten}, Reason: "试行"}, admin, "archives.terms"},
			{"without a reason", archives.Terms{Kinds: kinds}, admin, "archives.terms"},
			{"as the archives bureau agreed", archives.Terms{Kinds: kinds, Items: map[string]archives.Keep{"food-permit": archives.Thirty}, Reason: "档案局审查同意"}, admin, ""},
		} {
			if err := s.LayTerms(ctx, tt.terms, tt.by); (err != nil || tt.code != "") && fault.Code(err) != tt.code {
				t.Errorf("%s: %v", tt.name, err)
			}
		}
		is, err := s.Terms(ctx)
		if err != nil || is.Of("行政许可", "food-permit") != archives.Thirty || is.Of("行政许可", "x") != archives.Forever || is.Of("行政确认", "x") != archives.Ten {
			t.Errorf("%+v, %v", is, err)
		}
	})
}
