package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"time"

	"tongban/cmd/tongban/bench"
	"tongban/internal/app"
	"tongban/internal/ground/event"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/elsewhere"
)

// between strikes at two installations that handle matters for each other, and
// at the line between them, and then proves that nothing was lost on it.
func (c *benchmark) between(ctx context.Context) error {
	program, err := os.Executable()
	if err != nil {
		return err
	}
	b := &bench.Between{Program: program, Password: "Tongban-2026", Clients: 4, Blows: c.Crash, Seed: cmp.Or(c.Seed, uint64(time.Now().UnixNano())),
		Say: func(format string, args ...any) { fmt.Printf("  "+format+"\n", args...) }}
	for i := range b.Data {
		if b.Data[i], err = os.MkdirTemp("", "tongban-between"); err != nil {
			return err
		}
		defer os.RemoveAll(b.Data[i])
	}
	fmt.Printf("campaign between two installations: %d blows, seed %d, %d windows\n", b.Blows, b.Seed, b.Clients)
	err = b.Open(ctx)
	var dealt map[string]int
	if err == nil {
		dealt, err = b.Run(ctx)
	}
	if err = errors.Join(err, b.Close()); err != nil {
		return err
	}
	fmt.Print(toldBetween(b, dealt))
	return heldBetween(ctx, b)
}

// toldBetween is the report of what was done.
func toldBetween(b *bench.Between, dealt map[string]int) string {
	text := fmt.Sprintf("%d matters went from one to the other and back\n", len(b.Taken))
	for _, name := range slices.Sorted(maps.Keys(dealt)) {
		text += fmt.Sprintf("  %4d × %s\n", dealt[name], name)
	}
	for i, w := range b.Ways {
		text += fmt.Sprintf("line %d: %d messages carried, %d lost, %d doubled, %d replayed, %d altered\n", i+1, w.Carried, w.Lost, w.Doubled, w.Replayed, w.Altered)
	}
	return text
}

// heldBetween holds both against what the clerks were told, and against each other.
func heldBetween(ctx context.Context, b *bench.Between) error {
	var both [2]*proof
	for i := range both {
		a, err := app.Open(ctx, app.Settings{Data: b.Data[i]})
		if err != nil {
			return err
		}
		defer a.Close()
		both[i] = &proof{App: a}
	}
	here, there := both[0], both[1]
	if err := there.parcels(ctx, here.App, b); err != nil {
		return err
	}
	for _, p := range []struct{ from, to *proof }{{here, there}, {there, here}} {
		if err := p.to.line(ctx, p.from.App); err != nil {
			return err
		}
	}
	lost, twice, other := here.lost+there.lost, here.twice+there.twice, here.other+there.other
	fmt.Printf("held against each other: %d matters, %d lost, %d done twice, %d other differences\n", len(b.Taken), lost, twice, other)
	if lost+twice+other > 0 {
		return fmt.Errorf("%d differences between the two", lost+twice+other)
	}
	for _, p := range both {
		if err := audited(ctx, p.App); err != nil {
			return err
		}
	}
	return nil
}

// parcels: each that a clerk was told of is one case here, accepted, decided and
// handed over once.
func (p *proof) parcels(ctx context.Context, from *app.App, b *bench.Between) error {
	for id := range b.Taken {
		if err := p.parcel(ctx, from, b.Sides[0].ID, id); err != nil {
			return err
		}
	}
	var all int
	if err := p.DB.Row(ctx, `SELECT COUNT(*) FROM elsewhere_foreign`).Scan(&all); err != nil {
		return err
	}
	if all != len(b.Taken) {
		p.say(&p.other, "%d matters were taken in, %d became cases", len(b.Taken), all)
	}
	return nil
}

// parcel: one that a clerk was told of is over there, and its case here.
func (p *proof) parcel(ctx context.Context, from *app.App, partner, id string) error {
	parcel, err := from.Elsewhere.Store.Parcel(ctx, id)
	if err != nil {
		p.say(&p.lost, "parcel %s: %v", id, err)
		return nil
	}
	f, err := p.Elsewhere.Store.ForeignParcel(ctx, partner, id)
	if err != nil {
		return err
	}
	if parcel.State != elsewhere.Over || f.Case == "" || parcel.Status.Case != f.Case {
		p.say(&p.lost, "parcel %s is %s, of case %q, here of case %q", id, parcel.State, parcel.Status.Case, f.Case)
		return nil
	}
	return p.life(ctx, f.Case)
}

// life: the facts of a case are one chain, and each act of it was done once.
func (p *proof) life(ctx context.Context, id cases.ID) error {
	records, err := p.Cases.Store.History(ctx, id)
	if err != nil {
		return err
	}
	if _, err := event.Verify(records); err != nil {
		p.say(&p.other, "case %s: %v", id, err)
	}
	kept := map[cases.Act]int{}
	for _, r := range records {
		m, err := event.Read[cases.Moved](r)
		if err != nil {
			return err
		}
		kept[m.Act]++
	}
	for _, act := range []cases.Act{cases.Submit, cases.Accept, cases.Decide, cases.Certify, cases.Deliver} {
		if kept[act] != 1 {
			p.say(&p.twice, "case %s: %s %d times", id, act, kept[act])
		}
	}
	return nil
}

// line: every message that the other wrote was done here, once, in order, and
// says what was written.
func (p *proof) line(ctx context.Context, from *app.App) error {
	own, err := p.Elsewhere.Own()
	if err != nil {
		return err
	}
	theirs, err := from.Elsewhere.Own()
	if err != nil {
		return err
	}
	lines, err := from.Elsewhere.Store.Lines(ctx)
	if err != nil {
		return err
	}
	l := lines[own.ID]
	wrote, err := from.Elsewhere.Store.SumOut(ctx, own.ID, 0, l.Sent)
	if err != nil {
		return err
	}
	did, err := p.Elsewhere.Store.SumIn(ctx, theirs.ID, 0, l.Sent)
	if err != nil {
		return err
	}
	if l.Waiting() != 0 || len(wrote.Gaps)+len(did.Gaps) > 0 || wrote.Count != did.Count || wrote.Digest != did.Digest {
		p.say(&p.lost, "of %d messages %d wait, %d written, %d done, gaps %v %v, same words: %t", l.Sent, l.Waiting(), wrote.Count, did.Count, wrote.Gaps, did.Gaps, wrote.Digest == did.Digest)
	}
	fmt.Printf("line: %d messages written, %d done, none missing: %t\n", wrote.Count, did.Count, len(did.Gaps) == 0)
	return nil
}
