package intake

import (
	"context"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
)

// together is how many drafts are shown together, to be kept in one commit.
const together = 100

// Shelve reads the files once more and shows, in batches, what is in them with all
// that was found, so that it can be kept as drafts. A workbook that has to be read
// again shows its items again: whoever keeps them must know them again.
func (im *Import) Shelve(ctx context.Context, files []File, keep func([]*Entry) error) error {
	r := &Report{loose: map[string]map[string]bool{}}
	seen := map[items.ID]string{}
	for _, f := range files {
		known := len(seen)
		var batch []*Entry
		send := func() error {
			if len(batch) == 0 {
				return nil
			}
			full := batch
			batch = nil
			return im.shelve(ctx, full, seen, keep)
		}
		err := Look(r.known(f), func(e Entry) error {
			if e.Edition == nil && e.Drawing == nil {
				return nil
			}
			if batch = append(batch, &e); len(batch) < together {
				return nil
			}
			return send()
		}, func() { batch = nil; forget(seen, known, f.Name) })
		if err == nil {
			err = send()
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (im *Import) shelve(ctx context.Context, batch []*Entry, seen map[items.ID]string, keep func([]*Entry) error) error {
	codex, err := im.Items.Codex(ctx)
	if err != nil {
		return err
	}
	today := calendar.DayOf(im.Items.Now())
	var written []*Entry
	for _, e := range batch {
		e.Check(codex, today)
		e.Again(seen)
		if e.Edition != nil {
			written = append(written, e)
		}
	}
	if err := im.held(ctx, written); err != nil {
		return err
	}
	return keep(batch)
}
