package sqldb

import (
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// A Schema is the tables of one room: numbered .sql files beside its store.
// 0003_x.postgres.sql runs on PostgreSQL alone, 0003_x.sqlite.sql on SQLite.
// A table of short rows may end in WITHOUT ROWID: SQLite then keeps the rows in
// the tree of their key, and PostgreSQL is not told.
type Schema struct {
	Room  string // "cases"
	Files fs.FS
}

// Migrate brings every room's tables up to date, rooms in the order given:
// lower floors first. All steps that are missing are run in one transaction: if
// one of them fails the database is as it was, and the version of the program
// that ran before runs on. Faults: sqldb.unfinished, sqldb.newer, sqldb.upgrade.
func (db *DB) Migrate(ctx context.Context, schemas ...Schema) error {
	return db.MigrateTo(ctx, every, schemas...)
}

// MigrateTo is Migrate for those steps only that want says: to build the tables
// as they once were. A step is named as Steps names it.
func (db *DB) MigrateTo(ctx context.Context, want func(step string) bool, schemas ...Schema) error {
	there, err := db.Steps(ctx)
	if err != nil {
		return fmt.Errorf("look at schema: %w", err)
	}
	if err := db.prepare(ctx); err != nil {
		return stuck("schema_steps", len(there) > 0, err)
	}
	done, err := db.stepsDone(ctx)
	if err != nil {
		return err
	}
	if err := db.fit(done, schemas); err != nil {
		return err
	}
	missing, err := db.missing(done, want, schemas)
	if err != nil {
		return err
	}
	if err := db.run(ctx, len(there) > 0, missing); err != nil {
		return err
	}
	return db.byBytes(ctx)
}

// run runs the steps in one transaction, on tables that had begun or on none.
func (db *DB) run(ctx context.Context, begun bool, missing []missingStep) error {
	if len(missing) == 0 {
		return nil
	}
	if err := db.undoIn(ctx, "FILE"); err != nil {
		return err
	}
	at := ""
	err := db.Within(ctx, func(ctx context.Context) error {
		for _, m := range missing {
			at = named(m.schema, m.file)
			if err := db.step(ctx, m.schema, m.file); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		err = stuck(at, begun, err)
	}
	return cmp.Or(err, db.undoIn(context.WithoutCancel(ctx), "MEMORY"))
}

// undoIn says where SQLite keeps what undoes the transactions that follow, and what
// it sorts: an act's in memory, but a step may write every row of a table anew,
// and for millions of them there is not so much memory.
func (db *DB) undoIn(ctx context.Context, where string) error {
	if db.Postgres {
		return nil
	}
	if err := db.enqueue(&job{ctx: ctx, aside: "PRAGMA temp_store = " + where, done: make(chan error, 1)}); err != nil {
		return fmt.Errorf("undo in %s: %w", where, err)
	}
	return nil
}

// unfinished is noted among the steps while a copy is being loaded.
const unfinished = "sqldb/unfinished"

// Loading notes that a copy is being loaded, or that all of it has been: until
// then nobody may work on it.
func (db *DB) Loading(ctx context.Context, under bool) error {
	var b Batch
	if under {
		b.Exec(`INSERT INTO schema_steps (room, step) VALUES ('sqldb', 'unfinished')`)
	} else {
		b.Exec(`DELETE FROM schema_steps WHERE room = 'sqldb' AND step = 'unfinished'`)
	}
	return db.Commit(ctx, &b)
}

// Finish does what is left to do with a copy that was loaded, which others may work on
// only when that is done.
func (db *DB) Finish(ctx context.Context, do func(context.Context) error) error {
	db.finishing.Store(true)
	defer db.finishing.Store(false)
	if err := do(ctx); err != nil {
		return err
	}
	return db.Loading(ctx, false)
}

// missingStep is a file that has not been run.
type missingStep struct {
	schema Schema
	file   string
}

func (db *DB) missing(done map[string]bool, want func(string) bool, schemas []Schema) (all []missingStep, err error) {
	for _, s := range schemas {
		steps, err := db.stepsOf(s)
		if err != nil {
			return nil, err
		}
		for _, step := range steps {
			name := named(s, step)
			if !done[name] && want(plain(name)) {
				all = append(all, missingStep{s, step})
			}
		}
	}
	return all, nil
}

// prepare makes the tables of this room. Of two replicas that start together
// PostgreSQL tells one that a table which IF NOT EXISTS it made exists.
func (db *DB) prepare(ctx context.Context) error {
	for _, table := range []string{
		`CREATE TABLE IF NOT EXISTS schema_steps (room TEXT NOT NULL, step TEXT NOT NULL, PRIMARY KEY (room, step))`,
		`CREATE TABLE IF NOT EXISTS sqldb_leases (name TEXT PRIMARY KEY, holder TEXT NOT NULL, until BIGINT NOT NULL)`,
		`CREATE TABLE IF NOT EXISTS sqldb_works (name TEXT PRIMARY KEY, pause BIGINT NOT NULL, done BIGINT NOT NULL, failed BIGINT NOT NULL)`,
		`CREATE TABLE IF NOT EXISTS sqldb_running (name TEXT PRIMARY KEY, since BIGINT NOT NULL, seen BIGINT NOT NULL)`,
	} {
		_, err := db.Exec(ctx, table)
		if err != nil { // under one of several codes
			_, err = db.Exec(ctx, table)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (db *DB) stepsDone(ctx context.Context) (map[string]bool, error) {
	done := map[string]bool{}
	err := db.Each(ctx, func(scan func(...any) error) error {
		var room, step string
		if err := scan(&room, &step); err != nil {
			return err
		}
		done[room+"/"+step] = true
		return nil
	}, `SELECT room, step FROM schema_steps`)
	return done, err
}

// stepsOf lists the room's files for this dialect, in order.
func (db *DB) stepsOf(s Schema) ([]string, error) {
	steps, err := fs.Glob(s.Files, "schema/*.sql")
	if err != nil {
		return nil, err
	}
	other := ".postgres.sql"
	if db.Postgres {
		other = ".sqlite.sql"
	}
	steps = slices.DeleteFunc(steps, func(step string) bool { return strings.HasSuffix(step, other) })
	slices.Sort(steps)
	return steps, nil
}

// step runs one file and notes it. Its note comes first: of
// two replicas that start together one waits for the other and then finds it done.
func (db *DB) step(ctx context.Context, s Schema, step string) error {
	text, err := fs.ReadFile(s.Files, step)
	if err != nil {
		return err
	}
	noted, err := db.Exec(ctx, `INSERT INTO schema_steps (room, step) VALUES ($1, $2) ON CONFLICT DO NOTHING`, s.Room, path.Base(step))
	if err != nil || noted == 0 {
		return err
	}
	for _, statement := range strings.Split(string(text), ";\n") {
		if strings.TrimSpace(statement) == "" {
			continue
		}
		if db.Postgres {
			statement = strings.TrimSuffix(strings.TrimSpace(statement), inKey)
		}
		if _, err := db.Exec(ctx, statement); err != nil {
			return err
		}
	}
	return nil
}

// inKey is SQLite's word for a table whose rows stand in the tree of its key.
const inKey = " WITHOUT ROWID"
