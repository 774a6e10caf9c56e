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

func TestAHearingIsAnnouncedSoThatTheChosenCanBeCalledInTime(t *testing.T) {
	days, err := calendar.Load(data.Calendars)
	if err != nil {
		t.Fatal(err)
	}
	by := identity.Actor{Account: "zh", Name: "周海", Posts: []identity.Post{{Agency: "scjg", Region: "320300000000", Role: identity.Reviewer}}}
	at := time.Date(2026, 3, 2, 2, 0, 0, 0, time.UTC)
	held := calendar.Parse("2026-04-01").Start().Add(9 * time.Hour) // seven working days before: 23 March
	sound := Announcement{Ground: Grounds[1], SignBy: calendar.Parse("2026-03-20"), Seats: 10, Contact: "周海 83700001"}
	for _, tt := range []struct {
		name   string
		change func(*Hearing)
		path   string // of the first fault; empty: accepted
	}{
		{"sound", func(*Hearing) {}, ""},
		{"nobody knows what is heard", func(h *Hearing) { h.About = "" }, "about"},
		{"behind closed doors", func(h *Hearing) { h.Shut = true }, "shut"},
		{"for no reason", func(h *Hearing) { h.Public.Ground = "领导要求" }, "ground"},
		{"without seats", func(h *Hearing) { h.Public.Seats = 0 }, "seats"},
		{"nobody to ask", func(h *Hearing) { h.Public.Contact = "" }, "contact"},
		{"signing up ended today", func(h *Hearing) { h.Public.SignBy = calendar.DayOf(at) }, "signBy"},
		{"no day is left to call the chosen", func(h *Hearing) { h.Public.SignBy = calendar.Parse("2026-03-23") }, "signBy"},
		{"one day is left", func(h *Hearing) { h.Public.SignBy = calendar.Parse("2026-03-22") }, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			told := sound
			h := Hearing{About: "拟准予", At: held, Place: "听证室", Host: "李倩", Public: &told}
			tt.change(&h)
			c := &Case{ID: "c", State: Accepted, Agency: "scjg", Region: "320300000000"}
			m, err := c.CallHearing(&items.Edition{}, h, days, by, at)
			fields := fault.Fields(err)
			switch {
			case tt.path == "" && (err != nil || m.Hearing.Public == nil || m.Special == nil):
				t.Errorf("%+v %v %v", m.Hearing, err, fields)
			case tt.path != "" && (len(fields) != 1 || fields[0].Path != tt.path):
				t.Errorf("refused at %v (%v)", fields, err)
			}
		})
	}
	c := &Case{ID: "c", State: Accepted, Agency: "scjg", Region: "320300000000", Hearing: &Hearing{About: "拟准予", Told: at, At: held, Public: &sound}}
	if _, err := c.CallHearing(&items.Edition{}, Hearing{At: held, Place: "听证室", Host: "李倩"}, days, by, at); fault.Of(err) != fault.Invalid {
		t.Errorf("put off without telling those who were told: %v", err)
	}
}
