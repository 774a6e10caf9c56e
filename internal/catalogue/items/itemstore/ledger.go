package itemstore

import (
	"context"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/sqldb"
)

// reckon notes the burdens of editions.
func reckon(b *sqldb.Batch, all []*items.Edition) {
	for _, e := range all {
		c := e.Burden()
		b.Insert(`INSERT INTO items_burdens (item, number, effective, materials, steps, statutory, days, visits, fees)`,
			string(e.Item), e.Number, e.Effective.String(), c.Materials, c.Steps, c.Statutory, c.Days, c.Visits, c.Fees)
	}
}

// Reckon notes the burdens of editions.
func (s *Store) Reckon(ctx context.Context, all []*items.Edition) error {
	places, err := s.placesOf(ctx, all)
	if err != nil {
		return err
	}
	b := &sqldb.Batch{}
	reckon(b, all)
	addUp(b, places)
	err = s.DB.Commit(ctx, b)
	if sqldb.IsDuplicate(err) {
		return nil // another replica was first, and counts the same
	}
	return err
}

// Unreckoned are editions whose burdens are not noted.
func (s *Store) Unreckoned(ctx context.Context, limit int) ([]*items.Edition, error) {
	return sqldb.Rows(ctx, s.DB, func(scan func(...any) error) (*items.Edition, error) {
		var body string
		if err := scan(&body); err != nil {
			return nil, err
		}
		return editionOf(body)
	}, `SELECT body FROM items_editions e WHERE NOT EXISTS (SELECT 1 FROM items_burdens c WHERE c.item = e.item AND c.number = e.number) LIMIT $1`, limit)
}

// compared joins an item with what its edition of then (was) and of now cost.
// What has ended is counted as an item that was, and nowhere else.
const (
	comparedTables = ` FROM items i JOIN items_burdens now ON now.item = i.id AND now.number = i.number
		JOIN items_burdens was ON was.item = i.id AND was.number = `
	editionThen = `COALESCE((SELECT MAX(b.number) FROM items_burdens b WHERE b.item = i.id AND b.effective <= $2 AND b.number <= i.number), 1)
		JOIN items_burdens first ON first.item = i.id AND first.number = 1`
	firstEdition = `1` // without a day to compare with: neither looked for nor joined twice
	still        = `CASE WHEN i.state = '在用' AND i.effective <= $1 AND (i.retired = '' OR i.retired > $1) THEN 1 ELSE 0 END`
	then         = `CASE WHEN first.effective <= $2 AND (i.retired = '' OR i.retired > $2) AND i.effective <= $1 THEN 1 ELSE 0 END`
	ever         = `CASE WHEN $2 = '' AND i.effective <= $1 THEN 1 ELSE 0 END`
)

// compared are the tables of a query, and when an item is counted among those that
// were.
func compared(q items.LedgerQuery) (tables, was string) {
	if q.From == 0 {
		return comparedTables + firstEdition, ever
	}
	return comparedTables + editionThen, then
}

// narrowed is the condition of a query; its arguments begin with today and from.
func narrowed(q items.LedgerQuery, day calendar.Day) *question {
	w := &question{args: []any{day.String(), q.From.String()}}
	w.add(` WHERE i.effective <= $1 AND i.state <> '草稿'`)
	w.within(q)
	if q.Topic != "" {
		w.add(` AND i.id IN (SELECT t.item FROM items_topics t WHERE t.topic = `, q.Topic)
		w.add(`)`)
	}
	return w
}

// within keeps to the division and the agency that are asked for.
func (w *question) within(q items.LedgerQuery) {
	if q.Within != "" {
		stem := identity.Stem(q.Within)
		w.add(` AND i.region >= `, stem)
		w.add(` AND i.region < `, stem+":") // ":" follows "9"
	}
	if q.Agency != "" {
		w.add(` AND i.agency = `, q.Agency)
	}
}

// LedgerItems lists the items behind the numbers.
func (s *Store) LedgerItems(ctx context.Context, q items.LedgerQuery, day calendar.Day, after items.Cursor, limit int) ([]items.Saving, items.Cursor, error) {
	w := narrowed(q, day)
	if after.ID != "" {
		w.add(` AND (i.sort, i.id) > (`, after.Sort)
		w.add(`, `, string(after.ID))
		w.add(`)`)
	}
	w.add(` ORDER BY i.sort, i.id LIMIT `, limit+1)
	tables, then := compared(q)
	var sorts []string
	all, err := sqldb.Rows(ctx, s.DB, func(scan func(...any) error) (v items.Saving, err error) {
		a, n := &v.Was, &v.Now
		var sort string
		err = scan(&v.Key, &v.Name, &v.Agency, &sort, &v.ItemsWas, &v.Items, &v.WasNumber, &v.Number, &a.Materials, &a.Steps, &a.Statutory, &a.Days, &a.Visits, &a.Fees,
			&n.Materials, &n.Steps, &n.Statutory, &n.Days, &n.Visits, &n.Fees)
		sorts = append(sorts, sort)
		return v, err
	}, `SELECT i.id, i.name, i.agency_name, i.sort, `+then+`, `+still+`, was.number, now.number,
		was.materials, was.steps, was.statutory, was.days, was.visits, was.fees,
		now.materials, now.steps, now.statutory, now.days, now.visits, now.fees`+tables+w.text.String(), w.args...)
	if err != nil || len(all) <= limit {
		return all, items.Cursor{}, err
	}
	return all[:limit], items.Cursor{Sort: sorts[limit-1], ID: items.ID(all[limit-1].Key)}, nil
}

// SharedCodes lists catalogue codes that more than one item bears.
func (s *Store) SharedCodes(ctx context.Context, within string, day calendar.Day, after string, limit int) ([]items.Shared, error) {
	q := question{args: []any{day.String()}}
	q.add(`SELECT i.catalogue, MIN(i.name), COUNT(*) FROM items i WHERE `+inForce+` AND i.catalogue > `, after)
	if within != "" {
		stem := identity.Stem(within)
		q.add(` AND i.region >= `, stem)
		q.add(` AND i.region < `, stem+":")
	}
	q.add(` GROUP BY i.catalogue HAVING COUNT(*) > 1 ORDER BY i.catalogue LIMIT `, limit)
	return sqldb.Rows(ctx, s.DB, func(scan func(...any) error) (v items.Shared, err error) {
		return v, scan(&v.Catalogue, &v.Name, &v.Items)
	}, q.text.String(), q.args...)
}
