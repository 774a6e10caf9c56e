package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/once"
	"tongban/internal/ground/spans"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
	"tongban/internal/oversight/supervision"
)

// Run does what the program does by itself, until ctx ends: it delivers news,
// wakes cases whose time has come and sweeps what has expired.
func (a *App) Run(ctx context.Context) {
	a.DB.Patience(silence)
	begun := a.Now()
	a.running.Store(&begun)
	var all sync.WaitGroup
	all.Go(func() { a.Post.Run(ctx) })
	all.Go(func() { a.followCalendar(ctx) })
	all.Go(func() { a.followKeys(ctx) })
	all.Go(func() { a.followLoose(ctx) })
	for _, w := range a.works() {
		all.Go(func() { a.every(ctx, w) })
	}
	all.Wait()
}

// silence is for how long the database may say nothing while people wait.
const silence = 30 * time.Second

// A work is something to be done from time to time.
type work struct {
	name  string
	pause time.Duration
	do    func(context.Context) error
}

// works are all of them. Each has its words in places/desk, its alarm when it
// stands still, and its figures for monitoring.
func (a *App) works() []work {
	return []work{
		{"wake cases", 20 * time.Second, a.WakeCases},
		{"items take effect", time.Minute, a.Items.TakeEffect},
		{"revisions are published", time.Minute, a.Revisions.Ripen},
		{"running cases are weighed", time.Minute, a.WeighCases},
		{"files are imported", time.Second, a.Imports.Work},
		{"sweep sessions", 10 * time.Minute, a.Identity.Sweep},
		{"sweep uploads", time.Hour, a.sweepUploads},
		{"remove files nothing names", 10 * time.Minute, a.sweepLoose},
		{"supervision", 2 * time.Second, a.Supervision.Follow},
		{"reckon due days", 5 * time.Second, a.reckon},
		{"seal the day", 5 * time.Minute, a.sealDay},
		{"requests expire", 6 * time.Hour, a.forgetRequests},
		{"drafts expire", 6 * time.Hour, a.Cases.ForgetDrafts},
		{"archive closed cases", 10 * time.Minute, a.ShelveCases},
		{"missing numbers", 10 * time.Minute, a.Cases.CheckNumbers},
		{"rating defaults", time.Hour, a.lapseRatings},
		{"rating sums", 10 * time.Second, a.Ratings.Fold},
		{"rests and notices of companies", 10 * time.Minute, a.Companies.Sweep},
		{"messages to other places", 2 * time.Second, a.exchange},
		{"certificates are found by words", 10 * time.Minute, a.Certificates.MarkOld},
		{"seal anew", 5 * time.Second, a.Rekey.Work},
		{"seals pass to a new root", 5 * time.Second, a.Seals.Renew},
		{"balance with other places", 10 * time.Minute, a.Elsewhere.Reconcile},
		{"joint visits", 10 * time.Minute, a.Visits.Ring},
		{"invitations of experts", 10 * time.Minute, a.Experts.Ring},
	}
}

// every does a work from time to time; of several replicas only the one that
// holds the lease does it.
func (a *App) every(ctx context.Context, w work) {
	tick := time.NewTicker(w.pause)
	defer tick.Stop()
	n := noting{App: a, work: w, pulse: sqldb.LookEvery}
	for {
		held, err := a.DB.Lease(ctx, "app."+w.name, 2*w.pause, a.Now())
		if err == nil && held {
			err = n.done(ctx, n.once(ctx))
		}
		if err != nil && ctx.Err() == nil {
			slog.ErrorContext(ctx, "periodic work failed", "work", w.name, "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// noting keeps how a work went, for the administrator's page.
type noting struct {
	*App
	work
	pulse time.Duration // how often it is noted that one is still at it
	at    time.Time     // of the last note
	well  bool
}

// once does the work. A panic in it is an error: the other works go on, and so
// does the service.
func (n *noting) once(ctx context.Context) (err error) {
	defer func(started time.Time) {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
		result := "ok"
		if err != nil {
			result = "failed"
		}
		n.meters.works.WithLabelValues(n.name, result).Observe(time.Since(started).Seconds())
	}(time.Now())
	ctx, end := spans.Begin(ctx, "work "+n.name)
	defer func() { end(err) }()
	defer n.look(ctx)()
	return n.do(ctx)
}

// look notes from time to time that the work is still being done, until the function
// that it returns is called. A work that is soon done leaves no note.
func (n *noting) look(ctx context.Context) (stop func()) {
	since, over, ended := n.Now(), make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		tick := time.NewTicker(n.pulse)
		defer tick.Stop()
		for {
			select {
			case <-over:
				return
			case <-tick.C:
			}
			n.at = time.Time{} // that it ended is noted at once
			if err := n.DB.NoteRunning(ctx, n.name, since, n.Now()); err != nil && ctx.Err() == nil {
				slog.ErrorContext(ctx, "long work not noted", "work", n.name, "err", err)
			}
		}
	}()
	return func() { close(over); <-ended }
}

// done notes how it went: at once when that changed, otherwise every twenty
// seconds at the most, for a note is a write.
func (n *noting) done(ctx context.Context, err error) error {
	now, well := n.Now(), err == nil
	if ctx.Err() != nil || well == n.well && now.Sub(n.at).Abs() < 20*time.Second {
		return err
	}
	n.at, n.well = now, well
	return errors.Join(err, n.DB.NoteWork(ctx, n.name, n.pause, now, well))
}

// atOnce is how many cases are woken between two looks at the time.
const atOnce = 500

// WakeCases does what has fallen due by itself, such as acceptance by silence.
func (a *App) WakeCases(ctx context.Context) error {
	asleep, err := a.Cases.Store.Sleeping(ctx, a.Now(), atOnce)
	if err != nil {
		return err
	}
	var failed []error // one that cannot be woken does not keep the others asleep
	for _, id := range asleep {
		if err := a.Cases.Wake(ctx, id); err != nil {
			failed = append(failed, fmt.Errorf("wake case %s: %w", id, err))
		}
	}
	return errors.Join(failed...)
}

// sealDay publishes the root of yesterday's facts once it is over. News of that
// day that is still on its way is waited for, but not beyond the morning: what
// comes later is sealed with its own day.
func (a *App) sealDay(ctx context.Context) error {
	now := a.Now()
	today := calendar.DayOf(now)
	q, err := a.Post.Queue(ctx)
	if err != nil {
		return err
	}
	if q.Waiting > 0 && q.Oldest.Before(today.Start()) && now.Before(today.Start().Add(6*time.Hour)) {
		return nil
	}
	return a.Witness.Seal(ctx, (today - 1).String())
}

// WeighCases holds the running cases of an item against its new edition once that
// is in force: each goes on under it if it is provably no worse, else stays, with
// the reason on file (徐政发〔2022〕21号（三）).
func (a *App) WeighCases(ctx context.Context) error {
	due, err := a.Revisions.Store.Unweighed(ctx, calendar.DayOf(a.Now()), 50)
	if err != nil {
		return err
	}
	for _, r := range due {
		_, err := a.Cases.WeighAll(ctx, r.Item, identity.TheSystem)
		if kind := fault.Of(err); err != nil && kind != fault.Invalid && kind != fault.NotFound { // an item that has ended is weighed against nothing
			return fmt.Errorf("weigh cases of %s: %w", r.Item, err)
		}
		if err := a.Revisions.Store.NoteWeighed(ctx, r.ID); err != nil {
			return err
		}
	}
	return nil
}

func (a *App) sweepUploads(ctx context.Context) error {
	_, err := a.Uploads.Sweep(ctx)
	return err
}

func (a *App) sweepLoose(ctx context.Context) error { return a.Loose.Sweep(ctx, a.Files) }

// followLoose writes down from time to time what this replica took in; so every
// replica does it, and once more when it stops.
func (a *App) followLoose(ctx context.Context) {
	tick := time.NewTicker(time.Minute)
	defer tick.Stop()
	for going := true; going; {
		select {
		case <-ctx.Done():
			going = false
		case <-tick.C:
		}
		if err := a.Loose.Flush(context.WithoutCancel(ctx)); err != nil {
			slog.ErrorContext(ctx, "what was taken in is not written down, and stays", "err", err)
		}
	}
}

func (a *App) forgetRequests(ctx context.Context) error {
	before := a.Now().Add(-once.Remembered)
	return cmp.Or(a.Cases.Store.ForgetRequests(ctx, before), a.Once.Forget(ctx, before))
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
		a.behind.note(ctx, "calendar not refreshed", "这个实例没有跟上新的日历，到期日可能算错。原因见它的日志里的 calendar not refreshed", a.Book.Refresh(ctx))
	}
}

// reckon brings due days and sums up to a calendar newly in force.
func (a *App) reckon(ctx context.Context) error {
	upto, since, err := a.Book.Behind(ctx)
	if err != nil || upto == "" {
		return err
	}
	if err := a.Book.Refresh(ctx); err != nil {
		return err
	}
	for after := cases.ID(""); ; {
		last, _, err := a.Cases.Store.Redue(ctx, since, after, atOnce)
		if err != nil {
			return err
		}
		if last == "" {
			break
		}
		after = last
	}
	if err := a.Supervision.AlarmStore.LookAtAll(ctx); err != nil {
		return err
	}
	if _, err := a.Supervision.Audit(ctx, true, func(supervision.Difference) {}); err != nil {
		return err
	}
	return a.Book.Store.Reckon(ctx, upto)
}
