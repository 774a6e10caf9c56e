package frame

import "net/http"

// DesignPage is the living style guide.
func DesignPage(w http.ResponseWriter, r *http.Request) {}

// DesignShell shows one shell.
func DesignShell(w http.ResponseWriter, r *http.Request) {}
