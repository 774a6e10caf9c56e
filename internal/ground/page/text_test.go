package page_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"tongban/internal/ground/page"
)

func TestGuardRefusesWhatIsNotText(t *testing.T) {
	h := guarded(t, page.Gate{}, func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			if _, err := page.ReadForm(w, r); err != nil {
				page.Fail(w, r, err)
				return
			}
		}
		w.WriteHeader(http.StatusNoContent)
	})
	for _, tt := range []struct {
		name, path, form string
		status           int
	}{
		{"plain", "/search?q=100%25&page=2", "", http.StatusNoContent},
		{"Chinese", "/search/%E5%BC%80?q=%E5%BC%80%E9%A5%AD%E5%BA%97", "", http.StatusNoContent},
		{"NUL in the path", "/items/a%00b", "", http.StatusUnprocessableEntity},
		{"broken UTF-8 in the path", "/items/%ff%fe", "", http.StatusUnprocessableEntity},
		{"NUL in the query", "/search?q=a%00", "", http.StatusUnprocessableEntity},
		{"broken UTF-8 in the query", "/search?q=%e5%bc", "", http.StatusUnprocessableEntity},
		{"broken UTF-8 in a name of the query", "/search?%ff=1", "", http.StatusUnprocessableEntity},
		{"form", "/x", "name=%E6%9D%8E%E6%95%8F", http.StatusNoContent},
		{"NUL in a form", "/x", "name=a%00", http.StatusUnprocessableEntity},
		{"broken UTF-8 in a form", "/x", "name=%ff", http.StatusUnprocessableEntity},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := httptest.NewRequest(http.MethodGet, tt.path, nil)
			if tt.form != "" {
				r = httptest.NewRequest(http.MethodPost, tt.path, strings.NewReader(tt.form))
				r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			}
			w := httptest.NewRecorder()
			if h.ServeHTTP(w, r); w.Code != tt.status {
				t.Errorf("%d, want %d: %s", w.Code, tt.status, w.Body)
			}
		})
	}
}
