package app_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tongban/internal/handling/cases"
)

// A file that is gone, or not as long as it was, is named with the case and the
// material that it belongs to; whoever restored a city sees that all of them are there.
func TestFilesOfCasesAreAudited(t *testing.T) {
	c := openCity(t)
	one := c.filed()
	var kept string
	for _, m := range one.Materials {
		if len(m.Files) > 0 {
			kept = m.Files[0].Hash
		}
	}
	audited := func(want string) {
		t.Helper()
		var said []string
		n, err := c.Cases.AuditFiles(t.Context(), c.Files, func(d *cases.Difference) { said = append(said, d.Say) })
		if err != nil || n == 0 {
			t.Fatalf("%d files: %v", n, err)
		}
		if got := strings.Join(said, "\n"); got == "" != (want == "") || !strings.Contains(got, want) {
			t.Errorf("said %q, want %q", got, want)
		}
	}
	audited("")
	at := filepath.Join(c.Data, "files", kept[:2], kept)
	if err := os.Truncate(at, 9); err != nil {
		t.Fatal(err)
	}
	audited("现有9字节")
	if err := os.Remove(at); err != nil {
		t.Fatal(err)
	}
	audited("不在附件存放处（" + kept + "）")
}
