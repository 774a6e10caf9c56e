// Package page puts answers on the wire (应答): a page for a person, JSON for a
// program, and the same fault told to each in its own way.
//
// A handler reads the request with [ReadForm] or [Query], calls one service
// method, and ends with [Show], [Partial], [SeeOther], [JSON] or [Fail]. The
// whole mux stands behind [Guard], which numbers requests, sets the security
// headers, refuses posts from other sites, limits bodies and survives panics.
package page
