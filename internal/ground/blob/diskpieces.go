package blob

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"tongban/internal/ground/durable"
)

func (d *Disk) pieces() string { return filepath.Join(d.folder, "pieces") }

// PutPiece implements Shelf.
func (d *Disk) PutPiece(ctx context.Context, id string, r io.Reader, most int64) (name string, n int64, err error) {
	f, err := os.CreateTemp(d.pieces(), id+"-*")
	if err != nil {
		return "", 0, plainly(fmt.Errorf("begin piece: %w", err))
	}
	defer f.Close()
	n, broken := io.Copy(f, io.LimitReader(reader{ctx, r}, most))
	if err = f.Sync(); err == nil && n > 0 {
		err = durable.Folder(d.pieces())
	}
	if err != nil || n == 0 {
		os.Remove(f.Name()) // if it stays, SweepPieces finds it
		return "", 0, plainly(errors.Join(broken, err))
	}
	return filepath.Base(f.Name()), n, plainly(broken)
}

// TakePiece implements Shelf.
func (d *Disk) TakePiece(_ context.Context, name string, r io.Reader) error {
	f, err := os.OpenFile(filepath.Join(d.pieces(), filepath.Base(name)), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("take piece: %w", err)
	}
	_, err = io.Copy(f, r)
	return plainly(errors.Join(err, f.Sync(), f.Close()))
}

// OpenPiece implements Shelf.
func (d *Disk) OpenPiece(_ context.Context, name string) (io.ReadCloser, error) {
	f, err := os.Open(filepath.Join(d.pieces(), filepath.Base(name)))
	if err != nil {
		return nil, fmt.Errorf("open piece: %w", err)
	}
	return f, nil
}

// DropPiece implements Shelf.
func (d *Disk) DropPiece(_ context.Context, name string) {
	os.Remove(filepath.Join(d.pieces(), filepath.Base(name)))
}

// EachPiece implements Shelf.
func (d *Disk) EachPiece(_ context.Context, see func(string) error) error {
	entries, err := os.ReadDir(d.pieces())
	if err != nil {
		return fmt.Errorf("list pieces: %w", err)
	}
	for _, e := range entries {
		if err := see(e.Name()); err != nil {
			return err
		}
	}
	return nil
}

// SweepPieces implements Shelf.
func (d *Disk) SweepPieces(_ context.Context, before time.Time) error {
	return sweep(d.pieces(), before)
}
