package main

import (
	"context"
	"fmt"

	"tongban/cmd/tongban/bench"
)

// crowded is how many cases a city holds whose pages are measured for the goals.
const crowded = 100_000

// goals measures everything that the goals ask for, on each database in turn, and
// prints the table of doc/performance.md.
func (c *benchmark) goals(ctx context.Context) error {
	stores := []string{""}
	if c.DB != "" {
		stores = append(stores, c.DB)
	}
	var trials []bench.Trial
	for _, db := range stores {
		t, err := c.trial(ctx, db)
		if err != nil {
			return err
		}
		trials = append(trials, t)
	}
	fmt.Print(bench.Table(trials))
	return nil
}

// trial measures one database: fresh cities beside the thin server, on PostgreSQL with
// one replica and with two by turns, and then a city with many cases.
func (c *benchmark) trial(ctx context.Context, db string) (bench.Trial, error) {
	t := bench.Trial{Postgres: db != ""}
	for range c.Rounds {
		one, err := c.stage(ctx, benchmark{DB: db, Half: true, Thin: true, Copies: 1})
		if err != nil {
			return t, err
		}
		t.Rounds = append(t.Rounds, one)
		if !t.Postgres {
			continue
		}
		two, err := c.stage(ctx, benchmark{DB: db, Copies: 2})
		if err != nil {
			return t, err
		}
		t.Two = append(t.Two, two)
	}
	large, err := c.stage(ctx, benchmark{DB: db, Copies: 1, Fill: max(c.Fill, crowded)})
	t.Large = large
	return t, err
}

// stage measures one city as the goals want it: with 32 clients.
func (c *benchmark) stage(ctx context.Context, s benchmark) (bench.Findings, error) {
	s.Clients, s.For, s.Stay = []int{32}, c.For, c.Stay
	err := s.city(ctx)
	return s.found, err
}
