package openapi

import (
	"testing"

	"tongban/internal/civic/identity"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/visits"
)

func TestEvidenceIsToldToThoseWhoHandle(t *testing.T) {
	v := &visits.Visit{Parts: []visits.Part{{Evidence: []cases.Evidence{{Place: "后厨"}}}}}
	for _, tt := range []struct {
		name string
		by   identity.Actor
		want int
	}{
		{"who applied", identity.Actor{Account: "u", Party: "p"}, 0},
		{"a reviewer", identity.Actor{Account: "r", Posts: []identity.Post{{Role: identity.Reviewer}}}, 1},
	} {
		if got := visitOf(v, tt.by).Parts[0].Evidence; len(got) != tt.want {
			t.Errorf("%s is told %v", tt.name, got)
		}
	}
}
