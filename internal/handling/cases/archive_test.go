package cases_test

import (
	"slices"
	"testing"
	"time"

	"tongban/internal/civic/identity"
	"tongban/internal/engine/flow"
	"tongban/internal/ground/fault"
	"tongban/internal/handling/cases"
	"tongban/internal/register/archives"
)

// Whoever adds an act to Life that may follow the end of a case finds here that it
// has to be said whether it fetches the case back from the shelf.
func TestWhatMayStillHappenToAnArchivedCase(t *testing.T) {
	back := []cases.Act{cases.AskChange, cases.AskRenewal, cases.AskCancel, cases.ProposeLater}
	everybody := identity.Actor{Account: "u", Party: "p", Posts: []identity.Post{}}
	for _, role := range []identity.Role{identity.Window, identity.Reviewer, identity.Approver, identity.Head, identity.Supervisor, identity.Items} {
		everybody.Posts = append(everybody.Posts, identity.Post{Agency: "a", Region: "320300000000", Role: role})
	}
	for _, state := range []cases.State{cases.Granted, cases.Denied, cases.Refused, cases.NotNeeded, cases.Withdrawn, cases.Terminated} {
		c := &cases.Case{State: state, Agency: "a", Region: "320300000000", Applicant: cases.Applicant{Party: "p"}, Archived: &cases.Archived{Number: "a-2026-D10-000001"}}
		for _, m := range c.May(everybody) {
			if m.Act != cases.ServePaper && (state != cases.Granted || !slices.Contains(back, m.Act)) {
				t.Errorf("%s may be done to an archived case that is %s", m.Act, state)
			}
		}
	}
	c := &cases.Case{State: cases.Granted, Agency: "a", Applicant: cases.Applicant{Party: "p"}, Archived: &cases.Archived{Number: "a-2026-D10-000001"}}
	if _, err := c.AnswerUrge("x", everybody, time.Now()); fault.Code(err) != "cases.answer-urge.archived" {
		t.Error(err)
	}
}

func TestWhatStillWaitsForSomebodyIsNotArchived(t *testing.T) {
	at := time.Date(2026, 9, 21, 9, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		name  string
		it    cases.Case
		rests bool
	}{
		{"refused, and nobody has anything to do", cases.Case{State: cases.Refused}, true},
		{"granted and served", cases.Case{State: cases.Granted, Delivered: &cases.Delivered{}}, true},
		{"granted, the result not yet served", cases.Case{State: cases.Granted}, false},
		{"still open", cases.Case{State: cases.Accepted}, false},
		{"archived already", cases.Case{State: cases.Refused, Archived: &cases.Archived{}}, false},
		{"a step is still open", cases.Case{State: cases.Terminated, Flow: flow.Marking{Open: []flow.Work{{ID: "w"}}}}, false},
		{"a letter that urges is not answered", cases.Case{State: cases.Granted, Delivered: &cases.Delivered{}, Urgings: []cases.Urging{{Seq: 3}}}, false},
		{"a change is asked for", cases.Case{State: cases.Granted, Delivered: &cases.Delivered{}, Later: &cases.Later{Kind: cases.Changing}}, false},
		{"a pledge is to be checked", cases.Case{State: cases.Granted, Delivered: &cases.Delivered{}, Check: &cases.PledgeCheck{}}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m, err := tt.it.Archive(archives.Package{Number: "a-2026-D10-000001", Version: 1}, at)
			if (err == nil) != tt.rests || err == nil && m.Archived.Number != "a-2026-D10-000001" {
				t.Errorf("%+v, %v", m.Archived, err)
			}
		})
	}
}
