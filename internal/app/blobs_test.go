package app_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tongban/internal/app"
	"tongban/internal/civic/serials"
	"tongban/internal/ground/blob"
	"tongban/internal/ground/blob/s3test"
	"tongban/internal/ground/fault"
)

// A backup that was not told of the store of files would hold none of them, and say
// that it is done.
func TestACommandThatIsNotToldWhereFilesAreIsRefused(t *testing.T) {
	bucket, data, copied := s3test.New(t).URL, t.TempDir(), &bytes.Buffer{}
	filed(t, app.Settings{Data: data, Blobs: bucket})
	for blobs, want := range map[string]string{"": "--blobs '" + bucket + "'", bucket + "/other": "请写原来的", t.TempDir(): "请写原来的"} {
		s := app.Settings{Data: data, Blobs: blobs}
		if _, err := app.Backup(t.Context(), s, "", copied); !strings.Contains(fault.Say(err), want) {
			t.Errorf("backup with %q: %v", blobs, err)
		}
		if a, err := app.Open(t.Context(), s); err == nil || fault.Code(err) != "app.blobs" {
			t.Errorf("open with %q: %v %v", blobs, a, err)
		}
	}
	if tail, err := app.Backup(t.Context(), app.Settings{Data: data, Blobs: bucket}, "", copied); err != nil || tail.Files == 0 {
		t.Errorf("%+v %v", tail, err)
	}

	moved := app.Settings{Data: filepath.Join(t.TempDir(), "new"), Blobs: filepath.Join(t.TempDir(), "files")}
	master, err := os.ReadFile(filepath.Join(data, "keys", "master.key"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(moved.Data, "keys"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(moved.Data, "keys", "master.key"), master, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := app.Restore(t.Context(), moved, "", serials.Reckoned, copied); err != nil {
		t.Fatal(err)
	}
	if _, err := app.Open(t.Context(), app.Settings{Data: moved.Data}); fault.Code(err) != "app.blobs" {
		t.Error("after a restore:", err)
	}
}

// Who only adds --blobs to a city that has files would lose sight of them.
func TestFilesAreNotLeftBehindInTheDataDirectory(t *testing.T) {
	data := t.TempDir()
	filed(t, app.Settings{Data: data})
	if _, err := app.Open(t.Context(), app.Settings{Data: data, Blobs: s3test.New(t).URL}); !strings.Contains(fault.Say(err), "已有附件") {
		t.Error(err)
	}
}

// filed is a city with a file, shut again.
func filed(t *testing.T, s app.Settings) {
	t.Helper()
	a, err := app.Open(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	if _, err := a.Files.Put(t.Context(), strings.NewReader("%PDF-1.4 x\n%%EOF"), blob.Limit{}); err != nil {
		t.Fatal(err)
	}
}
