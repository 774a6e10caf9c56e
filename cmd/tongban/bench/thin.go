package bench

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"tongban/internal/ground/sqldb"
)

// Thin is the thinnest server that does the same job (对照): no rules, no sign-in, no
// forms, no certificate. Submit, accept, three reviews, decide; every act answered
// after a durable commit with two history rows, work items and an outgoing row, on
// tables with seven indexes. What the platform adds is measured against it, in the same
// minutes on the same machine.
type Thin struct{ db *sqldb.DB }

var thinTables = []string{
	`CREATE TABLE thin_cases (id TEXT PRIMARY KEY, number TEXT NOT NULL, agency TEXT NOT NULL, applicant TEXT NOT NULL, state TEXT NOT NULL, due BIGINT NOT NULL, body TEXT NOT NULL)`,
	`CREATE INDEX thin_cases_number ON thin_cases (number)`,
	`CREATE INDEX thin_cases_inbox ON thin_cases (agency, state, due)`,
	`CREATE INDEX thin_cases_applicant ON thin_cases (applicant, id)`,
	`CREATE TABLE thin_materials (case_id TEXT NOT NULL, material TEXT NOT NULL, files TEXT NOT NULL, PRIMARY KEY (case_id, material))`,
	`CREATE TABLE thin_tasks (case_id TEXT NOT NULL, node TEXT NOT NULL, post TEXT NOT NULL, open SMALLINT NOT NULL, since BIGINT NOT NULL, PRIMARY KEY (case_id, node))`,
	`CREATE INDEX thin_tasks_post ON thin_tasks (post, open, since)`,
	`CREATE TABLE thin_events (case_id TEXT NOT NULL, seq BIGINT NOT NULL, act TEXT NOT NULL, body TEXT NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (case_id, seq))`,
	`CREATE INDEX thin_events_at ON thin_events (at)`,
	`CREATE TABLE thin_out (id TEXT PRIMARY KEY, target TEXT NOT NULL, body TEXT NOT NULL)`,
	`CREATE INDEX thin_out_target ON thin_out (target, id)`,
	`CREATE INDEX thin_tasks_since ON thin_tasks (since)`,
}

// ServeThin serves until ctx ends.
func ServeThin(ctx context.Context, listen, url string) error {
	db, err := sqldb.Open(ctx, url)
	if err != nil {
		return err
	}
	defer db.Close()
	for _, table := range thinTables {
		if _, err := db.Exec(ctx, table); err != nil {
			return fmt.Errorf("make the tables: %w", err)
		}
	}
	l, err := net.Listen("tcp", listen)
	if err != nil {
		return err
	}
	s := http.Server{Handler: (&Thin{db}).routes(), ReadHeaderTimeout: time.Minute}
	go func() {
		<-ctx.Done()
		s.Close()
	}()
	if err := s.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

func (t *Thin) routes() http.Handler {
	m := http.NewServeMux()
	m.HandleFunc("GET /readyz", func(http.ResponseWriter, *http.Request) {})
	watched := prometheus.NewRegistry()
	watched.MustRegister(t.db)
	m.Handle("GET /metrics", promhttp.HandlerFor(watched, promhttp.HandlerOpts{}))
	m.HandleFunc("POST /cases", t.submit)
	m.HandleFunc("POST /cases/{id}/{act}", t.act)
	return m
}

// thinState is what the server answers, and what an act is told.
type thinState struct {
	ID    string `json:"id"`
	State string `json:"state"`
	Seq   int64  `json:"seq"`
}

// thinForm is what the server keeps of an application beside its text.
type thinForm struct {
	Item      string
	Answers   map[string]string
	Materials []struct {
		Material string
		Files    []struct{ Hash string }
	}
}

func (t *Thin) submit(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	var f thinForm
	if err != nil || json.Unmarshal(body, &f) != nil || len(f.Materials) < 2 {
		http.Error(w, "no such form", http.StatusBadRequest)
		return
	}
	s := thinState{ID: sqldb.NewID(), State: "received", Seq: 1}
	var b sqldb.Batch
	b.Exec(`INSERT INTO thin_cases (id, number, agency, applicant, state, due, body) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		s.ID, "320300"+s.ID, "yl-market", r.Header.Get("Authorization"), s.State, time.Now().AddDate(0, 0, 20).UnixMilli(), string(body))
	for _, m := range f.Materials[:2] {
		b.Exec(`INSERT INTO thin_materials (case_id, material, files) VALUES ($1, $2, $3)`, s.ID, m.Material, fmt.Sprint(m.Files))
	}
	open(&b, s.ID, "accept", "window")
	t.keep(w, r, &b, s, "submit", string(body))
}

// thinSteps are the work that each act closes and opens, and the state it leads to.
var thinSteps = map[string]struct {
	state string
	opens []string
}{
	"accept": {"accepted", []string{"papers", "layout", "fire"}},
	"papers": {"accepted", nil}, "layout": {"accepted", nil},
	"fire":   {"accepted", []string{"decide"}},
	"decide": {"granted", nil},
}

func (t *Thin) act(w http.ResponseWriter, r *http.Request) {
	step, ok := thinSteps[r.PathValue("act")]
	body, err := io.ReadAll(r.Body)
	seq, bad := strconv.ParseInt(r.FormValue("seq"), 10, 64)
	if !ok || err != nil || bad != nil {
		http.Error(w, "no such act", http.StatusBadRequest)
		return
	}
	s := thinState{ID: r.PathValue("id"), State: step.state, Seq: seq + 1}
	var b sqldb.Batch
	b.Exec(`UPDATE thin_cases SET state = $1 WHERE id = $2`, s.State, s.ID)
	b.Exec(`UPDATE thin_tasks SET open = 0 WHERE case_id = $1 AND node = $2`, s.ID, r.PathValue("act"))
	for _, node := range step.opens {
		open(&b, s.ID, node, "post-"+node)
	}
	t.keep(w, r, &b, s, r.PathValue("act"), string(body))
}

func open(b *sqldb.Batch, id, node, post string) {
	b.Exec(`INSERT INTO thin_tasks (case_id, node, post, open, since) VALUES ($1, $2, $3, 1, $4)`, id, node, post, time.Now().UnixMilli())
}

// keep adds the history and what is to be told, and answers when all is durable.
func (t *Thin) keep(w http.ResponseWriter, r *http.Request, b *sqldb.Batch, s thinState, act, body string) {
	for i, event := range []struct{ name, body string }{{act, body}, {"task", `{"closed":"` + act + `"}`}} {
		b.Exec(`INSERT INTO thin_events (case_id, seq, act, body, at) VALUES ($1, $2, $3, $4, $5)`, s.ID, 2*s.Seq+int64(i), event.name, event.body, time.Now().UnixMilli())
	}
	b.Exec(`INSERT INTO thin_out (id, target, body) VALUES ($1, $2, $3)`, sqldb.NewID(), "province", `{"case":"`+s.ID+`","act":"`+act+`"}`)
	if err := t.db.Commit(r.Context(), b); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(s) // whoever went away does not read it
}

// OpenThin is a thin server under measurement.
func OpenThin(at string) *City {
	c := cityAt(at, time.Minute)
	c.under, c.thin, c.folk = "", true, folk
	for i := range folk {
		c.form = append(c.form, Permit.application(i, strings.Repeat("5e", 32)))
	}
	return c
}

// thin is a case at the thin server, from the application to the decision.
func (w *worker) thin(ctx context.Context, n int) error {
	applicant := w.city.folk[n%len(w.city.folk)]
	s, err := w.thinAct(ctx, "submit", applicant, "/cases", w.city.form[n%len(w.city.form)])
	for _, act := range []string{"accept", "papers", "layout", "fire", "decide"} {
		if err != nil {
			return err
		}
		as := act
		if thinSteps[act].state == "accepted" && act != "accept" {
			as = "review"
		}
		s, err = w.thinAct(ctx, as, applicant, fmt.Sprintf("/cases/%s/%s?seq=%d", s.ID, act, s.Seq), []byte(`{"opinion":"同意"}`))
	}
	w.lives++
	return err
}

func (w *worker) thinAct(ctx context.Context, as, token, path string, body []byte) (s thinState, err error) {
	took, err := w.city.ask(ctx, http.MethodPost, path, token, "", body, &s)
	w.taken[as] = append(w.taken[as], took)
	return s, err
}
