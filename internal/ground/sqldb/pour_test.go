package sqldb_test

import (
	"context"
	"errors"
	"testing"

	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
)

// Whoever gives up while tables are filled without their indexes leaves them as
// they were: who works on the city afterwards must not read all of a table.
func TestIndexesAreMadeAgainHoweverTheFillingEnds(t *testing.T) {
	sqldbtest.Each(t, nil, func(t *testing.T, db *sqldb.DB) {
		for _, text := range []string{`CREATE TABLE filled (a BIGINT, b BIGINT)`, `CREATE INDEX filled_a ON filled (a)`, `CREATE INDEX filled_b ON filled (b)`} {
			if _, err := db.Exec(t.Context(), text); err != nil {
				t.Fatal(err)
			}
		}
		failed := errors.New("no more")
		ctx, stop := context.WithCancel(t.Context())
		err := db.Unindexed(ctx, []string{"filled"}, func(context.Context) error { stop(); return failed })
		if !errors.Is(err, failed) {
			t.Errorf("the reason is lost: %v", err)
		}
		if n := len(indexes(t, db)); n != 2 {
			t.Errorf("%d indexes of two are there", n)
		}
	})
}

func indexes(t *testing.T, db *sqldb.DB) []string {
	t.Helper()
	query := `SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = 'filled'`
	if db.Postgres {
		query = `SELECT indexname FROM pg_indexes WHERE schemaname = current_schema() AND tablename = 'filled'`
	}
	names, err := sqldb.Column[string](t.Context(), db, query)
	if err != nil {
		t.Fatal(err)
	}
	return names
}
