// Package backup takes copies of the whole platform while it runs, and brings
// them back (备份与恢复): on another machine, and on the other database too.
//
// A copy is one file: a gzipped tar with every row of one instant as text, the
// key ring and, unless they are kept in a folder beside it, the files people
// handed in. Files are never changed and are kept before the row that names
// them, so those found after the instant are a superset of what the rows need.
//
// The master key is never in a copy. All other keys are, as they stand in the
// ring: wrapped by the master key. So a stolen copy opens neither sealed columns
// nor seals, and a copy without the master key, which the administrator keeps
// elsewhere, is worth nothing. What is not sealed (names, papers, attachments)
// can be read by whoever holds the file: guard it like the database.
package backup

import (
	"time"
)

// format is what the archive is laid out by.
const format = 1

// Head is the first thing in a copy.
type Head struct {
	Format   int       `json:"format"`
	Made     time.Time `json:"made"`
	Database string    `json:"database"` // "SQLite", "PostgreSQL"
	Steps    []string  `json:"steps"`    // of the schema, by which its tables are built again
	Beside   bool      `json:"beside"`   // files are in the folder beside the archive
}

// Tail is the last thing in a copy, by which one knows that it is whole.
type Tail struct {
	Rows  map[string]int64 `json:"rows"` // of each table
	Files int              `json:"files"`
	Keys  int              `json:"keys"`
	Sum   string           `json:"sum"` // SM3 of all that came before, names and contents
}

// Total is all rows.
func (t Tail) Total() (n int64) {
	for _, rows := range t.Rows {
		n += rows
	}
	return n
}

const (
	headName = "tongban.json"
	tailName = "end.json"
	listName = "files.list"
	master   = "master.key"
)

// rowsAtOnce is how many rows stand in one part of the archive and are brought
// back in one transaction.
const rowsAtOnce = 2000
