package sqldb_test

import (
	"testing"

	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
)

// Acts wait for company only while other replicas write.
func TestOthersAreRememberedForASecond(t *testing.T) {
	sqldbtest.Each(t, nil, func(t *testing.T, db *sqldb.DB) {
		if sqldb.Crowded(db) {
			t.Error("nobody else was seen")
		}
		if db.Beside(); !sqldb.Crowded(db) {
			t.Error("somebody was")
		}
		if sqldb.LongAgo(db); sqldb.Crowded(db) {
			t.Error("that was long ago")
		}
	})
}
