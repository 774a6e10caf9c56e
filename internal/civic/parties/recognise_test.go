package parties

import (
	"testing"

	"tongban/internal/civic/calendar"
)

func TestRecognise(t *testing.T) {
	for _, tt := range []struct{ name, number, kind string }{
		{"a resident's card", "320399199003070025", ResidentCard},
		{"a card with a small x and blanks", " 32039919880215006x ", ResidentCard},
		{"a card mistyped in its last digit", "320399199003070026", ResidentCard},
		{"a credit code", "91320300YB9000012R", CreditCode},
		{"a credit code in small letters", "91320300yb9000012r", CreditCode},
		{"a passport", "E12345678", ""},
		{"a name", "李敏", ""},
		{"nothing", "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := Recognise(tt.number, calendar.Date(2026, 11, 21)); got.Type != tt.kind {
				t.Errorf("taken for %q, want %q", got.Type, tt.kind)
			}
		})
	}
}
