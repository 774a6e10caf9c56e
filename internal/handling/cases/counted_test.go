package cases_test

import (
	"testing"
	"time"

	"tongban/internal/handling/cases"
	"tongban/internal/handling/cases/casestest"
)

// A special procedure that the guide counts has a time of its own all the same.
func TestASpecialProcedureThatCountsHasItsOwnTime(t *testing.T) {
	e := casestest.Permit()
	e.Special[0].Counted = true
	at := time.Date(2026, 3, 2, 2, 0, 0, 0, time.UTC)
	c := &cases.Case{ID: "c", State: cases.Accepted, Agency: casestest.Agency, Region: casestest.Region}
	begun, err := c.OpenSpecial(e, "现场核查", "看现场", casestest.ZhouHai, at)
	if err != nil {
		t.Fatal(err)
	}
	c.Specials = []cases.Special{*begun.Special}
	ended, err := c.CloseSpecial("s1", cases.SpecialEnd{Result: "合格"}, casestest.ZhouHai, at.AddDate(0, 0, 3))
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name    string
		special cases.Special
		runs    bool
	}{{"while it is open", *begun.Special, true}, {"when it has ended", *ended.Special, false}} {
		t.Run(tt.name, func(t *testing.T) {
			c.Specials = []cases.Special{tt.special}
			own := c.Procedures()
			if len(c.Stood()) != 0 || len(own) != 1 || own[0].Own().Limit != e.Special[0].Limit || own[0].Own().Running() != tt.runs {
				t.Errorf("stood %v, own %+v", c.Stood(), own)
			}
		})
	}
}
