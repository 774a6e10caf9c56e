// Package event keeps what has happened (事实) and carries the news of it to
// the rooms that care, losing none.
//
// A fact belongs to a stream, most often that of one case: there it has its
// place in the order, and its hash takes in the hash of the one before, so that
// nothing can be changed, dropped or slipped in afterwards without breaking the
// chain. Facts are written in the batch that makes them true. Two who append
// after the same fact cannot both succeed: the place is taken, and the whole
// batch of the slower one is undone. So the chain is also the version of the
// thing it tells of, and no row needs to be locked.
//
// Deliver then hands each fact to every listener that asked for it by name. A
// listener may be told twice, never not at all.
package event
