package itemstore

import (
	"context"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/ground/sqldb"
)

// Count counts what is in force on day.
func (s *Store) Count(ctx context.Context, day calendar.Day) (map[string]int, []items.Tally, error) {
	topics := map[string]int{}
	err := s.DB.Each(ctx, func(scan func(...any) error) error {
		var topic string
		var n int
		if err := scan(&topic, &n); err != nil {
			return err
		}
		topics[topic] = n
		return nil
	}, `SELECT t.topic, COUNT(*) FROM items_topics t JOIN items i ON i.id = t.item WHERE `+inForce+` GROUP BY t.topic`, day.String())
	if err != nil {
		return nil, nil, err
	}
	tallies, err := sqldb.Rows(ctx, s.DB, func(scan func(...any) error) (t items.Tally, err error) {
		var person, firm int
		err = scan(&t.Type, &t.Level, &t.Region, &t.Agency, &person, &firm, &t.N)
		t.Person, t.Firm = person == 1, firm == 1
		return t, err
	}, `SELECT i.type, i.level, i.region, i.agency, i.person, i.firm, COUNT(*) FROM items i WHERE `+inForce+`
		GROUP BY i.type, i.level, i.region, i.agency, i.person, i.firm`, day.String())
	return topics, tallies, err
}

// Editions reads the editions that entries stand for.
func (s *Store) Editions(ctx context.Context, entries []items.Entry) ([]*items.Edition, error) {
	if len(entries) == 0 {
		return nil, nil
	}
	var q question
	q.add(`SELECT body FROM items_editions WHERE `)
	between := `(item = `
	for _, e := range entries {
		q.add(between, string(e.ID))
		q.add(` AND number = `, e.Number)
		q.add(`)`)
		between = ` OR (item = `
	}
	return sqldb.Rows(ctx, s.DB, func(scan func(...any) error) (*items.Edition, error) {
		var body string
		if err := scan(&body); err != nil {
			return nil, err
		}
		return editionOf(body)
	}, q.text.String(), q.args...)
}
