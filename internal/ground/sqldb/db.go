package sqldb

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"sync"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
)

// DB is a database of either dialect.
type DB struct {
	Postgres bool

	reads   *sql.DB // SQLite: a pool that cannot write; PostgreSQL: the pool
	pool    *pgxpool.Pool
	line    chan *job // those who wait to write
	closing sync.Once
	writers sync.WaitGroup
	kept    statements // prepared reads, SQLite only
	leases  leases
}

// Open opens "postgres://…" or a SQLite file path.
func Open(ctx context.Context, url string) (*DB, error) {
	db := &DB{Postgres: IsPostgres(url), line: make(chan *job, 4*groupSize)}
	if db.Postgres {
		return db, db.openPostgres(ctx, url)
	}
	return db, db.openSQLite(ctx, url)
}

// IsPostgres reports whether url names a PostgreSQL database rather than a file.
func IsPostgres(url string) bool {
	return strings.HasPrefix(url, "postgres://") || strings.HasPrefix(url, "postgresql://")
}

func (db *DB) openPostgres(ctx context.Context, url string) error {
	config, err := pgxpool.ParseConfig(url)
	if err != nil {
		return fmt.Errorf("read database address: %w", err)
	}
	if !strings.Contains(url, "pool_max_conns") {
		config.MaxConns = 24
	}
	if db.pool, err = pgxpool.NewWithConfig(ctx, config); err != nil {
		return fmt.Errorf("open database: %w", err)
	}
	db.reads = stdlib.OpenDBFromPool(db.pool)
	for range pgWriters {
		db.writers.Go(db.writePostgres)
	}
	return db.reads.PingContext(ctx)
}

// Close waits for the writes under way and closes the database.
func (db *DB) Close() error {
	db.closing.Do(func() { close(db.line) })
	db.writers.Wait()
	db.kept.close()
	err := db.reads.Close()
	if db.pool != nil {
		db.pool.Close()
	}
	return err
}

// Ping reports whether the database answers.
func (db *DB) Ping(ctx context.Context) error { return db.reads.PingContext(ctx) }
