package bench

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"sync"
	"sync/atomic"
	"time"
)

// A Balancer stands before several replicas as any balancer does (负载均衡): it
// sends each request to the next one that says that it is ready.
type Balancer struct {
	At string

	listener net.Listener
	turn     atomic.Uint64
	behind   []*behind
}

// behind is a replica as the balancer sees it.
type behind struct {
	at    string
	proxy http.Handler
	ready atomic.Bool
}

// Balance stands before the replicas at these addresses until ctx ends.
func Balance(ctx context.Context, addresses ...string) (*Balancer, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	b := &Balancer{At: "http://" + l.Addr().String(), listener: l}
	for _, at := range addresses {
		to := &url.URL{Scheme: "http", Host: at}
		proxy := httputil.NewSingleHostReverseProxy(to)
		proxy.Transport = &http.Transport{MaxIdleConnsPerHost: 64}
		one := &behind{at: "http://" + at, proxy: proxy}
		b.behind = append(b.behind, one)
		go one.probe(ctx)
	}
	server := &http.Server{Handler: b, ReadHeaderTimeout: 10 * time.Second}
	go server.Serve(l) // ends when it is closed
	context.AfterFunc(ctx, func() { server.Close() })
	return b, nil
}

func (o *behind) probe(ctx context.Context) {
	for s := (Server{At: o.at}); ctx.Err() == nil; pause(ctx, 20*time.Millisecond) {
		o.ready.Store(s.ready())
	}
}

// ServeHTTP passes the request to the next replica that is ready. While none is
// it waits a moment, as balancers that keep a queue do.
func (b *Balancer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	for began := time.Now(); time.Since(began) < queued && r.Context().Err() == nil; pause(r.Context(), 20*time.Millisecond) {
		for range b.behind {
			if one := b.behind[b.turn.Add(1)%uint64(len(b.behind))]; one.ready.Load() {
				one.proxy.ServeHTTP(w, r)
				return
			}
		}
	}
	http.Error(w, "no replica is ready", http.StatusBadGateway)
}

// queued is how long a request waits for a replica.
const queued = 5 * time.Second

// Replicas are several programs over one database and one data directory, behind
// a balancer.
type Replicas struct {
	*Balancer
	Addresses []string

	start   func(ctx context.Context, address string) (*Server, error)
	servers []*Server
}

// StartReplicas starts n of them.
func StartReplicas(ctx context.Context, n int, program, data, db string) (*Replicas, error) {
	r := &Replicas{start: func(ctx context.Context, address string) (*Server, error) {
		return StartAt(context.WithoutCancel(ctx), program, address, data, db, "--drain=200ms")
	}}
	for range n {
		address, err := free()
		if err != nil {
			return r, err
		}
		s, err := r.start(ctx, address)
		if err != nil {
			return r, err
		}
		r.Addresses, r.servers = append(r.Addresses, address), append(r.servers, s)
	}
	var err error
	if r.Balancer, err = Balance(ctx, r.Addresses...); err != nil {
		return r, err
	}
	for started := time.Now(); time.Since(started) < 10*time.Second; time.Sleep(10 * time.Millisecond) {
		if (&Server{At: r.At}).ready() {
			return r, nil
		}
	}
	return r, errors.New("no replica is ready")
}

// Roll restarts one replica after another in good order, as an upgrade does.
func (r *Replicas) Roll(ctx context.Context) (err error) {
	for i, s := range r.servers {
		if err := s.Stop(); err != nil {
			return fmt.Errorf("replica %d: %w", i, err)
		}
		if r.servers[i], err = r.start(ctx, r.Addresses[i]); err != nil {
			return err
		}
		for !r.behind[i].ready.Load() && ctx.Err() == nil {
			time.Sleep(10 * time.Millisecond)
		}
	}
	return nil
}

// Stop stops them all.
func (r *Replicas) Stop() (err error) {
	for _, s := range r.servers {
		err = errors.Join(err, s.Stop())
	}
	return err
}

// Lead has clients lead cases through their lives until do has returned; none of
// them asks for anything twice, so any error is one that a person would have met.
func Lead(ctx context.Context, at, password string, clients int, do func() error) (*Ledger, error) {
	city, err := Open(ctx, at, password, Food)
	if err != nil {
		return nil, err
	}
	city.ledger = newLedger()
	c := &Campaign{city: city, Clients: clients}
	var stop atomic.Bool
	var all sync.WaitGroup
	failed := make([]error, clients+1)
	for i := range clients {
		all.Go(func() { failed[i] = c.client(ctx, i, &stop) })
	}
	failed[clients] = do()
	stop.Store(true)
	all.Wait()
	return city.ledger, errors.Join(failed...)
}
