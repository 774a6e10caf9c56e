package durable_test

import (
	"path/filepath"
	"testing"

	"tongban/internal/ground/durable"
)

func TestOnlyAFolderThatIsThereIsSynced(t *testing.T) {
	if err := durable.Folder(t.TempDir()); err != nil {
		t.Error(err)
	}
	if err := durable.Folder(filepath.Join(t.TempDir(), "none")); err == nil {
		t.Error("a folder that is not there was synced")
	}
}
