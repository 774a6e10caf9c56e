package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"tongban/cmd/tongban/bench"
	"tongban/internal/ground/secret"
)

// Two replicas on one PostgreSQL and one folder of files: what one was told the
// other knows, and while they are restarted one after the other nobody meets an
// error. Nor does anybody notice that all keys are replaced meanwhile.
func TestReplicasAreOneAndRestartUnnoticed(t *testing.T) {
	url := os.Getenv("TEST_POSTGRES")
	if url == "" {
		t.Log("replicas share a PostgreSQL; TEST_POSTGRES names none")
		return
	}
	t.Setenv("TONGBAN_ITSELF", "1")
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	data := t.TempDir()
	db, drop, err := (&benchmark{DB: url}).database(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer drop()
	r, err := bench.StartReplicas(t.Context(), 2, program, data, db+"&pool_max_conns=10")
	if err != nil {
		t.Fatal(err)
	}
	defer r.Stop() // a replica that does not end in good order fails the roll, too
	shared(t, "http://"+r.Addresses[0], "http://"+r.Addresses[1])
	ledger, err := bench.Lead(t.Context(), r.At, "Tongban-2026", 4, func() error { return errors.Join(otherKeys(data), r.Roll(t.Context())) })
	if err != nil {
		t.Fatal("a client met an error:", err)
	}
	if err := r.Stop(); err != nil {
		t.Error(err)
	}
	t.Logf("%d lifecycles, %d acts while both replicas were restarted", ledger.Lives, ledger.Total)
	if ledger.Lives < 4 {
		t.Error("too few to mean anything")
	}
	if err := heldAgainst(t.Context(), data, db, ledger); err != nil {
		t.Error(err)
	}
}

// otherKeys replaces all keys.
func otherKeys(data string) error {
	ring, err := secret.Open(filepath.Join(data, "keys"))
	if err != nil {
		return err
	}
	for _, series := range secret.AllSeries {
		if _, err := ring.Rotate(series); err != nil {
			return err
		}
	}
	time.Sleep(6 * time.Second) // both replicas know the new keys now
	_, err = ring.RotateMaster(time.Second)
	return err
}

// shared asks one replica for what it was the other that was told.
func shared(t *testing.T, a, b string) {
	var session struct{ Token string }
	ask(t, 200, "POST", a+"/api/v1/sessions", "", `{"login":"limin","password":"Tongban-2026","label":"x"}`, &session)
	ask(t, 200, "GET", b+"/api/v1/me", session.Token, "", nil) // the session
	var file struct{ Hash string }
	ask(t, 201, "POST", a+"/api/v1/files?name=x.pdf", session.Token, "%PDF-1.4 of replicas\n%%EOF", &file)
	for _, at := range []string{a, b, a, b, a} { // five wrong passwords, wherever they come in
		ask(t, 401, "POST", at+"/api/v1/sessions", "", `{"login":"supervisor","password":"wrong","label":"x"}`, nil)
	}
	for _, at := range []string{a, b} {
		ask(t, 429, "POST", at+"/api/v1/sessions", "", `{"login":"supervisor","password":"Tongban-2026","label":"x"}`, nil)
	}
}

func ask(t *testing.T, status int, method, url, token, body string, out any) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, bytes.NewReader([]byte(body)))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	if body != "" && body[0] == '%' {
		r.Header.Set("Content-Type", "application/octet-stream")
	}
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	if res.StatusCode != status {
		t.Fatalf("%s %s: %s %s", method, url, res.Status, text)
	}
	if out != nil {
		if err := json.Unmarshal(text, out); err != nil {
			t.Fatal(err)
		}
	}
}
