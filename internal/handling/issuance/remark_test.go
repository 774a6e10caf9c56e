package issuance_test

import (
	"testing"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/calendar/calendartest"
	"tongban/internal/engine/clock"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/issuance"
	"tongban/internal/register/certificates"
)

func TestACertificateSaysThatConditionsAreNotMetUntilTheyAre(t *testing.T) {
	granted := func(k *cases.PledgeCheck) *cases.Case {
		return &cases.Case{ID: "c", State: cases.Granted, Check: k}
	}
	from := time.Date(2026, 3, 2, 10, 0, 0, 0, calendar.Zone)
	term := clock.Limit{N: 10, Unit: clock.WorkingDays}
	waits := granted(&cases.PledgeCheck{From: from, Later: term})
	met := granted(&cases.PledgeCheck{From: from, Later: term, Done: true, Found: []cases.Found{{Result: cases.PledgeTrue, At: from}}})
	broken := granted(&cases.PledgeCheck{From: from, Later: term, Done: true, Found: []cases.Found{{Result: cases.PledgeBroken, At: from}}})
	name := certificates.Entry{Label: "店名", Text: "云帆"}
	o := issuance.Remarked(certificates.Order{Face: []certificates.Entry{name}}, waits, calendartest.Week{})
	if len(o.Face) != 2 || o.Face[1].Label != "备注" || !cases.SaysNotYet(o.Face[1].Text) {
		t.Fatalf("not met yet: %+v", o.Face)
	}
	for _, c := range []*cases.Case{met, granted(nil)} {
		if o := issuance.Remarked(certificates.Order{Face: []certificates.Entry{name}}, c, calendartest.Week{}); len(o.Face) != 1 {
			t.Errorf("nothing to be met: %+v", o.Face)
		}
	}
	next, changed := issuance.Unremarked(certificates.Record{Face: o.Face}, met)
	if !changed || len(next.Face) != 1 || next.Face[0] != name || !next.InTime {
		t.Errorf("met: %v %+v", changed, next)
	}
	own := []certificates.Entry{name, {Label: "备注", Text: "仅限一层"}}
	for say, x := range map[string]struct {
		face []certificates.Entry
		c    *cases.Case
	}{"met, and never remarked": {own, met}, "still waiting": {o.Face, waits}, "found broken": {o.Face, broken}} {
		if _, changed := issuance.Unremarked(certificates.Record{Face: x.face}, x.c); changed {
			t.Error(say)
		}
	}
}
