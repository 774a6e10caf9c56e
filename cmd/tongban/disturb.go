package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"tongban/cmd/tongban/bench"
	"tongban/internal/app"
	"tongban/internal/handling/elsewhere"
)

// nuisances are what is measured one after the other; it is quiet twice, so that
// what the machine itself does can be told apart.
var nuisances = []struct {
	name string
	bench.Nuisance
}{
	{"quiet", bench.Nuisance{}},
	{"two people export all cases without end", bench.Nuisance{Exports: 2}},
	{"quiet once more", bench.Nuisance{}},
	{"a partner takes connections and never answers", bench.Nuisance{Partner: true}},
	{"both", bench.Nuisance{Exports: 2, Partner: true}},
}

// matters is how many wait for the partner who never answers.
const matters = 40

// disturb measures how long acts and pages of a window take at half of what the
// city can do, with and without what must not slow them.
func (c *benchmark) disturb(ctx context.Context, data, db string) (lives int, err error) {
	program, err := os.Executable()
	if err != nil {
		return 0, err
	}
	hang, err := bench.StartHang()
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, hang.Close()) }()
	server, err := bench.Start(ctx, program, data, db, c.Profile, "--partners", hang.At)
	if err != nil {
		return 0, err
	}
	s := &bench.Servers{All: []*bench.Server{server}, Data: data}
	if err = c.join(ctx, s, program, data, db); err == nil {
		lives, err = c.disturbed(ctx, s, hang)
	}
	return lives, errors.Join(err, s.Stop())
}

func (c *benchmark) disturbed(ctx context.Context, s *bench.Servers, hang *bench.Hang) (lives int, err error) {
	const password = "Tongban-2026"
	city, err := bench.Open(ctx, s.All[0].At, password, c.kind())
	if err != nil {
		return 0, err
	}
	card, err := stranger(ctx)
	if err != nil {
		return 0, err
	}
	full, err := c.run(ctx, city, s, c.Clients[0], 0)
	lives = full.Lives
	entered := false
	for _, n := range nuisances {
		if err == nil && n.Partner && !entered {
			entered, err = true, city.Enter(ctx, s.All[0], hang, card, password, matters)
		}
		if err != nil {
			return lives, err
		}
		r, sent, failed := city.Disturbed(ctx, bench.Run{Clients: c.Clients[0], For: c.For, Pace: full.Rate() / 2}, s, password, n.Nuisance)
		lives, err = lives+r.Lives, failed
		if err == nil {
			fmt.Printf("%s (exported %s; the partner was asked %d times; load average %s)\n%s", n.name, sent, hang.Asked.Load(), load(), r)
		}
	}
	return lives, err
}

// stranger is the card of an installation that does not exist.
func stranger(ctx context.Context) (elsewhere.Card, error) {
	dir, err := os.MkdirTemp("", "tongban-stranger")
	if err != nil {
		return elsewhere.Card{}, err
	}
	defer os.RemoveAll(dir)
	a, err := app.Open(ctx, app.Settings{Data: dir})
	if err != nil {
		return elsewhere.Card{}, fmt.Errorf("make a partner: %w", err)
	}
	defer a.Close()
	return a.Elsewhere.Own()
}
