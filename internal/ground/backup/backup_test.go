package backup_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"tongban/internal/ground/backup"
	"tongban/internal/ground/blob"
	"tongban/internal/ground/blob/s3test"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/secret"
	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
)

var tables = []sqldb.Schema{{Room: "r", Files: fstest.MapFS{
	"schema/0001_a.sql": {Data: []byte("CREATE TABLE r_a (id TEXT PRIMARY KEY, n BIGINT NOT NULL, said TEXT);\nINSERT INTO r_a (id, n) VALUES ('seed', 1);\n")},
	"schema/0002_b.sql": {Data: []byte("CREATE TABLE r_b (id TEXT PRIMARY KEY, a TEXT NOT NULL REFERENCES r_a (id));\n")},
}}}

var made = time.Date(2026, 9, 21, 9, 0, 0, 0, time.UTC)

// made is a copy of a small city with odd texts, and its data directory.
func copyOf(t *testing.T, pool string) (copied []byte, data, hash string) {
	t.Helper()
	data = t.TempDir()
	db := open(t, filepath.Join(data, "x.db"))
	if err := db.Migrate(t.Context(), tables...); err != nil {
		t.Fatal(err)
	}
	var b sqldb.Batch
	for i := range 4500 {
		b.Exec(`INSERT INTO r_a (id, n, said) VALUES ($1, $2, $3)`, fmt.Sprintf("a%d", i), int64(i)<<50, "<说> \"\n\u2028😀\\")
	}
	b.Exec(`UPDATE r_a SET said = NULL, n = -9007199254740993 WHERE id = 'a7'`)
	b.Exec(`INSERT INTO r_b (id, a) VALUES ('b', 'a7')`)
	if err := db.Commit(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	if _, err := secret.Open(filepath.Join(data, "keys")); err != nil {
		t.Fatal(err)
	}
	disk, err := blob.OpenDisk(filepath.Join(data, "files"))
	if err != nil {
		t.Fatal(err)
	}
	ref, err := disk.Put(t.Context(), strings.NewReader("%PDF-1.4 a file\n%%EOF"), blob.Limit{})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	tail, err := backup.Make(t.Context(), backup.Source{DB: db, Data: data, Files: disk, Pool: pool}, &out, made)
	if err != nil || tail.Total() != 4502 || tail.Files != 1 || tail.Keys != 3 {
		t.Fatalf("%+v %v", tail, err)
	}
	return out.Bytes(), data, ref.Hash
}

// files are those of a data directory.
func files(t *testing.T, data string) blob.Shelf {
	t.Helper()
	disk, err := blob.OpenDisk(filepath.Join(data, "files"))
	if err != nil {
		t.Fatal(err)
	}
	return disk
}

func open(t *testing.T, url string) *sqldb.DB {
	t.Helper()
	db, err := sqldb.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func TestACopyHoldsEveryRowAndFile(t *testing.T) {
	sqldbtest.URLs(t, func(t *testing.T, url string) {
		for _, pool := range []string{"", t.TempDir()} {
			if pool != "" && sqldb.IsPostgres(url) {
				continue // the place of files has nothing to do with the database
			}
			copied, old, hash := copyOf(t, pool)
			if pool != "" {
				url += "2"
			}
			db, data := open(t, url), t.TempDir()
			head, _, err := backup.Restore(t.Context(), backup.Target{DB: db, Schemas: tables, Data: data, Files: files(t, data), Pool: pool}, bytes.NewReader(copied))
			if err != nil || !head.Made.Equal(made) {
				t.Fatal(head, err)
			}
			var n, odd int64
			var said *string
			if err := db.Row(t.Context(), `SELECT COUNT(*), SUM(CASE WHEN said = $1 THEN 1 ELSE 0 END) FROM r_a`, "<说> \"\n\u2028😀\\").Scan(&n, &odd); err != nil || n != 4501 || odd != 4499 {
				t.Errorf("%d rows, %d as they were: %v", n, odd, err)
			}
			if err := db.Row(t.Context(), `SELECT a.n, a.said FROM r_b b JOIN r_a a ON a.id = b.a`).Scan(&n, &said); err != nil || n != -9007199254740993 || said != nil {
				t.Errorf("%d %v %v", n, said, err)
			}
			disk, err := blob.OpenDisk(filepath.Join(data, "files"))
			if err != nil {
				t.Fatal(err)
			}
			c, err := disk.Open(t.Context(), hash)
			if err != nil {
				t.Fatal(err)
			}
			if text, err := io.ReadAll(c); err != nil || string(text) != "%PDF-1.4 a file\n%%EOF" {
				t.Errorf("%q %v", text, err)
			}
			c.Close()
			if _, err := os.Stat(filepath.Join(data, "keys", "master.key")); err == nil {
				t.Error("the master key came with the copy")
			}
			master, err := os.ReadFile(filepath.Join(old, "keys", "master.key"))
			if err != nil || os.WriteFile(filepath.Join(data, "keys", "master.key"), master, 0o600) != nil {
				t.Fatal(err)
			}
			if _, err := secret.Open(filepath.Join(data, "keys")); err != nil {
				t.Error("the ring does not open:", err)
			}
		}
	})
}

// Files move from a folder into a bucket by a copy, and back.
func TestACopyMovesFilesIntoABucketAndBack(t *testing.T) {
	store := s3test.New(t)
	copied, _, hash := copyOf(t, "")
	var shelf blob.Shelf
	for _, address := range []string{store.URL, t.TempDir()} {
		db, data := open(t, filepath.Join(t.TempDir(), "x.db")), t.TempDir()
		var err error
		if shelf, err = blob.OpenShelf(t.Context(), address, data); err != nil {
			t.Fatal(err)
		}
		if _, _, err := backup.Restore(t.Context(), backup.Target{DB: db, Schemas: tables, Data: data, Files: shelf}, bytes.NewReader(copied)); err != nil {
			t.Fatal(err)
		}
		var again bytes.Buffer
		if _, err := backup.Make(t.Context(), backup.Source{DB: db, Data: data, Files: shelf}, &again, made); err != nil {
			t.Fatal(err)
		}
		copied = again.Bytes()
	}
	if c, err := shelf.Open(t.Context(), hash); err != nil {
		t.Error(err)
	} else {
		c.Close()
	}
	if keys := store.Keys(); len(keys) != 1 || !strings.HasSuffix(keys[0], hash) {
		t.Error(keys)
	}
}

func TestACopyThatIsNotWholeIsRefusedAndTheDatabaseShut(t *testing.T) {
	whole, _, _ := copyOf(t, "")
	flipped := bytes.Clone(whole)
	flipped[len(flipped)/2] ^= 1
	for _, tt := range []struct {
		name   string
		copied []byte
		codes  string
	}{
		{"cut off", whole[:len(whole)*2/3], "backup.short backup.format"},
		{"a bit changed", flipped, "backup.short backup.format backup.changed"},
		{"something else", []byte("PK\x03\x04 no copy"), "backup.format"},
		{"nothing", nil, "backup.format"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			data := t.TempDir()
			db := open(t, filepath.Join(data, "x.db"))
			_, _, err := backup.Restore(t.Context(), backup.Target{DB: db, Schemas: tables, Data: data, Files: files(t, data)}, bytes.NewReader(tt.copied))
			if !strings.Contains(tt.codes, fault.Code(err)) {
				t.Fatalf("got %v", err)
			}
			steps, err := db.Steps(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if err := db.Migrate(t.Context(), tables...); len(steps) > 0 && fault.Code(err) != "sqldb.unfinished" {
				t.Errorf("half a city may be opened: %v", err)
			}
		})
	}
}

func TestACopyIsRefusedWhereItDoesNotFit(t *testing.T) {
	copied, data, _ := copyOf(t, "")
	bring := func(db *sqldb.DB, schemas []sqldb.Schema, data string) error {
		_, _, err := backup.Restore(t.Context(), backup.Target{DB: db, Schemas: schemas, Data: data, Files: files(t, data)}, bytes.NewReader(copied))
		return err
	}
	if err := bring(open(t, filepath.Join(data, "x.db")), tables, t.TempDir()); fault.Code(err) != "backup.target" {
		t.Errorf("over a living city: %v", err)
	}
	if err := bring(open(t, filepath.Join(t.TempDir(), "x.db")), tables, data); fault.Code(err) != "backup.target" {
		t.Errorf("over other keys: %v", err)
	}
	older := []sqldb.Schema{{Room: "r", Files: fstest.MapFS{"schema/0001_a.sql": tables[0].Files.(fstest.MapFS)["schema/0001_a.sql"]}}}
	if err := bring(open(t, filepath.Join(t.TempDir(), "x.db")), older, t.TempDir()); fault.Code(err) != "backup.newer" {
		t.Errorf("into an older program: %v", err)
	}
	beside, _, _ := copyOf(t, t.TempDir())
	copied = beside
	if err := bring(open(t, filepath.Join(t.TempDir(), "x.db")), tables, t.TempDir()); fault.Code(err) != "backup.beside" {
		t.Errorf("without the files beside it: %v", err)
	}
}

func TestASnapshotSeesOneInstant(t *testing.T) {
	sqldbtest.Each(t, tables, func(t *testing.T, db *sqldb.DB) {
		ctx := t.Context()
		err := db.Snapshot(ctx, func(snap context.Context) error {
			var n int
			if err := db.Row(snap, `SELECT COUNT(*) FROM r_a`).Scan(&n); err != nil {
				return err
			}
			for i := range 3 { // nobody waits for the snapshot
				var b sqldb.Batch
				b.Exec(`INSERT INTO r_a (id, n) VALUES ($1, 0)`, fmt.Sprint("later", i))
				if err := db.Commit(ctx, &b); err != nil {
					return err
				}
			}
			var again, outside int
			if err := db.Row(snap, `SELECT COUNT(*) FROM r_a`).Scan(&again); err != nil {
				return err
			}
			if err := db.Row(ctx, `SELECT COUNT(*) FROM r_a`).Scan(&outside); err != nil {
				return err
			}
			if n != 1 || again != 1 || outside != 4 {
				t.Errorf("%d, then %d; outside %d", n, again, outside)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func FuzzRestore(f *testing.F) {
	f.Add([]byte("\x1f\x8b"))
	f.Fuzz(func(t *testing.T, copied []byte) {
		data := t.TempDir()
		db := open(t, filepath.Join(data, "x.db"))
		if _, _, err := backup.Restore(t.Context(), backup.Target{DB: db, Schemas: tables, Data: data, Files: files(t, data)}, bytes.NewReader(copied)); err == nil {
			t.Error("taken for a copy")
		}
	})
}

// at does something when the first byte is written: the rows are being read then.
type at struct {
	bytes.Buffer
	do func()
}

func (a *at) Write(p []byte) (int, error) {
	if a.Len() == 0 {
		a.do()
	}
	return a.Buffer.Write(p)
}

// The rows of a copy may need a key that is retired, or made, while it is taken.
func TestACopyHoldsTheKeysOfItsWholeTime(t *testing.T) {
	_, data, _ := copyOf(t, "")
	ring := func(name string) string { return filepath.Join(data, "keys", name) }
	if err := os.WriteFile(ring("old.key"), []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	out := &at{do: func() {
		if err := os.Rename(ring("old.key"), ring("new.key")); err != nil {
			t.Error(err)
		}
	}}
	tail, err := backup.Make(t.Context(), backup.Source{DB: open(t, filepath.Join(data, "x.db")), Data: data, Files: files(t, data)}, out, made)
	if err != nil || tail.Keys != 5 {
		t.Errorf("%d keys: %v", tail.Keys, err)
	}
}
