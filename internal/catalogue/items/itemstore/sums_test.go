package itemstore_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/items/itemstest"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
)

// Whatever is published, takes effect, moves to another agency or comes to its
// end, the ledger's sums are those of the items listed behind them, for every
// division, agency, topic and day one may compare with.
func TestTheLedgersSumsAreThoseOfTheItemsListed(t *testing.T) {
	sqldbtest.Each(t, schemas, func(t *testing.T, db *sqldb.DB) {
		rounds := 0
		rapid.Check(t, func(r *rapid.T) {
			if rounds++; rounds > 12 {
				return // a round is many commits
			}
			l := &ledgerWalk{city: newCity(t, db), t: t, r: r, round: rounds}
			l.now = calendar.Parse("2026-01-10").Start()
			for range 8 {
				l.publish()
				l.now = l.now.Add(time.Duration(rapid.IntRange(0, 40).Draw(r, "days")) * 24 * time.Hour)
				if err := l.TakeEffect(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
			for range 6 {
				l.compare()
			}
		})
	})
}

// ledgerWalk is one history of a few items.
type ledgerWalk struct {
	*city
	t     *testing.T
	r     *rapid.T
	round int
}

func (l *ledgerWalk) day(name string) calendar.Day {
	return calendar.Parse("2026-01-01") + calendar.Day(rapid.IntRange(0, 365).Draw(l.r, name))
}

func (l *ledgerWalk) region() string {
	return fmt.Sprintf("3203%02d000000", rapid.IntRange(1, 3).Draw(l.r, "county"))
}

func (l *ledgerWalk) publish() {
	var all []*items.Edition
	for i := range 3 {
		if !rapid.Bool().Draw(l.r, "published") {
			continue
		}
		e := copied(l.t, itemstest.Sample(l.t)[i])
		e.Item, e.Effective = items.ID(fmt.Sprintf("%d-%d", l.round, i)), l.day("effective")
		e.Region, e.Agency = l.region(), rapid.SampledFrom([]string{"甲", "乙"}).Draw(l.r, "agency")
		e.Visits, e.Materials = rapid.IntRange(0, 3).Draw(l.r, "visits"), e.Materials[rapid.IntRange(0, 1).Draw(l.r, "materials"):]
		e.LifeStages = rapid.SampledFrom([][]string{nil, {"出生"}}).Draw(l.r, "topics")
		if rapid.IntRange(0, 3).Draw(l.r, "ends") == 0 {
			e.Retired = e.Effective + 60
		}
		all = append(all, e)
	}
	if _, err := l.PublishAll(l.t.Context(), all, identity.TheSystem); err != nil {
		l.t.Fatal(err)
	}
}

// compare holds the sums of a query to the list of the same query.
func (l *ledgerWalk) compare() {
	q := items.LedgerQuery{Within: l.region(), Agency: rapid.SampledFrom([]string{"", "甲"}).Draw(l.r, "of"),
		Topic: rapid.SampledFrom([]string{"", "life:出生"}).Draw(l.r, "topic")}
	if rapid.Bool().Draw(l.r, "compared with a day") {
		q.From = l.day("from")
	}
	listed, _, err := l.LedgerItems(l.t.Context(), q, items.Cursor{}, 1000)
	if err != nil {
		l.t.Fatal(err)
	}
	var want items.Saving
	for _, one := range listed {
		if one.Items == 0 {
			one.Was, one.Now = items.Burden{}, items.Burden{}
		}
		want = want.Plus(one)
	}
	for _, by := range []items.By{items.ByDivision, items.ByAgency} {
		rows, err := l.Ledger(l.t.Context(), q, by)
		if err != nil {
			l.t.Fatal(err)
		}
		var sum items.Saving
		for _, row := range rows {
			sum = sum.Plus(row)
		}
		if diff := cmp.Diff(want, sum); diff != "" {
			l.t.Fatalf("%+v by %s: listed and summed %s", q, by, diff)
		}
	}
}
