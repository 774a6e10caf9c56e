package sqldb_test

import (
	"testing"
	"time"

	"tongban/internal/ground/sqldb"
)

// What two people of one day are told to quote is not the same.
func TestShortTellsKeysApart(t *testing.T) {
	first := sqldb.NewID()
	time.Sleep(2 * time.Millisecond)
	second := sqldb.NewID()
	if a, b := sqldb.Short(first), sqldb.Short(second); a == b || len(a) != 6 {
		t.Errorf("%s and %s are called %s and %s", first, second, a, b)
	}
}
