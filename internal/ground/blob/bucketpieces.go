package blob

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"time"

	"github.com/minio/minio-go/v7"

	"tongban/internal/ground/secret"
)

func (b *Bucket) piece(name string) string { return b.prefix + "pieces/" + filepath.Base(name) }

// PutPiece implements Shelf.
func (b *Bucket) PutPiece(ctx context.Context, id string, r io.Reader, most int64) (name string, n int64, err error) {
	f, gone, err := b.staged("piece-*")
	if err != nil {
		return "", 0, err
	}
	defer gone()
	n, broken := io.Copy(f, io.LimitReader(reader{ctx, r}, most))
	if n == 0 {
		return "", 0, plainly(broken)
	}
	name = id + "-" + secret.Letters(10)
	// Whoever hung up must still find what arrived.
	if err := b.send(context.WithoutCancel(ctx), f, b.piece(name), n); err != nil {
		return "", 0, errors.Join(broken, err)
	}
	return name, n, plainly(broken)
}

// TakePiece implements Shelf.
func (b *Bucket) TakePiece(ctx context.Context, name string, r io.Reader) error {
	f, gone, err := b.staged("piece-*")
	if err != nil {
		return err
	}
	defer gone()
	n, err := io.Copy(f, r)
	if err != nil {
		return plainly(fmt.Errorf("take piece: %w", err))
	}
	return b.send(ctx, f, b.piece(name), n)
}

// OpenPiece implements Shelf.
func (b *Bucket) OpenPiece(ctx context.Context, name string) (io.ReadCloser, error) {
	o, err := b.client.GetObject(ctx, b.bucket, b.piece(name), minio.GetObjectOptions{})
	if err != nil {
		return nil, away(fmt.Errorf("open piece: %w", err))
	}
	return telling{o}, nil
}

// DropPiece implements Shelf.
func (b *Bucket) DropPiece(ctx context.Context, name string) {
	b.client.RemoveObject(context.WithoutCancel(ctx), b.bucket, b.piece(name), minio.RemoveObjectOptions{}) //nolint:errcheck // SweepPieces finds it
}

// EachPiece implements Shelf.
func (b *Bucket) EachPiece(ctx context.Context, see func(string) error) error {
	return b.list(ctx, b.prefix+"pieces/", func(o minio.ObjectInfo) error { return see(filepath.Base(o.Key)) })
}

// SweepPieces implements Shelf.
func (b *Bucket) SweepPieces(ctx context.Context, before time.Time) error {
	return b.list(ctx, b.prefix+"pieces/", func(o minio.ObjectInfo) error {
		if o.LastModified.Before(before) {
			b.DropPiece(ctx, filepath.Base(o.Key))
		}
		return nil
	})
}
