package main

import (
	"bufio"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"tongban/internal/ground/durable"
)

// A draft is a file that is written beside its final name and gets that name when it
// is whole: what bore the name before stays until then.
type draft struct {
	name string
	mode fs.FileMode
	file *os.File
	out  *bufio.Writer
}

// drafted begins a file that is to be called name.
func drafted(name string) (*draft, error) {
	if stat, err := os.Stat(name); err == nil && stat.IsDir() {
		return nil, &fs.PathError{Op: "write", Path: name, Err: syscall.EISDIR}
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".export-*")
	if err != nil {
		return nil, err
	}
	return &draft{name, 0o644, f, bufio.NewWriterSize(f, 1<<20)}, nil
}

// end gives the file its name, unless it went wrong before.
func (d *draft) end(wrong error) error {
	err := errors.Join(wrong, d.out.Flush(), d.file.Chmod(d.mode), d.file.Sync(), d.file.Close())
	if err == nil {
		err = os.Rename(d.file.Name(), d.name)
	}
	if err != nil {
		return errors.Join(err, os.Remove(d.file.Name()))
	}
	return durable.Folder(filepath.Dir(d.name))
}

// drop takes away what was begun and has not come to its end.
func (d *draft) drop() {
	if d.file.Close() == nil {
		os.Remove(d.file.Name()) // it bears no name that anybody looks for
	}
}

// written writes a file, whole or not at all.
func written(name string, write func(*bufio.Writer) error) error {
	d, err := drafted(name)
	if err != nil {
		return err
	}
	return d.end(write(d.out))
}

// private is written for a file that nobody else on the machine is to read.
func private(name string, write func(*bufio.Writer) error) error {
	d, err := drafted(name)
	if err != nil {
		return err
	}
	d.mode = 0o600
	return d.end(write(d.out))
}
