package blob

import (
	"net/http"
	"time"
)

// Serve answers a request with the content under the name its owner gave it,
// in parts if the reader asks for parts, and closes it.
func (c Content) Serve(w http.ResponseWriter, r *http.Request, name string) {
	defer c.Close()
	for header, value := range c.Ref.Headers(name) {
		w.Header().Set(header, value)
	}
	http.ServeContent(w, r, "", time.Time{}, c)
}
