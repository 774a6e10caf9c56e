package secret

import (
	"crypto/ecdsa"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

func TestANewMasterOpensEverythingAndTheOldNothing(t *testing.T) {
	dir := t.TempDir()
	running := ring(t, dir)
	sealed, _ := running.Seal("320301199001011234", "a")
	signer, err := running.Signer("seal-1")
	if err != nil {
		t.Fatal(err)
	}
	old, _ := os.ReadFile(filepath.Join(dir, masterFile))
	n, err := ring(t, dir).RotateMaster(0)
	if err != nil || n != 4 { // field-1, index, marks, seal-1
		t.Fatal(n, err)
	}
	// The program that ran meanwhile makes keys, and so does one that starts now.
	if _, err := running.Rotate(Field); err != nil {
		t.Fatal(err)
	}
	if _, err := running.Signer("seal-2"); err != nil {
		t.Fatal(err)
	}
	fresh := ring(t, dir)
	if got, err := fresh.Open(sealed, "a"); err != nil || got != "320301199001011234" {
		t.Error(got, err)
	}
	same, err := fresh.Signer("seal-1")
	if err != nil || !signer.Public().(*ecdsa.PublicKey).Equal(same.Public()) {
		t.Error("the signing key has changed:", err)
	}
	if fresh.Index("x", "a") != running.Index("x", "a") {
		t.Error("the index key has changed")
	}
	if err := os.WriteFile(filepath.Join(dir, masterFile), old, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(dir); err == nil || !strings.Contains(err.Error(), "does not fit") {
		t.Error("the replaced master still opens the ring:", err)
	}
}

// A rotation that was killed at any moment leaves a ring that opens, and the
// next one finishes it.
func TestARotationBrokenOffGoesOn(t *testing.T) {
	dir := t.TempDir()
	r := ring(t, dir)
	for _, name := range []string{"a", "b", "c"} {
		if _, err := r.Signer(name); err != nil {
			t.Fatal(err)
		}
	}
	sealed, _ := r.Seal("x", "y")
	old, err := r.masters()
	if err != nil {
		t.Fatal(err)
	}
	next := newMaster() + "\n"
	if err := r.replace(masterFile, []byte(next+old[0].line+"\n")); err != nil {
		t.Fatal(err)
	}
	text, _ := os.ReadFile(filepath.Join(dir, "b.sign"))
	key, late, err := r.unwrap("b.sign", text)
	if err != nil || !late {
		t.Fatal(late, err)
	}
	if err := r.wrap("b.sign", key); err != nil { // and here it dies
		t.Fatal(err)
	}
	again := ring(t, dir)
	if got, err := again.Open(sealed, "y"); got != "x" {
		t.Fatal("half way through nothing opens:", err)
	}
	if n, err := again.RotateMaster(0); err != nil || n != 5 {
		t.Fatal("went on with", n, err)
	}
	if left, _ := os.ReadFile(filepath.Join(dir, masterFile)); string(left) != next {
		t.Error("it did not finish with the master it began with")
	}
	all, err := ring(t, dir).Keys()
	for _, k := range all {
		if k.Late {
			t.Error(k.Name, "is still wrapped by the old master")
		}
	}
	if err != nil || len(all) != 6 {
		t.Error(len(all), err)
	}
}

// Programs go on making keys while the master is replaced again and again: none
// of them is lost.
func TestNoKeyIsLostBetweenTwoMasters(t *testing.T) {
	dir := t.TempDir()
	ring(t, dir)
	var all sync.WaitGroup
	for p := range 3 {
		all.Go(func() {
			r := ring(t, dir)
			for i := range 15 {
				name := string(rune('a'+p)) + string(rune('a'+i))
				if _, err := r.Signer(name); err != nil {
					t.Error(name, err)
				}
			}
		})
	}
	for range 5 {
		if _, err := ring(t, dir).RotateMaster(0); err != nil {
			t.Error(err)
		}
	}
	all.Wait()
	keys, err := ring(t, dir).Keys()
	if err != nil || len(keys) != 3*15+3 {
		t.Error(len(keys), err)
	}
}

// Two programs share the ring: one that has not heard of a new key opens what
// the other sealed with it, and seals with it once it has looked.
func TestAnotherProgramsKeyIsFound(t *testing.T) {
	dir := t.TempDir()
	a, b := ring(t, dir), ring(t, dir)
	if _, err := a.Rotate(Field); err != nil {
		t.Fatal(err)
	}
	sealed, _ := a.Seal("x", "y")
	if b.Used(Field) != 1 || a.Used(Field) != 2 {
		t.Error("generations", a.Used(Field), b.Used(Field))
	}
	if got, err := b.Open(sealed, "y"); got != "x" {
		t.Error(got, err)
	}
	if later, _ := b.Seal("x", "y"); !strings.HasPrefix(later, "k2.") {
		t.Error("still seals with the old key")
	}
	if _, err := b.Open("k9"+sealed[2:], "y"); err == nil {
		t.Error("opened with a key that is nowhere")
	}
}
