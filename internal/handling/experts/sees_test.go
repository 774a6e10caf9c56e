package experts

import (
	"testing"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
)

// An expert sees a review from the invitation on, and no longer than they take part.
func TestAnExpertSeesAReviewWhileTheyTakePart(t *testing.T) {
	expert := identity.Actor{Account: "u-1"}
	for _, tt := range []struct {
		name    string
		replies []Reply // one for each draw
		code    string
	}{
		{"asked", []Reply{""}, ""},
		{"accepted", []Reply{Accepted}, ""},
		{"declined", []Reply{Declined}, "experts.out"},
		{"did not answer", []Reply{Silent}, "experts.out"},
		{"stood aside", []Reply{Stood}, "experts.out"},
		{"accepted in the first draw and kept", []Reply{Accepted, Accepted}, ""},
		{"declined, and drawn again", []Reply{Declined, ""}, ""},
		{"accepted, and stood aside later", []Reply{Accepted, Stood}, "experts.out"},
		{"not drawn", nil, "experts.none"},
	} {
		r := &Review{Agency: "a", Party: "p", Rounds: []Round{{Pool: []Candidate{{Expert: "1", Account: "u-1"}}}}}
		for i, reply := range tt.replies {
			if i > 0 {
				r.Rounds = append(r.Rounds, Round{Pool: r.Rounds[0].Pool})
			}
			r.Rounds[i].Invited = []Invitation{{Expert: "1", Reply: reply}}
		}
		if err := r.Sees(expert); (err == nil) != (tt.code == "") || err != nil && fault.Code(err) != tt.code {
			t.Errorf("%s: %v", tt.name, err)
		}
		if err := r.Sees(identity.Actor{Account: "u-2", Party: "p"}); err != nil {
			t.Errorf("%s, the applicant: %v", tt.name, err)
		}
	}
}
