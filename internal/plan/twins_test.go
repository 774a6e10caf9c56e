package plan

import (
	"io/fs"
	"os"
	"strings"
	"testing"
)

// A step that is written for one database stands there for the other too: else a copy
// made on the one could not be brought back on the other.
func TestEachStepOfOneDatabaseHasItsTwin(t *testing.T) {
	root := os.DirFS("..")
	err := fs.WalkDir(root, ".", func(name string, _ fs.DirEntry, err error) error {
		for one, other := range map[string]string{".postgres.sql": ".sqlite.sql", ".sqlite.sql": ".postgres.sql"} {
			if stem, is := strings.CutSuffix(name, one); is {
				if _, missing := fs.Stat(root, stem+other); missing != nil {
					t.Errorf("%s has no %s", name, other)
				}
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
