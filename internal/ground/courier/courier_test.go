package courier

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

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
}

// What a name stands for decides, not the name: an address of the cloud's metadata,
// of nobody, or of this machine under another's name.
func TestANameThatStandsForNobodyIsNotDialled(t *testing.T) {
	for _, tt := range []struct {
		named, address string
		may            bool
	}{
		{"partner.example:443", "203.0.113.9:443", true},
		{"partner.example:443", "10.1.2.3:443", true},
		{"127.0.0.1:8080", "127.0.0.1:8080", true},
		{"[::1]:8080", "[::1]:8080", true},
		{"localhost:8080", "127.0.0.1:8080", true},
		{"partner.example:443", "127.0.0.1:443", false},
		{"partner.example:443", "[::1]:443", false},
		{"partner.example:443", "[::ffff:127.0.0.1]:443", false},
		{"localhost.example:80", "127.0.0.1:80", false},
		{"2130706433:80", "127.0.0.1:80", false},
		{"partner.example:80", "169.254.169.254:80", false},
		{"169.254.169.254:80", "169.254.169.254:80", false},
		{"partner.example:80", "[fe80::1]:80", false},
		{"partner.example:80", "0.0.0.0:80", false},
		{"0.0.0.0:80", "[::]:80", false},
	} {
		if err := mayDial(tt.named)("tcp", tt.address, nil); (err == nil) != tt.may {
			t.Errorf("%s at %s: %v", tt.named, tt.address, err)
		}
	}
}

// On a line of a megabit a second a message of 10 MB is 80 seconds under way.
func TestALargeMessageHasItsTimeOnASlowLine(t *testing.T) {
	if some, most := timeFor(0), timeFor(10<<20); some != patience || most < 80*time.Second+patience {
		t.Errorf("nothing has %v, 10 MB has %v", some, most)
	}
}
