package cases

import (
	"testing"

	"tongban/internal/civic/identity"
	"tongban/internal/engine/flow"
)

// A chief representative reviews and decides for the agency, for the items named;
// what the head decides in person stays with the head.
func TestADeputyTakesOnlyWhatIsNotTheHeads(t *testing.T) {
	c := &Case{Item: "food-permit", Agency: "market", Region: "320300000000"}
	deputy := identity.Actor{Account: "w", Name: "马晓", Deputed: []identity.Deputation{{Agency: "market", Item: "food-permit"}}}
	for _, tt := range []struct {
		name string
		work flow.Work
		ok   bool
	}{
		{"a review", flow.Work{Agency: "market", Role: identity.Reviewer}, true},
		{"a decision", flow.Work{Agency: "market", Role: identity.Approver}, true},
		{"what the head decides in person", flow.Work{Agency: "market", Role: identity.Head}, false},
		{"what supervisors do", flow.Work{Agency: "market", Role: identity.Supervisor}, false},
		{"a review of another agency", flow.Work{Agency: "fire", Role: identity.Reviewer}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if post, under, ok := c.takes(tt.work, deputy); ok != tt.ok || ok && (post.Title != TitleOfDeputy || under == "") {
				t.Errorf("%v %q %v", post, under, ok)
			}
		})
	}
	c.Item = "pharmacy"
	if _, _, ok := c.takes(flow.Work{Agency: "market", Role: identity.Reviewer}, deputy); ok {
		t.Error("an item that was not named")
	}
}
