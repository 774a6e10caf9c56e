package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"tongban/internal/app"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/sqldb"
	"tongban/internal/register/archives"
)

// shelve archives what has been over in the filled city for as short as a rule may
// say, tells what the tables weigh before and after, and asks them again.
func (c *benchmark) shelve(ctx context.Context, data, db string) error {
	a, err := app.Open(ctx, app.Settings{Data: data, DB: db})
	if err != nil {
		return err
	}
	defer a.Close()
	if err := a.Archives.Lay(ctx, archives.Rule{On: true, Days: archives.FewestDays, Reason: "测速"}, identity.TheSystem); err != nil {
		return err
	}
	before, err := weigh(ctx, a.DB)
	if err != nil {
		return err
	}
	started, shelved := time.Now(), int64(0)
	for more := true; more; {
		if err := a.ShelveCases(ctx); err != nil {
			return err
		}
		now, err := count(ctx, a.DB, "cases_archived")
		if err != nil {
			return err
		}
		more, shelved = now > shelved, now
	}
	took := time.Since(started)
	after, err := weigh(ctx, a.DB)
	if err != nil {
		return err
	}
	fmt.Printf("archived %d cases in %s = %.0f/s; load average %s\n", shelved, took.Round(time.Second), float64(shelved)/took.Seconds(), load())
	fmt.Printf("%-20s %10s %10s %8s %8s\n", "table", "rows was", "rows is", "MB was", "MB is")
	for _, table := range weighed {
		was, is := before[table], after[table]
		fmt.Printf("%-20s %10d %10d %8.1f %8.1f\n", table, was.rows, is.rows, float64(was.bytes)/(1<<20), float64(is.bytes)/(1<<20))
	}
	return plans(ctx, a, c.Plans, os.Stdout)
}

// weighed are the tables that archiving empties and fills.
var weighed = []string{"cases", "cases_filings", "cases_papers", "event_facts", "cases_archived", "archives_packages"}

// A weight is how many rows a table has, and how many bytes they take, on SQLite
// together with their indexes.
type weight struct{ rows, bytes int64 }

func weigh(ctx context.Context, db *sqldb.DB) (map[string]weight, error) {
	all := map[string]weight{}
	for _, table := range weighed {
		rows, err := count(ctx, db, table)
		if err != nil {
			return nil, err
		}
		size := `SELECT COALESCE(SUM(d.pgsize), 0) FROM dbstat d JOIN sqlite_master m ON m.name = d.name WHERE m.tbl_name = '` + table + `'`
		if db.Postgres { // whose files shrink only when they are written anew: its rows are weighed alone
			size = `SELECT COALESCE(SUM(pg_column_size(t)), 0) FROM ` + table + ` t`
		}
		w := weight{rows: rows}
		if err := db.Row(ctx, size).Scan(&w.bytes); err != nil {
			return nil, fmt.Errorf("weigh %s: %w", table, err)
		}
		all[table] = w
	}
	return all, nil
}

func count(ctx context.Context, db *sqldb.DB, table string) (n int64, err error) {
	return n, db.Row(ctx, `SELECT COUNT(*) FROM `+table).Scan(&n)
}
