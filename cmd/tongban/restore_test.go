package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tongban/internal/civic/serials"
)

func TestARestoreThatCannotSucceedMakesNothing(t *testing.T) {
	dir := t.TempDir()
	junk, data := filepath.Join(dir, "junk"), filepath.Join(dir, "new")
	if err := os.WriteFile(junk, []byte("not a key, nor a copy\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	made, _ := copied(t)
	for name, c := range map[string]restoring{
		"no copy":       {From: junk},
		"no master key": {From: made, Master: junk},
	} {
		c.Data = data
		if err := c.Run(); err == nil {
			t.Errorf("%s: restored", name)
		}
		if _, err := os.Stat(data); err == nil {
			t.Fatalf("%s: something was made", name)
		}
	}
}

func TestAMasterKeyThatDoesNotFitIsNoDeadEnd(t *testing.T) {
	made, master := copied(t)
	_, other := copied(t)
	c := restoring{place: place{Data: t.TempDir()}, From: made, Master: other}
	if err := c.Run(); err == nil || !strings.Contains(err.Error(), "没有放进去") {
		t.Errorf("the key of another city: %v", err)
	}
	key, err := os.ReadFile(master)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(c.master()); err == nil {
		t.Error("it stays")
	}
	if err := os.WriteFile(c.master(), key, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := (&audit{place: c.place}).Run(); err != nil {
		t.Errorf("with the right one: %v", err)
	}
}

func TestARestoreNotesWhereNumbersGoOn(t *testing.T) {
	made, master := copied(t)
	none, few, wrong := int64(0), int64(40), int64(-2)
	for name, tt := range map[string]struct {
		skip *int64
		want int64
	}{"reckoned": {nil, 100}, "told": {&few, 100}, "nothing was lost": {&none, 0}} {
		c := restoring{place: place{Data: t.TempDir()}, From: made, Master: master, Skip: tt.skip}
		if err := c.Run(); err != nil {
			t.Fatal(name, err)
		}
		a, err := c.open(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if len(a.Serials) != 1 || a.Serials[0].After[serials.Paper] != tt.want || a.Serials[0].Skip != c.skip() {
			t.Errorf("%s: %+v", name, a.Serials)
		}
		a.Close()
	}
	if err := (&restoring{place: place{Data: t.TempDir()}, From: made, Skip: &wrong}).Run(); err == nil {
		t.Error("fewer than none were left out")
	}
}

// copied is a copy of an empty city, and its master key.
func copied(t *testing.T) (file, master string) {
	t.Helper()
	at := place{Data: t.TempDir()}
	a, err := at.begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	a.Close()
	file = filepath.Join(t.TempDir(), "x.tgz")
	if err := (&backingUp{place: at, To: file}).Run(); err != nil {
		t.Fatal(err)
	}
	return file, filepath.Join(at.Data, "keys", "master.key")
}
