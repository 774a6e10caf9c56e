package page

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

func TestOnlyOurProxiesSayWhoSentARequest(t *testing.T) {
	proxies, err := ReadProxies([]string{"10.0.0.0/24", "192.168.1.1"})
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ name, from, said, want string }{
		{"nobody stands before us", "203.0.113.9:1234", "", "203.0.113.9:1234"},
		{"a stranger claims to be another", "203.0.113.9:1234", "198.51.100.7", "203.0.113.9:1234"},
		{"through one proxy", "10.0.0.5:99", "198.51.100.7", "198.51.100.7:0"},
		{"through two proxies", "10.0.0.5:99", "198.51.100.7, 192.168.1.1", "198.51.100.7:0"},
		{"a stranger wrote something before", "10.0.0.5:99", "1.1.1.1, 198.51.100.7", "198.51.100.7:0"},
		{"a stranger wrote nonsense before", "10.0.0.5:99", "admin, 198.51.100.7", "198.51.100.7:0"},
		{"the proxy says nothing", "10.0.0.5:99", "", "10.0.0.5:99"},
		{"an address of the new kind", "10.0.0.5:99", "2001:db8::1", "[2001:db8::1]:0"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got string
			h := Behind(proxies, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { got = r.RemoteAddr }))
			r := httptest.NewRequest("GET", "/", nil)
			r.RemoteAddr = tt.from
			if tt.said != "" {
				r.Header.Set("X-Forwarded-For", tt.said)
			}
			h.ServeHTTP(httptest.NewRecorder(), r)
			if got != tt.want {
				t.Errorf("from %s", got)
			}
		})
	}
	if _, err := ReadProxies([]string{"the proxy"}); err == nil {
		t.Error("a name was taken for an address")
	}
}
