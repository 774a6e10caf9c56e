package sqldbtest

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// Server is where PostgreSQL is that tests may use, "" if there is none.
func Server() string { return os.Getenv("TEST_POSTGRES") }

// A Model is a PostgreSQL database that is filled once and copied for every test
// that needs what is in it: to copy files is many times faster than to make all
// tables and fill them.
type Model struct {
	URL  string // fill it here, and close it before it is copied
	name string
}

// NewModel makes an empty one on the server.
func NewModel() (*Model, error) {
	name := fmt.Sprintf("model_%d_%d", os.Getpid(), time.Now().UnixNano())
	m := &Model{URL: at(name), name: name}
	return m, told("CREATE DATABASE " + name)
}

// Copy is the address of a database of the test's own that holds what the model does.
func (m *Model) Copy(t testing.TB) string {
	t.Helper()
	name := fmt.Sprintf("%s_%d", m.name, schemas.Add(1))
	if err := told("CREATE DATABASE " + name + " TEMPLATE " + m.name); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := told("DROP DATABASE " + name + " WITH (FORCE)"); err != nil {
			t.Log(err)
		}
	})
	return at(name)
}

// Drop takes the model away; one that cannot be is left to whoever ends the server.
func (m *Model) Drop() { _ = told("DROP DATABASE " + m.name + " WITH (FORCE)") }

// at is the address of another database of the server.
func at(name string) string {
	u, err := url.Parse(Server())
	if err != nil {
		return Server() // connecting says what is wrong with it
	}
	u.Path = "/" + name
	return u.String()
}

// told gives the server a command that belongs in no transaction.
func told(command string) error {
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, Server())
	if err != nil {
		return err
	}
	_, err = conn.Exec(ctx, command)
	return errors.Join(err, conn.Close(ctx))
}
