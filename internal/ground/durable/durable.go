// Package durable has files survive a power cut.
package durable

import (
	"fmt"
	"os"
)

// Folder returns when what a folder lists is on the disk: a file that was made,
// renamed or removed in it is so after a power cut too.
func Folder(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("sync folder: %w", err)
	}
	defer f.Close()
	if err := f.Sync(); err != nil {
		return fmt.Errorf("sync folder: %w", err)
	}
	return nil
}
