package event

import (
	"context"
	"fmt"
	"log/slog"
	"reflect"
	"runtime/debug"
	"slices"

	"tongban/internal/ground/sqldb"
)

// listener is somebody who asked for a kind of fact.
type listener struct {
	name string
	hear func(context.Context, Record, *sqldb.Batch) error

	wants    func(Fact) bool                                // nil: every one of them
	concerns func(context.Context, []*news) ([]bool, error) // nil: whatever it wants
}

// On asks for every fact of type F. Hear may read whatever it likes and puts
// its writes into the batch, which is kept together with the note that the
// fact was delivered. It may be told the same fact again. A name is given once
// for a fact and stays: by it the room is found that still has to be told.
func On[F Fact](p *Post, name string, hear func(context.Context, F, *sqldb.Batch) error) {
	When(p, name, nil, hear)
}

// When is On for those facts only that the listener wants, by what they say
// themselves: of a fact that nobody wants no news is kept.
func When[F Fact](p *Post, name string, wants func(F) bool, hear func(context.Context, F, *sqldb.Batch) error) {
	Among(p, name, wants, nil, hear)
}

// Among is When for a listener to whom few of the facts matter and who must ask
// the database which: concerns is asked once for all that waits, and hear is told
// of those only. It may say yes too often, never no too often.
func Among[F Fact](p *Post, name string, wants func(F) bool, concerns func(context.Context, []F) ([]bool, error), hear func(context.Context, F, *sqldb.Batch) error) {
	l := listener{name: name, hear: func(ctx context.Context, r Record, b *sqldb.Batch) error {
		f, err := Read[F](r)
		if err != nil || wants != nil && !wants(f) {
			return err
		}
		return hear(ctx, f, b)
	}}
	if wants != nil {
		l.wants = func(f Fact) bool {
			own, ok := f.(F)
			return !ok || wants(own)
		}
	}
	if concerns != nil {
		l.concerns = func(ctx context.Context, all []*news) ([]bool, error) {
			facts, at, err := wanted(all, wants)
			if err != nil {
				return nil, err
			}
			yes := make([]bool, len(all))
			if len(facts) == 0 {
				return yes, nil
			}
			theirs, err := concerns(ctx, facts)
			for i, y := range theirs {
				yes[at[i]] = y
			}
			return yes, err
		}
	}
	fact := nameOf[F]()
	p.listeners[fact] = append(p.listeners[fact], l)
}

// wanted are the facts that a listener wants of what waits, each with its place in it.
func wanted[F Fact](all []*news, wants func(F) bool) (facts []F, at []int, err error) {
	for i, n := range all {
		f, err := Read[F](n.fact)
		if err != nil {
			return nil, nil, err
		}
		if wants == nil || wants(f) {
			facts, at = append(facts, f), append(at, i)
		}
	}
	return facts, at, nil
}

// Along has note add to the very batch that makes a fact of type F true, such as
// a mark that something is behind and is to be brought up to date by and by. It
// may read nothing, and what it adds must not stand in the way of other acts.
func Along[F Fact](p *Post, note func(F, *sqldb.Batch)) {
	fact := nameOf[F]()
	p.notes[fact] = append(p.notes[fact], func(f Fact, b *sqldb.Batch) {
		if own, ok := f.(F); ok {
			note(own, b)
		}
	})
}

func nameOf[F Fact]() string {
	return reflect.Zero(reflect.TypeFor[F]()).Interface().(F).FactName()
}

// Listeners are the names of all who hear anything.
func (p *Post) Listeners() []string {
	var names []string
	for _, all := range p.listeners {
		for _, l := range all {
			names = append(names, l.name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// awaited reports whether anybody wants a fact.
func (p *Post) awaited(name string, f Fact) bool {
	for _, l := range p.listeners[name] {
		if l.wants == nil || l.wants(f) {
			return true
		}
	}
	return false
}

func (p *Post) along(b *sqldb.Batch, r Record, f Fact) {
	for _, note := range p.notes[r.Name] {
		note(f, b)
	}
	if p.Along == nil {
		return
	}
	p.Along(b, r.Body)
	if s, seals := f.(Sealing); seals {
		p.Along(b, s.Plain())
	}
}

// safely turns a panic of the listener into an error: one room's mistake must
// not stop the news of all.
func (l listener) safely(ctx context.Context, r Record, b *sqldb.Batch) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return l.hear(ctx, r, b)
}

// sift asks each listener that must look which of the news concerns it, once for
// all of them. One that cannot say is told everything.
func (p *Post) sift(ctx context.Context, waiting []news) {
	theirs, order := map[string][]*news{}, []listener{}
	for i := range waiting {
		n := &waiting[i]
		n.fact = p.recent.known(n.fact)
		for _, l := range p.owed(*n) {
			if l.concerns == nil {
				continue
			}
			if theirs[l.name] == nil {
				order = append(order, l)
			}
			theirs[l.name] = append(theirs[l.name], n)
		}
	}
	for _, l := range order {
		all := theirs[l.name]
		yes, err := l.concerns(ctx, all)
		if err != nil {
			slog.WarnContext(ctx, "news not sifted", "listener", l.name, "err", err)
			continue
		}
		for i, n := range all {
			if !yes[i] {
				n.skip = append(n.skip, l.name)
			}
		}
	}
}
