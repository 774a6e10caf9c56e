package intake

import (
	"context"
	"runtime"

	"golang.org/x/sync/errgroup"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
)

// An Import takes files over into the catalogue.
type Import struct {
	Items    *items.Service
	Within   func(context.Context, func(context.Context) error) error // one transaction
	By       identity.Actor
	Progress func(what string, done int) // may be nil
	See      func(Entry)                 // every entry that has findings, in order; may be nil
}

// A Report says what taking files over would change, or has changed.
type Report struct {
	Items    int `json:"items"`
	Added    int `json:"added"`
	Altered  int `json:"altered"`
	Same     int `json:"same"`
	Bad      int `json:"bad"`     // not sound: left out, or in the way
	Foreign  int `json:"foreign"` // drafts of other systems
	Clean    int `json:"clean"`   // without errors, whoever wrote them
	Drawings int `json:"drawings,omitempty"`
	Others   int `json:"others,omitempty"` // documents that are not of items
	Errors   int `json:"errors"`
	Warnings int `json:"warnings"`

	bad   map[place]bool
	loose map[string]map[string]bool // by file: sheets of workbooks that are in no order
}

// known is the file with what the survey has found out about its order.
func (r *Report) known(f File) File {
	if r.loose[f.Name] == nil {
		r.loose[f.Name] = map[string]bool{}
	}
	f.loose = r.loose[f.Name]
	return f
}

// place is where an entry stands.
type place struct{ file, place string }

// atOnce is how many items are checked and published together.
const atOnce = 500

// Survey reads and checks everything and says what it would change, changing
// nothing.
func (im *Import) Survey(ctx context.Context, files []File) (*Report, error) {
	r := &Report{bad: map[place]bool{}, loose: map[string]map[string]bool{}}
	seen := map[items.ID]string{}
	for _, f := range files {
		before := *r
		known := len(seen)
		var batch []*Entry
		err := Look(r.known(f), func(e Entry) error {
			if batch = append(batch, &e); len(batch) < atOnce {
				return nil
			}
			err := im.weigh(ctx, r, seen, batch)
			batch = nil
			return err
		}, func() { *r, batch = before, nil; forget(seen, known, f.Name) })
		if err != nil {
			return nil, err
		}
		if err := im.weigh(ctx, r, seen, batch); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// forget takes out what a file put in that is read again.
func forget(seen map[items.ID]string, known int, file string) {
	if len(seen) == known {
		return
	}
	for id, f := range seen {
		if f == file {
			delete(seen, id)
		}
	}
}

// weigh checks a batch and counts what it would change.
func (im *Import) weigh(ctx context.Context, r *Report, seen map[items.ID]string, batch []*Entry) error {
	if err := im.check(ctx, batch); err != nil {
		return err
	}
	for _, e := range batch {
		e.Again(seen)
	}
	standings, err := im.standings(ctx, batch)
	if err != nil {
		return err
	}
	for _, e := range batch {
		r.count(e)
		if im.See != nil && len(e.Findings) > 0 {
			im.See(*e)
		}
	}
	r.compared(standings)
	im.tell("已核对", r.Items)
	return nil
}

// check checks a batch on all processors.
func (im *Import) check(ctx context.Context, batch []*Entry) error {
	codex, err := im.Items.Codex(ctx)
	if err != nil {
		return err
	}
	today := calendar.DayOf(im.Items.Now())
	var all errgroup.Group
	all.SetLimit(runtime.GOMAXPROCS(0))
	for _, e := range batch {
		all.Go(func() error { e.Check(codex, today); return nil })
	}
	return all.Wait()
}

func (im *Import) tell(what string, n int) {
	if im.Progress != nil {
		im.Progress(what, n)
	}
}

// standings says of the sound items of a batch what publishing them would change,
// and holds those that would change something to their superior's record.
func (im *Import) standings(ctx context.Context, batch []*Entry) ([]items.Standing, error) {
	var sound []*items.Edition
	var altered []*Entry
	for _, e := range batch {
		if e.Sound() {
			sound = append(sound, e.Edition)
		}
	}
	standings, err := im.Items.Standings(ctx, sound)
	if err != nil {
		return nil, err
	}
	same := map[*items.Edition]bool{}
	for i, e := range sound {
		same[e] = standings[i] == items.Same
	}
	for _, e := range batch {
		if e.Edition != nil && !same[e.Edition] {
			altered = append(altered, e)
		}
	}
	if err := im.held(ctx, altered); err != nil {
		return nil, err
	}
	beyond := map[*items.Edition]bool{}
	for _, e := range altered {
		beyond[e.Edition] = !e.Sound()
	}
	var still []items.Standing
	for i, e := range sound {
		if !beyond[e] {
			still = append(still, standings[i])
		}
	}
	return still, nil
}

// held adds what goes beyond the superior's edition in force (徐政发〔2022〕21号（一）).
func (im *Import) held(ctx context.Context, entries []*Entry) error {
	editions := make([]*items.Edition, len(entries))
	for i, e := range entries {
		editions[i] = e.Edition
	}
	superiors, err := im.Items.Superiors(ctx, editions)
	if err != nil {
		return err
	}
	for i, superior := range superiors {
		if superior != nil {
			entries[i].Findings = append(entries[i].Findings, editions[i].Exceeds(superior)...)
		}
	}
	return nil
}

// Again finds an item that was seen already; seen is where.
func (e *Entry) Again(seen map[items.ID]string) {
	if e.Edition == nil {
		return
	}
	if where, twice := seen[e.Edition.Item]; twice && e.Edition.Item != "" {
		e.Findings = append(e.Findings, items.Finding{Rule: "intake.twice", Severity: items.Error, Path: "item",
			Say: "事项标识“" + string(e.Edition.Item) + "”与" + where + "的事项重复"})
		return
	}
	seen[e.Edition.Item] = "“" + e.File + "”" + e.Place
}

// compared counts what items would become of those that are kept.
func (r *Report) compared(standings []items.Standing) {
	for _, s := range standings {
		switch s {
		case items.Added:
			r.Added++
		case items.Altered:
			r.Altered++
		case items.Same:
			r.Same++
		}
	}
}

// count counts an entry.
func (r *Report) count(e *Entry) {
	if e.Edition != nil {
		r.Items++
	}
	errors, warnings := items.Weighed(e.Findings)
	r.Errors += errors
	r.Warnings += warnings
	if e.Foreign {
		r.Foreign++
	}
	if e.Drawing != nil {
		r.Drawings++
	}
	if e.Other != nil {
		r.Others++
	}
	if (e.Edition != nil || e.Drawing != nil) && e.Clean() {
		r.Clean++
	}
	if e.Edition != nil && !e.Sound() {
		r.Bad++
		r.bad[place{e.File, e.Place}] = true
	}
}

// Apply takes over what Survey has looked at: all of it or nothing, in one
// transaction; with good, what is sound. Faults: intake.bad, and what
// items.Service.PublishAll refuses.
func (im *Import) Apply(ctx context.Context, files []File, r *Report, good bool) (published int, err error) {
	if r.Errors > 0 && !good {
		return 0, fault.New(fault.Invalid, "intake.bad", "有%d处错误，一项也没有导入；请改正后再导入，或者用 --good 只导入没有错误的事项", r.Errors)
	}
	err = im.Within(ctx, func(ctx context.Context) error {
		published = 0
		for _, f := range files {
			n, err := im.take(ctx, f, r, published)
			if err != nil {
				return err
			}
			published = n
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	return published, nil
}

// take publishes what is sound in a file. One reads on while the other writes:
// reading takes about as long.
func (im *Import) take(ctx context.Context, f File, r *Report, published int) (int, error) {
	batches := make(chan []*items.Edition, 2)
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	var reading errgroup.Group
	reading.Go(func() error {
		defer close(batches)
		return batched(ctx, f, r, batches)
	})
	var failed error
	for batch := range batches {
		n, err := im.Items.PublishAll(ctx, batch, im.By)
		if err != nil {
			failed = err
			stop()
			break
		}
		published += n
		im.tell("已导入", published)
	}
	if err := reading.Wait(); failed == nil {
		failed = err
	}
	return published, failed
}

// batched reads the sound items of a file into batches. Survey has read the
// file before, so it knows by now which sheets are in no order; if one is found
// only here, the file has changed under our hands.
func batched(ctx context.Context, f File, r *Report, batches chan<- []*items.Edition) error {
	var batch []*items.Edition
	send := func() error {
		select {
		case batches <- batch:
			batch = nil
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	sent := false
	var restarted error
	err := Look(r.known(f), func(e Entry) error {
		switch {
		case restarted != nil:
			return restarted
		case e.Edition == nil || e.Foreign || r.bad[place{e.File, e.Place}]:
			return nil
		}
		if batch = append(batch, e.Edition); len(batch) < atOnce {
			return nil
		}
		sent = true
		return send()
	}, func() {
		if batch = nil; sent {
			restarted = fault.New(fault.Invalid, "intake.changed", "核对之后文件又有改动，一项也没有导入，请重新核对")
		}
	})
	if err != nil {
		return err
	}
	return send()
}
