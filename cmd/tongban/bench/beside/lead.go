package main

import (
	"context"
	"net"
	"os"
	"os/exec"
	"sync"
	"sync/atomic"
	"time"
)

// lead has clients lead one case after another through its life, and returns how
// many a second came to their end.
func lead(r round, life func(context.Context, int) error) (float64, error) {
	ctx, cancel := context.WithCancelCause(context.Background())
	defer cancel(nil)
	var done atomic.Int64
	var all sync.WaitGroup
	started := time.Now()
	for n := range r.clients {
		all.Go(func() {
			for time.Since(started) < r.lasts && ctx.Err() == nil {
				if err := life(ctx, n); err != nil {
					cancel(err)
					return
				}
				done.Add(1)
			}
		})
	}
	all.Wait()
	return float64(done.Load()) / time.Since(started).Seconds(), context.Cause(ctx)
}

// until tries until it can be done, for a minute.
func until(try func() error) (err error) {
	for range 600 {
		if err = try(); err == nil {
			return nil
		}
		time.Sleep(100 * time.Millisecond)
	}
	return err
}

// free is an address nobody listens on.
func free() string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "127.0.0.1:18089"
	}
	defer l.Close()
	return l.Addr().String()
}

// stop ends a server; how it takes that is no matter.
func stop(server *exec.Cmd) {
	_ = server.Process.Signal(os.Interrupt)
	_ = server.Wait()
}
