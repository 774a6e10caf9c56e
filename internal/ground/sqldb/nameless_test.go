package sqldb

import "testing"

func TestNamelessOnlyWhereTheOrderIsTheSame(t *testing.T) {
	for query, want := range map[string]string{
		`SELECT 1`: `SELECT 1`,
		`INSERT INTO t (a, b) VALUES ($1, $2), ($3, $4)`: `INSERT INTO t (a, b) VALUES (?, ?), (?, ?)`,
		`UPDATE t SET a = $2 WHERE b = $1`:               `UPDATE t SET a = $2 WHERE b = $1`,
		`UPDATE t SET a = $1, c = $1 WHERE b = $2`:       `UPDATE t SET a = $1, c = $1 WHERE b = $2`,
		`SELECT '$1', $1`:                                `SELECT '$1', $1`,
		`SELECT body -> '$.a' FROM t WHERE b = $1`:       `SELECT body -> '$.a' FROM t WHERE b = $1`,
	} {
		if got := nameless(query); got != want {
			t.Errorf("%s: %s, want %s", query, got, want)
		}
	}
}

func TestOnlyAnInsertIsLeftInPart(t *testing.T) {
	for query, want := range map[string]string{
		`INSERT INTO t (a) VALUES ($1) ON CONFLICT DO NOTHING`: `INSERT OR FAIL INTO t (a) VALUES ($1) ON CONFLICT DO NOTHING`,
		`UPDATE t SET a = 'INSERT INTO '`:                      `UPDATE t SET a = 'INSERT INTO '`,
	} {
		if got := inPart(query); got != want {
			t.Errorf("%s: %s, want %s", query, got, want)
		}
	}
}
