package sqldb

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"slices"
	"syscall"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"

	"tongban/internal/ground/fault"
	"tongban/internal/ground/line"
)

// What a database says when it cannot keep anything for now: the disk is full,
// it may only be read, another program holds it, it is being shut down or has not
// started.
var (
	fullSQLite   = []int{5, 8, 10, 13, 14} // SQLITE_BUSY, _READONLY, _IOERR, _FULL, _CANTOPEN
	fullPostgres = []string{"25006", "53000", "53100", "53200", "53300", "57P01", "57P02", "57P03"}
)

// plainly tells a database that cannot keep anything for now from a mistake of
// ours. The reason is logged here; whoever asked is to ask again later, under
// the same name, for nobody knows what was kept when a connection broke.
func plainly(err error) error {
	if !away(err) {
		return err
	}
	slog.Error("the database keeps nothing", "err", err)
	return fault.New(fault.Busy, "sqldb.away", "系统暂时无法保存，您这一步没有完成，请稍后再试；一直不成请联系管理员")
}

func away(err error) bool {
	if e, ok := errors.AsType[*sqlite.Error](err); ok {
		return slices.Contains(fullSQLite, e.Code()&0xff)
	}
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		return slices.Contains(fullPostgres, e.Code)
	}
	_, refused := errors.AsType[*pgconn.ConnectError](err)
	_, lost := errors.AsType[*lostError](err)
	return (refused || lost || errors.Is(err, line.Silent)) && !errors.Is(err, context.Canceled)
}

// Away tells whoever asked that the database cannot be asked for now, where err is
// because of that and not foreseen by anybody: a read that broke. Any other err stays.
func Away(err error) error {
	if fault.Of(err) != fault.Internal || !away(err) && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, syscall.ECONNRESET) {
		return err
	}
	slog.Error("the database cannot be asked", "err", err)
	return fault.New(fault.Busy, "sqldb.away", "系统暂时无法读写，您这一步没有完成，请稍后再试；一直不成请联系管理员")
}
