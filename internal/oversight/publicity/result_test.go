package publicity_test

import (
	"testing"
	"time"

	"tongban/data"
	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/handling/cases"
	"tongban/internal/oversight/publicity"
)

func TestWhatThePublicMayRead(t *testing.T) {
	days, err := calendar.Load(data.Calendars)
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 11, 20, 10, 0, 0, 0, calendar.Zone)
	open := &items.Edition{Publicity: items.Publicity{Result: true}, AgencyName: "徐州市市场监督管理局"}
	decided := &cases.Decision{Granted: true, At: at}
	for _, tt := range []struct {
		name    string
		c       cases.Case
		e       *items.Edition
		public  bool
		applied string
	}{
		{"a firm by its name", cases.Case{Applicant: cases.Applicant{Name: "云帆餐饮公司", Org: true}, Decision: decided}, open, true, "云帆餐饮公司"},
		{"a person by the surname", cases.Case{Applicant: cases.Applicant{Name: "李雪梅"}, Decision: decided}, open, true, "李**"},
		{"an item that keeps its results", cases.Case{Applicant: cases.Applicant{Name: "李雪梅"}, Decision: decided}, &items.Edition{}, false, ""},
		{"a refusal is told to the applicant alone", cases.Case{Applicant: cases.Applicant{Name: "云帆餐饮公司", Org: true}, Decision: &cases.Decision{At: at}}, open, false, ""},
		{"nothing decided", cases.Case{Applicant: cases.Applicant{Name: "李雪梅"}}, open, false, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r, public := publicity.Of(&tt.c, tt.e, days, calendar.DayOf(at))
			if public != tt.public || r.Name != tt.applied {
				t.Errorf("got %v %q", public, r.Name)
			}
			if public && (r.Decided.String() != "2026-11-20" || !r.InTime) {
				t.Errorf("got %+v", r)
			}
		})
	}
}
