package itemstore

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/ground/sqldb"
)

// place is where the ledger adds up items together.
type place struct{ region, agency string }

// placesOf are the places of editions, and those in which their items stand
// before: an edition may move its item to another agency.
func (s *Store) placesOf(ctx context.Context, all []*items.Edition) ([]place, error) {
	var places []place
	for some := range slices.Chunk(all, 200) {
		var q question
		q.add(`SELECT DISTINCT region, agency FROM items WHERE id IN (`)
		between := ``
		for _, e := range some {
			q.add(between, string(e.Item))
			between = `, `
			places = append(places, place{e.Region, e.Agency})
		}
		q.add(`)`)
		before, err := sqldb.Rows(ctx, s.DB, func(scan func(...any) error) (p place, err error) {
			return p, scan(&p.region, &p.agency)
		}, q.text.String(), q.args...)
		if err != nil {
			return nil, err
		}
		places = append(places, before...)
	}
	slices.SortFunc(places, func(a, b place) int {
		return cmp.Or(strings.Compare(a.region, b.region), strings.Compare(a.agency, b.agency))
	})
	return slices.Compact(places), nil
}

// addUp adds up the items of places anew, after all else in the batch. Those who
// do it for one place at a time wait for each other.
func addUp(b *sqldb.Batch, places []place) {
	for _, p := range places {
		b.Exec(`INSERT INTO items_sums_turns (region, agency, turns) VALUES ($1, $2, 1)
			ON CONFLICT (region, agency) DO UPDATE SET turns = items_sums_turns.turns + 1`, p.region, p.agency)
		b.Exec(`DELETE FROM items_sums WHERE region = $1 AND agency = $2`, p.region, p.agency)
		b.Exec(addUpAll, p.region, p.agency)
		b.Exec(addUpTopics, p.region, p.agency)
	}
}

// addUpAll and addUpTopics make the rows of a place, for all its items and for
// those of each topic. The edition that an item is compared with on a day is the
// highest that was in force by then, and the first before that: so the days of an
// edition end where those of any higher one begin.
var (
	addUpAll    = adding(`''`, ``)
	addUpTopics = adding(`t.topic`, ` JOIN items_topics t ON t.item = i.id`)
)

func adding(topic, topics string) string {
	was, now, sums := columns("was."), columns("now."), `SUM(c.was_`+strings.Join(counted, `), SUM(c.was_`)+`), SUM(c.now_`+strings.Join(counted, `), SUM(c.now_`)+`)`
	key := `c.topic, c.region, c.agency, c.state, c.effective, c.retired, c.begun, c.since, c.until`
	return `INSERT INTO items_sums SELECT ` + key + `, MIN(c.agency_name), COUNT(*), ` + sums + `
		FROM (SELECT ` + topic + ` AS topic, i.region, i.agency, i.state, i.effective, i.retired, i.agency_name, one.effective AS begun,
			CASE WHEN was.number = 1 THEN '' WHEN was.effective = '' THEN '0' ELSE was.effective END AS since,
			COALESCE((SELECT MIN(CASE WHEN l.effective = '' THEN '0' ELSE l.effective END) FROM items_burdens l
				WHERE l.item = i.id AND l.number > was.number AND l.number <= i.number), '9999') AS until, ` + was + `, ` + now + `
		FROM items i` + topics + `
		JOIN items_burdens now ON now.item = i.id AND now.number = i.number
		JOIN items_burdens one ON one.item = i.id AND one.number = 1
		JOIN items_burdens was ON was.item = i.id AND was.number <= i.number
		WHERE i.region = $1 AND i.agency = $2 AND i.state <> '草稿') c
		WHERE c.since < c.until GROUP BY ` + key
}

// counted are the columns of a burden.
var counted = []string{"materials", "steps", "statutory", "days", "visits", "fees"}

// columns are those of one side under the names of the sums: was.days AS was_days.
func columns(side string) string {
	var all []string
	for _, c := range counted {
		all = append(all, side+c+` AS `+strings.Replace(side, ".", "_", 1)+c)
	}
	return strings.Join(all, `, `)
}

// When the items of a row are still in force, and when they were.
const (
	stillSummed = `i.state = '在用' AND (i.retired = '' OR i.retired > $1)`
	wasSummed   = `$2 = '' OR (i.begun <= $2 AND (i.retired = '' OR i.retired > $2))`
)

// Ledger adds up by divisions or agencies, from what was added up when an edition
// was published or took effect.
func (s *Store) Ledger(ctx context.Context, q items.LedgerQuery, by items.By, day calendar.Day) ([]items.Saving, error) {
	key, name := `SUBSTR(i.region, 1, 6)`, `''`
	if by == items.ByAgency {
		key, name = `i.agency`, `MIN(i.agency_name)`
	}
	var w question
	w.add(`SELECT ` + key + `, ` + name + `, SUM(CASE WHEN ` + wasSummed + ` THEN i.items ELSE 0 END), SUM(CASE WHEN ` + stillSummed + ` THEN i.items ELSE 0 END)`)
	for _, side := range []string{"was_", "now_"} {
		for _, c := range counted {
			fmt.Fprintf(&w.text, `, SUM(CASE WHEN %s THEN i.%s%s ELSE 0 END)`, stillSummed, side, c)
		}
	}
	w.args = []any{day.String(), q.From.String()}
	w.add(` FROM items_sums i WHERE i.effective <= $1 AND i.since <= $2 AND i.until > $2 AND i.topic = `, q.Topic)
	w.within(q)
	w.add(` GROUP BY ` + key + ` ORDER BY ` + key)
	return sqldb.Rows(ctx, s.DB, func(scan func(...any) error) (v items.Saving, err error) {
		a, n := &v.Was, &v.Now
		return v, scan(&v.Key, &v.Name, &v.ItemsWas, &v.Items, &a.Materials, &a.Steps, &a.Statutory, &a.Days, &a.Visits, &a.Fees,
			&n.Materials, &n.Steps, &n.Statutory, &n.Days, &n.Visits, &n.Fees)
	}, w.text.String(), w.args...)
}
