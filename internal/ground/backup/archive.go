package backup

import (
	"archive/tar"
	"compress/gzip"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"time"

	"github.com/emmansun/gmsm/sm3"

	"tongban/internal/ground/fault"
)

// writer writes an archive and sums up what it wrote.
type writer struct {
	tar  *tar.Writer
	zip  *gzip.Writer
	sum  hash.Hash
	made time.Time
}

func newWriter(to io.Writer, made time.Time) *writer {
	zip := gzip.NewWriter(to)
	return &writer{tar.NewWriter(zip), zip, sm3.New(), made}
}

// add writes one entry, whose length must be known.
func (w *writer) add(name string, size int64, content io.Reader) error {
	header := &tar.Header{Name: name, Size: size, Mode: 0o600, ModTime: w.made, Typeflag: tar.TypeReg}
	if err := w.tar.WriteHeader(header); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	w.sum.Write([]byte(name + "\x00"))
	if _, err := io.Copy(io.MultiWriter(w.tar, w.sum), content); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	return nil
}

func (w *writer) close() error { return errors.Join(w.tar.Close(), w.zip.Close()) }

// reader reads an archive and sums up what it read.
type reader struct {
	tar *tar.Reader
	sum hash.Hash
}

func newReader(from io.Reader) (*reader, error) {
	zip, err := gzip.NewReader(from)
	if err != nil {
		return nil, notOurs()
	}
	return &reader{tar.NewReader(zip), sm3.New()}, nil
}

func notOurs() error {
	return fault.New(fault.Invalid, "backup.format", "这不是通办的备份文件，或者文件已损坏")
}

// next is the next entry. A copy that ends before its tail was cut off.
func (r *reader) next() (name string, content io.Reader, err error) {
	header, err := r.tar.Next()
	if err != nil {
		return "", nil, fault.New(fault.Invalid, "backup.short", "备份文件不完整，可能备份时中断或者没有拷贝完")
	}
	if header.Typeflag != tar.TypeReg {
		return "", nil, notOurs()
	}
	if header.Name == tailName {
		return header.Name, r.tar, nil
	}
	r.sum.Write([]byte(header.Name + "\x00"))
	return header.Name, io.TeeReader(r.tar, r.sum), nil
}

func (r *reader) digest() string { return hex.EncodeToString(r.sum.Sum(nil)) }
