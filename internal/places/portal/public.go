package portal

import "net/http"

// public are the pages for everybody.
func (p *Portal) public(mux *http.ServeMux) {
}
