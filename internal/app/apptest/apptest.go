// Package apptest furnishes cities for tests: the sample city is loaded once, and
// every test that asks for it gets a copy of its own.
package apptest

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"sync"
	"testing"
	"time"

	"tongban/internal/app"
	"tongban/internal/ground/event"
	"tongban/internal/ground/secret"
	"tongban/internal/ground/sqldb/sqldbtest"
)

// Name is the name of the city, unless a test has two.
const Name = "徐州市"

// made names a city that was furnished: when, what it is called, and whether its
// tables are on PostgreSQL.
type made struct {
	at       time.Time
	name     string
	postgres bool
}

// furnished is where a city is kept to be copied.
type furnished struct {
	dir   string
	model *sqldbtest.Model // nil: its tables are in dir
}

var (
	mu       sync.Mutex
	cities   = map[made]furnished{}
	password string
)

// Data is a data directory of the sample city as it was at a moment, which the
// test may change, and the password of its accounts.
func Data(t testing.TB, at time.Time) (dir, pass string) {
	t.Helper()
	return Of(t, Name, at).Data, password
}

// Of describes such a city of any name.
func Of(t testing.TB, name string, at time.Time) app.Settings {
	t.Helper()
	return copied(t, made{at, name, false})
}

// Each runs a test on a copy of the city of that name, as it was at a moment, in
// each database that we promise to work on. Like sqldbtest.Each it is the last that
// a test calls: it comes back before they have run.
func Each(t *testing.T, name string, at time.Time, test func(*testing.T, app.Settings)) {
	t.Run("sqlite", func(t *testing.T) { t.Parallel(); test(t, copied(t, made{at, name, false})) })
	if sqldbtest.Server() != "" {
		t.Run("postgres", func(t *testing.T) { t.Parallel(); test(t, copied(t, made{at, name, true})) })
	}
}

// copied is a city of the test's own, furnished if it is the first.
func copied(t testing.TB, m made) app.Settings {
	t.Helper()
	mu.Lock()
	defer mu.Unlock()
	if _, known := cities[m]; !known {
		city, err := furnish(m)
		if err != nil {
			t.Fatal("furnish the sample city:", err)
		}
		cities[m] = city
	}
	s, city := app.Settings{Data: t.TempDir(), City: m.name}, cities[m]
	if city.model != nil {
		s.DB = city.model.Copy(t)
	}
	if err := os.CopyFS(s.Data, os.DirFS(city.dir)); err != nil {
		t.Fatal("copy the sample city:", err)
	}
	return s
}

func furnish(m made) (city furnished, err error) {
	if city.dir, err = os.MkdirTemp("", "tongban-city-"); err != nil {
		return city, err
	}
	s := app.Settings{Data: city.dir, City: m.name, Now: func() time.Time { return m.at }}
	if m.postgres {
		if city.model, err = sqldbtest.NewModel(); err != nil {
			return city, err
		}
		s.DB = city.model.URL
	}
	ctx := context.Background()
	a, err := start(ctx, s)
	if err != nil {
		return city, err
	}
	_, password, err = a.LoadSample(ctx)
	a.Close()
	return city, err
}

// Start opens the program that the settings describe, for one test.
func Start(t testing.TB, s app.Settings) *app.App {
	t.Helper()
	a, err := start(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	return a
}

// start opens the program as it is, but that a password is not dear to check: what
// that costs is for the tests of secret, and whole programs bear it in cmd.
func start(ctx context.Context, s app.Settings) (*app.App, error) {
	a, err := app.Open(ctx, s)
	if err != nil {
		return nil, err
	}
	a.Post.Doubt = doubt
	cheap := secret.Argon2id
	cheap.Memory, cheap.Rounds = 64, 1
	a.Identity.Passwords = secret.NewPasswords(cheap, 2)
	return a, nil
}

// doubt reads what a fact foresees that it reads as.
func doubt(foreseen event.Fact, body string) {
	read := reflect.New(reflect.TypeOf(foreseen))
	if err := json.Unmarshal([]byte(body), read.Interface()); err != nil || !reflect.DeepEqual(read.Elem().Interface(), foreseen) {
		panic(fmt.Sprintf("%s reads otherwise: %+v, %v", body, foreseen, err))
	}
}

// Main runs the tests of a package and takes the furnished cities away; call it
// from TestMain.
func Main(m *testing.M) {
	code := m.Run()
	for _, city := range cities {
		os.RemoveAll(city.dir)
		if city.model != nil {
			city.model.Drop()
		}
	}
	os.Exit(code)
}
