// Package sqldb is the one door to the database.
//
// SQL is written once, in the language SQLite and PostgreSQL share, with $1 for
// every argument. What the two do not share (locking, dates, sequences,
// arrays) is kept out of SQL: rows carry a version instead of being locked,
// dates are reckoned in Go, and keys are made by the program (see NewID).
//
// There are two ways to write. Commit takes a Batch of statements that need no
// answer from one another, sends them in one round trip and shares the commit
// with whoever else is waiting: every act of daily work goes this way. Within
// runs a function in a transaction of its own, for the rare work that must read
// what it has just written.
package sqldb
