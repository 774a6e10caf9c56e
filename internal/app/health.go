package app

import (
	"context"
	"log/slog"
	"net/http"
	"sync"
	"time"
)

// health answers balancers and supervisors of processes: /livez and /healthz
// while the program runs, /readyz while it should be given work.
func (a *App) health(mux *http.ServeMux) {
	alive := func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) }
	mux.HandleFunc("GET /livez", alive)
	mux.HandleFunc("GET /healthz", alive)
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		if a.leaving.Load() {
			http.Error(w, "正在停机，请改用其他实例", http.StatusServiceUnavailable)
			return
		}
		if err := a.probe.ready(r.Context()); err != nil {
			http.Error(w, "数据库暂时无法读写", http.StatusServiceUnavailable)
			return
		}
		w.WriteHeader(http.StatusNoContent)
	})
}

// Leave makes /readyz say no from now on, so that a balancer sends new work
// elsewhere while what is under way is finished.
func (a *App) Leave() { a.leaving.Store(true) }

// probe remembers for a second whether the database could be written to: many
// may ask, and each look is a commit. That the tables are up to date needs no
// look: the program does not open its doors before they are.
type probe struct {
	*App
	mu   sync.Mutex
	at   time.Time
	last error
}

func (p *probe) ready(ctx context.Context) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if time.Since(p.at) < time.Second {
		return p.last
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 3*time.Second)
	defer cancel()
	was := p.last
	p.last, p.at = p.DB.Writable(ctx, p.Now()), time.Now()
	if p.last != nil && was == nil {
		slog.Error("not ready: the database cannot be written to", "err", p.last)
	}
	return p.last
}
