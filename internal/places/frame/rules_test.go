package frame

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// bans are what no template, stylesheet or script of ours may contain, and why.
var bans = []struct {
	in  string // the ends of the file names
	say string
	re  *regexp.Regexp
}{
	{".templ", "the content policy forbids inline scripts", regexp.MustCompile(`<script(?:>|[^>]*[^>c]>)[^<]`)},
	{".templ", "the content policy forbids style elements", regexp.MustCompile(`<style[\s>]`)},
	{".templ", "the content policy forbids style attributes", regexp.MustCompile(`\sstyle=`)},
	{".templ", "the content policy forbids inline handlers", regexp.MustCompile(`\son[a-z]+=["{]`)},
	{".templ", "hx-on needs eval", regexp.MustCompile(`hx-on[:=-]`)},
	{".templ", "hx-vals js: needs eval", regexp.MustCompile(`js:|javascript:`)},
	{".templ", "a filter in hx-trigger needs eval", regexp.MustCompile(`hx-trigger="[^"]*\[`)},
	{".templ", "search boxes trigger on ime:settled, never on input or keyup", regexp.MustCompile(`hx-trigger="[^"]*\b(input|keyup)\b`)},
	{".templ", "this name belongs to another htmx than the one we ship", regexp.MustCompile(`hx-(ignore|status|action|method)=|:inherited|outerMorph|innerMorph|hx-(ws|sse)=`)},
	{".templ.css.js", "a page loads nothing from elsewhere", regexp.MustCompile(`(?:https?:)?//[a-z0-9-]+(?:\.[a-z0-9-]+)+`)},
	{".css", "the floor is Chromium 88", regexp.MustCompile(`@layer|@container|:has\(|color-mix|oklch|light-dark\(|@scope|[{;]\s*&`)},
	{".js", "the content policy forbids eval", regexp.MustCompile(`\beval\(|new Function\(`)},
	{".js", "the floor is Chromium 88", regexp.MustCompile(`\.at\(|structuredClone|\.findLast\(|Object\.hasOwn|\.replaceAll\(`)},
}

// ours reads every template and, of the static files, those we wrote.
func ours(t *testing.T, see func(name, text string)) {
	t.Helper()
	err := filepath.WalkDir("..", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(name, "htmx.js") || strings.Contains(name, "static/bpmn/") {
			return err
		}
		switch filepath.Ext(name) {
		case ".templ", ".css", ".js":
			text, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			see(name, strings.ReplaceAll(string(text), "http://www.w3.org/2000/svg", ""))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestNothingForbiddenOnAPage(t *testing.T) {
	ours(t, func(name, text string) {
		for _, ban := range bans {
			if !strings.Contains(ban.in+".", filepath.Ext(name)+".") {
				continue
			}
			if found := ban.re.FindString(text); found != "" {
				t.Errorf("%s: %q: %s", name, found, ban.say)
			}
		}
	})
}

func TestBansCatchWhatTheyName(t *testing.T) {
	for _, bad := range []struct{ ext, text string }{
		{".templ", `<script>alert(1)</script>`},
		{".templ", `<p style="color:red">`},
		{".templ", `<a onclick="x()">`},
		{".templ", `<input hx-trigger="keyup[key=='Enter']">`},
		{".templ", `<div hx-on:click="x">`},
		{".templ", `<img src="//cdn.example.com/x.png">`},
		{".css", `.a:has(.b){}`},
		{".css", `.a{color:red;& .b{}}`},
		{".css", `@layer base{}`},
		{".js", `eval("1")`},
	} {
		caught := false
		for _, ban := range bans {
			caught = caught || strings.Contains(ban.in+".", bad.ext+".") && ban.re.MatchString(bad.text)
		}
		if !caught {
			t.Errorf("no ban catches %s", bad.text)
		}
	}
}

var (
	classAttr = regexp.MustCompile(`\sclass="([^"]+)"`)
	iconCall  = regexp.MustCompile(`(?:Icon\(|Empty\(|Icon:\s*|TagIcon\([A-Za-z.]+, |task\(here, "[^"]*", )"([a-z0-9-]+)"`)
)

func TestPagesUseOnlyClassesOfTheStylesheet(t *testing.T) {
	css, err := os.ReadFile("static/tongban.css")
	if err != nil {
		t.Fatal(err)
	}
	own, err := os.ReadFile("static/modeler.css")
	if err != nil {
		t.Fatal(err)
	}
	css = append(css, own...)
	known := map[string]bool{}
	for _, m := range regexp.MustCompile(`\.([a-zA-Z][\w-]*)`).FindAllStringSubmatch(string(css), -1) {
		known[m[1]] = true
	}
	ours(t, func(name, text string) {
		for _, m := range classAttr.FindAllStringSubmatch(text, -1) {
			for _, class := range strings.Fields(m[1]) {
				if !known[class] {
					t.Errorf("%s: the class %q is not in the stylesheet", name, class)
				}
			}
		}
	})
}

func TestEveryIconIsDrawn(t *testing.T) {
	ours(t, func(name, text string) {
		for _, m := range iconCall.FindAllStringSubmatch(text, -1) {
			if strokes[m[1]] == "" {
				t.Errorf("%s: there is no icon %q", name, m[1])
			}
		}
	})
}

func TestFilesOfOthersAreWhatTheManifestSays(t *testing.T) {
	manifest, err := os.ReadFile("static/MANIFEST.txt")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(manifest)), "\n")[1:]
	for _, line := range lines {
		field := strings.Fields(line)
		body, err := os.ReadFile("static/" + field[0])
		if err != nil {
			t.Fatal(err)
		}
		if sum := sha256.Sum256(body); hex.EncodeToString(sum[:]) != field[4] {
			t.Errorf("%s is not %s %s of the manifest", field[0], field[3], field[1])
		}
	}
	if len(lines) == 0 {
		t.Error("the manifest is empty")
	}
}

func TestFilesKeepTheirWeight(t *testing.T) {
	for name, most := range map[string]int{"tongban.css": 14 << 10, "tongban.js": 5 << 10, "htmx.js": 18 << 10, "modeler.js": 5 << 10, "bpmn/modeler.min.js": 180 << 10} {
		if n := Files.Zipped(name); n == 0 || n > most {
			t.Errorf("%s weighs %d bytes, at most %d", name, n, most)
		}
	}
}
