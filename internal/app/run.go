package app

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"tongban/internal/handling/cases"
	"tongban/internal/oversight/supervision"
)

// Run does what the program does by itself, until ctx ends: it delivers news,
// wakes cases whose time has come and sweeps what has expired.
func (a *App) Run(ctx context.Context) {
	var all sync.WaitGroup
	all.Go(func() { a.Post.Run(ctx) })
	all.Go(func() { a.every(ctx, 20*time.Second, "wake cases", a.WakeCases) })
	all.Go(func() { a.every(ctx, time.Minute, "items take effect", a.Items.TakeEffect) })
	all.Go(func() { a.every(ctx, time.Minute, "revisions are published", a.Revisions.Ripen) })
	all.Go(func() { a.every(ctx, 10*time.Minute, "sweep sessions", a.Identity.Sweep) })
	all.Go(func() { a.every(ctx, time.Hour, "sweep uploads", a.sweepUploads) })
	all.Go(func() { a.every(ctx, 2*time.Second, "supervision sums", a.Supervision.Refresh) })
	all.Go(func() { a.followCalendar(ctx) })
	all.Go(func() { a.every(ctx, 5*time.Second, "reckon due days", a.reckon) })
	all.Go(func() { a.every(ctx, time.Hour, "rating defaults", a.lapseRatings) })
	all.Wait()
}

// every does something from time to time; of several replicas only the one that
// holds the lease does it.
func (a *App) every(ctx context.Context, pause time.Duration, name string, do func(context.Context) error) {
	tick := time.NewTicker(pause)
	defer tick.Stop()
	for {
		held, err := a.DB.Lease(ctx, "app."+name, 2*pause, a.Now())
		if err == nil && held {
			err = do(ctx)
		}
		if err != nil && ctx.Err() == nil {
			slog.ErrorContext(ctx, "periodic work failed", "work", name, "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// atOnce is how many cases are woken between two looks at the time.
const atOnce = 500

// WakeCases does what has fallen due by itself, such as acceptance by silence.
func (a *App) WakeCases(ctx context.Context) error {
	asleep, err := a.Cases.Store.Sleeping(ctx, a.Now(), atOnce)
	if err != nil {
		return err
	}
	for _, id := range asleep {
		if err := a.Cases.Wake(ctx, id); err != nil {
			slog.ErrorContext(ctx, "case not woken", "case", id, "err", err)
		}
	}
	return nil
}

func (a *App) sweepUploads(ctx context.Context) error {
	_, err := a.Uploads.Sweep(ctx)
	return err
}

func (a *App) lapseRatings(ctx context.Context) error {
	_, err := a.Ratings.Lapse(ctx)
	return err
}

// followCalendar takes up what an administrator put in force on another
// replica; so every replica does it, lease or not.
func (a *App) followCalendar(ctx context.Context) {
	tick := time.NewTicker(5 * time.Second)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if err := a.Book.Refresh(ctx); err != nil && ctx.Err() == nil {
			slog.ErrorContext(ctx, "calendar not refreshed", "err", err)
		}
	}
}

// reckon brings due days and sums up to a calendar newly in force.
func (a *App) reckon(ctx context.Context) error {
	upto, err := a.Book.Behind(ctx)
	if err != nil || upto == "" {
		return err
	}
	if err := a.Book.Refresh(ctx); err != nil {
		return err
	}
	for after := cases.ID(""); ; {
		last, _, err := a.Cases.Store.Redue(ctx, after, atOnce)
		if err != nil {
			return err
		}
		if last == "" {
			break
		}
		after = last
	}
	if _, err := a.Supervision.Audit(ctx, true, func(supervision.Difference) {}); err != nil {
		return err
	}
	return a.Book.Store.Reckon(ctx, upto)
}
