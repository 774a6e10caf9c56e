package forms

import (
	"testing"

	"tongban/internal/civic/calendar"
)

// A number whose check fails is an error at its field or seen beside the number.
func TestANumberThatFailsItsCheckIsNeverTakenInSilence(t *testing.T) {
	today := calendar.Parse("2026-09-21")
	for _, tt := range []struct {
		kind       Kind
		number     string
		code, seen string
	}{
		{IDNumber, "320399199003070025", "", "320399199003070025"},
		{IDNumber, "320399199003070026", "codes.citizen.check", "320399199003070026"},
		{USCC, "12441500196720244T", "", "12441500196720244T"},
		{USCC, "12441500196720244U", "", "12441500196720244U（末位校验不符，请与证照核对）"},
		{USCC, "1244150019672024SU", "codes.uscc.characters", "1244150019672024SU"},
	} {
		f := Field{ID: "n", Label: "号码", Kind: tt.kind}
		code, _ := judges[tt.kind](f, tt.number, today)
		if seen := f.Seen(tt.number); (code == "") != (tt.code == "") || seen != tt.seen {
			t.Errorf("%s is judged %q and seen as %s", tt.number, code, seen)
		}
	}
}
