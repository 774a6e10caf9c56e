package sqldb

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// Pour keeps a batch that holds nothing but Inserts, all of it or none: the way
// for very many rows (成批装入). PostgreSQL takes them by COPY.
func (db *DB) Pour(ctx context.Context, b *Batch) error {
	if !db.Postgres || inside(ctx) != nil {
		return db.Commit(ctx, b)
	}
	heads, rows, err := b.poured()
	if err != nil {
		return err
	}
	conn, err := db.pool.Acquire(ctx)
	if err != nil {
		return fmt.Errorf("reach database: %w", err)
	}
	defer conn.Release()
	err = pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		for _, head := range heads {
			table, columns, err := cutHead(head)
			if err != nil {
				return err
			}
			if _, err := tx.CopyFrom(ctx, pgx.Identifier{table}, columns, pgx.CopyFromRows(rows[head])); err != nil {
				return fmt.Errorf("copy into %s: %w", table, err)
			}
		}
		return nil
	})
	for _, do := range b.after {
		if err == nil {
			do()
		}
	}
	return err
}

// poured is the rows of a batch by the heads of their statements.
func (b *Batch) poured() (heads []string, rows map[string][][]any, err error) {
	rows = map[string][][]any{}
	if len(b.logged) > 0 {
		return nil, nil, fmt.Errorf("pour: rows of %q are no Inserts", b.logged[0].log.Into)
	}
	for _, s := range b.statements {
		if s.width == 0 {
			return nil, nil, fmt.Errorf("pour: %q is no Insert", s.query)
		}
		if rows[s.query] == nil {
			heads = append(heads, s.query)
		}
		rows[s.query] = slices.AppendSeq(rows[s.query], slices.Chunk(s.args, s.width))
	}
	return heads, rows, nil
}

// cutHead takes INSERT INTO t (a, b) apart.
func cutHead(head string) (table string, columns []string, err error) {
	rest, ok := strings.CutPrefix(head, "INSERT INTO ")
	table, list, found := strings.Cut(strings.TrimSuffix(rest, ")"), " (")
	if !ok || !found {
		return "", nil, fmt.Errorf("pour: %q is no head of an Insert", head)
	}
	return table, strings.Split(list, ", "), nil
}

// Unindexed takes the secondary indexes of tables away while do fills them and
// makes them again from the sorted whole, which is much faster than to keep them
// row by row; they come back however do ends. It is for a database that nobody
// else works on. What is said of its rows is told to the planner afterwards.
func (db *DB) Unindexed(ctx context.Context, tables []string, do func(context.Context) error) error {
	indexes, err := db.indexes(ctx, tables)
	if err != nil {
		return err
	}
	err = db.drop(ctx, indexes)
	if err == nil {
		err = do(ctx)
	}
	err = errors.Join(err, db.indexAgain(context.WithoutCancel(ctx), indexes))
	if err == nil {
		err = db.Analyze(ctx)
	}
	return err
}

// index is a secondary index, and the statement that makes it unless it is there.
type index struct{ name, text string }

// indexes are the secondary indexes of the tables.
func (db *DB) indexes(ctx context.Context, tables []string) (all []index, err error) {
	query := db.dialect(`SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = $1 AND sql IS NOT NULL`,
		`SELECT i.indexname, i.indexdef FROM pg_indexes i WHERE i.schemaname = current_schema() AND i.tablename = $1 AND i.indexdef NOT LIKE 'CREATE UNIQUE %'`)
	for _, table := range tables {
		found, err := Rows(ctx, db, func(scan func(...any) error) (i index, err error) {
			err = scan(&i.name, &i.text)
			i.text = strings.Replace(i.text, "INDEX ", "INDEX IF NOT EXISTS ", 1)
			return i, err
		}, query, table)
		if err != nil {
			return nil, fmt.Errorf("indexes of %s: %w", table, err)
		}
		all = append(all, found...)
	}
	return all, nil
}

func (db *DB) drop(ctx context.Context, indexes []index) error {
	for _, i := range indexes {
		if _, err := db.Exec(ctx, `DROP INDEX `+i.name); err != nil {
			return fmt.Errorf("drop index %s: %w", i.name, err)
		}
	}
	return nil
}

// indexAgain makes all of them that can be made.
func (db *DB) indexAgain(ctx context.Context, indexes []index) error {
	var failed []error
	for _, i := range indexes {
		if _, err := db.Exec(ctx, i.text); err != nil {
			failed = append(failed, fmt.Errorf("make index %s again: %w", i.name, err))
		}
	}
	return errors.Join(failed...)
}

// Analyze has the planner look at the tables as they are.
func (db *DB) Analyze(ctx context.Context) error {
	if db.Postgres {
		conn, err := db.reads.Conn(ctx)
		if err != nil {
			return fmt.Errorf("reach database: %w", err)
		}
		defer conn.Close()
		return conn.Raw(func(driver any) error { // outside a transaction, as VACUUM must be
			_, err := driver.(*stdlib.Conn).Conn().Exec(ctx, `VACUUM ANALYZE`)
			return err
		})
	}
	_, err := db.Exec(ctx, `PRAGMA optimize=0x10002`)
	return err
}

// Size is how many bytes the tables and their indexes take on the disk, the log apart.
func (db *DB) Size(ctx context.Context) (bytes int64, err error) {
	err = db.Row(ctx, db.dialect(`SELECT p.page_count * s.page_size FROM pragma_page_count() p, pragma_page_size() s`,
		`SELECT COALESCE(SUM(pg_total_relation_size(oid)), 0)::bigint FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace`)).Scan(&bytes)
	return bytes, err
}

// Plan is how the database would answer a question, a line for each step.
func (db *DB) Plan(ctx context.Context, query string, args ...any) ([]string, error) {
	if db.Postgres {
		return Rows(ctx, db, text, `EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, COSTS OFF) `+query, args...)
	}
	return Rows(ctx, db, func(scan func(...any) error) (line string, err error) {
		var id, parent, other int64
		return line, scan(&id, &parent, &other, &line)
	}, `EXPLAIN QUERY PLAN `+query, args...)
}
