package experts

import (
	"testing"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
)

// What may be done follows from who asks and how far the review has come; when too
// few candidates are left before the draw, only another plan helps.
func TestWhatMayBeDoneNow(t *testing.T) {
	post := func(role identity.Role) []identity.Post { return []identity.Post{{Agency: "a", Role: role}} }
	applicant, stranger := identity.Actor{Account: "p", Party: "p"}, identity.Actor{Account: "x", Party: "x"}
	host, head := identity.Actor{Account: "h", Posts: post(identity.Approver)}, identity.Actor{Account: "b", Posts: post(identity.Head)}
	pool := []Candidate{{Expert: "1"}, {Expert: "2"}, {Expert: "3"}}
	today := calendar.Date(2026, 5, 12)
	fresh := Round{Until: today, Seats: 3, Pool: pool}
	waived, stuck, drawn := fresh, fresh, fresh
	waived.Waived = true
	stuck.Waived, stuck.Objections = true, []Objection{{Expert: "1", Ruled: Upheld}}
	drawn.Seed, drawn.Invited = "s", []Invitation{{Expert: "1", Reply: Accepted}, {Expert: "2", Reply: Accepted}, {Expert: "3", Reply: Accepted}}
	for _, tt := range []struct {
		name  string
		by    identity.Actor
		round Round
		ended bool
		may   []Act
	}{
		{"the applicant before the draw", applicant, fresh, false, []Act{Object, Waive}},
		{"the applicant who has none against them", applicant, waived, false, []Act{Object}},
		{"the applicant after the draw", applicant, drawn, false, []Act{Object}},
		{"somebody else", stranger, fresh, false, nil},
		{"the host while one may object", host, fresh, false, nil},
		{"the host when nobody objects", host, waived, false, []Act{Draw}},
		{"the host when too few are left", host, stuck, false, []Act{Redraw}},
		{"another who decides", head, stuck, false, []Act{Rule, Redraw}},
		{"the host when all accepted", host, drawn, false, []Act{Call}},
		{"nobody when all is over", host, drawn, true, nil},
	} {
		r := &Review{Agency: "a", Party: "p", Wanted: 3, Host: Person{Account: "h"}, Rounds: []Round{tt.round}}
		if tt.ended {
			r.Ended = time.UnixMilli(1)
		}
		want := map[Act]bool{}
		for _, act := range tt.may {
			want[act] = true
		}
		for _, act := range []Act{Object, Waive, Rule, Draw, Redraw, Call, Sum} {
			if err := r.May(act, tt.by, today); (err == nil) != want[act] {
				t.Errorf("%s, %s: %v", tt.name, act, err)
			}
		}
	}
}
