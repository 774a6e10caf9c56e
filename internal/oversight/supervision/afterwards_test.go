package supervision_test

import (
	"testing"
	"time"

	"tongban/data"
	"tongban/internal/civic/calendar"
	"tongban/internal/engine/clock"
	"tongban/internal/handling/cases"
	"tongban/internal/oversight/supervision"
)

func TestWhatIsLookedForAfterAcceptance(t *testing.T) {
	days, err := calendar.Load(data.Calendars)
	if err != nil {
		t.Fatal(err)
	}
	text, err := data.Alarms.ReadFile("alarms.yaml")
	if err != nil {
		t.Fatal(err)
	}
	rules, err := supervision.ReadAlarms(text)
	if err != nil {
		t.Fatal(err)
	}
	on := func(day string) time.Time { return calendar.Parse(day).Start().Add(10 * time.Hour) }
	decided := &cases.Decision{Granted: true, At: on("2026-03-02")}
	told := cases.Linkage{Regulator: "云龙区局", Agency: "yl-market", By: calendar.Parse("2026-03-04")}
	received := told
	received.Received = &cases.Noted{By: "包立军"}
	ran := clock.Clock{Limit: clock.Limit{N: 20, Unit: clock.WorkingDays}, Started: clock.At(on("2026-03-02")), Stopped: clock.At(on("2026-03-03"))}
	for _, tt := range []struct {
		name, day, rule string
		c               cases.Case
	}{
		{"a result is handed over within ten working days", "2026-03-16", "", cases.Case{State: cases.Granted, Decision: decided}},
		{"and nobody did", "2026-03-17", "service.red", cases.Case{State: cases.Granted, Decision: decided}},
		{"it was", "2026-03-17", "", cases.Case{State: cases.Granted, Decision: decided, Delivered: &cases.Delivered{}}},
		{"a renewal waits", "2026-03-10", "later.red", cases.Case{State: cases.Granted, Decision: decided, Delivered: &cases.Delivered{},
			Later: &cases.Later{Kind: cases.Renewing, Asked: true, From: on("2026-03-02"), Limit: clock.Limit{N: 5, Unit: clock.WorkingDays}}}},
		{"a pledge was not checked", "2026-03-10", "pledge.unchecked", cases.Case{State: cases.Granted, Decision: decided, Delivered: &cases.Delivered{},
			Check: &cases.PledgeCheck{From: on("2026-03-02"), Limit: clock.Limit{N: 5, Unit: clock.WorkingDays}}}},
		{"the regulator may note the receipt until the day", "2026-03-04", "", cases.Case{State: cases.Granted, Decision: decided, Delivered: &cases.Delivered{}, Linkage: &told}},
		{"and did not", "2026-03-05", "link.unreceived", cases.Case{State: cases.Granted, Decision: decided, Delivered: &cases.Delivered{}, Linkage: &told}},
		{"it did", "2026-03-05", "", cases.Case{State: cases.Granted, Decision: decided, Delivered: &cases.Delivered{}, Linkage: &received}},
		{"a regulator of no agency here is told by letter", "2026-03-05", "", cases.Case{State: cases.Granted, Decision: decided, Delivered: &cases.Delivered{}, Linkage: &cases.Linkage{Regulator: "支队"}}},
		{"a test waits for two people", "2026-03-09", "", cases.Case{State: cases.Accepted, Testers: &cases.Testers{Since: on("2026-03-02")}}},
		{"and nobody was assigned", "2026-03-10", "testers.unassigned", cases.Case{State: cases.Accepted, Testers: &cases.Testers{Since: on("2026-03-02")}}},
		{"they were", "2026-03-10", "", cases.Case{State: cases.Accepted, Testers: &cases.Testers{Since: on("2026-03-02"), People: make([]cases.Tester, 2)}}},
		{"accepted by silence", "2026-03-03", "notice.missed", cases.Case{State: cases.Accepted, Deemed: true, Statutory: ran}},
		{"ended after acceptance", "2026-03-04", "ended.accepted", cases.Case{State: cases.Terminated, Statutory: ran, Closed: on("2026-03-03")}},
		{"which is looked at for ten working days", "2026-03-18", "", cases.Case{State: cases.Terminated, Statutory: ran, Closed: on("2026-03-03")}},
		{"an applicant asked to correct is waited for", "2026-03-16", "", cases.Case{State: cases.Correcting, Notices: []cases.Notice{{Until: calendar.Parse("2026-03-09")}}}},
		{"and nobody saw to it when nothing came", "2026-03-17", "correction.overdue", cases.Case{State: cases.Correcting, Notices: []cases.Notice{{Until: calendar.Parse("2026-03-09")}}}},
		{"it came", "2026-03-17", "", cases.Case{State: cases.Refused, Notices: []cases.Notice{{Until: calendar.Parse("2026-03-09")}}}},
		{"ended before", "2026-03-04", "", cases.Case{State: cases.Terminated, Closed: on("2026-03-03")}},
	} {
		found := ""
		for _, a := range rules.Standing(supervision.Sight{Case: &tt.c, Now: on(tt.day), Days: calendar.NewLive(days)}) {
			found += a.Rule
		}
		if found != tt.rule {
			t.Errorf("%s: %q, want %q", tt.name, found, tt.rule)
		}
	}
}
