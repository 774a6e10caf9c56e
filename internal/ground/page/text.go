package page

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
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

// refuseUnsound empties the fields that carry no text and names them.
func (f *Form) refuseUnsound() error {
	bad := fault.New(fault.Invalid, "page.form.text", "提交的内容里有无法识别的字符，请重新填写")
	for _, name := range slices.Sorted(maps.Keys(f.values)) {
		switch {
		case !Sound(name):
			return bad
		case !Sound(strings.Join(f.values[name], "")):
			f.values[name] = nil
			bad = bad.At(name, "text", "含有无法识别的字符，请重新输入")
		}
	}
	if len(bad.Fields) > 0 {
		return bad
	}
	return nil
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
