package cases

import (
	"testing"
	"time"

	"tongban/data"
	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
)

func TestAHearingIsToldCalledAndHeldInItsTerms(t *testing.T) {
	days, err := calendar.Load(data.Calendars)
	if err != nil {
		t.Fatal(err)
	}
	by := identity.Actor{Account: "zh", Name: "周海", Posts: []identity.Post{{Agency: "scjg", Region: "320300000000", Role: identity.Reviewer}}}
	at := time.Date(2026, 3, 2, 2, 0, 0, 0, time.UTC)
	c := &Case{ID: "c", State: Accepted, Agency: "scjg", Region: "320300000000"}
	if _, err := c.TellHearing(Hearing{About: "拟准予"}, days, by, at); fault.Code(err) != "cases.tell-hearing.reason" {
		t.Errorf("no reason: %v", err)
	}
	m, err := c.TellHearing(Hearing{About: "拟准予", Reason: "相邻住户"}, days, by, at)
	if err != nil || m.Hearing.Until != calendar.Parse("2026-03-09") || m.Paper != HearingRight {
		t.Fatalf("%+v %v", m.Hearing, err)
	}
	c.Hearing = m.Hearing
	if _, err := c.TellHearing(Hearing{About: "拟准予", Reason: "相邻住户"}, days, by, at); fault.Code(err) != "cases.tell-hearing.twice" {
		t.Errorf("told twice: %v", err)
	}
	at = at.AddDate(0, 0, 3) // 5 March
	on := func(day string) time.Time { return calendar.Parse(day).Start().Add(9 * time.Hour) }
	for _, tt := range []struct {
		name string
		h    Hearing
		path string // of the first fault; empty: accepted
	}{
		{"in time", Hearing{Asked: calendar.Parse("2026-03-04"), At: on("2026-03-20"), Place: "听证室", Host: "李倩"}, ""},
		{"of the agency's own wish", Hearing{At: on("2026-05-20"), Place: "听证室", Host: "李倩"}, ""},
		{"told six working days before", Hearing{At: on("2026-03-13"), Place: "听证室", Host: "李倩"}, "on"},
		{"later than twenty working days", Hearing{Asked: calendar.Parse("2026-03-04"), At: on("2026-04-20"), Place: "听证室", Host: "李倩"}, "on"},
		{"asked for too late", Hearing{Asked: calendar.Parse("2026-03-10"), At: on("2026-03-20"), Place: "听证室", Host: "李倩"}, "asked"},
		{"nobody knows when", Hearing{Place: "听证室", Host: "李倩"}, "on"},
		{"nobody knows where", Hearing{At: on("2026-03-20"), Host: "李倩"}, "place"},
		{"under the reviewer", Hearing{At: on("2026-03-20"), Place: "听证室", Host: "周海"}, "host"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m, err := c.CallHearing(&items.Edition{}, tt.h, days, by, at)
			fields := fault.Fields(err)
			switch {
			case tt.path == "" && (err != nil || m.Hearing.About != "拟准予"):
				t.Errorf("%+v %v %v", m.Hearing, err, fields)
			case tt.path != "" && (len(fields) != 1 || fields[0].Path != tt.path):
				t.Errorf("refused at %v", fields)
			}
		})
	}
}
