package secret

import (
	"os"
	"path/filepath"
	"testing"

	"tongban/internal/ground/fault"
)

// A directory that cannot be read holds no fewer keys than it did.
func TestKeysAreNotForgottenWithTheirDirectoryAway(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "keys")
	r := ring(t, dir)
	if _, err := r.Rotate(Index); err != nil {
		t.Fatal(err)
	}
	want := r.Index("x", "a")
	if err := os.Rename(dir, dir+"-away"); err != nil {
		t.Fatal(err)
	}
	if err := r.Refresh(); err == nil {
		t.Error("nobody hears that the keys cannot be read")
	}
	if got := r.Index("x", "a"); got != want || want == "" {
		t.Errorf("the digest was %q, is %q", want, got)
	}
}

// What facts were sealed and marked with is never taken out of the ring.
func TestKeysThatFactsNeedStay(t *testing.T) {
	r := ring(t, t.TempDir())
	for _, s := range []Series{Field, Marks} {
		if _, err := r.Rotate(s); err != nil {
			t.Fatal(err)
		}
		if gone, err := r.Retire(s, 2); gone != 0 || fault.Code(err) != "secret.retire" {
			t.Errorf("%d keys of %s are gone: %v", gone, s, err)
		}
	}
}

func TestAFileIsOfOneGenerationOfOneSeries(t *testing.T) {
	for file, want := range map[string]map[Series]int{
		"field-1.key": {Field: 1}, "field-12.key": {Field: 12}, "index.key": {Index: 1}, "index-2.key": {Index: 2},
		"city-root.sign": {Root: 1}, "city-root-3.sign": {Root: 3},
		"index-1.key": {}, "index-02.key": {}, "index-2.sign": {}, "city-root-2.pub": {}, "city-root-2-until.pub": {}, "field.key": {}, "2.key": {},
	} {
		for _, s := range AllSeries {
			if got := s.number(file); got != want[s] {
				t.Errorf("%s is generation %d of %s, want %d", file, got, s, want[s])
			}
		}
	}
}
