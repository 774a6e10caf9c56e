package casestore_test

import (
	"testing"

	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/cases/casestest"
)

func TestAListOfCasesHasThemWhole(t *testing.T) {
	sqldbtest.Each(t, tables, func(t *testing.T, db *sqldb.DB) {
		o := open(t, db)
		c := o.file()
		for name, f := range map[string]cases.Filter{
			"the window's": {Queue: casestest.Region, Limit: 10}, "the agency's": {Agency: c.Agency, Limit: 10}, "by name": {Agency: c.Agency, Name: c.Applicant.Name, Limit: 10},
		} {
			all, err := o.Store.Open(t.Context(), f)
			if err != nil || len(all) != 1 {
				t.Fatalf("%s: %d cases, %v", name, len(all), err)
			}
			if got := all[0].Case; len(got.Materials) != len(c.Materials) || len(got.Answers) != len(c.Answers) || got.Number != c.Number {
				t.Errorf("%s: %+v, want %+v", name, got, c)
			}
		}
	})
}
