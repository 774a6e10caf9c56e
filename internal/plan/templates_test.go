package plan

import (
	"bytes"
	"go/format"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/a-h/templ"
	"github.com/a-h/templ/generator"
	"github.com/a-h/templ/parser/v2"
)

// Each *_templ.go is what templ makes of its template, by the version that go.mod names.
// The file name in it, for messages, depends on where templ was called: as it stands.
func TestTemplatesAreGenerated(t *testing.T) {
	n := 0
	err := filepath.WalkDir("..", func(name string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(name, ".templ") {
			return err
		}
		n++
		made := strings.TrimSuffix(name, ".templ") + "_templ.go"
		stands, err := os.ReadFile(made)
		if err != nil || !bytes.Equal(stands, generated(t, name, called(stands))) {
			t.Errorf("go run github.com/a-h/templ/cmd/templ@%s generate -f internal/%s", templ.Version(), strings.TrimPrefix(name, "../"))
		}
		return nil
	})
	if err != nil || n < 100 {
		t.Errorf("%d templates: %v", n, err)
	}
}

// called is the name of the template in what was made of it.
func called(made []byte) string {
	_, rest, _ := bytes.Cut(made, []byte("FileName: `"))
	name, _, _ := bytes.Cut(rest, []byte("`"))
	return string(name)
}

func generated(t *testing.T, name, called string) []byte {
	template, err := parser.Parse(name)
	if err != nil {
		t.Fatal(err)
	}
	var made bytes.Buffer
	if _, err := generator.Generate(template, &made, generator.WithVersion(templ.Version()), generator.WithFileName(called)); err != nil {
		t.Fatal(err)
	}
	source, err := format.Source(made.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	return source
}
