package cases_test

import (
	"testing"
	"time"

	"tongban/data"
	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/engine/clock"
	"tongban/internal/ground/fault"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/cases/casestest"
)

// A hearing that the guide lists stops the clocks for as long as the guide says,
// and only by being asked for or called: nobody is heard by a clock that stands still.
func TestAListedHearingIsBegunByAskingOrCalling(t *testing.T) {
	at, days := time.Date(2026, 3, 2, 2, 0, 0, 0, time.UTC), calendarOf(t)
	e := casestest.Permit()
	e.Special = append(e.Special, items.Special{Name: "组织听证会", Kind: items.Hearing, Limit: clock.Limit{N: 15, Unit: clock.WorkingDays}, Basis: []items.Basis{{Law: "城市绿化条例", Article: "第二十四条"}}})
	c := &cases.Case{ID: "c", State: cases.Accepted, Agency: casestest.Agency, Region: casestest.Region}
	if _, err := c.OpenSpecial(e, "组织听证会", "有人反对", casestest.ZhouHai, at); fault.Code(err) != "cases.open-special.hearing" {
		t.Errorf("begun without a hearing: %v", err)
	}
	if s := cases.Openable(e); len(s) != 1 || s[0].Name != "现场核查" {
		t.Errorf("offered: %+v", s)
	}
	h := cases.Hearing{About: "拟准予", Reason: "邻居采光", At: at.AddDate(0, 0, 21), Place: "听证室", Host: "李倩"}
	m, err := c.CallHearing(e, h, days, casestest.ZhouHai, at)
	if err != nil {
		t.Fatal(err)
	}
	if s := m.Special; s.Kind != "组织听证会" || s.Limit.N != 15 || s.Basis != "《城市绿化条例》第二十四条" || s.ID != m.Hearing.Pause {
		t.Errorf("called: %+v", s)
	}
	m, err = c.CallHearing(casestest.Permit(), h, days, casestest.ZhouHai, at)
	if err != nil || m.Special.Limit != clock.Hearing.Limit {
		t.Errorf("of a guide that lists none: %+v %v", m.Special, err)
	}
}

// One that was begun by hand, as was once possible, is the one in which the
// hearing is held: it ends with the minutes, and no other stays behind.
func TestAHearingTakesOverWhatWasBegunByHand(t *testing.T) {
	at := time.Date(2026, 3, 2, 2, 0, 0, 0, time.UTC)
	c := &cases.Case{ID: "c", State: cases.Accepted, Agency: casestest.Agency, Region: casestest.Region}
	c.Specials = []cases.Special{{ID: "s1", Kind: "听证", SpecialRecord: cases.SpecialRecord{Type: items.Hearing}}}
	m, err := c.CallHearing(casestest.Permit(), cases.Hearing{About: "拟准予", Reason: "邻居采光", At: at.AddDate(0, 0, 21), Place: "听证室", Host: "李倩"}, calendarOf(t), casestest.ZhouHai, at)
	if err != nil || m.Special != nil || m.Hearing.Pause != "s1" {
		t.Fatalf("%+v %+v %v", m.Special, m.Hearing, err)
	}
	c.Hearing = m.Hearing
	if _, err := c.CloseSpecial("s1", cases.SpecialEnd{Result: "无"}, casestest.ZhouHai, at); fault.Code(err) != "cases.close-special.hearing" {
		t.Errorf("ended without minutes: %v", err)
	}
	m, err = c.NoteHearing(cases.Minutes{Text: "无人参加"}, casestest.ZhouHai, at.AddDate(0, 0, 22))
	if err != nil || m.Special == nil || m.Special.ID != "s1" || m.Special.Open() {
		t.Errorf("%+v %v", m.Special, err)
	}
}

func calendarOf(t *testing.T) calendar.Calendar {
	t.Helper()
	days, err := calendar.Load(data.Calendars)
	if err != nil {
		t.Fatal(err)
	}
	return days
}
