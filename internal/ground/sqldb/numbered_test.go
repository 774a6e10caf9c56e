package sqldb_test

import (
	"errors"
	"testing"

	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
)

// A number that another has is not offered again; what else goes wrong is not tried again.
func TestANewThingTakesTheNextNumber(t *testing.T) {
	taken, broken := fault.New(fault.Conflict, "t.taken", "号码有人用了"), errors.New("broken")
	ids := []string{"000aaaaaa1", "000aaaaaa2", "000bbbbbb1", "000cccccc1"}
	made := func() func() string {
		i := -1
		return func() string { i++; return ids[i%len(ids)] }
	}
	for _, tt := range []struct {
		name    string
		answers []error
		last    string
		err     error
	}{
		{"a number that is free", []error{nil}, "000aaaaaa1", nil},
		{"the first is taken, and its neighbour has the same number", []error{taken, nil}, "000bbbbbb1", nil},
		{"something else goes wrong", []error{taken, broken, nil}, "000bbbbbb1", broken},
		{"none is free", []error{taken, taken, taken, taken, taken, nil}, "000bbbbbb1", taken},
	} {
		n, last := 0, ""
		err := sqldb.Numbered(made(), taken, func(id string) error {
			last = id
			n++
			return tt.answers[n-1]
		})
		if err != tt.err || last != tt.last {
			t.Errorf("%s: %s %v", tt.name, last, err)
		}
	}
}
