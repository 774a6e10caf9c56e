package seals

import (
	"errors"
	"testing"

	"tongban/internal/ground/fault"
)

// Where the roots cannot be read, nobody is told that a seal is not the city's.
func TestUnreadableRootsLeaveASealUnchecked(t *testing.T) {
	w := newWorkshop(t)
	hash := make([]byte, 32)
	der := w.stamp(t, hash, noon)
	away := errors.New("disk away")
	roots := &Roots{load: func() ([]byte, error) { return nil, away }}
	var r Report
	if roots.Verify(der, hash, &r); r.Genuine() {
		t.Error("a seal is good without any root")
	}
	for _, s := range r.Steps {
		if s.Outcome == Failed {
			t.Errorf("%s: %s", s.Name, s.Say)
		}
	}
	for _, load := range []func() ([]byte, error){w.RootPEM, func() ([]byte, error) { return nil, away }} {
		roots.load, r = load, Report{}
		if roots.Verify(der, hash, &r); !r.Genuine() {
			t.Error("with the roots that are known:", r.Say())
		}
	}
}

// Whatever stands in a file, it is one root at least, or a fault.
func FuzzParseRoots(f *testing.F) {
	w := newWorkshop(f)
	pem, err := w.RootPEM()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(pem)
	f.Add(pem[:len(pem)/2])
	f.Add(append([]byte(retiredMark+"2026-09-21T04:00:00Z\n"), pem...))
	f.Add(append([]byte(retiredMark+"today\n"), pem...))
	f.Fuzz(func(t *testing.T, text []byte) {
		roots, err := ParseRoots(text)
		if (err == nil) != (len(roots.anchors) > 0) || err != nil && fault.Code(err) != "seals.roots" {
			t.Fatalf("%d roots, %v", len(roots.anchors), err)
		}
	})
}
