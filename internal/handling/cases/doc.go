// Package cases is the room where an application becomes a decision (办件).
//
// A Case lives the life the law gives it: received, perhaps sent back once for
// correction, accepted or refused, decided. The whole of that life is one table,
// Life, in life.go; what a bureau arranges between acceptance and decision is a
// procedure, run by engine/flow inside the state Accepted.
//
// Every act has two halves. The judging half (accept.go, notice.go, decide.go …)
// says whether the act is allowed and what it brings, as a fact: Moved. The
// other half, Apply, makes the fact true of the case, and is the only place
// where a case changes. So a case can be built again from its facts, by another
// machine and years later: that is what Audit does.
//
// The room does not know how cases are kept (see Store) or what they look like
// on a page.
package cases
