package sqldb

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// likePeople is every column of ours that sorts text as the database was told to
// rather than by its bytes.
const likePeople = `SELECT quote_ident(t.relname), quote_ident(c.attname)
	FROM pg_attribute c JOIN pg_class t ON t.oid = c.attrelid JOIN pg_type y ON y.oid = c.atttypid
	WHERE t.relnamespace = current_schema()::regnamespace AND t.relkind IN ('r', 'p') AND c.attnum > 0 AND NOT c.attisdropped
		AND y.typname = 'text' AND c.attcollation = (SELECT oid FROM pg_collation WHERE collname = 'default')
	ORDER BY 1, 2`

// byBytes makes PostgreSQL order all our text by its bytes, as SQLite does, however
// the database was made: what lies between two keys, as the divisions of a county or
// the names that begin alike do, would be other rows elsewhere, and lists would lack
// them without a word. A column that is new to a later version is changed at its start.
func (db *DB) byBytes(ctx context.Context) error {
	bytes := !db.Postgres
	if !bytes {
		if err := db.reads.QueryRowContext(ctx, `SELECT '320301' < '3203:' AND 'B' < 'a'`).Scan(&bytes); err != nil {
			return fmt.Errorf("ask how text is ordered: %w", err)
		}
	}
	if bytes {
		return nil
	}
	defer db.hand.Reset() // connections know statements of the columns as they were
	defer db.pool.Reset()
	return db.Within(ctx, func(ctx context.Context) error {
		// Of replicas that start together one writes this note, and the others wait for it to go and then find no column.
		if _, err := db.Exec(ctx, `INSERT INTO schema_steps (room, step) VALUES ('sqldb', 'ordering')`); err != nil {
			return err
		}
		if err := db.reorder(ctx); err != nil {
			return err
		}
		_, err := db.Exec(ctx, `DELETE FROM schema_steps WHERE room = 'sqldb' AND step = 'ordering'`)
		return err
	})
}

func (db *DB) reorder(ctx context.Context) error {
	var tables []string
	changes := map[string][]string{}
	err := db.Each(ctx, func(scan func(...any) error) error {
		var table, column string
		if err := scan(&table, &column); err != nil {
			return err
		}
		if !slices.Contains(tables, table) {
			tables = append(tables, table)
		}
		changes[table] = append(changes[table], `ALTER COLUMN `+column+` TYPE TEXT COLLATE "C"`)
		return nil
	}, likePeople)
	for _, t := range tables {
		if err == nil {
			_, err = db.Exec(ctx, `ALTER TABLE `+t+` `+strings.Join(changes[t], ", "))
		}
	}
	return err
}
