package bench

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// A Campaign deals blows to a working platform (崩溃演练): while clients lead
// cases through their lives and ask again whenever they get no answer, the
// program, its database or what lies between is struck at random moments.
type Campaign struct {
	Program  string
	Data, DB string
	Password string
	Clients  int
	Blows    int
	Seed     uint64
	Kinds    []Blow
	Say      func(format string, args ...any) // progress

	address string
	server  *Server
	city    *City
	random  *rand.Rand
}

// A Blow is one kind of misfortune. Do deals it and mends what it broke, so that
// the platform can be reached again afterwards.
type Blow struct {
	Name  string
	Share int // how often, against the other kinds
	Do    func(context.Context, *Campaign) error
}

// An Outcome is what the campaign did.
type Outcome struct {
	Dealt   map[string]int
	Took    time.Duration
	Back    []time.Duration // from each blow until an act was acknowledged again
	Restart []time.Duration // of the program until it was ready
}

// Run strikes, lets everybody finish, and stops the platform in good order.
func (c *Campaign) Run(ctx context.Context) (*Ledger, Outcome, error) {
	c.random = rand.New(rand.NewPCG(c.Seed, 1))
	out := Outcome{Dealt: map[string]int{}}
	var err error
	if c.address, err = free(); err != nil {
		return nil, out, err
	}
	if err := c.Start(ctx); err != nil {
		return nil, out, err
	}
	if c.city, err = Open(ctx, c.server.At, c.Password, Food); err != nil {
		return nil, out, err
	}
	c.city.stubborn, c.city.ledger = true, newLedger()
	c.city.wire.patience = 20 * time.Second
	started := time.Now()
	err = c.strike(ctx, &out)
	out.Took = time.Since(started)
	if err == nil {
		err = c.server.Stop()
	}
	return c.city.ledger, out, err
}

// strike deals the blows while clients work, and waits until they are done.
func (c *Campaign) strike(ctx context.Context, out *Outcome) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var stop atomic.Bool
	var all sync.WaitGroup
	for i := range c.Clients {
		all.Go(func() {
			if err := c.client(ctx, i, &stop); err != nil {
				cancel(err) // a client was refused: the campaign ends here
			}
		})
	}
	err := c.blows(ctx, out)
	if err != nil {
		cancel(err)
	}
	stop.Store(true)
	all.Wait()
	if cause := context.Cause(ctx); cause != nil && !errors.Is(cause, context.Canceled) {
		return cause
	}
	return err
}

// client leads cases through their lives, each with a file of its own.
func (c *Campaign) client(ctx context.Context, i int, stop *atomic.Bool) error {
	w := &worker{city: c.city, n: i, taken: map[string][]time.Duration{}}
	for n := i; !stop.Load() && ctx.Err() == nil; n += c.Clients {
		if err := c.life(ctx, w, n); err != nil {
			return fmt.Errorf("client %d: %w", i, err)
		}
		if len(w.old) > waiting {
			if err := w.rate(ctx); err != nil {
				return fmt.Errorf("client %d: %w", i, err)
			}
			c.city.ledger.life()
		}
	}
	for len(w.old) > 0 && ctx.Err() == nil {
		if err := w.rate(ctx); err != nil {
			return fmt.Errorf("client %d: %w", i, err)
		}
		c.city.ledger.life()
	}
	return nil
}

// life is one life with a file of its own.
func (c *Campaign) life(ctx context.Context, w *worker, n int) error {
	file := fmt.Appendf(nil, "%s\n%% %d %d\n", pdf, c.Seed, n)
	var kept struct{ Hash string }
	token := c.city.folk[n%len(c.city.folk)]
	if _, err := c.city.ask(ctx, http.MethodPost, "/files?name=material.pdf", token, "", file, &kept); err != nil {
		return err
	}
	c.city.ledger.file(kept.Hash, int64(len(file)))
	return w.live(ctx, n, c.city.kind.application(n%len(folk), kept.Hash))
}

// blows deals them one after another, each once work goes on after the last.
func (c *Campaign) blows(ctx context.Context, out *Outcome) error {
	for n := range c.Blows {
		before := c.city.ledger.total()
		if err := c.progress(ctx, before); err != nil {
			return err
		}
		pause(ctx, time.Duration(c.random.IntN(400))*time.Millisecond)
		blow := c.draw()
		if err := blow.Do(ctx, c); err != nil {
			return fmt.Errorf("blow %d, %s: %w", n+1, blow.Name, err)
		}
		out.Dealt[blow.Name]++
		mended := time.Now()
		if err := c.progress(ctx, c.city.ledger.total()); err != nil {
			return fmt.Errorf("after blow %d, %s: %w", n+1, blow.Name, err)
		}
		out.Back = append(out.Back, time.Since(mended))
		out.Restart = append(out.Restart, c.server.Ready)
		if (n+1)%20 == 0 {
			again, last := c.city.ledger.asked()
			c.Say("%d blows, %d acts acknowledged, %d asked again, last: %s", n+1, c.city.ledger.total(), again, last)
		}
	}
	return nil
}

// draw picks a kind of blow by its share.
func (c *Campaign) draw() Blow {
	sum := 0
	for _, k := range c.Kinds {
		sum += k.Share
	}
	at := c.random.IntN(sum)
	i := slices.IndexFunc(c.Kinds, func(k Blow) bool { at -= k.Share; return at < 0 })
	return c.Kinds[i]
}

// progress waits until an act more than that was acknowledged.
func (c *Campaign) progress(ctx context.Context, than int) error {
	for started := time.Now(); c.city.ledger.total() <= than; {
		if time.Since(started) > time.Minute {
			_, last := c.city.ledger.asked()
			return fmt.Errorf("nothing was acknowledged for a minute; last: %s", last)
		}
		if err := context.Cause(ctx); err != nil {
			return err
		}
		time.Sleep(2 * time.Millisecond)
	}
	return nil
}

func pause(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}

// Start starts the program again where it was.
func (c *Campaign) Start(ctx context.Context, more ...string) (err error) {
	c.server, err = StartAt(context.WithoutCancel(ctx), c.Program, c.address, c.Data, c.DB, more...)
	return err
}
