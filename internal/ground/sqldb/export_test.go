package sqldb

import "strconv"

// Prepared tells tests how many prepared texts are held, for reads and for writes.
func Prepared(db *DB) (reads, writes int) {
	db.kept.mu.RLock()
	defer db.kept.mu.RUnlock()
	if db.Postgres {
		return 0, 0
	}
	return len(db.kept.texts), len(db.writer.kept)
}

// HolderWith names a process of this machine.
func HolderWith(pid int) string { return "x " + strconv.Itoa(pid) + " " + here() }

// Crowded reports whether acts wait for company, and LongAgo has it be long since others wrote.
func Crowded(db *DB) bool { return db.crowded() }
func LongAgo(db *DB)      { db.beside.Add(-2000) }
