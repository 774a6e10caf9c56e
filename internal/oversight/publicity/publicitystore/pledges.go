package publicitystore

import (
	"context"

	"tongban/internal/civic/calendar"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
	"tongban/internal/oversight/publicity"
)

const pledgeColumns = `case_id, item, item_name, agency, agency_name, name, what, decided, until, found`

// ShowPledge adds a pledge.
func (s *Store) ShowPledge(b *sqldb.Batch, p publicity.Pledged) {
	b.Exec(`INSERT INTO publicity_pledges (`+pledgeColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (case_id) DO NOTHING`,
		string(p.Case), string(p.Item), p.ItemName, p.Agency, p.AgencyName, p.Name, p.What, p.Decided.String(), p.Until.String(), p.Found)
}

// FindPledge marks one with what was found.
func (s *Store) FindPledge(b *sqldb.Batch, id cases.ID, found string) {
	b.Exec(`UPDATE publicity_pledges SET found = $1 WHERE case_id = $2`, found, string(id))
}

// Pledges is a page of those public on a day, newest first, by keyset.
func (s *Store) Pledges(ctx context.Context, f publicity.Filter, on calendar.Day) ([]publicity.Pledged, error) {
	w := chosen(f)
	w.and(`until >= ?`, on.String())
	return sqldb.Rows(ctx, s.DB, scanPledge, `SELECT `+pledgeColumns+` FROM publicity_pledges WHERE `+w.page(f.Limit), w.args...)
}

func scanPledge(scan func(...any) error) (p publicity.Pledged, err error) {
	var decided, until string
	err = scan((*string)(&p.Case), (*string)(&p.Item), &p.ItemName, &p.Agency, &p.AgencyName, &p.Name, &p.What, &decided, &until, &p.Found)
	p.Decided, p.Until, p.Cursor = calendar.Parse(decided), calendar.Parse(until), decided+"/"+string(p.Case)
	return p, err
}
