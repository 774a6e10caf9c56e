package blob

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/minio/minio-go/v7"

	"tongban/internal/ground/fault"
)

// Bucket is a Shelf in an S3-compatible store (对象存储), for replicas that share
// no folder. A file is looked at on this machine, in the staging folder, before
// it is sent; it is kept when the store has acknowledged its digest.
type Bucket struct {
	client  *minio.Client
	way     *way
	bucket  string
	prefix  string // ends with "/" unless empty
	staging string
	scan    Scanner // nil: nobody looks for viruses
	loose   *Loose  // nil: nothing is ever removed
}

// OpenBucket opens the store at an address as readAddress has it. The key stands in
// the environment (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY), not in the address,
// which shows in the list of processes. Faults: blob.address, blob.key, blob.unusable.
func OpenBucket(ctx context.Context, address, staging string) (*Bucket, error) {
	at, err := readAddress(address)
	if err != nil {
		return nil, err
	}
	b := &Bucket{way: wayTo(quiet), bucket: at.bucket, prefix: at.prefix, staging: filepath.Join(staging, "incoming")}
	if b.client, err = at.client(b.way); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(b.staging, 0o700); err != nil {
		return nil, fmt.Errorf("prepare staging folder: %w", err)
	}
	if err := sweep(b.staging, time.Now().Add(-abandoned)); err != nil {
		return nil, fmt.Errorf("prepare staging folder: %w", err)
	}
	there, err := b.client.BucketExists(ctx, at.bucket)
	if err == nil && !there {
		return nil, fault.New(fault.Invalid, "blob.address", "附件存储里没有桶“%s”，请先建好", at.bucket)
	}
	return b, at.unusable(err)
}

// away says of trouble with the store what a person can do about it; the reason
// is logged here.
func away(err error) error {
	if err == nil {
		return nil
	}
	if _, ours := errors.AsType[*fault.Error](err); ours || errors.Is(err, context.Canceled) {
		return err
	}
	slog.Error("the store of files keeps nothing", "err", err)
	return fault.New(fault.Busy, "blob.away", "附件存储暂时无法读写，您这一步没有完成，请稍后再试；一直不成请联系管理员")
}

// Away implements Shelf: the store does not answer, refuses us, or has no such bucket
// any more. It is asked, for on a quiet night nobody else would find out.
func (b *Bucket) Away(ctx context.Context) bool {
	there, err := b.client.BucketExists(ctx, b.bucket)
	return err != nil || !there
}

func (b *Bucket) place(hash string) string { return b.prefix + hash[:2] + "/" + hash }

// Put implements Store.
func (b *Bucket) Put(ctx context.Context, r io.Reader, limit Limit) (Ref, error) {
	limit.Name = Clean(limit.Name)
	f, gone, err := b.staged("put-*")
	if err != nil {
		return Ref{}, err
	}
	defer gone()
	ref, err := takeIn(ctx, f, r, limit, b.scan)
	if err != nil {
		return Ref{}, err
	}
	return ref, b.loose.around(ctx, ref, limit.Loose, func() (time.Time, error) { return b.keep(ctx, f, ref) })
}

// staged is a file on this machine for as long as a request lasts.
func (b *Bucket) staged(pattern string) (f *os.File, gone func(), err error) {
	f, err = os.CreateTemp(b.staging, pattern)
	if err != nil {
		return nil, nil, plainly(fmt.Errorf("begin file: %w", err))
	}
	return f, func() { f.Close(); os.Remove(f.Name()) }, nil
}

// keep sends a file unless it is there already, and returns the time that the store
// gives it, if there was none.
func (b *Bucket) keep(ctx context.Context, f *os.File, ref Ref) (time.Time, error) {
	there, err := b.stat(ctx, ref.Hash)
	if err == nil && there.Size == ref.Size {
		return time.Time{}, nil
	}
	if err != nil && !absent(err) {
		return time.Time{}, away(err)
	}
	mended := err == nil // what was spoiled there may be named
	if err := b.send(ctx, f, b.place(ref.Hash), ref.Size); err != nil || mended || b.loose == nil {
		return time.Time{}, err
	}
	there, err = b.stat(ctx, ref.Hash)
	return there.LastModified, away(err)
}

func (b *Bucket) stat(ctx context.Context, hash string) (minio.ObjectInfo, error) {
	return b.client.StatObject(ctx, b.bucket, b.place(hash), minio.StatObjectOptions{})
}

// Drop implements Shelf.
func (b *Bucket) Drop(ctx context.Context, hash string, placed time.Time) (bool, error) {
	there, err := b.stat(ctx, hash)
	switch {
	case absent(err):
		return true, nil
	case err != nil:
		return false, away(err)
	case !same(there.LastModified, placed):
		return false, nil
	}
	err = b.client.RemoveObject(ctx, b.bucket, b.place(hash), minio.RemoveObjectOptions{})
	return err == nil, away(err)
}

// send uploads the whole of f in one request with its MD5, by which the store
// tells what was spoiled on the way.
func (b *Bucket) send(ctx context.Context, f *os.File, key string, size int64) error {
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("send file: %w", err)
	}
	_, err := b.client.PutObject(ctx, b.bucket, key, f, size, minio.PutObjectOptions{SendContentMd5: true, DisableMultipart: true, ContentType: "application/octet-stream"})
	return away(err)
}

func absent(err error) bool { return minio.ToErrorResponse(err).StatusCode == http.StatusNotFound }

// Open implements Store. What is read from the first byte to the last is held
// against the hash: the last Read fails if the store gave something else.
func (b *Bucket) Open(ctx context.Context, hash string) (Content, error) {
	if !IsHash(hash) {
		return Content{}, missing()
	}
	o, err := b.client.GetObject(ctx, b.bucket, b.place(hash), minio.GetObjectOptions{})
	if err != nil {
		return Content{}, away(err)
	}
	stat, err := o.Stat()
	if absent(err) {
		o.Close()
		return Content{}, missing()
	}
	ref := Ref{Hash: hash, Size: stat.Size}
	if err == nil {
		ref.Type, err = typeOf(o, ref.Size)
	}
	if err == nil {
		_, err = o.Seek(0, io.SeekStart) // whoever looked inside has moved the place
	}
	if err != nil {
		o.Close()
		return Content{}, away(fmt.Errorf("open file %s: %w", hash, err))
	}
	return Content{proving(o, ref), ref}, nil
}

// Stat implements Store.
func (b *Bucket) Stat(ctx context.Context, hash string) (Ref, error) {
	c, err := b.Open(ctx, hash)
	if err != nil {
		return Ref{}, err
	}
	return c.Ref, c.Close()
}

// Take implements Shelf.
func (b *Bucket) Take(ctx context.Context, hash string, r io.Reader) error {
	f, gone, err := b.staged("take-*")
	if err != nil {
		return err
	}
	defer gone()
	size, err := copied(ctx, f, hash, r)
	if err != nil {
		return err
	}
	_, err = b.keep(ctx, f, Ref{Hash: hash, Size: size})
	return err
}

// Each implements Shelf.
func (b *Bucket) Each(ctx context.Context, see func(string) error) error {
	return b.list(ctx, b.prefix, func(o minio.ObjectInfo) error {
		name := o.Key[strings.LastIndexByte(o.Key, '/')+1:]
		if !IsHash(name) || o.Key != b.place(name) {
			return nil // a piece, or not ours
		}
		return see(name)
	})
}

func (b *Bucket) list(ctx context.Context, prefix string, see func(minio.ObjectInfo) error) error {
	for o := range b.client.ListObjectsIter(ctx, b.bucket, minio.ListObjectsOptions{Prefix: prefix, Recursive: true}) {
		if o.Err != nil {
			return away(fmt.Errorf("list files: %w", o.Err))
		}
		if err := see(o); err != nil {
			return err
		}
	}
	return nil
}
