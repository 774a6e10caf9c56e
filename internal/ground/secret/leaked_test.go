package secret

import (
	"crypto/sha1" //nolint:gosec // see leaked.go
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Every password of a list is found in it and no other, whether or not the lines say
// how often each was found, and whatever the last one ends with.
func TestLeakedPasswordsAreFoundInAFile(t *testing.T) {
	for _, count := range []int{1, 2, 3, 500} {
		var lines []string
		for i := range count {
			line := fmt.Sprintf("%X", sha1.Sum(fmt.Appendf(nil, "leaked-%d", i))) //nolint:gosec // see leaked.go
			if i%2 == 0 {
				line += fmt.Sprintf(":%d", i*i+1)
			}
			lines = append(lines, line)
		}
		slices.Sort(lines)
		for _, ending := range []string{"", "\n", "\r\n"} {
			l := opened(t, strings.Join(lines, "\n")+ending)
			for i := range count + 50 {
				has, err := l.Has(fmt.Sprintf("leaked-%d", i))
				if err != nil || has != (i < count) {
					t.Fatalf("%d of %d: %v, %v", i, count, has, err)
				}
			}
			l.Close()
		}
	}
	if _, err := OpenLeak(written(t, "password\n123456\n")); err == nil {
		t.Error("a list of words was taken for one of digests")
	}
}

func opened(t *testing.T, text string) *Leak {
	t.Helper()
	l, err := OpenLeak(written(t, text))
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func written(t *testing.T, text string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "leaked.txt")
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}
