package page

import (
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"tongban/internal/ground/fault"
)

// Sound reports whether text can be kept: it is UTF-8 without NUL. No database
// takes anything else, and nobody ever typed it.
func Sound(text string) bool { return utf8.ValidString(text) && !strings.Contains(text, "\x00") }

func soundValues(values url.Values) bool {
	for name, all := range values {
		if !Sound(name) || !Sound(strings.Join(all, "")) {
			return false
		}
	}
	return true
}

// sound refuses an address whose path or query is not text before anything
// looks at it. What a form carries is refused where it is read.
func sound(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !Sound(r.URL.Path) || strings.Contains(r.URL.RawQuery, "%") && !soundValues(r.URL.Query()) || !Sound(r.URL.RawQuery) {
			Fail(w, r, fault.New(fault.Invalid, "page.address.text", "网址里有无法识别的字符，请从页面上的链接重新进入"))
			return
		}
		next.ServeHTTP(w, r)
	})
}
