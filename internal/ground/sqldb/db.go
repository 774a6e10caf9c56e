package sqldb

import (
	"context"
	"database/sql"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"

	"tongban/internal/ground/fault"
)

// DB is a database of either dialect.
type DB struct {
	Postgres bool

	reads   *sql.DB       // SQLite: a pool that cannot write; PostgreSQL: the pool
	pool    *pgxpool.Pool // PostgreSQL only
	hand    *pgxpool.Pool // the connections of those who write, PostgreSQL only
	line    chan *job     // those who wait to write
	gate    sync.RWMutex  // held for reading while joining the line
	closed  bool
	writers sync.WaitGroup
	writer  *writer    // SQLite only
	kept    statements // prepared reads, SQLite only
	leases  leases
	meter   meter

	finishing atomic.Bool // a copy that was loaded is being brought up to date

	beside   atomic.Int64 // when another replica was last seen to write, in milliseconds
	patience atomic.Int64 // PostgreSQL: for how many nanoseconds it may be silent; 0: for ever
}

// Open opens "postgres://…" or a SQLite file path.
func Open(ctx context.Context, url string) (*DB, error) {
	db := &DB{Postgres: IsPostgres(url), line: make(chan *job, 4*groupSize), meter: newMeter()}
	db.leases.holder = self()
	open := db.openSQLite
	if db.Postgres {
		open = db.openPostgres
	}
	if err := open(ctx, url); err != nil {
		db.Close()
		return nil, fault.New(fault.Invalid, "sqldb.open", "打不开数据库（%v）：%s", err, db.remedy())
	}
	return db, nil
}

// remedy is what to look at if the database cannot be opened.
func (db *DB) remedy() string {
	if db.Postgres {
		return "请核对 --db 的地址、库名、用户和口令，数据库是否在运行，它的盘是否写满"
	}
	return "请核对数据目录和其中的 tongban.db 是否存在、能不能写，所在的盘是否写满、是否只读；另用数据库时 --db 写成 postgres://…"
}

// IsPostgres reports whether url names a PostgreSQL database rather than a file.
func IsPostgres(url string) bool {
	return strings.HasPrefix(url, "postgres://") || strings.HasPrefix(url, "postgresql://")
}

func (db *DB) openPostgres(ctx context.Context, url string) error {
	config, err := pgxpool.ParseConfig(url)
	if err != nil {
		return err
	}
	if !strings.Contains(url, "pool_max_conns") {
		config.MaxConns = 24
	}
	db.listening(config)
	config.AfterConnect = plainValues
	if db.pool, err = pgxpool.NewWithConfig(ctx, config); err != nil {
		return err
	}
	db.reads = stdlib.OpenDBFromPool(db.pool)
	if db.hand, err = pgxpool.NewWithConfig(ctx, ofWriters(config)); err != nil {
		return err
	}
	for range pgWriters {
		db.writers.Go(db.writePostgres)
	}
	return db.reads.PingContext(ctx)
}

// Close waits for the writes under way and closes the database. Whoever comes
// after that is told that we are busy.
func (db *DB) Close() error {
	db.letGo()
	db.gate.Lock()
	if !db.closed {
		db.closed = true
		close(db.line)
	}
	db.gate.Unlock()
	db.writers.Wait()
	db.kept.close()
	var err error
	if db.reads != nil {
		err = db.reads.Close()
	}
	for _, pool := range []*pgxpool.Pool{db.pool, db.hand} {
		if pool != nil {
			pool.Close()
		}
	}
	return err
}

// Ping reports whether the database answers.
func (db *DB) Ping(ctx context.Context) error { return db.reads.PingContext(ctx) }
