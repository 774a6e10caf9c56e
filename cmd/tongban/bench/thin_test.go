package bench

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"tongban/internal/ground/sqldb"
)

// What the platform is measured against does the whole job: every act of every life is
// there, with its history and its outgoing row.
func TestTheThinServerKeepsWholeLives(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	url := filepath.Join(t.TempDir(), "thin.db")
	at, err := free()
	if err != nil {
		t.Fatal(err)
	}
	served := make(chan error, 1)
	go func() { served <- ServeThin(ctx, at, url) }()
	for one := (&Server{At: "http://" + at}); !one.ready(); {
		time.Sleep(5 * time.Millisecond)
	}
	w := worker{city: OpenThin("http://" + at), taken: map[string][]time.Duration{}}
	for n := range 3 {
		if err := w.life(ctx, n); err != nil {
			t.Fatal(err)
		}
	}
	stop()
	if err := <-served; err != nil {
		t.Fatal(err)
	}
	db, err := sqldb.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for query, want := range map[string]int{
		`SELECT COUNT(*) FROM thin_cases WHERE state = 'granted'`: 3, `SELECT COUNT(*) FROM thin_materials`: 6,
		`SELECT COUNT(*) FROM thin_tasks WHERE open = 0`: 15, `SELECT COUNT(*) FROM thin_events`: 36, `SELECT COUNT(*) FROM thin_out`: 18,
	} {
		var n int
		if err := db.Row(t.Context(), query).Scan(&n); err != nil || n != want {
			t.Errorf("%s: %d, not %d; %v", query, n, want, err)
		}
	}
}
