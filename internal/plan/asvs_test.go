package plan

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	asvsLine  = regexp.MustCompile(`(?m)^\| (\d+\.\d+\.\d+) \| [12] \| [^|]+ \| ([✔◇–✘]) \| ([^|]+) \|$`)
	asvsProof = regexp.MustCompile("`([a-z0-9_/]+_test\\.go):((?:Test|Fuzz)\\w+)`")
)

// Every requirement of ASVS 5.0.0 at levels 1 and 2 stands in doc/asvs.md once,
// and every test that it names is there.
func TestTheSecurityChecklistNamesTestsThatExist(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "doc", "asvs.md"))
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, m := range asvsLine.FindAllStringSubmatch(string(text), -1) {
		if seen[m[1]] {
			t.Error(m[1], "stands there twice")
		}
		seen[m[1]] = true
	}
	if len(seen) != 253 { // 70 of level 1, 183 of level 2
		t.Errorf("%d requirements are answered, there are 253", len(seen))
	}
	proofs := asvsProof.FindAllStringSubmatch(string(text), -1)
	for _, m := range proofs {
		source, err := os.ReadFile(filepath.Join("..", "..", filepath.FromSlash(m[1])))
		if err != nil || !strings.Contains(string(source), "func "+m[2]+"(") {
			t.Errorf("%s has no %s", m[1], m[2])
		}
	}
	if len(proofs) < 150 {
		t.Errorf("only %d tests are named", len(proofs))
	}
}

// TLS that trusts everybody is worth nothing; no file switches the check off.
func TestNobodySkipsTheCheckOfCertificates(t *testing.T) {
	seen := 0
	for _, folder := range []string{"cmd", "internal"} {
		err := filepath.WalkDir(filepath.Join("..", "..", folder), func(file string, entry fs.DirEntry, err error) error {
			if err != nil || filepath.Ext(file) != ".go" {
				return err
			}
			seen++
			text, err := os.ReadFile(file)
			if strings.Contains(string(text), "InsecureSkip"+"Verify") {
				t.Error(file)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if seen < 1000 {
		t.Error("only", seen, "files are looked at")
	}
}
