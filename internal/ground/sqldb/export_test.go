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
