package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"tongban/internal/ground/blob"
	"tongban/internal/ground/fault"
)

// files is where Settings keep what people handed in. A command that was not told
// where that is would find none of it, back up none of it, and keep new files apart
// from the old. Fault: app.blobs, and those of blob.OpenShelf.
func (s Settings) files(ctx context.Context) (blob.Shelf, error) {
	if err := s.asBefore(); err != nil {
		return nil, err
	}
	if s.Blobs == "" {
		return blob.OpenDisk(s.within())
	}
	return blob.OpenShelf(ctx, s.Blobs, s.within())
}

// within is the folder for files in the data directory: all of them, or those on
// their way to another place.
func (s Settings) within() string { return filepath.Join(s.Data, "files") }

// noted is the file that says where files are kept, if not in the data directory.
func (s Settings) noted() string { return filepath.Join(s.Data, "blobs") }

// place is Blobs, the same from wherever the command is given.
func (s Settings) place() (string, error) {
	if s.Blobs == "" || blob.IsBucket(s.Blobs) {
		return s.Blobs, nil
	}
	return filepath.Abs(s.Blobs)
}

// asBefore refuses a place other than that where the files of this city are.
func (s Settings) asBefore() error {
	here, err := s.place()
	if err != nil {
		return err
	}
	noted, err := os.ReadFile(s.noted())
	before := strings.TrimSpace(string(noted))
	switch {
	case errors.Is(err, fs.ErrNotExist) && here != "" && s.holds():
		return misplaced("数据目录的 files 里已有附件，改用 %s 就找不到它们：请备份，再 restore --blobs 到新的数据目录；确实已经全部搬过去的，先把 files 改名", here)
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return fmt.Errorf("where files are kept: %w", err)
	case here == "":
		return misplaced("这座城市的附件存放在 %[1]s：请写 --blobs '%[1]s'，或者设环境变量 TONGBAN_BLOBS", before)
	case here != before:
		return misplaced("这座城市的附件存放在 %s，不在 %s：请写原来的。确实已经全部搬过去的，先删去数据目录里写着原来地址的文件 %s", before, here, s.noted())
	}
	return nil
}

func misplaced(say string, args ...any) error {
	return fault.New(fault.Invalid, "app.blobs", say, args...)
}

// holds reports whether files are kept in the data directory.
func (s Settings) holds() bool {
	for i := range 256 {
		kept, err := os.ReadDir(filepath.Join(s.within(), fmt.Sprintf("%02x", i)))
		if err == nil && len(kept) > 0 {
			return true
		}
	}
	return false
}

// remember notes where files are kept, for whoever gives the next command.
func (s Settings) remember() error {
	here, err := s.place()
	if err != nil || here == "" {
		return err
	}
	f, err := os.CreateTemp(s.Data, "blobs-*")
	if err != nil {
		return fmt.Errorf("note where files are kept: %w", err)
	}
	defer os.Remove(f.Name()) // after the rename there is nothing to remove
	_, err = f.WriteString(here + "\n")
	if err = errors.Join(err, f.Close()); err != nil {
		return fmt.Errorf("note where files are kept: %w", err)
	}
	return os.Rename(f.Name(), s.noted())
}
