package blob

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/emmansun/gmsm/sm3"
)

// Each implements Shelf.
func (d *Disk) Each(_ context.Context, see func(hash string) error) error {
	for i := range 256 {
		entries, err := os.ReadDir(filepath.Join(d.folder, fmt.Sprintf("%02x", i)))
		if err != nil {
			return fmt.Errorf("list files: %w", err)
		}
		for _, e := range entries {
			if err := see(e.Name()); err != nil {
				return err
			}
		}
	}
	return nil
}

// Take implements Shelf.
func (d *Disk) Take(ctx context.Context, hash string, r io.Reader) error {
	if there, err := d.Stat(ctx, hash); err == nil && there.Hash == hash {
		_, err := io.Copy(io.Discard, r)
		return err
	}
	f, err := os.CreateTemp(filepath.Join(d.folder, "incoming"), "take-*")
	if err != nil {
		return plainly(fmt.Errorf("begin file: %w", err))
	}
	defer os.Remove(f.Name()) // after the rename there is nothing to remove
	defer f.Close()
	size, err := copied(ctx, f, hash, r)
	if err != nil {
		return err
	}
	_, err = d.keep(f, Ref{Hash: hash, Size: size})
	return plainly(err)
}

// Drop implements Shelf.
func (d *Disk) Drop(_ context.Context, hash string, placed time.Time) (bool, error) {
	stat, err := os.Stat(d.place(hash))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return true, nil
	case err == nil && !same(stat.ModTime(), placed):
		return false, nil
	case err == nil:
		err = os.Remove(d.place(hash))
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return false, plainly(fmt.Errorf("remove file %s: %w", hash, err))
	}
	return true, nil
}

// copied writes what r gives, if it is what its hash says.
func copied(ctx context.Context, f *os.File, hash string, r io.Reader) (int64, error) {
	sum := sm3.New()
	size, err := io.Copy(io.MultiWriter(f, sum), reader{ctx, r})
	if err != nil {
		return size, plainly(fmt.Errorf("take in file: %w", err))
	}
	if hex.EncodeToString(sum.Sum(nil)) != hash {
		return size, changed(hash)
	}
	return size, nil
}
