package cases_test

import (
	"strings"
	"testing"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/cases/casestest"
)

// A case is ended on a ground of the list that holds, and on no other.
func TestGroundsOnWhichACaseIsEnded(t *testing.T) {
	today := calendar.Parse("2026-10-12")
	said := func(on calendar.Day) *cases.Outside {
		return &cases.Outside{What: "申请人的公司已经注销", Source: "准予注销登记通知书（2026）第8号", On: on}
	}
	asked := func(until calendar.Day) *cases.Case {
		return &cases.Case{State: cases.Correcting, Notices: []cases.Notice{{Until: until, Items: []cases.Deficiency{{Name: "营业执照"}}}}}
	}
	promised := func(all ...cases.Promise) *cases.Case { return &cases.Case{State: cases.Accepted, Promises: all} }
	late, open, kept := cases.Promise{Name: "平面图", By: today - 1, Lapsed: true}, cases.Promise{Name: "制度", By: today + 3}, cases.Promise{Name: "图", By: today - 1, Lapsed: true, Kept: true}
	for _, tt := range []struct {
		name    string
		c       *cases.Case
		x       cases.Ending
		by      identity.Actor
		fees    bool
		refused string // path and code of the fault, or its code
		reason  string
	}{
		{"the day of the notice has passed", asked(today - 1), cases.Ending{Ground: cases.Uncorrected}, casestest.WangFang, false, "", "以前补正，至今没有补正：营业执照"},
		{"its last day is today", asked(today), cases.Ending{Ground: cases.Uncorrected}, casestest.WangFang, false, "ground fails", ""},
		{"nothing was asked for", promised(), cases.Ending{Ground: cases.Uncorrected}, casestest.WangFang, false, "ground fails", ""},
		{"too much work", asked(today - 1), cases.Ending{Ground: "太忙"}, casestest.WangFang, false, "ground required", ""},
		{"no ground", asked(today - 1), cases.Ending{Say: "太忙"}, casestest.WangFang, false, "ground required", ""},
		{"a promise lapsed", promised(open, late), cases.Ending{Ground: cases.Uncured}, casestest.WangFang, false, "", "“平面图”承诺在2026年10月11日以前补交"},
		{"a promise that is not due yet", promised(open), cases.Ending{Ground: cases.Uncured}, casestest.WangFang, false, "ground fails", ""},
		{"a promise that was kept after all", promised(kept), cases.Ending{Ground: cases.Uncured}, casestest.WangFang, false, "ground fails", ""},
		{"the company is no more", promised(), cases.Ending{Ground: cases.Perished, Event: said(today)}, casestest.ZhouHai, false, "", "申请人的公司已经注销（准予注销登记通知书（2026）第8号，2026年10月12日）"},
		{"which a window does not judge", promised(), cases.Ending{Ground: cases.Perished, Event: said(today)}, casestest.WangFang, false, "ground fails", ""},
		{"and nothing shows", promised(), cases.Ending{Ground: cases.Perished}, casestest.ZhouHai, false, "event.what required event.source required event.on required", ""},
		{"and has not happened yet", promised(), cases.Ending{Ground: cases.Overtaken, Event: said(today + 1)}, casestest.ZhouHai, false, "event.on future", ""},
		{"the fee is overdue", promised(), cases.Ending{Ground: cases.Unpaid, Event: said(today - 1)}, casestest.ZhouHai, true, "", "2026年10月11日"},
		{"the fee may still be paid today", promised(), cases.Ending{Ground: cases.Unpaid, Event: said(today)}, casestest.ZhouHai, true, "event.on early", ""},
		{"there is no fee", promised(), cases.Ending{Ground: cases.Unpaid, Event: said(today - 1)}, casestest.ZhouHai, false, "ground fails", ""},
		{"it was decided", &cases.Case{State: cases.Granted}, cases.Ending{Ground: cases.Perished, Event: said(today)}, casestest.ZhouHai, false, "cases.terminate.state", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			e := casestest.Permit()
			if tt.fees {
				e.Fees = []items.Fee{{Name: "工本费"}}
			}
			tt.c.Agency, tt.c.Region = e.Agency, e.Region
			m, err := tt.c.Terminate(e, tt.x, tt.by, today.Start())
			var got []string
			for _, f := range fault.Fields(err) {
				got = append(got, f.Path+" "+f.Code)
			}
			if err != nil && len(got) == 0 {
				got = []string{fault.Code(err)}
			}
			if strings.Join(got, " ") != tt.refused {
				t.Fatalf("%q, %v", got, err)
			}
			if err == nil && (!strings.Contains(m.Reason, tt.reason) || m.Basis == "" || m.Handback == nil || m.Ending.Ground != tt.x.Ground) {
				t.Errorf("%+v", m)
			}
		})
	}
}
