package imports

import (
	"context"
	"errors"
	"fmt"
	"time"

	"tongban/internal/catalogue/items/intake"
	"tongban/internal/ground/fault"
)

// Work does what imports wait for. The timer of the program calls it; what was
// interrupted is begun anew, and what was kept before is known again.
func (s *Service) Work(ctx context.Context) error {
	pending, err := s.Store.Pending(ctx)
	if err != nil {
		return err
	}
	for _, id := range pending {
		im, err := s.Store.Import(ctx, id)
		if err == nil {
			err = s.work(ctx, im)
		}
		if err != nil {
			return errors.Join(fmt.Errorf("import %s", id), err)
		}
	}
	return nil
}

func (s *Service) work(ctx context.Context, im *Import) error {
	do := map[State]func(context.Context, *Import, intake.File) error{Waiting: s.look, Keeping: s.keep}[im.State]
	err := s.opened(ctx, im, func(f intake.File) error { return do(ctx, im, f) })
	switch kind := fault.Of(err); {
	case err == nil:
	case kind == fault.Invalid || kind == fault.TooLarge || kind == fault.NotFound:
		im.State, im.Why = Refused, sayAll(err)
	case kind == fault.Conflict:
		return nil // somebody opened one of the items meanwhile: next time
	default:
		return err
	}
	im.Changed = s.Now()
	return s.Store.Save(ctx, im)
}

func sayAll(err error) string {
	text := fault.Say(err)
	for _, f := range fault.Fields(err) {
		text += "；" + f.Path + " " + f.Say
	}
	return text
}

// look reads and checks the file, changing nothing.
func (s *Service) look(ctx context.Context, im *Import, f intake.File) error {
	im.Findings, im.Outcomes, im.Left = nil, nil, nil
	reading := &intake.Import{Items: s.Items, Progress: s.progress(ctx, im), See: func(e intake.Entry) {
		for _, l := range LinesOf(e) {
			if len(im.Findings) < mostShown {
				im.Findings = append(im.Findings, l)
			}
		}
	}}
	r, err := reading.Survey(ctx, []intake.File{f})
	if err != nil {
		return err
	}
	im.State, im.Report, im.Progress = Looked, *r, r.Items
	return nil
}

// progress notes now and then how far the work is. A note that is lost is only a
// note: the next one tells more.
func (s *Service) progress(ctx context.Context, im *Import) func(string, int) {
	var last time.Time
	return func(_ string, n int) {
		im.Progress = n
		now := s.Now()
		if now.Sub(last) < time.Second {
			return
		}
		last = now
		_ = s.Store.Save(ctx, im)
	}
}

// keep keeps what is in the file as drafts, batch by batch.
func (s *Service) keep(ctx context.Context, im *Import, f intake.File) error {
	shelf := &Shelf{Revisions: s.Revisions, Key: string(im.ID), File: im.Name, By: im.actor(), Good: im.Good}
	tell := s.progress(ctx, im)
	reading := &intake.Import{Items: s.Items}
	err := reading.Shelve(ctx, []intake.File{f}, func(batch []*intake.Entry) error {
		if err := shelf.Keep(ctx, batch); err != nil {
			return err
		}
		tell("", len(shelf.became))
		return nil
	})
	if err != nil {
		return err
	}
	im.Outcomes, im.Left, im.State, im.Progress = shelf.Outcomes(), shelf.Left, Done, len(shelf.became)
	return nil
}
