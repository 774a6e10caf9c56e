package frame_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"testing"

	"tongban/internal/ground/page"
	"tongban/internal/places/frame"
)

// house serves the frame by itself, behind the guard.
func house(t *testing.T) *httptest.Server {
	t.Helper()
	mux := http.NewServeMux()
	frame.Routes(mux)
	guarded, err := page.Guard(page.Gate{Errors: frame.ErrorPage}, mux)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(frame.House{}.Serve(guarded))
	t.Cleanup(server.Close)
	return server
}

// TestInTheBrowser runs tests/browser/design.test.mjs against the style guide.
// It is asked for by TEST_BROWSER, which scripts/test sets.
func TestInTheBrowser(t *testing.T) {
	if os.Getenv("TEST_BROWSER") == "" {
		return
	}
	run := exec.Command("node", "--test", "design.test.mjs")
	run.Dir = "../../../tests/browser"
	run.Env = append(os.Environ(), "BASE_URL="+house(t).URL)
	out, err := run.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}
