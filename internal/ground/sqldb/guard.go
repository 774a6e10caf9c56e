package sqldb

import (
	"errors"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
)

// A guard is what a batch says when it breaks a constraint.
type guard struct {
	constraint string
	say        error
}

// Guard has the batch fail with say where a CHECK of that name does not let it be kept:
// of two acts that exclude each other the table knows which came first.
func (b *Batch) Guard(constraint string, say error) {
	b.guards = append(b.guards, guard{constraint, say})
}

// said is err in the words of the guard that it broke.
func (b *Batch) said(err error) error {
	for _, g := range b.guards {
		if err != nil && breaks(err, g.constraint) {
			return g.say
		}
	}
	return err
}

func breaks(err error, constraint string) bool {
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		return e.Code == "23514" && e.ConstraintName == constraint
	}
	e, ok := errors.AsType[*sqlite.Error](err)
	return ok && e.Code() == 275 && strings.Contains(e.Error(), constraint) // SQLITE_CONSTRAINT_CHECK
}
