package rekey

import (
	"context"
	"fmt"
	"maps"
	"time"

	"tongban/internal/ground/fault"
	"tongban/internal/ground/secret"
	"tongban/internal/ground/sqldb"
)

// gone is after how long a replica that says nothing is taken for stopped.
const gone = 30 * time.Second

// A Generation is which key of a series makes what is made now.
type Generation struct {
	Series     secret.Series
	Generation int
	Since      time.Time
	Newest     int // that this program knows
}

// Begin has a program that starts use the keys that all others use; the first one
// begins with the newest there are.
func (s *Service) Begin(ctx context.Context) error {
	used, err := s.generations(ctx)
	if err != nil {
		return err
	}
	var b sqldb.Batch
	known := s.Keys.Known()
	for _, series := range secret.AllSeries {
		if _, said := used[series]; !said {
			b.Exec(`INSERT INTO rekey_generations (series, generation, since) VALUES ($1, $2, $3) ON CONFLICT (series) DO NOTHING`,
				string(series), max(known[series], 1), sqldb.Instant(s.Now()))
		}
	}
	if b.Len() > 0 {
		if err := s.DB.Commit(ctx, &b); err != nil {
			return fmt.Errorf("note keys in use: %w", err)
		}
	}
	return s.use(ctx)
}

// Follow takes up keys that were made elsewhere, says so to the other replicas, and
// uses from now on what all use. Every replica does it every few seconds.
func (s *Service) Follow(ctx context.Context) error {
	s.following.Lock()
	defer s.following.Unlock()
	if err := s.Keys.Refresh(); err != nil {
		return err
	}
	known := s.Keys.Known()
	if maps.Equal(known, s.said) && s.Now().Sub(s.saidAt).Abs() < gone/3 {
		return s.use(ctx)
	}
	var b sqldb.Batch
	for _, series := range secret.AllSeries {
		b.Exec(`INSERT INTO rekey_replicas (replica, series, generation, at) VALUES ($1, $2, $3, $4)
			ON CONFLICT (replica, series) DO UPDATE SET generation = excluded.generation, at = excluded.at`,
			s.Replica, string(series), max(known[series], 1), sqldb.Instant(s.Now()))
	}
	if err := s.DB.Commit(ctx, &b); err != nil {
		return fmt.Errorf("say which keys are known: %w", err)
	}
	s.said, s.saidAt = known, s.Now()
	return s.use(ctx)
}

// Leave says that this replica stops, so that nobody waits for it.
func (s *Service) Leave(ctx context.Context) error {
	_, err := s.DB.Exec(ctx, `DELETE FROM rekey_replicas WHERE replica = $1 OR at < $2`, s.Replica, sqldb.Instant(s.Now().Add(-24*time.Hour)))
	return err
}

func (s *Service) use(ctx context.Context) error {
	used, err := s.generations(ctx)
	if err != nil {
		return err
	}
	for _, g := range used {
		if err := s.Keys.Use(g.Series, g.Generation); err != nil {
			return err
		}
	}
	return nil
}

// Generations are which keys are in use.
func (s *Service) Generations(ctx context.Context) ([]Generation, error) {
	used, err := s.generations(ctx)
	if err != nil {
		return nil, err
	}
	var all []Generation
	for _, series := range secret.AllSeries {
		all = append(all, used[series])
	}
	return all, nil
}

func (s *Service) generations(ctx context.Context) (map[secret.Series]Generation, error) {
	known := s.Keys.Known()
	all, err := sqldb.Rows(ctx, s.DB, func(scan func(...any) error) (g Generation, err error) {
		var since int64
		err = scan(&g.Series, &g.Generation, &since)
		g.Since, g.Newest = sqldb.FromInstant(since), max(known[g.Series], 1)
		return g, err
	}, `SELECT series, generation, since FROM rekey_generations`)
	used := map[secret.Series]Generation{}
	for _, g := range all {
		used[g.Series] = g
	}
	return used, err
}

// advance puts a newer key to use once every replica knows it, and has for a while:
// nothing is made with a key that somebody could not read.
func (s *Service) advance(ctx context.Context) error {
	used, err := s.generations(ctx)
	if err != nil {
		return err
	}
	least, err := s.knownToAll(ctx)
	if err != nil {
		return err
	}
	for _, series := range secret.AllSeries {
		if least[series] <= used[series].Generation {
			delete(s.waits, series)
			continue
		}
		if w := s.waits[series]; w.generation != least[series] {
			s.waits[series] = wait{least[series], s.Now()}
		}
		if s.Now().Sub(s.waits[series].since).Abs() < s.Settle {
			continue
		}
		_, err := s.DB.Exec(ctx, `UPDATE rekey_generations SET generation = $1, since = $2 WHERE series = $3 AND generation < $1`,
			least[series], sqldb.Instant(s.Now()), string(series))
		if err != nil {
			return fmt.Errorf("put key to use: %w", err)
		}
	}
	return s.use(ctx)
}

// wait is for how long a generation is known to all.
type wait struct {
	generation int
	since      time.Time
}

// knownToAll is of each series the newest generation that every running replica knows.
func (s *Service) knownToAll(ctx context.Context) (map[secret.Series]int, error) {
	now := s.Now()
	least := map[secret.Series]int{}
	err := s.DB.Each(ctx, func(scan func(...any) error) error {
		var series secret.Series
		var generation int
		if err := scan(&series, &generation); err != nil {
			return err
		}
		if n, seen := least[series]; !seen || generation < n {
			least[series] = generation
		}
		return nil
	}, `SELECT series, generation FROM rekey_replicas WHERE at > $1 AND at < $2`, sqldb.Instant(now.Add(-gone)), sqldb.Instant(now.Add(gone)))
	return least, err
}

// Finish makes anew whatever is left in the columns of a series, and reports the
// generation below which nothing needs its keys any more. Fault: rekey.settling, while
// some replica may still make things by an older one.
func (s *Service) Finish(ctx context.Context, series secret.Series) (int, error) {
	used, err := s.generations(ctx)
	if err != nil {
		return 0, err
	}
	g := used[series]
	if !s.settled(g) {
		return 0, fault.New(fault.Conflict, "rekey.settling", "%s第%d代刚开始使用，有的实例可能还在用上一代，请过%.0f秒再删", series.Say(), g.Generation, s.Settle.Seconds())
	}
	for _, c := range s.Columns {
		if c.series() != series {
			continue
		}
		if err := s.finish(ctx, c, g.Generation); err != nil {
			return 0, fmt.Errorf("make %s anew: %w", c.name(), err)
		}
	}
	return g.Generation, nil
}

// finish goes through a column once more, from its beginning.
func (s *Service) finish(ctx context.Context, c Column, generation int) error {
	for p := (Progress{Name: c.name(), Generation: generation, again: true}); !p.Finished; {
		_, err := s.round(ctx, c, p)
		if err != nil {
			return err
		}
		if p, err = s.progress(ctx, c); err != nil {
			return err
		}
	}
	return nil
}

// settled reports whether every replica has heard that a generation is used.
func (s *Service) settled(g Generation) bool { return s.Now().Sub(g.Since).Abs() >= s.Settle }
