// Package apptest furnishes cities for tests: the sample city is loaded once, and
// every test that asks for it gets a copy of its own.
package apptest

import (
	"context"
	"os"
	"sync"
	"testing"
	"time"

	"tongban/internal/app"
)

var (
	mu       sync.Mutex
	cities   = map[time.Time]string{} // data directories, by when they were furnished
	password string
)

// Name is the name of the city.
const Name = "徐州市"

// Data is a data directory of the sample city as it was at a moment, which the
// test may change, and the password of its accounts.
func Data(t testing.TB, at time.Time) (dir, pass string) {
	t.Helper()
	mu.Lock()
	defer mu.Unlock()
	if cities[at] == "" {
		furnished, err := furnish(at)
		if err != nil {
			t.Fatal("furnish the sample city:", err)
		}
		cities[at] = furnished
	}
	dir = t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(cities[at])); err != nil {
		t.Fatal("copy the sample city:", err)
	}
	return dir, password
}

func furnish(at time.Time) (dir string, err error) {
	if dir, err = os.MkdirTemp("", "tongban-city-"); err != nil {
		return "", err
	}
	ctx := context.Background()
	a, err := app.Open(ctx, app.Settings{Data: dir, City: Name, Now: func() time.Time { return at }})
	if err != nil {
		return dir, err
	}
	_, password, err = a.LoadSample(ctx)
	a.Close()
	return dir, err
}

// Main runs the tests of a package and takes the furnished cities away; call it
// from TestMain.
func Main(m *testing.M) {
	code := m.Run()
	for _, dir := range cities {
		os.RemoveAll(dir)
	}
	os.Exit(code)
}
