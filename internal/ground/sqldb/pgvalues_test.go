package sqldb_test

import (
	"database/sql"
	"errors"
	"testing"

	"tongban/internal/ground/sqldb"
	"tongban/internal/ground/sqldb/sqldbtest"
)

// Both databases fill the same variables: numbers into truths, sums into any number, any number into what takes anything.
func TestRowsAreReadAlike(t *testing.T) {
	sqldbtest.Each(t, nil, func(t *testing.T, db *sqldb.DB) {
		const ask = `SELECT CAST(1 AS SMALLINT), CAST(0 AS BIGINT), SUM(n), SUM(n), COUNT(*), MAX(word), MAX(word), CAST(7 AS SMALLINT), CAST(8 AS SMALLINT), CAST(9 AS INTEGER)
			FROM (SELECT CAST(2 AS BIGINT) AS n, 'a' AS word UNION ALL SELECT 3, 'b') all_of_them`
		type read struct {
			yes, no bool
			sum     int64
			mean    float64
			n       int
			word    string
			perhaps sql.NullString
			small   int
			any     any
			more    any
		}
		scan := func(scan func(...any) error) (r read, err error) {
			err = scan(&r.yes, &r.no, &r.sum, &r.mean, &r.n, &r.word, &r.perhaps, &r.small, &r.any, &r.more)
			return r, err
		}
		want := read{true, false, 5, 5, 2, "b", sql.NullString{String: "b", Valid: true}, 7, int64(8), int64(9)}
		if r, err := scan(db.Row(t.Context(), ask).Scan); err != nil || r != want {
			t.Errorf("a row is read as %+v: %v", r, err)
		}
		if all, err := sqldb.Rows(t.Context(), db, scan, ask); err != nil || len(all) != 1 || all[0] != want {
			t.Errorf("rows are read as %+v: %v", all, err)
		}
		var yes bool
		if err := db.Row(t.Context(), `SELECT CAST(NULL AS SMALLINT)`).Scan(&yes); err == nil {
			t.Error("nothing is read as a truth")
		}
		if err := db.Row(t.Context(), `SELECT 1 WHERE 1 = 0`).Scan(&yes); !errors.Is(err, sql.ErrNoRows) {
			t.Errorf("no row is told as %v", err)
		}
	})
}
