package portal

import "net/http"

// own are the pages of one's own affairs.
func (p *Portal) own(mux *http.ServeMux) {
}
