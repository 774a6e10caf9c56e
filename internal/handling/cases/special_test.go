package cases_test

import (
	"testing"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/cases/casestest"
)

// What is on record of a special procedure (特别程序信息, GB/T 39046-2020).
func TestTheRecordOfASpecialProcedure(t *testing.T) {
	at := time.Date(2026, 3, 2, 2, 0, 0, 0, time.UTC)
	e := casestest.Permit()
	e.Special[0].Kind, e.Special[0].Basis = items.Inspection, []items.Basis{{Law: "食品安全法", Article: "第三十五条"}}
	for _, tt := range []struct {
		name            string
		said            []cases.SpecialRecord
		asker, approver string
	}{
		{"whoever begins it asked and approved", nil, "周海", "周海"},
		{"others are named", []cases.SpecialRecord{{Asker: "李倩", Approver: "孙立", Handler: "某人", Basis: "", Agency: "某局"}}, "李倩", "孙立"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := &cases.Case{ID: "c", State: cases.Accepted, Agency: casestest.Agency, Region: casestest.Region}
			m, err := c.OpenSpecial(e, "现场核查", "看现场", casestest.ZhouHai, at, tt.said...)
			if err != nil {
				t.Fatal(err)
			}
			r := m.Special.SpecialRecord
			if r.Asker != tt.asker || r.Approver != tt.approver || r.Handler != "周海" || r.Agency != "" || r.Type != items.Inspection || r.Basis == "" {
				t.Errorf("on record is %+v", r)
			}
			c.Specials = []cases.Special{*m.Special}
			m, err = c.CloseSpecial("s1", cases.SpecialEnd{Result: "合格", Opinion: "同意"}, casestest.LiQian, at)
			if err != nil || m.Special.Opinion != "同意" || m.Special.Handler != "李倩" || m.Special.Asker != tt.asker || len(m.Special.Rows()) != 6 {
				t.Errorf("ended it is %+v (%v)", m.Special, err)
			}
		})
	}
}
