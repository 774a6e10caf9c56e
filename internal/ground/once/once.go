// Package once does what is asked for under a name once (重发不重办): a caller who
// did not hear the answer asks again under the same name, and hears it then. The
// name is kept in the commit of what was done, so that neither stands without the
// other.
package once

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
)

// Remembered is for how long a request that is asked again does nothing twice.
const Remembered = 30 * 24 * time.Hour

// A Request is what somebody asked for, by a name of their own.
type Request struct {
	Account string
	Key     string // "": it has no name, and is done whenever it is asked for
	What    string // the operation, and what it is about
}

// Vault makes answers unreadable outside the program.
type Vault interface {
	Seal(plain, about string) (string, error)
	Open(sealed, about string) (string, error)
}

// A Book keeps the names of what was done, with the answers.
type Book struct {
	DB    *sqldb.DB
	Vault Vault
	Now   func() time.Time
}

// named are the requests that were answered, or soon will be.
var named = sqldb.Log{Into: `INSERT INTO once_named (name, about, at, answer)`}

// Do does what is asked for, or returns the answer that the same request was given
// before. What is refused was not done, and is judged anew when it is asked for
// again. Faults: once.reused, if the name was given to something else; and
// once.unanswered, if it was done and the program stopped before it could answer.
func (b *Book) Do(ctx context.Context, r Request, do func(context.Context) ([]byte, error)) ([]byte, error) {
	if r.Key == "" {
		return do(ctx)
	}
	if answer, before, err := b.seen(ctx, r); before || err != nil {
		return answer, err
	}
	name := Name(r.Account, r.Key)
	riding, rode := sqldb.Riding(ctx, func(batch *sqldb.Batch) {
		named.Add(batch, name, About(r.What), sqldb.Instant(b.Now()), "")
	})
	answer, err := do(riding)
	switch {
	case err != nil && rode():
		return nil, b.undone(ctx, name, err)
	case err != nil:
		if answer, before, seenErr := b.seen(ctx, r); before || seenErr != nil {
			return answer, seenErr // this very request, at the same moment
		}
		return nil, err
	case rode():
		b.answered(ctx, name, answer)
	}
	return answer, nil
}

// seen reports whether a request was carried out before, and what it was answered.
func (b *Book) seen(ctx context.Context, r Request) ([]byte, bool, error) {
	name := Name(r.Account, r.Key)
	var of, sealed string
	err := b.DB.Row(ctx, `SELECT about, answer FROM once_named WHERE name = $1`, name).Scan(&of, &sealed)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil, false, nil
	case err != nil:
		return nil, false, fmt.Errorf("look for request: %w", err)
	case of != About(r.What):
		return nil, true, fault.New(fault.Conflict, "once.reused", "这个请求编号已用于另一项操作，请重新发起")
	case sealed == "":
		return nil, true, fault.New(fault.Conflict, "once.unanswered", "这个请求已经收到，正在办理或者已经办过，但没有留下答复。请先查询现在的情况，确实需要再办的，换一个请求编号")
	}
	answer, err := b.Vault.Open(sealed, about(name))
	return []byte(answer), true, err
}

// undone takes away the name of what was begun and then refused.
func (b *Book) undone(ctx context.Context, name string, refused error) error {
	if _, err := b.DB.Exec(context.WithoutCancel(ctx), `DELETE FROM once_named WHERE name = $1`, name); err != nil {
		return errors.Join(refused, fmt.Errorf("forget request: %w", err))
	}
	return refused
}

// answered keeps the answer. It has been done: that the answer could not be kept
// is no fault of the request.
func (b *Book) answered(ctx context.Context, name string, answer []byte) {
	sealed, err := b.Vault.Seal(string(answer), about(name))
	if err == nil {
		_, err = b.DB.Exec(context.WithoutCancel(ctx), `UPDATE once_named SET answer = $1 WHERE name = $2`, sealed, name)
	}
	if err != nil {
		slog.WarnContext(ctx, "keep the answer of a request", "err", err)
	}
}
