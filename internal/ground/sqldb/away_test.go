package sqldb

import (
	"database/sql"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"

	"tongban/internal/ground/fault"
	"tongban/internal/ground/line"
)

// locked is what SQLite says while another program writes.
func locked(t *testing.T) error {
	t.Helper()
	file := "file:" + filepath.Join(t.TempDir(), "x.db") + "?_pragma=busy_timeout(1)"
	var at [2]*sql.DB
	for i := range at {
		db, err := sql.Open("sqlite", file)
		if err != nil {
			t.Fatal(err)
		}
		db.SetMaxOpenConns(1)
		t.Cleanup(func() { db.Close() })
		at[i] = db
	}
	if _, err := at[0].Exec(`BEGIN IMMEDIATE`); err != nil {
		t.Fatal(err)
	}
	_, err := at[1].Exec(`BEGIN IMMEDIATE`)
	return err
}

// A read that fails because the database is away is to be asked again; a mistake of
// ours stays one, and so does what was foreseen.
func TestAReadOfADatabaseThatIsAwayIsToBeAskedAgain(t *testing.T) {
	for _, tt := range []struct {
		name string
		err  error
		want fault.Kind
	}{
		{"it is starting", &pgconn.PgError{Code: "57P03"}, fault.Busy},
		{"nobody listens", &pgconn.ConnectError{Config: &pgconn.Config{}}, fault.Busy},
		{"the line broke", io.ErrUnexpectedEOF, fault.Busy},
		{"another program holds it", locked(t), fault.Busy},
		{"it says nothing", line.Silent, fault.Busy},
		{"a statement of ours is wrong", &pgconn.PgError{Code: "42601"}, fault.Internal},
		{"a mistake", errors.New("x"), fault.Internal},
		{"no such row", sql.ErrNoRows, fault.Internal},
		{"foreseen", fault.New(fault.NotFound, "x", "没有"), fault.NotFound},
	} {
		if got := fault.Of(Away(fmt.Errorf("read case: %w", tt.err))); got != tt.want {
			t.Errorf("%s: %v", tt.name, got)
		}
	}
}
