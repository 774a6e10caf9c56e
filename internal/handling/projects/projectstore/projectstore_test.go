package projectstore_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/projects"
	"tongban/internal/handling/projects/projectstore"
)

var at = time.Date(2026, 6, 1, 2, 0, 0, 0, time.UTC)

func opening(id, code, party string) projects.Moved {
	p := &projects.Project{ID: projects.ID(id), Code: code, Region: "320300000000", Opened: at, Applicant: cases.Applicant{Party: party}, Type: projects.Type{Stages: []projects.Stage{{No: 1, Lead: "xz-land"}}}}
	return projects.Moved{Project: p.ID, Seq: 1, Act: projects.Open, At: at, Opening: p}
}

func TestProjectsAreKept(t *testing.T) {
	sqldbtest.Each(t, []sqldb.Schema{event.Schema, projectstore.Schema}, func(t *testing.T, db *sqldb.DB) {
		ctx := t.Context()
		s := &projectstore.Store{DB: db, Post: event.NewPost(db, func() time.Time { return at })}
		for _, m := range []projects.Moved{opening("a", "2026-320300-47-01-000001", "f"), opening("b", "2026-320300-47-01-000002", "g")} {
			if _, err := s.Add(ctx, m); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := s.Add(ctx, opening("c", "2026-320300-47-01-000001", "g")); fault.Of(err) != fault.Conflict {
			t.Errorf("a code taken twice: %v", err)
		}
		filing := func(p *projects.Project) (projects.Moved, error) {
			return projects.Moved{Project: p.ID, Seq: p.Head.Seq + 1, Act: projects.Begin, At: at, Filing: &projects.Filing{Stage: 1, Draft: "d1"}, Request: &projects.Request{ID: "r", Due: 20000}}, nil
		}
		if p, err := s.Change(ctx, "a", filing); err != nil || p.Head.Seq != 2 {
			t.Fatal(p, err)
		}
		raced := 0
		if _, err := s.Change(ctx, "a", func(p *projects.Project) (projects.Moved, error) {
			if raced++; raced == 1 { // somebody is faster, once
				if _, err := s.Change(ctx, "a", filing); err != nil {
					t.Fatal(err)
				}
			}
			return filing(p)
		}); err != nil || raced != 2 {
			t.Errorf("judged %d times: %v", raced, err)
		}
		for _, look := range []struct {
			name string
			f    projects.Filter
			want string
		}{
			{"a unit sees its own", projects.Filter{Party: "f"}, "a"},
			{"a region sees all, the newest first", projects.Filter{Region: "320000000000"}, "ba"},
			{"an agency those it has a part in", projects.Filter{Agency: "xz-land"}, "ba"},
			{"another none", projects.Filter{Agency: "xz-tax"}, ""},
			{"those with open requests", projects.Filter{Region: "320300000000", Asking: true}, "a"},
			{"none is major", projects.Filter{Region: "320300000000", Major: true}, ""},
			{"the next page", projects.Filter{Region: "320300000000", After: "1780279200000/b"}, "a"},
		} {
			look.f.Limit = 10
			if got := list(ctx, t, s, look.f); got != look.want {
				t.Errorf("%s: %q, not %q", look.name, got, look.want)
			}
		}
		for _, step := range []struct{ heard, left string }{{"", "w s"}, {"w", "s"}, {"s", ""}} {
			if _, err := s.Change(ctx, "a", func(p *projects.Project) (projects.Moved, error) {
				h := projects.Handover{From: projects.Person{Account: "w"}, To: projects.Person{Account: "s"}, Heard: append(p.Handover.Heard, step.heard)}
				return projects.Moved{Project: p.ID, Seq: p.Head.Seq + 1, Act: projects.Hear, At: p.Opened, Handover: &h}, nil
			}); err != nil {
				t.Fatal(err)
			}
			for _, account := range []string{"w", "s"} {
				if got := list(ctx, t, s, projects.Filter{Told: account, Limit: 10}); (got == "a") != strings.Contains(step.left, account) {
					t.Errorf("after %q heard, %s is told of %q", step.heard, account, got)
				}
			}
		}
		if p, err := s.ByLink(ctx, "draft/d1"); err != nil || p.ID != "a" {
			t.Error(p, err)
		}
		if _, err := s.ByLink(ctx, "draft/none"); fault.Of(err) != fault.NotFound {
			t.Error(err)
		}
		service := &projects.Service{Store: s}
		if looked, err := service.Audit(ctx, func(say string) { t.Error(say) }); err != nil || looked != 2 {
			t.Error(looked, err)
		}
	})
}

func list(ctx context.Context, t *testing.T, s *projectstore.Store, f projects.Filter) string {
	t.Helper()
	all, err := s.List(ctx, f)
	if err != nil {
		t.Fatal(err)
	}
	ids := ""
	for _, p := range all {
		ids += string(p.ID)
	}
	return ids
}
