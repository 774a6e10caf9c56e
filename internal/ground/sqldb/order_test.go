package sqldb_test

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"slices"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/jackc/pgx/v5"

	"tongban/internal/ground/sqldb"
)

// A list of a county is all between its key and the next; where the database puts ':'
// before the digits, as people sort, nothing would be. What is there is changed, and
// so is a column that a later version brings.
func TestTextIsOrderedByItsBytesHoweverTheDatabaseWasMade(t *testing.T) {
	at := sortedByPeople(t)
	if at == "" {
		return // SQLite sorts by bytes
	}
	first := fstest.MapFS{"schema/0001_divisions.sql": {Data: []byte(`CREATE TABLE order_divisions (code TEXT PRIMARY KEY, name TEXT NOT NULL);
		CREATE INDEX order_by_name ON order_divisions (name, code);`)}}
	db := openOrdered(t, at, first)
	if _, err := db.Exec(t.Context(), `INSERT INTO order_divisions VALUES ('320300', 'b'), ('320301', 'B'), ('320399', 'a'), ('320400', 'A')`); err != nil {
		t.Fatal(err)
	}
	db.Close()
	first["schema/0002_names.sql"] = &fstest.MapFile{Data: []byte(`ALTER TABLE order_divisions ADD COLUMN town TEXT NOT NULL DEFAULT ''; UPDATE order_divisions SET town = name`)}
	var together sync.WaitGroup
	for range 3 {
		together.Go(func() {
			if db, err := migrated(t.Context(), at, first); err != nil {
				t.Error(err)
			} else {
				db.Close()
			}
		})
	}
	together.Wait()
	db = openOrdered(t, at, first)
	defer db.Close()
	for query, want := range map[string][]string{
		`SELECT code FROM order_divisions WHERE code >= '3203' AND code < '3203:' ORDER BY code`: {"320300", "320301", "320399"},
		`SELECT name FROM order_divisions ORDER BY name`:                                         {"A", "B", "a", "b"},
		`SELECT town FROM order_divisions ORDER BY town`:                                         {"A", "B", "a", "b"},
	} {
		if got := texts(t, db, query); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", query, got, want)
		}
	}
}

// sortedByPeople is a database that orders text as people do, gone after the test.
func sortedByPeople(t *testing.T) string {
	at, err := url.Parse(os.Getenv("TEST_POSTGRES"))
	if err != nil {
		t.Fatal(err)
	}
	if at.Path == "" {
		return ""
	}
	admin, err := pgx.Connect(t.Context(), at.String())
	if err != nil {
		t.Fatal(err)
	}
	name := fmt.Sprintf("sorted_%d", time.Now().UnixNano())
	if _, err := admin.Exec(t.Context(), `CREATE DATABASE `+name+` TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'und' LOCALE 'C'`); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		defer admin.Close(context.Background())
		if _, err := admin.Exec(context.Background(), `DROP DATABASE `+name+` WITH (FORCE)`); err != nil {
			t.Error(err)
		}
	})
	at.Path = "/" + name
	return at.String()
}

func openOrdered(t *testing.T, at string, files fstest.MapFS) *sqldb.DB {
	db, err := migrated(t.Context(), at, files)
	if err != nil {
		t.Fatal(err)
	}
	return db
}

func migrated(ctx context.Context, at string, files fstest.MapFS) (*sqldb.DB, error) {
	db, err := sqldb.Open(ctx, at)
	if err != nil {
		return nil, err
	}
	return db, db.Migrate(ctx, sqldb.Schema{Room: "order", Files: files})
}

func texts(t *testing.T, db *sqldb.DB, query string) (all []string) {
	err := db.Each(t.Context(), func(scan func(...any) error) error {
		var text string
		err := scan(&text)
		all = append(all, text)
		return err
	}, query)
	if err != nil {
		t.Fatal(err)
	}
	return all
}
