package sqldb

import (
	"math/bits"
	"slices"
	"strings"
)

// A Log is a table to which acts only add rows, and whose rows no act touches that is
// kept at the same moment. What the acts of one commit add to it goes together,
// after all else that they say: one statement for many rows costs the database little
// more than one for one.
type Log struct {
	Into string // INSERT INTO t (a, b), without its VALUES
	Else string // ON CONFLICT DO NOTHING; mostly empty
}

// Add adds a row in the batch.
func (l Log) Add(b *Batch, row ...any) { b.logged = append(b.logged, logged{l, row}) }

// logged is a row that waits to go with others.
type logged struct {
	log Log
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
		one := rows[0].log
		args := make([]any, 0, len(rows)*len(rows[0].row))
		width := len(rows[0].row)
		rows = slices.DeleteFunc(rows, func(l logged) bool {
			if l.log == one {
				args = append(args, l.row...)
			}
			return l.log == one
		})
		for len(args) > 0 {
			n := 1 << (bits.Len(uint(min(len(args)/width, mostLogged))) - 1)
			all = append(all, statement{query: one.text(n, width), args: args[: n*width : n*width]})
			args = args[n*width:]
		}
	}
	return all
}

// mostLogged is how many rows one statement adds to a log.
const mostLogged = 32

func (l Log) text(rows, width int) string {
	return strings.TrimSpace(l.Into + " VALUES " + marks(rows, width) + " " + l.Else)
}
