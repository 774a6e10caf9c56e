package sqldb

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
)

// A Table is one of a room's tables, as a copy needs to know it.
type Table struct {
	Name    string
	Columns []string
}

// Snapshot lets do read the whole database as it stands at one instant, while
// everybody else goes on writing. Do must use the ctx it is given and must not
// write.
func (db *DB) Snapshot(ctx context.Context, do func(context.Context) error) error {
	conn, err := db.reads.Conn(ctx)
	if err != nil {
		return fmt.Errorf("reach database: %w", err)
	}
	defer conn.Close()
	begin := "BEGIN DEFERRED" // the driver's own BEGIN would take the lock of the one who writes
	if db.Postgres {
		begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
	}
	if _, err := conn.ExecContext(ctx, begin); err != nil {
		return fmt.Errorf("begin snapshot: %w", err)
	}
	defer func() { _, _ = conn.ExecContext(context.WithoutCancel(ctx), "ROLLBACK") }() // nothing was written
	return do(context.WithValue(ctx, txKey{}, &transaction{querier: conn}))
}

// Tables lists the rooms' tables, those that others refer to first. Left out are
// the notes of this room, which belong to one installation, and indexes of full
// text, which are made anew from what they index.
func (db *DB) Tables(ctx context.Context) ([]Table, error) {
	names, err := Rows(ctx, db, text, db.dialect(`SELECT name FROM sqlite_master s WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND sql NOT LIKE 'CREATE VIRTUAL%'
			AND NOT EXISTS (SELECT 1 FROM sqlite_master v WHERE v.sql LIKE 'CREATE VIRTUAL%' AND s.name LIKE v.name || '\_%' ESCAPE '\') ORDER BY rowid`,
		`SELECT c.relname FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace
			AND NOT EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid AND a.atttypid = 'tsvector'::regtype) ORDER BY c.oid`))
	if err != nil {
		return nil, err
	}
	var all []Table
	for _, name := range names {
		if name == "schema_steps" || strings.HasPrefix(name, "sqldb_") {
			continue
		}
		columns, err := Rows(ctx, db, text, db.dialect(`SELECT name FROM pragma_table_info($1) ORDER BY cid`,
			`SELECT attname FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum`), name)
		if err != nil {
			return nil, err
		}
		all = append(all, Table{name, columns})
	}
	return all, nil
}

func (db *DB) dialect(sqlite, postgres string) string {
	if db.Postgres {
		return postgres
	}
	return sqlite
}

func text(scan func(...any) error) (t string, err error) { return t, scan(&t) }

// Dump shows every row of a table: int64, string or nil in the order of its
// columns.
func (db *DB) Dump(ctx context.Context, t Table, see func(row []any) error) error {
	row, into := make([]any, len(t.Columns)), make([]any, len(t.Columns))
	for i := range row {
		into[i] = &row[i]
	}
	return db.Each(ctx, func(scan func(...any) error) error {
		if err := scan(into...); err != nil {
			return err
		}
		for i, v := range row {
			if b, ok := v.([]byte); ok {
				row[i] = string(b)
			}
		}
		return see(row)
	}, `SELECT `+strings.Join(t.Columns, ", ")+` FROM `+t.Name)
}

// Load adds rows that Dump has shown, all or none.
func (db *DB) Load(ctx context.Context, t Table, rows [][]any) error {
	marks := make([]string, len(t.Columns))
	for i := range marks {
		marks[i] = fmt.Sprintf("$%d", i+1)
	}
	insert := `INSERT INTO ` + t.Name + ` (` + strings.Join(t.Columns, ", ") + `) VALUES (` + strings.Join(marks, ", ") + `)`
	var b Batch
	for _, row := range rows {
		b.Exec(insert, row...)
	}
	return db.Commit(ctx, &b)
}

// Clear empties tables, the last first.
func (db *DB) Clear(ctx context.Context, tables []Table) error {
	var b Batch
	for _, t := range slices.Backward(tables) {
		b.Exec(`DELETE FROM ` + t.Name)
	}
	return db.Commit(ctx, &b)
}

// Steps lists the schema steps that were run: "cases/0002_issuing.sql". A step
// of which each dialect has its own is named alike for both.
func (db *DB) Steps(ctx context.Context) ([]string, error) {
	var there int
	err := db.Row(ctx, db.dialect(`SELECT COUNT(*) FROM sqlite_master WHERE name = 'schema_steps'`,
		`SELECT COUNT(*) FROM pg_class WHERE relname = 'schema_steps' AND relnamespace = current_schema()::regnamespace`)).Scan(&there)
	if err != nil || there == 0 {
		return nil, err
	}
	return Rows(ctx, db, func(scan func(...any) error) (string, error) {
		var room, step string
		err := scan(&room, &step)
		return room + "/" + plain(step), err
	}, `SELECT room, step FROM schema_steps ORDER BY room, step`)
}

// plain is the name of a step without its dialect.
func plain(step string) string {
	for _, dialect := range []string{".sqlite.sql", ".postgres.sql"} {
		if name, ok := strings.CutSuffix(step, dialect); ok {
			return name + ".sql"
		}
	}
	return step
}

var _ querier = (*sql.Conn)(nil)
