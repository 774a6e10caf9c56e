package data_test

import (
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"

	"tongban/data"
	"tongban/internal/catalogue/items"
	"tongban/internal/civic/laws"
	"tongban/internal/handling/cases"
)

func shipped(t *testing.T) *laws.Codex {
	t.Helper()
	all, err := laws.Cited(data.Laws)
	if err != nil {
		t.Fatal(err)
	}
	return laws.NewCodex(all)
}

func TestWhatTheSampleCityCitesIsInTheList(t *testing.T) {
	codex := shipped(t)
	all, err := items.ReadAll(data.Sample, "sample/items")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range all {
		for _, f := range e.Citations(codex, 0) {
			t.Errorf("%s: %s %s", e.Item, f.Path, f.Say)
		}
	}
}

// notice is a document with a number of its own: 徐政发〔2022〕21号.
var notice = regexp.MustCompile(`^[^〔]+〔[0-9]{4}〕[0-9]+号`)

// Every act of a case rests on an article or a notice of the one list.
func TestWhatCasesRestOnIsInTheList(t *testing.T) {
	codex := shipped(t)
	for _, m := range cases.Life {
		law, article, _ := strings.Cut(m.Basis, "第")
		if n := notice.FindString(m.Basis); n != "" {
			law, article = n, ""
		} else {
			article = "第" + article
		}
		if found := codex.Judge(law, article, 0); len(found) > 0 {
			t.Errorf("%s rests on %s: enter it in data/laws.txt (%v)", m.Act, m.Basis, found)
		}
	}
}

// cited finds a law with its article in the text of a program.
var cited = regexp.MustCompile(`(?:《([^》]+)》|(\p{Han}{2,24}?(?:法|条例|若干规定)))(第[一二三四五六七八九十百零]+条(?:第[一二三四五六七八九十]+[款项]|（[一二三四五六七八九十]+）)*(?:、第[一二三四五六七八九十百零]+条)*)`)

// What the program says on its papers and pages, and gives as its reasons, can be
// looked up too.
func TestWhatTheProgramCitesIsInTheList(t *testing.T) {
	codex, n := shipped(t), 0
	err := fs.WalkDir(os.DirFS("../internal"), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		text, err := os.ReadFile("../internal/" + path)
		for _, m := range cited.FindAllStringSubmatch(string(text), -1) {
			n++
			if found := codex.Judge(m[1]+m[2], m[3], 0); len(found) > 0 {
				t.Errorf("%s cites %s: enter it in data/laws.txt (%v)", path, m[0], found)
			}
		}
		return err
	})
	if err != nil || n < 100 {
		t.Error(n, err)
	}
}
