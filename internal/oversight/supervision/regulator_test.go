package supervision

import (
	"testing"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/flow"
	"tongban/internal/handling/cases"
)

// What waits for a regulator is told to the regulator, whatever work is still open in
// the agency that granted.
func TestTheRegulatorIsToldOfWhatWaitsForIt(t *testing.T) {
	c := &cases.Case{State: cases.Granted, Agency: "xz-market", Linkage: &cases.Linkage{Regulator: "云龙区局", Agency: "yl-market", By: calendar.Parse("2026-03-04")}}
	c.Flow.Open = []flow.Work{{ID: "w7", Node: "issue", Agency: "xz-market", Role: identity.Reviewer, Claimed: "u-market-r"}}
	s := &Service{Now: func() time.Time { return calendar.Parse("2026-03-05").Start() }}
	sight := Sight{Case: c, Now: s.Now(), Days: days(t)}
	found := linkLate(sight, AlarmRule{})
	if len(found) != 1 {
		t.Fatalf("found %+v", found)
	}
	for _, to := range []Whom{ToHolder, ToHead} {
		if n := s.notice(sight, sight.raise("1", Alarm{Thing: found[0].thing}), to); n.Agency != "yl-market" || n.Account != "" {
			t.Errorf("%s: told %+v", to, n)
		}
	}
}
