package main

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"time"

	"tongban/cmd/tongban/bench"
	"tongban/internal/app"
)

// crash strikes a working city at random moments and then proves that nothing
// was lost and nothing done twice.
func (c *benchmark) crash(ctx context.Context) error {
	program, err := os.Executable()
	if err != nil {
		return err
	}
	r, mended, err := c.ground(ctx)
	if err != nil {
		return err
	}
	defer mended()
	r.Program, r.Password, r.Clients, r.Blows = program, "Tongban-2026", 6, c.Crash
	r.Seed = cmp.Or(c.Seed, uint64(time.Now().UnixNano()))
	r.Say = func(format string, args ...any) { fmt.Printf("  "+format+"\n", args...) }
	fmt.Printf("crash campaign: %d blows, seed %d, %d clients, %s\n", c.Crash, r.Seed, r.Clients, kind(r.DB))
	ledger, out, err := r.Run(ctx)
	if err != nil {
		return err
	}
	fmt.Print(told(ledger, out))
	return heldAgainst(ctx, r.Data, r.DB, ledger)
}

func kind(db string) string {
	if db == "" {
		return "SQLite"
	}
	return "PostgreSQL"
}

// ground is where a campaign takes place, what it deals, and how the place is
// left clean afterwards.
func (c *benchmark) ground(ctx context.Context) (r *bench.Campaign, mended func(), err error) {
	data, err := os.MkdirTemp("", "tongban-crash")
	if err != nil {
		return nil, nil, err
	}
	r = &bench.Campaign{Data: data, Kinds: []bench.Blow{bench.KillProgram, bench.JumpClock}}
	clean := func() { os.RemoveAll(data) }
	switch {
	case c.Disk && c.Pg == "":
		if err := syscall.Mount("tmpfs", data, "tmpfs", 0, "size=192m"); err != nil {
			clean()
			return nil, nil, fmt.Errorf("mount a disk to fill: %w", err)
		}
		r.Kinds = []bench.Blow{bench.KillProgram, bench.FillDisk, bench.ReadOnlyDisk}
		r.Kinds[0].Share = 2
		return r, func() { _ = syscall.Unmount(data, syscall.MNT_DETACH); clean() }, nil
	case c.Pg != "":
		return c.besidePostgres(ctx, r, clean)
	case c.DB != "":
		db, drop, err := c.database(ctx)
		r.DB = db
		return r, func() { drop(); clean() }, err
	}
	return r, clean, nil
}

// besidePostgres starts a PostgreSQL that may be killed, and the wire to it.
func (c *benchmark) besidePostgres(ctx context.Context, r *bench.Campaign, clean func()) (*bench.Campaign, func(), error) {
	pg := &bench.Postgres{Script: c.Pg, Folder: r.Data + "-pg"}
	if c.Disk {
		unmount, err := diskFor(pg)
		if err != nil {
			clean()
			return nil, nil, err
		}
		before := clean
		clean = func() { unmount(); before() }
	}
	if err := pg.Start(ctx); err != nil {
		clean()
		return nil, nil, fmt.Errorf("start PostgreSQL: %w", err)
	}
	mended := func() {
		if err := pg.Stop(context.WithoutCancel(ctx)); err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
		clean()
	}
	wire, err := bench.Lay(pg.Socket())
	if err != nil {
		mended()
		return nil, nil, err
	}
	r.DB = "postgres://postgres@" + wire.At + "/postgres?sslmode=disable&connect_timeout=2"
	r.Kinds = []bench.Blow{bench.KillProgram, bench.JumpClock, pg.Kill(), pg.KillBoth(), pg.ReadOnly(), wire.Cut()}
	if c.Disk {
		r.Kinds = append(r.Kinds, pg.FillDisk())
	}
	return r, func() { _ = wire.Close(); mended() }, nil
}

// diskFor gives PostgreSQL a small disk of its own. Without one nothing may be dealt
// that fills it: it would fill the disk of the machine.
func diskFor(pg *bench.Postgres) (unmount func(), err error) {
	disk := pg.Folder + "-disk"
	if err := os.Mkdir(disk, 0o755); err != nil {
		return nil, err
	}
	if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, "size=640m,mode=0755"); err != nil {
		os.Remove(disk)
		return nil, fmt.Errorf("mount a disk to fill: %w", err)
	}
	pg.Folder = filepath.Join(disk, "pg")
	return func() { _ = syscall.Unmount(disk, syscall.MNT_DETACH); os.Remove(disk) }, nil
}

// told is the report of what was done.
func told(l *bench.Ledger, out bench.Outcome) string {
	text := fmt.Sprintf("%d lifecycles, %d acts and %d files acknowledged in %s; clients asked again %d times\n",
		l.Lives, l.Total, len(l.Files), out.Took.Round(time.Second), l.Again)
	for _, name := range slices.Sorted(maps.Keys(out.Dealt)) {
		text += fmt.Sprintf("  %4d × %s\n", out.Dealt[name], name)
	}
	half, worst := middle(out.Restart)
	text += fmt.Sprintf("program ready again after %s at the median, %s at worst; ", half, worst)
	half, worst = middle(out.Back)
	return text + fmt.Sprintf("the next act was acknowledged %s after that, %s at worst\n", half, worst)
}

func middle(all []time.Duration) (half, worst time.Duration) {
	if len(all) == 0 {
		return 0, 0
	}
	slices.Sort(all)
	return all[len(all)/2].Round(time.Millisecond), all[len(all)-1].Round(time.Millisecond)
}

// heldAgainst opens the city and holds it against what clients were told.
func heldAgainst(ctx context.Context, data, db string, ledger *bench.Ledger) error {
	a, err := app.Open(ctx, app.Settings{Data: data, DB: db})
	if err != nil {
		return err
	}
	defer a.Close()
	if err := a.Post.DeliverAll(ctx); err != nil {
		return err
	}
	p := &proof{App: a}
	for _, look := range []func(context.Context, *bench.Ledger) error{p.acts, p.ratings, p.certificates, p.serials, p.files} {
		if err := look(ctx, ledger); err != nil {
			return err
		}
	}
	fmt.Printf("held against the ledger: %d acts lost, %d done twice, %d other differences\n", p.lost, p.twice, p.other)
	if err := audited(ctx, a); err != nil {
		return err
	}
	if wrong := p.lost + p.twice + p.other; wrong > 0 {
		return fmt.Errorf("%d differences from what clients were told", wrong)
	}
	return nil
}
