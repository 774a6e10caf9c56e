package bench

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"
)

// acts are what is done in a life, in order. The certificate is issued by the
// program itself; how long that takes is asked of one life in forty.
var acts = []string{"submit", "accept", "review", "decide", "certificate", "rate"}

// worker is one client: it leads one case after another through its life.
type worker struct {
	city  *City
	n     int
	until time.Time
	pause time.Duration // for one life, where a pace is kept
	late  time.Duration // how much later than the first it begins
	lives int
	taken map[string][]time.Duration
	old   []granted // lives that still wait for their rating
	err   error
}

// granted is a case that ended, and its applicant's token.
type granted struct{ id, token string }

// waiting is how many cases a client has between the decision and the rating:
// by then the program has asked for it.
const waiting = 2

func (w *worker) work(ctx context.Context) {
	w.taken = map[string][]time.Duration{}
	next := time.Now().Add(w.late)
	time.Sleep(w.late)
	for w.err == nil && time.Now().Before(w.until) && ctx.Err() == nil {
		w.err = w.life(ctx, w.n+w.lives+len(w.old))
		if w.err == nil && len(w.old) > waiting {
			w.err = w.rate(ctx)
		}
		next = next.Add(w.pause)
		if wait := time.Until(next); w.pause > 0 && wait > 0 {
			time.Sleep(wait)
		}
	}
	for w.err == nil && len(w.old) > 0 {
		w.err = w.rate(ctx)
	}
}

// state is what an act answers.
type state struct {
	ID    string
	State string
	Work  []struct {
		ID, Node string
		Signed   int
	}
}

// life is a case from the application to the decision.
func (w *worker) life(ctx context.Context, n int) error {
	if w.city.thin {
		return w.thin(ctx, n)
	}
	return w.live(ctx, n, w.city.form[n%len(w.city.form)])
}

func (w *worker) live(ctx context.Context, n int, form []byte) error {
	applicant := w.city.folk[n%len(w.city.folk)]
	c, err := w.do(ctx, "submit", applicant, "/cases", form)
	if err != nil {
		return err
	}
	if c, err = w.do(ctx, "accept", w.city.staff["window1"], "/cases/"+c.ID+"/accept", []byte("{}")); err != nil {
		return err
	}
	for c.State == "accepted" {
		if len(c.Work) == 0 {
			return fmt.Errorf("case %s stands still", c.ID)
		}
		if c, err = w.step(ctx, c); err != nil {
			return err
		}
	}
	if c.State != "granted" {
		return fmt.Errorf("case %s ended as %s", c.ID, c.State)
	}
	w.old = append(w.old, granted{c.ID, applicant})
	if n%40 == 39 {
		return w.certificate(ctx, c.ID, applicant)
	}
	return nil
}

// patience is how long the program may take for what it does by itself.
func (c *City) patience() time.Duration {
	if c.stubborn {
		return 5 * time.Minute
	}
	return 20 * time.Second
}

func (w *worker) step(ctx context.Context, c state) (state, error) {
	work := c.Work[0]
	token := w.city.staff[w.city.kind.who[work.Node][min(work.Signed, 1)]]
	at := "/cases/" + c.ID + "/work/" + work.ID
	if work.Node == "decide" {
		return w.do(ctx, "decide", token, at+"/decide", []byte(`{"grant":true}`))
	}
	return w.do(ctx, "review", token, at+"/review", []byte(`{"opinion":"同意"}`))
}

// certificate waits until the certificate is in the case.
func (w *worker) certificate(ctx context.Context, id, token string) error {
	started := time.Now()
	for time.Since(started) < w.city.patience() {
		var c struct{ Certificate string }
		if _, err := w.city.ask(ctx, http.MethodGet, "/cases/"+id, token, "", nil, &c); err != nil {
			return err
		}
		if c.Certificate != "" {
			w.taken["certificate"] = append(w.taken["certificate"], time.Since(started))
			return nil
		}
		time.Sleep(20 * time.Millisecond) // oftener would cost the server what an act costs
	}
	return fmt.Errorf("case %s has no certificate after %s", id, w.city.patience())
}

// rate has the applicant of an earlier case say how it went.
func (w *worker) rate(ctx context.Context) error {
	c := w.old[0]
	w.old = w.old[1:]
	for tries := 0; ; tries++ {
		_, err := w.do(ctx, "rate", c.token, "/cases/"+c.id+"/ratings", []byte(`{"grade":5}`))
		if p, ok := errors.AsType[*refused](err); ok && p.Code == "rating.none" && tries < int(w.city.patience()/(10*time.Millisecond)) {
			time.Sleep(10 * time.Millisecond) // not asked yet: the news of the decision is on its way
			continue
		}
		if err == nil {
			w.lives++
		}
		return err
	}
}

// do posts an act under a name of its own and notes how long it took.
func (w *worker) do(ctx context.Context, act, token, path string, body []byte) (state, error) {
	var c state
	took, err := w.city.ask(ctx, http.MethodPost, path, token, newKey(), body, &c)
	if err == nil {
		w.city.ledger.note(path, c.ID, act)
		w.taken[act] = append(w.taken[act], took)
	}
	return c, err
}

// prepare hands in the files and writes the applications.
func (c *City) prepare(ctx context.Context) error {
	var file struct{ Hash string }
	if _, err := c.ask(ctx, http.MethodPost, "/files?name=material.pdf", c.folk[0], "", []byte(pdf), &file); err != nil {
		return err
	}
	for i := range folk {
		c.form = append(c.form, c.kind.application(i, file.Hash))
	}
	return nil
}

const pdf = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
