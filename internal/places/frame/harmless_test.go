package frame

import (
	"strings"
	"testing"
)

func TestNoCellIsAFormula(t *testing.T) {
	for _, bad := range []string{"=1+1", "+86", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", "＋1", "－1", "＠x"} {
		if got := harmless(bad); !strings.HasPrefix(got, "'") {
			t.Errorf("%q is written %q", bad, got)
		}
	}
	for _, good := range []string{"", "李敏", "11320300MB", "徐州=市"} {
		if got := harmless(good); got != good {
			t.Errorf("%q is written %q", good, got)
		}
	}
}

func FuzzNoCellIsAFormula(f *testing.F) {
	for _, seed := range []string{"=1", "李敏", "\t", "  +"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, cell string) {
		got := harmless(cell)
		if got != "" && strings.ContainsRune("=+-@", rune(got[0])) {
			t.Errorf("%q is written %q", cell, got)
		}
	})
}
