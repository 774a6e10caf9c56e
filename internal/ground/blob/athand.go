package blob

import (
	"context"
	"fmt"
	"io"
	"os"
)

// AtHand opens the file with that hash for reading at any place, as workbooks and
// archives are read: one on this machine. What another machine keeps is brought here
// first and held against its hash. Whoever opened it closes it. Faults: blob.none,
// blob.away, blob.changed.
func AtHand(ctx context.Context, from Store, hash string) (*os.File, Ref, error) {
	c, err := from.Open(ctx, hash)
	if err != nil {
		return nil, Ref{}, err
	}
	if f, here := c.ReadSeekCloser.(*os.File); here {
		return f, c.Ref, nil
	}
	defer c.Close()
	f, err := brought(c)
	return f, c.Ref, err
}

// brought is a copy without a name: it is gone when it is closed.
func brought(c Content) (*os.File, error) {
	f, err := os.CreateTemp("", "tongban-*")
	if err != nil {
		return nil, plainly(fmt.Errorf("bring file: %w", err))
	}
	err = os.Remove(f.Name())
	if err == nil {
		_, err = io.Copy(f, c)
	}
	if err != nil {
		f.Close()
		return nil, plainly(fmt.Errorf("bring file %s: %w", c.Ref.Hash, err))
	}
	return f, nil
}
