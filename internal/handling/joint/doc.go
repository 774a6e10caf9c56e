// Package joint handles several cases as one matter (一件事联办).
//
// One submission makes a joint case whose parts are ordinary cases, each with
// its own number, clock and papers. What needs the result of another part waits
// for it and starts by itself; what is optional holds up nobody; what cannot
// start any more says why. Acts of the lead's window, such as the one notice of
// all that is missing, are made on all parts in one commit.
//
// A part is never an orphan: its case and the joint case's knowledge of it are
// kept in the same commit, and news that was not heard is told again.
package joint
