package supervision

import (
	"testing"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/ground/fault"
	"tongban/internal/handling/cases"
)

// What somebody raised is late the day after the last day for its answer, be that a
// day of its own or what the rule says; rules about cases do not look at it
// (徐政发〔2022〕21号（十九）). 2026-09-25 is a holiday, and the 20th was worked.
func TestWhatWasRaisedIsLateAfterItsDay(t *testing.T) {
	rules := Alarms{
		{ID: "late", Watch: TicketLate, Level: YellowCard, After: clock.Limit{N: 3, Unit: clock.WorkingDays}},
		{ID: "case", Watch: ReceiptWaits, Level: YellowCard, After: clock.Limit{N: 3, Unit: clock.WorkingDays}},
	}
	for _, tt := range []struct {
		name string
		t    *Ticket
		on   string
		say  string
	}{
		{"answered", nil, "2026-12-31", ""},
		{"on its last day", &Ticket{Name: "办不成事", Wants: "接办", Due: calendar.Parse("2026-09-21")}, "2026-09-21", ""},
		{"on the day after", &Ticket{Name: "办不成事", Wants: "接办", Due: calendar.Parse("2026-09-21")}, "2026-09-22", "办不成事应在2026年9月21日前接办，还没有接办"},
		{"of no day, within what the rule says", &Ticket{Name: "申请", Wants: "答复", Since: calendar.Parse("2026-09-22")}, "2026-09-28", ""},
		{"of no day, after it", &Ticket{Name: "申请", Wants: "答复", Since: calendar.Parse("2026-09-22")}, "2026-09-29", "申请应在2026年9月28日前答复，还没有答复"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := Sight{Ticket: tt.t, Now: calendar.Parse(tt.on).Start().Add(1), Days: days(t)}
			found := rules.Standing(s)
			if tt.say == "" && len(found) != 0 || tt.say != "" && (len(found) != 1 || found[0].Say != tt.say || found[0].Rule != "late") {
				t.Errorf("found %+v", found)
			}
			if next := rules.Next(s); tt.t != nil && len(found) == 0 && next == 0 {
				t.Error("nobody looks again")
			}
		})
	}
}

// While nobody knows whose work it is, the windows of the place are told in the
// stead of a head; whoever sees to it is told by name.
func TestWhoIsToldOfATicket(t *testing.T) {
	for _, tt := range []struct {
		name   string
		t      Ticket
		to     Whom
		role   identity.Role
		holder string
	}{
		{"nobody has it", Ticket{Agency: "a"}, ToHolder, identity.Head, ""},
		{"nobody has it, nor is it known whose it is", Ticket{}, ToHolder, identity.Window, ""},
		{"somebody has it", Ticket{Agency: "a", Holder: "h"}, ToHolder, "", "h"},
		{"the head", Ticket{Agency: "a", Holder: "h"}, ToHead, identity.Head, ""},
		{"the head of nobody knows what", Ticket{Holder: "h"}, ToHead, identity.Window, ""},
		{"the supervisors", Ticket{Agency: "a"}, ToSupervisor, identity.Supervisor, ""},
	} {
		if n := tt.t.toldOf(Notice{Agency: tt.t.Agency}, tt.to); n.Role != tt.role || n.Account != tt.holder {
			t.Errorf("%s: %+v", tt.name, n)
		}
	}
}

// Cases whose hearings others ask for are watched in themselves: a demand and an
// objection that wait, and none once they are answered or the hearing was held
// (行政许可法第四十七条、第四十八条).
func TestDemandsAndObjectionsWait(t *testing.T) {
	day := calendar.Parse("2026-09-22")
	waits, refused := cases.Other{ID: "1", Name: "张伟", Asked: day}, cases.Other{ID: "2", Name: "王芳", Asked: day, Refused: "同业竞争"}
	for _, tt := range []struct {
		name string
		h    cases.Hearing
		want int
	}{
		{"a demand that waits, and one that was refused", cases.Hearing{Others: []cases.Other{waits, refused}}, 1},
		{"a demand and an objection", cases.Hearing{Others: []cases.Other{waits}, Objections: []cases.Objection{{By: "李敏", At: day.Start()}}}, 2},
		{"an objection that was settled", cases.Hearing{Objections: []cases.Objection{{By: "李敏", At: day.Start(), Settled: day.Start()}}}, 0},
		{"the hearing was held", cases.Hearing{Others: []cases.Other{waits}, Minutes: &cases.Minutes{}}, 0},
	} {
		c := &cases.Case{ID: "c", State: cases.Accepted, Hearing: &tt.h}
		if got := (Sight{Case: c}).raised(); len(got) != tt.want {
			t.Errorf("%s: %+v", tt.name, got)
		}
	}
}

func TestARuleOfTicketsSaysHowLong(t *testing.T) {
	if _, err := ReadAlarms([]byte(`- {id: a, level: 黄牌, watch: ticket-late, tell: [{to: head}]}`)); fault.Code(err) != "supervision.alarm.after" {
		t.Error(err)
	}
}
