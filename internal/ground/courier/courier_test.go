package courier

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"tongban/internal/ground/fault"
)

func TestOnlyAllowedAddressesAreCalled(t *testing.T) {
	called := 0
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		called++
		switch r.URL.Path {
		case "/redirected":
			http.Redirect(w, r, "/secret", http.StatusFound)
		case "/long":
			w.Write([]byte(strings.Repeat("x", mostBytes+1)))
		default:
			w.Write([]byte("ok"))
		}
	}))
	defer site.Close()
	c, err := New("/inbox", []string{site.URL + "/"})
	if err != nil {
		t.Fatal(err)
	}
	if answer, err := c.Carry(t.Context(), site.URL, []byte("{}")); err != nil || string(answer) != "ok" {
		t.Fatalf("%s %v", answer, err)
	}
	for _, address := range []string{"http://127.0.0.1:1", site.URL + "/x", strings.Replace(site.URL, "http://", "http://user@", 1), "file:///etc/passwd", "gopher://x", "", site.URL + "?a=1"} {
		if _, err := c.Carry(t.Context(), address, nil); fault.Of(err) == fault.Busy || err == nil {
			t.Errorf("%q was called: %v", address, err)
		}
	}
	if called != 1 {
		t.Errorf("called %d times", called)
	}
	for _, path := range []string{"/redirected", "/long"} {
		c.Path = path
		if _, err := c.Carry(t.Context(), site.URL, nil); fault.Of(err) != fault.Busy {
			t.Errorf("%s: %v", path, err)
		}
	}
	if called != 3 {
		t.Errorf("a redirect was followed: %d calls", called)
	}
	if err := mayDial("tcp", "169.254.169.254:80", nil); err == nil {
		t.Error("the metadata address may be dialled")
	}
}
