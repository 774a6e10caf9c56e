package blob

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
)

// trials are tries to keep something in a folder. A folder of another machine that is
// away may hold up whoever writes to it for hours: there is one try at a time, and
// nobody waits for it longer than they want to.
type trials struct {
	mu  sync.Mutex
	now *trial // nil: nobody tries
}

// A trial is done when it is closed.
type trial struct {
	done   chan struct{}
	failed bool
}

// piece is what is written: enough not to fit on a disk that is full.
var piece = make([]byte, 64<<10)

// Away implements Shelf: the folder is gone, full, hangs, or may only be read.
func (d *Disk) Away(ctx context.Context) bool {
	t := d.trials.try(filepath.Join(d.folder, "incoming"))
	select {
	case <-t.done:
		return t.failed
	case <-ctx.Done():
		return true
	}
}

// try begins a trial, or joins the one that is under way.
func (all *trials) try(folder string) *trial {
	all.mu.Lock()
	defer all.mu.Unlock()
	if all.now != nil {
		return all.now
	}
	t := &trial{done: make(chan struct{})}
	all.now = t
	go func() {
		t.failed = tried(folder) != nil
		all.mu.Lock()
		defer all.mu.Unlock()
		all.now = nil
		close(t.done)
	}()
	return t
}

func tried(folder string) error {
	f, err := os.CreateTemp(folder, "trial-*")
	if err != nil {
		return err
	}
	_, err = f.Write(piece)
	return errors.Join(err, f.Close(), os.Remove(f.Name()))
}
