package sqldb

import (
	"math/bits"
	"slices"
	"strings"
	"sync/atomic"
)

// A Log is a table to which acts only add rows, and whose rows no act touches that is
// kept at the same moment. What the acts of one commit add to it goes together,
// after all else that they say: one statement for many rows costs the database little
// more than one for one. There is one Log for all acts that add alike.
type Log struct {
	Into string // INSERT INTO t (a, b), without its VALUES
	Else string // ON CONFLICT DO NOTHING; mostly empty

	texts [6]atomic.Pointer[string] // for 1, 2, 4 and up to mostLogged rows, once they were made
}

// Add adds a row in the batch.
func (l *Log) Add(b *Batch, row ...any) { b.logged = append(b.logged, logged{l, row}) }

// logged is a row that waits to go with others.
type logged struct {
	log *Log
	row []any
}

// gathered are the statements of batches that are kept together: what each says, and
// then what they add to logs.
func gathered(batches ...*Batch) []statement {
	var all []statement
	var rows []logged
	for _, b := range batches {
		all = append(all, b.statements...)
		rows = append(rows, b.logged...)
	}
	return append(all, inRows(rows)...)
}

// inRows writes rows in few statements for each of their logs: by powers of two, so
// that what a database must know by heart stays little.
func inRows(rows []logged) (all []statement) {
	for len(rows) > 0 {
		one, width := rows[0].log, len(rows[0].row)
		args := make([]any, 0, width*one.among(rows))
		rows = slices.DeleteFunc(rows, func(l logged) bool {
			if l.log == one {
				args = append(args, l.row...)
			}
			return l.log == one
		})
		for len(args) > 0 {
			power := bits.Len(uint(min(len(args)/width, mostLogged))) - 1
			n := width << power
			all = append(all, statement{query: one.text(power, width), args: args[:n:n]})
			args = args[n:]
		}
	}
	return all
}

// among is how many of the rows are the log's.
func (l *Log) among(rows []logged) (n int) {
	for _, r := range rows {
		if r.log == l {
			n++
		}
	}
	return n
}

// mostLogged is how many rows one statement adds to a log.
const mostLogged = 32

// text is the statement for two to that power of rows.
func (l *Log) text(power, width int) string {
	if known := l.texts[power].Load(); known != nil {
		return *known
	}
	text := strings.TrimSpace(l.Into + " VALUES " + marks(1<<power, width) + " " + l.Else)
	l.texts[power].Store(&text)
	return text
}
