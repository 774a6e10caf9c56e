package page

import (
	"net/http"

	"tongban/internal/ground/fault"
)

// Known serves the addresses of mux, and answers any other one of its place
// with a page that says so, rather than with the library's two English words.
func Known(mux *http.ServeMux) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, pattern := mux.Handler(r); pattern == "" {
			Fail(w, r, fault.New(fault.NotFound, "page.address.none", "没有这个页面，可能是地址写错了或者页面已经移走"))
			return
		}
		mux.ServeHTTP(w, r)
	})
}
