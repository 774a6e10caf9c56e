package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestACopyIsChosenByTheMomentToGoBackTo(t *testing.T) {
	folder := t.TempDir()
	for _, at := range []string{"20261122T010000Z", "20261122T020000Z", "20261122T030000Z"} {
		if err := os.WriteFile(filepath.Join(folder, at+suffix), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, tt := range []struct{ name, until, want string }{
		{"the last one", "", "20261122T030000Z"},
		{"between two", "2026-11-22T02:59:59Z", "20261122T020000Z"},
		{"at one", "2026-11-22T10:00:00+08:00", "20261122T020000Z"},
		{"before all", "2026-11-22T00:59:59Z", ""},
		{"no time", "yesterday", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if tt.until == "" && time.Now().Before(time.Date(2026, 11, 22, 3, 0, 0, 0, time.UTC)) {
				tt.until = "2030-01-01"
			}
			got, err := (&restoring{From: folder, Until: tt.until}).newest()
			if tt.want == "" && err == nil || tt.want != "" && !strings.Contains(got, tt.want) {
				t.Errorf("%s %v", got, err)
			}
		})
	}
	file := filepath.Join(folder, "20261122T010000Z"+suffix)
	if _, err := (&restoring{From: file, Until: "2026-11-22"}).newest(); err == nil {
		t.Error("one copy was taken for many")
	}
}

// Two copies that begin in the same second do not take each other's name.
func TestCopiesOfOneSecondHaveNamesOfTheirOwn(t *testing.T) {
	c := &backingUp{To: t.TempDir()}
	at := time.Date(2026, 11, 22, 1, 0, 0, 0, time.UTC)
	if err := os.WriteFile(filepath.Join(c.To, "20261122T010000Z"+suffix), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"20261122T010001Z", "20261122T010002Z"} {
		out, to, err := c.begun(at)
		if err != nil || filepath.Base(to) != want+suffix {
			t.Fatalf("%s, want %s: %v", to, want, err)
		}
		defer out.Close()
	}
	if left, err := filepath.Glob(filepath.Join(c.To, "20261122T010000Z*.part")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}
