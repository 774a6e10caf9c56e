package casestore

import (
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
)

// putPassed puts a case that was handed over with its item (机构调整) under the new
// agency wherever lists look for it. What is owed is written anew: it reads otherwise.
func putPassed(b *sqldb.Batch, c *cases.Case, m cases.Moved) {
	if m.Agency == "" {
		return
	}
	b.Exec(`UPDATE cases SET agency = $1, region = $2, county = $3, town = $4 WHERE id = $5`, c.Agency, c.Region, countyOf(c.Region), townOf(c.Region), string(c.ID))
	for _, w := range c.Flow.Open {
		b.Exec(`UPDATE cases_work SET agency = $1 WHERE case_id = $2 AND work_id = $3`, w.Agency, string(c.ID), w.ID)
	}
}
