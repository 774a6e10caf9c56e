// Package bench drives whole lives of cases against a running platform (压力测试):
// over HTTP, through the open interface, with the rules, papers, certificates
// and ratings of every day, and measures what the server takes for it.
package bench

import (
	"context"
	"fmt"
	"sync"
	"time"
)

// A Run is one measurement.
type Run struct {
	Clients int           // who work at the same time
	For     time.Duration // how long
	Pace    float64       // lives a second to keep to; 0: as fast as it goes
	Stay    bool          // each client stays with one replica; else each act goes to the next one
}

// A Result is what a run found.
type Result struct {
	Run
	Lives int
	Took  time.Duration
	Acts  []Act         // in the order of a life
	Used  Use           // by the server
	Peak  int64         // bytes of memory the server held at the end
	Own   time.Duration // processor time of the clients
	Given []string
}

// Rate is lives a second.
func (r Result) Rate() float64 { return float64(r.Lives) / r.Took.Seconds() }

// Each is how much of what was used one life took.
func (r Result) Each(used int64) float64 { return float64(used) / float64(max(1, r.Lives)) }

// A City is the platform under measurement, with the people signed in.
type City struct {
	wire  *wire
	under string            // of every address: "/api/v1"
	staff map[string]string // tokens by login
	folk  []string          // tokens of applicants
	kind  Kind
	form  [][]byte // applications

	thin     bool    // it is the thin server
	stubborn bool    // asks again until there is an answer, as a client of ours does
	ledger   *Ledger // what was acknowledged; nil: nobody keeps count
}

// staff are those who handle the cases.
var staff = []string{"window1", "window2", "market-r", "market-r2", "fire-r", "market-a", "market-a2"}

// folk are those who apply.
var folk = []string{"limin", "zhangwei", "chenjie", "wangfang", "zhoudeshun", "sunyue", "liujun", "mahui", "xupeng", "ouyangxue"}

func cityAt(at string, patience time.Duration) *City {
	return &City{wire: wireTo(at, patience), under: "/api/v1", staff: map[string]string{}}
}

// Open signs everybody in and hands the files in that the applications refer to.
func Open(ctx context.Context, at, password string, kind Kind) (*City, error) {
	c := cityAt(at, time.Minute)
	c.kind = kind
	for _, login := range staff {
		token, err := c.signIn(ctx, login, password)
		if err != nil {
			return nil, err
		}
		c.staff[login] = token
	}
	for _, login := range folk {
		token, err := c.signIn(ctx, login, password)
		if err != nil {
			return nil, err
		}
		c.folk = append(c.folk, token)
	}
	return c, c.prepare(ctx)
}

// Also has requests go to more addresses in turn, those of other replicas.
func (c *City) Also(at ...string) {
	for _, one := range at {
		c.wire.hosts = append(c.wire.hosts, hostOf(one))
	}
}

// Measure does a run; s tells what the servers use.
func (c *City) Measure(ctx context.Context, r Run, s *Servers) (Result, error) {
	before, err := s.Used()
	if err != nil {
		return Result{}, err
	}
	workers := make([]*worker, r.Clients)
	var all sync.WaitGroup
	own, started := ownTime(), time.Now()
	until := started.Add(r.For)
	for i := range workers {
		workers[i] = &worker{city: c, n: i, until: until, pause: pace(r), late: pace(r) * time.Duration(i) / time.Duration(r.Clients)}
		all.Go(func() { workers[i].work(r.staying(ctx, i)) })
	}
	all.Wait()
	took, own := time.Since(started), ownTime()-own
	after, err := s.Used()
	if err != nil {
		return Result{}, err
	}
	return collect(Result{Run: r, Took: took, Used: after.since(before), Peak: after.Memory, Own: own}, workers)
}

// pace is how long one client has for a life.
func pace(r Run) time.Duration {
	if r.Pace == 0 {
		return 0
	}
	return time.Duration(float64(r.Clients) / r.Pace * float64(time.Second))
}

func collect(r Result, workers []*worker) (Result, error) {
	taken := map[string][]time.Duration{}
	for _, w := range workers {
		if w.err != nil {
			return r, fmt.Errorf("client %d: %w", w.n, w.err)
		}
		r.Lives += w.lives
		for act, all := range w.taken {
			taken[act] = append(taken[act], all...)
		}
	}
	for _, name := range acts {
		r.Acts = append(r.Acts, measured(name, taken[name]))
	}
	return r, nil
}
