package cases

import (
	"slices"
	"testing"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
)

// An agency that only countersigns does its own step. What is done in the name of
// the agency that decides, it cannot do.
func TestWhoHasAPartInACaseDoesNotDecideItsFate(t *testing.T) {
	c := &Case{Agency: "market", Region: "320300000000", State: Accepted, Involved: []string{"fire"}}
	theirs := []Act{OpenSpecial, CloseSpecial, AnswerUrge}
	for _, m := range Life {
		for _, role := range identity.Deciding {
			if m.OnWork() || !slices.Contains(m.By, role) {
				continue
			}
			host := identity.Actor{Account: "a", Posts: []identity.Post{{Agency: "market", Role: role}}}
			guest := identity.Actor{Account: "b", Posts: []identity.Post{{Agency: "fire", Role: role}}}
			if _, err := c.by(m.Act, host); err != nil {
				t.Errorf("%s by %s of the agency that decides: %v", m.Act, role, err)
			}
			want := "cases." + string(m.Act) + ".agency"
			if slices.Contains(theirs, m.Act) {
				want = ""
			}
			if _, err := c.by(m.Act, guest); codeOf(err) != want {
				t.Errorf("%s by %s of an agency that countersigns: want %q, got %v", m.Act, role, want, err)
			}
		}
	}
	stranger := identity.Actor{Account: "c", Posts: []identity.Post{{Agency: "edu", Role: identity.Reviewer}}}
	if _, err := c.by(Terminate, stranger); fault.Of(err) != fault.Forbidden {
		t.Error("an agency that has no part in the case ends it")
	}
}

func codeOf(err error) string {
	if err == nil {
		return ""
	}
	return fault.Code(err)
}
