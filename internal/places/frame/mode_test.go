package frame_test

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"testing"

	"tongban/internal/places/frame"
)

// what a mode may change of a page: two attributes of the document, and the link
// by which one leaves it.
var (
	modeAttribute = regexp.MustCompile(` data-(mode="elder"|contrast="dark")`)
	modeSwitch    = regexp.MustCompile(`(?s)<a [^>]*href="/mode\?.*?</a>`)
)

// A page looked at in one mode can be put into another without asking for it
// anew, as the browser tests do: pages themselves do not know the mode, and the
// shells around them say it in attributes of the document.
func TestAModeIsAnAttributeOfTheDocument(t *testing.T) {
	for _, shell := range []string{"portal", "step", "check", "bench", "desk", "print"} {
		in := func(letters string) string {
			r := httptest.NewRequest("GET", "/design/"+shell, nil)
			r.SetPathValue("shell", shell)
			r.AddCookie(&http.Cookie{Name: "mode", Value: letters})
			w := httptest.NewRecorder()
			frame.DesignShell(w, r)
			return w.Body.String()
		}
		plain := modeSwitch.ReplaceAllString(in(""), "")
		for letters, attribute := range map[string]string{"e": ` data-mode="elder"`, "d": ` data-contrast="dark"`} {
			page := in(letters)
			if got := modeAttribute.FindAllString(page, -1); len(got) != 1 || got[0] != attribute {
				t.Errorf("%s in %q has the attributes %q", shell, letters, got)
			}
			if modeSwitch.ReplaceAllString(modeAttribute.ReplaceAllString(page, ""), "") != plain {
				t.Errorf("%s is another page in %q", shell, letters)
			}
		}
	}
}
