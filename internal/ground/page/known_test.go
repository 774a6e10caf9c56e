package page_test

import (
	"net/http"
	"strings"
	"testing"

	"tongban/internal/ground/page"
)

func TestKnownAnswersForeignAddressesWithAPageOfOurs(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /desk/cases/{case}", func(w http.ResponseWriter, r *http.Request) { w.Write([]byte(r.PathValue("case"))) })
	h := guarded(t, page.Gate{}, page.Known(mux).ServeHTTP)

	if got := ask(h, "GET", "/desk/cases/K7"); got.Code != 200 || got.Body.String() != "K7" {
		t.Errorf("an address of the place: %d %q", got.Code, got.Body)
	}
	for _, asked := range []string{"GET /desk/nowhere", "GET /desk/cases/a/b", "POST /desk/cases/K7"} {
		method, path, _ := strings.Cut(asked, " ")
		got := ask(h, method, path)
		if got.Code != 404 || !strings.Contains(got.Body.String(), "没有这个页面") {
			t.Errorf("%s: %d %q", asked, got.Code, got.Body)
		}
	}
}
