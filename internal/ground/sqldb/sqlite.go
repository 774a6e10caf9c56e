package sqldb

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"

	"github.com/prometheus/client_golang/prometheus"
	_ "modernc.org/sqlite" // the driver named "sqlite"

	"tongban/internal/ground/sqlitehost"
)

// pragmas: WAL so that readers never wait; FULL so that what was answered
// survives a power cut, and so that sqlitehost may gather what goes into the log;
// 16 MB of cache for the one who writes and 4 MB for each who reads, for a commit that
// moved pages about looks through all of the cache, and who reads begins with an empty
// one after each. A commit writes every page that it touched, and an act touches a
// little of many, so a new file has pages of 1 KB; an older one keeps its own.
// The driver sets the journal last: after it the size of a page is fixed.
const pragmas = "&_pragma=busy_timeout(10000)&_pragma=page_size(1024)&_journal_mode=WAL&_pragma=synchronous(FULL)&_pragma=foreign_keys(ON)" +
	"&_pragma=temp_store(MEMORY)&_txlock=immediate"

// checkpoint is after how many pages the log is carried over into the file: 64 MB.
const checkpoint = "&_pragma=wal_autocheckpoint(64000)"

func (db *DB) openSQLite(ctx context.Context, path string) error {
	keptApart(path)
	files, err := sqlitehost.Register()
	if err != nil {
		return err
	}
	path = "file:" + strings.NewReplacer("%", "%25", "?", "%3f", "#", "%23").Replace(path) + "?vfs=" + files
	write, err := sql.Open("sqlite", path+pragmas+checkpoint+"&_pragma=cache_size(-16384)")
	if err != nil {
		return err
	}
	write.SetMaxOpenConns(1)
	conn, err := write.Conn(ctx)
	if err != nil {
		write.Close()
		return err
	}
	if db.reads, err = sql.Open("sqlite", path+pragmas+"&_pragma=query_only(1)&_pragma=cache_size(-4096)"); err != nil {
		return err
	}
	readers := max(4, runtime.GOMAXPROCS(0))
	db.reads.SetMaxOpenConns(readers)
	db.reads.SetMaxIdleConns(readers)
	db.writer = &writer{conn: conn, kept: map[string]*sql.Stmt{}, groups: db.meter.groups}
	db.writers.Go(func() {
		db.writer.work(db.line)
		conn.Close()
		write.Close()
	})
	return db.reads.PingContext(ctx)
}

// keptApart makes a new file before SQLite does, so that none but its owner may read it:
// what SQLite keeps beside it has its rights. Where it cannot, SQLite says why.
func keptApart(path string) {
	if f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600); err == nil {
		f.Close()
	}
}

// writer is the one hand that writes a SQLite file. It takes all who wait (up
// to groupSize), gives each a savepoint so that one failure harms no other,
// commits once, and only then answers them all.
type writer struct {
	conn *sql.Conn
	kept map[string]*sql.Stmt

	groups prometheus.Observer
}

func (w *writer) work(line <-chan *job) {
	for first := range line {
		group := drain(line, append(make([]*job, 0, groupSize), first))
		if group = w.aside(present(group)); len(group) > 0 {
			w.write(group)
		}
	}
}

// aside does what cannot be done in a transaction, and returns the others.
func (w *writer) aside(group []*job) []*job {
	return slices.DeleteFunc(group, func(j *job) bool {
		if j.aside == "" {
			return false
		}
		_, err := w.conn.ExecContext(context.Background(), j.aside)
		j.done <- err
		return true
	})
}

func (w *writer) write(group []*job) {
	ctx := context.Background()
	w.groups.Observe(float64(len(group)))
	if kept, err := w.together(ctx, group); kept {
		answer(group, err)
		return
	}
	if err := w.begin(ctx); err != nil {
		answer(group, fmt.Errorf("begin: %w", err))
		return
	}
	for _, j := range group {
		var lost error
		if j.err, lost = w.one(ctx, j); lost != nil {
			w.exec(ctx, "ROLLBACK") // there may be nothing left to roll back
			answer(group, fmt.Errorf("transaction lost: %w", lost))
			return
		}
	}
	if _, err := w.exec(ctx, "COMMIT"); err != nil {
		w.exec(ctx, "ROLLBACK") // the commit's own error is the one to tell
		answer(group, fmt.Errorf("commit: %w", err))
		return
	}
	answer(group, nil)
}

// together writes a group of batches as one, which nearly always goes well. If
// one of them fails nothing is kept, and each must be written by itself to see
// whose fault it was: false. Conversations are not begun twice.
func (w *writer) together(ctx context.Context, group []*job) (bool, error) {
	if slices.ContainsFunc(group, func(j *job) bool { return j.do != nil }) || w.begin(ctx) != nil {
		return false, nil
	}
	if err := safely(func() error { return w.statements(ctx, gathered(batches(group)...)) }); err != nil {
		w.exec(ctx, "ROLLBACK") // there may be nothing left to roll back
		return false, nil
	}
	for _, j := range group {
		j.err = nil
	}
	if _, err := w.exec(ctx, "COMMIT"); err != nil {
		w.exec(ctx, "ROLLBACK") // the commit's own error is the one to tell
		return true, fmt.Errorf("commit: %w", err)
	}
	return true, nil
}

// begin begins, after ending a transaction that could not be ended before.
func (w *writer) begin(ctx context.Context) error {
	_, err := w.exec(ctx, "BEGIN IMMEDIATE")
	if err == nil {
		return nil
	}
	w.exec(ctx, "ROLLBACK") // fails when there was none, and then so does the next
	_, err = w.exec(ctx, "BEGIN IMMEDIATE")
	return err
}

// one runs a job inside a savepoint. If the savepoint is gone afterwards (a
// full disk makes SQLite undo the whole transaction) everything is lost, and
// nothing more may be written under its name.
func (w *writer) one(ctx context.Context, j *job) (err, lost error) {
	if _, err := w.exec(ctx, "SAVEPOINT act"); err != nil {
		return err, err
	}
	if err = safely(func() error { return w.run(ctx, j) }); err != nil {
		if _, undo := w.exec(ctx, "ROLLBACK TO act"); undo != nil {
			return err, err
		}
	}
	if _, release := w.exec(ctx, "RELEASE act"); release != nil {
		return err, release
	}
	return err, nil
}

// run does the job. Its ctx is not heard any more: SQLite answers an
// interrupted write by undoing what everybody in the transaction has written.
func (w *writer) run(ctx context.Context, j *job) error {
	if j.do != nil {
		return j.converse(context.WithoutCancel(j.ctx), w.conn, w.statements)
	}
	return w.statements(ctx, gathered(j.batch))
}

func (w *writer) statements(ctx context.Context, all []statement) error {
	for _, s := range all {
		if err := w.statement(ctx, s); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) statement(ctx context.Context, s statement) error {
	if s.into == nil {
		_, err := w.exec(ctx, s.query, s.args...)
		return err
	}
	stmt, free, err := w.prepared(ctx, s.query)
	if err != nil {
		return err
	}
	defer free()
	return stmt.QueryRowContext(ctx, s.args...).Scan(s.into...)
}

func (w *writer) exec(ctx context.Context, query string, args ...any) (sql.Result, error) {
	stmt, free, err := w.prepared(ctx, query)
	if err != nil {
		return nil, err
	}
	defer free()
	return stmt.ExecContext(ctx, args...)
}

// prepared keeps statements for as long as the program runs, up to a bound, and
// says how to let go of the one it returns.
func (w *writer) prepared(ctx context.Context, query string) (stmt *sql.Stmt, free func(), err error) {
	if stmt, ok := w.kept[query]; ok {
		return stmt, func() {}, nil
	}
	stmt, err = w.conn.PrepareContext(ctx, nameless(inPart(query)))
	if err != nil {
		return nil, nil, err
	}
	if len(w.kept) >= mostKept {
		return stmt, func() { stmt.Close() }, nil
	}
	w.kept[query] = stmt
	return stmt, func() {}, nil
}

// inPart lets an INSERT that fails leave the rows before the one it failed at: whoever
// it was for is undone as a whole. To undo it alone SQLite would keep a copy of each
// page that an INSERT of many rows touches.
func inPart(query string) string {
	if rest, is := strings.CutPrefix(query, "INSERT INTO "); is {
		return "INSERT OR FAIL INTO " + rest
	}
	return query
}
