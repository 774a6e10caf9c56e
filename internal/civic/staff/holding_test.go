package staff

import (
	"testing"

	"tongban/internal/civic/agencies"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
)

func TestHolds(t *testing.T) {
	h := Holding{Since: calendar.Parse("2026-09-21"), Through: calendar.Parse("2026-09-24")}
	for day, want := range map[string]bool{"2026-09-20": false, "2026-09-21": true, "2026-09-24": true, "2026-09-25": false} {
		if got := h.Holds(calendar.Parse(day)); got != want {
			t.Errorf("on %s: %v", day, got)
		}
	}
	h.Through = 0
	if !h.Holds(calendar.Parse("2099-01-01")) {
		t.Error("a post without an end is held")
	}
}

func TestCheckPost(t *testing.T) {
	admin := identity.Actor{Posts: []identity.Post{{Role: identity.Admin, Region: "320300000000"}}}
	for _, tt := range []struct {
		name string
		by   identity.Actor
		turn func(*identity.Post, *agencies.Agency)
		code string
	}{
		{"the city's administrator", admin, func(*identity.Post, *agencies.Agency) {}, ""},
		{"the program", identity.TheSystem, func(*identity.Post, *agencies.Agency) {}, ""},
		{"a reviewer", identity.Actor{Posts: []identity.Post{{Role: identity.Reviewer, Region: "320300000000"}}}, func(*identity.Post, *agencies.Agency) {}, "staff.appoint.authority"},
		{"in an agency that is closed", admin, func(_ *identity.Post, a *agencies.Agency) { a.Closed = true }, "staff.post.agency"},
		{"as an applicant", admin, func(p *identity.Post, _ *agencies.Agency) { p.Role = identity.Applicant }, "staff.post.role"},
		{"beyond the agency's region", admin, func(_ *identity.Post, a *agencies.Agency) { a.Region = "320303000000" }, "staff.post.region"},
		{"within the agency's region", admin, func(p *identity.Post, _ *agencies.Agency) { p.Region = "320303000000" }, ""},
		{"with a title that turns the line", admin, func(p *identity.Post, _ *agencies.Agency) { p.Title = "审查\u202e岗" }, "staff.post.title"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := identity.Post{Agency: "a", Region: "320300000000", Role: identity.Reviewer, Title: "审查岗"}
			a := agencies.Agency{ID: "a", Region: "320300000000"}
			tt.turn(&p, &a)
			err := CheckPost(p, a, tt.by)
			if tt.code == "" && err != nil || tt.code != "" && fault.Code(err) != tt.code {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestRolesHaveNames(t *testing.T) {
	for _, r := range Roles {
		if got, ok := RoleOf(r.Name); !ok || got != r.Role || RoleCalled(r.Role) != r.Name {
			t.Errorf("%s: %v", r.Name, got)
		}
	}
	for _, s := range []string{"", "system", "applicant", "老板"} {
		if _, ok := RoleOf(s); ok {
			t.Errorf("%q can be held", s)
		}
	}
}
