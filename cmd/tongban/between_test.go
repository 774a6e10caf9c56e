package main

import (
	"bytes"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"tongban/cmd/tongban/bench"
)

// two are processes of the program, each with its own data directory and
// port, that know each other over lines which can be cut.
func two(t *testing.T) *bench.Between {
	t.Helper()
	t.Setenv("TONGBAN_ITSELF", "1")
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	b := &bench.Between{Program: program, Password: "Tongban-2026", Data: [2]string{t.TempDir(), t.TempDir()}, Clients: 2, Blows: 4, Seed: 11, Say: t.Logf}
	if err := b.Open(t.Context()); err != nil {
		t.Fatal(err)
	}
	return b
}

// A window of one province takes an identity card in for another. The other is
// killed while the message is under way and stays down for a while; the first is
// killed while it waits; a supplement, forged, repeated and replayed messages
// come in between; the result comes back and is handed over here.
func TestTwoProcessesHandleAMatterForEachOther(t *testing.T) {
	b, ctx := two(t), t.Context()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(b.Sides[1].Kill())
	m, err := b.Take(ctx, "p-limin")
	must(err)
	b.Taken[m.ID] = ""
	m, err = b.Act(ctx, m.ID, `{"act":"forward"}`)
	must(err)
	time.Sleep(3 * time.Second) // the first try fails
	must(b.Sides[0].Kill())
	must(b.Start(ctx, 0))
	m, err = b.Until(ctx, m.ID, func(bench.Matter) bool { return true })
	must(err)
	if m.State != "sent" || !strings.HasPrefix(m.Answers, m.Here) {
		t.Errorf("while the other is down it is %s, %s", m.State, m.Answers)
	}
	must(b.Start(ctx, 1))
	m, err = b.Until(ctx, m.ID, func(m bench.Matter) bool { return m.Case != "" })
	must(err)
	b.Taken[m.ID] = m.Case
	if m.State != "there" || !strings.HasPrefix(m.Answers, "徐州市云龙区") {
		t.Errorf("received there it is %s, %s", m.State, m.Answers)
	}
	for name, message := range map[string][]byte{"altered": bench.Alter(b.Ways[0].Last()), "replayed": b.Ways[0].Last(), "no message": []byte("{}")} {
		answer, err := http.Post(b.Sides[1].At+"/partners/inbox", "application/json", bytes.NewReader(message))
		must(err)
		answer.Body.Close()
		if answer.StatusCode >= 500 {
			t.Errorf("%s: %s", name, answer.Status)
		}
	}
	b.Ways[1].Cut(true)
	must(b.Decide(ctx, m.Case))
	must(b.Sides[1].Kill())
	must(b.Start(ctx, 1))
	b.Ways[1].Cut(false)
	m, err = b.Until(ctx, m.ID, func(m bench.Matter) bool { return m.State == "settled" })
	must(err)
	_, err = b.Act(ctx, m.ID, `{"act":"issue","way":"window","receiver":"李敏"}`)
	must(err)
	_, err = b.Until(ctx, m.ID, func(m bench.Matter) bool { return m.State == "over" })
	must(err)
	must(b.Reconcile(ctx, 0))
	var page string
	for started := time.Now(); time.Since(started) < 20*time.Second && !strings.Contains(page, "相符"); time.Sleep(200 * time.Millisecond) {
		page, err = b.BalancePage(ctx, 1)
		must(err)
	}
	if !strings.Contains(page, "相符") || strings.Contains(page, "不符</") {
		t.Error("the administrator there does not read that both agree")
	}
	must(b.Close())
	must(heldBetween(ctx, b))
}

// A short campaign; the long ones are in doc/performance.md.
func TestNothingIsLostBetweenTwoInstallations(t *testing.T) {
	b := two(t)
	dealt, err := b.Run(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	t.Log(toldBetween(b, dealt))
	if len(b.Taken) < 2 {
		t.Error("too few to mean anything")
	}
	if err := heldBetween(t.Context(), b); err != nil {
		t.Error(err)
	}
}
