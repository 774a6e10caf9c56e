package issuancestore_test

import (
	"maps"
	"testing"

	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/issuance/issuancestore"
)

func TestWhatWasIssuedIsRemembered(t *testing.T) {
	sqldbtest.Each(t, []sqldb.Schema{issuancestore.Schema}, func(t *testing.T, db *sqldb.DB) {
		s := &issuancestore.Store{DB: db}
		var b sqldb.Batch
		s.Keep(&b, "c1", "甲")
		s.Keep(&b, "c2", "乙")
		if err := db.Commit(t.Context(), &b); err != nil {
			t.Fatal(err)
		}
		all, err := s.AllIssued(t.Context(), []cases.ID{"c2", "c3", "c1"})
		if err != nil || !maps.Equal(all, map[cases.ID]string{"c1": "甲", "c2": "乙"}) {
			t.Errorf("%v, %v", all, err)
		}
		for id, want := range map[cases.ID]string{"c1": "甲", "c3": ""} {
			if got, err := s.Issued(t.Context(), id); got != want || err != nil {
				t.Errorf("%s: %q, %v", id, got, err)
			}
		}
		var again sqldb.Batch
		if s.Keep(&again, "c1", "丙"); db.Commit(t.Context(), &again) == nil {
			t.Error("a case was given two certificates")
		}
	})
}
