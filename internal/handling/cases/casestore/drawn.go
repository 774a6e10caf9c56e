package casestore

import (
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
)

// putDrawn lists the case among the automatic decisions that a person still has
// to look at, or takes it off that list.
func putDrawn(b *sqldb.Batch, c *cases.Case, m cases.Moved) {
	switch {
	case m.Reckoned == nil && m.Checked == nil:
	case c.Wanting():
		b.Exec(`INSERT INTO cases_drawn (agency, case_id) VALUES ($1, $2) ON CONFLICT (agency, case_id) DO NOTHING`, c.Agency, string(c.ID))
	default:
		b.Exec(`DELETE FROM cases_drawn WHERE agency = $1 AND case_id = $2`, c.Agency, string(c.ID))
	}
}
