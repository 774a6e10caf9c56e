package blob

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"github.com/emmansun/gmsm/sm3"

	"tongban/internal/ground/durable"
	"tongban/internal/ground/fault"
)

// abandoned is how long a file on its way in may stand still before it counts
// as left behind by a program that died.
const abandoned = time.Hour

// Disk is a Store in a folder: 256 folders by the first two digits of the
// hash, one for files on their way in, one for pieces of uploads.
type Disk struct {
	folder string
	scan   Scanner // nil: nobody looks for viruses
	loose  *Loose  // nil: nothing is ever removed
	trials trials
	types  types
}

// OpenDisk prepares the folder and removes what a killed program left half done.
func OpenDisk(folder string) (*Disk, error) {
	d := &Disk{folder: folder}
	for i := range 256 {
		if err := os.MkdirAll(filepath.Join(folder, fmt.Sprintf("%02x", i)), 0o700); err != nil {
			return nil, fmt.Errorf("prepare file store: %w", err)
		}
	}
	for _, name := range []string{"incoming", "pieces"} {
		if err := os.MkdirAll(filepath.Join(folder, name), 0o700); err != nil {
			return nil, fmt.Errorf("prepare file store: %w", err)
		}
	}
	if err := durable.Folder(folder); err != nil {
		return nil, err
	}
	return d, sweep(filepath.Join(folder, "incoming"), time.Now().Add(-abandoned))
}

// Put implements Store.
func (d *Disk) Put(ctx context.Context, r io.Reader, limit Limit) (Ref, error) {
	limit.Name = Clean(limit.Name)
	f, err := os.CreateTemp(filepath.Join(d.folder, "incoming"), "put-*")
	if err != nil {
		return Ref{}, plainly(fmt.Errorf("begin file: %w", err))
	}
	defer os.Remove(f.Name()) // after the rename there is nothing to remove
	defer f.Close()
	ref, err := takeIn(ctx, f, r, limit, d.scan)
	if err != nil {
		return Ref{}, err
	}
	d.types.note(ref)
	return ref, d.loose.around(ctx, ref, limit.Loose, func() (time.Time, error) {
		at, err := d.keep(f, ref)
		return at, plainly(err)
	})
}

// takeIn writes and checks what r gives.
func takeIn(ctx context.Context, f *os.File, r io.Reader, limit Limit, scan Scanner) (Ref, error) {
	sum := sm3.New()
	size, err := io.Copy(io.MultiWriter(f, sum), io.LimitReader(reader{ctx, r}, limit.bytes()+1))
	if err != nil {
		return Ref{}, plainly(fmt.Errorf("take in file: %w", err))
	}
	if err := limit.CheckSize(size); err != nil {
		return Ref{}, err
	}
	ref := Ref{Hash: hex.EncodeToString(sum.Sum(nil)), Size: size}
	if ref.Type, err = typeOf(f, size); err != nil {
		return Ref{}, err
	}
	if err := limit.CheckType(ref.Type); err != nil {
		return Ref{}, err
	}
	if ref.Type.Picture() {
		if err := checkPicture(f, ref, limit); err != nil {
			return Ref{}, err
		}
	}
	return ref, clean(ctx, scan, f, size, limit.Name)
}

// keep gives the file its place and returns the time that it bears there, if there
// was none. If the same content is there already only the folder is synced: the one who
// put it there may not have done so yet.
func (d *Disk) keep(f *os.File, ref Ref) (at time.Time, err error) {
	place := d.place(ref.Hash)
	there, none := os.Stat(place)
	if none == nil && there.Size() == ref.Size {
		return at, durable.Folder(filepath.Dir(place))
	}
	if err := f.Sync(); err != nil {
		return at, fmt.Errorf("keep file: %w", err)
	}
	stat, err := f.Stat()
	if err == nil {
		err = f.Close()
	}
	if err == nil {
		err = os.Rename(f.Name(), place)
	}
	if err != nil {
		return at, fmt.Errorf("keep file: %w", err)
	}
	if errors.Is(none, fs.ErrNotExist) { // what was mended there may be named
		at = stat.ModTime()
	}
	return at, durable.Folder(filepath.Dir(place))
}

func (d *Disk) place(hash string) string { return filepath.Join(d.folder, hash[:2], hash) }

// Open implements Store.
func (d *Disk) Open(_ context.Context, hash string) (Content, error) {
	if !IsHash(hash) {
		return Content{}, missing()
	}
	f, err := os.Open(d.place(hash))
	if errors.Is(err, fs.ErrNotExist) {
		return Content{}, missing()
	}
	if err != nil {
		return Content{}, fmt.Errorf("open file: %w", err)
	}
	ref := Ref{Hash: hash}
	stat, err := f.Stat()
	if err == nil {
		ref.Size = stat.Size()
		ref.Type, err = typeOf(f, ref.Size)
	}
	if err != nil {
		f.Close()
		return Content{}, fmt.Errorf("open file %s: %w", hash, err)
	}
	return Content{f, ref}, nil
}

// Stat implements Store.
func (d *Disk) Stat(ctx context.Context, hash string) (Ref, error) {
	if is, known := d.types.of(hash); known {
		if stat, err := os.Stat(d.place(hash)); err == nil {
			return Ref{hash, stat.Size(), is}, nil
		}
	}
	c, err := d.Open(ctx, hash)
	if err != nil {
		return Ref{}, err
	}
	d.types.note(c.Ref)
	return c.Ref, c.Close()
}

func missing() error {
	return fault.New(fault.NotFound, "blob.none", "文件不存在或已被清理")
}

// reader stops when ctx ends.
type reader struct {
	ctx context.Context
	r   io.Reader
}

func (r reader) Read(b []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.r.Read(b)
}

// plainly tells a disk that takes nothing for now from other trouble. The reason is
// logged here.
func plainly(err error) error {
	for _, is := range []error{syscall.ENOSPC, syscall.EDQUOT, syscall.EROFS, syscall.EIO, syscall.ESTALE} {
		if errors.Is(err, is) {
			slog.Error("the store of files keeps nothing", "err", err)
			return fault.New(fault.Busy, "blob.full", "系统存储空间不足或者不能写入，文件没有保存，请稍后再试或联系管理员")
		}
	}
	return err
}

// sweep removes the files of a folder that nobody has written to since before.
func sweep(folder string, before time.Time) error {
	entries, err := os.ReadDir(folder)
	for _, e := range entries {
		stat, err := e.Info()
		if err != nil || !stat.ModTime().Before(before) {
			continue // gone already, or at work
		}
		_ = os.Remove(filepath.Join(folder, e.Name())) // what stays is tried again the next time
	}
	return err
}
