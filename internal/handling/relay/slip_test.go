package relay

import (
	"testing"
	"time"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/handling/cases"
)

func TestASlipGoesToOneAgency(t *testing.T) {
	at := time.Date(2026, 3, 2, 2, 0, 0, 0, time.UTC)
	if _, err := begin(identity.Actor{Posts: []identity.Post{{Role: identity.Reviewer}}}, at); fault.Code(err) != "relay.give.post" {
		t.Errorf("a reviewer gives originals: %v", err)
	}
	slip, err := begin(identity.Actor{Posts: []identity.Post{{Role: identity.Window, Region: "320300000000", Window: "A01"}}}, at)
	if err != nil || slip.From != "A01 号窗" {
		t.Fatalf("%+v %v", slip, err)
	}
	said := fault.New(fault.Invalid, "relay.give.check", "")
	for _, one := range []struct {
		number, agency string
		pieces         int
		code           string
	}{{"1", "market", 2, ""}, {"2", "fire", 1, "agency"}, {"3", "market", 1, ""}, {"4", "market", 0, "nothing"}} {
		before := len(said.Fields)
		said = slip.add(&cases.Case{Number: one.number, Agency: one.agency, State: cases.Accepted}, make([]Piece, one.pieces), said)
		if got := said.Fields[before:]; len(got) > 0 != (one.code != "") || len(got) > 0 && got[0].Code != one.code {
			t.Errorf("case %s: %v, want %q", one.number, got, one.code)
		}
	}
	if slip.Agency != "market" || len(slip.Pieces) != 3 {
		t.Errorf("%d pieces for %s", len(slip.Pieces), slip.Agency)
	}
}
