package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"tongban/cmd/tongban/bench"
)

// thin serves what the platform is measured against.
type thin struct {
	Listen string `help:"监听地址" default:"127.0.0.1:0"`
	DB     string `name:"db" help:"PostgreSQL 地址或者 SQLite 文件" required:""`
}

// Run serves until it is told to stop.
func (t *thin) Run() error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return bench.ServeThin(ctx, t.Listen, t.DB)
}

// against measures the thin server on a database of its own, so that what the platform
// does in the same minutes can be held against it.
func (c *benchmark) against(ctx context.Context, clients int) (bench.Result, error) {
	data, err := os.MkdirTemp("", "tongban-thin")
	if err != nil {
		return bench.Result{}, err
	}
	defer os.RemoveAll(data)
	db, drop, err := c.database(ctx)
	if err != nil {
		return bench.Result{}, err
	}
	defer drop()
	program, err := os.Executable()
	if err != nil {
		return bench.Result{}, err
	}
	one, err := bench.StartThin(ctx, program, data, db)
	if err != nil {
		return bench.Result{}, err
	}
	s := &bench.Servers{All: []*bench.Server{one}, Data: data}
	r, err := bench.OpenThin(one.At).Measure(ctx, bench.Run{Clients: clients, For: c.For}, s)
	if ended := s.Stop(); err == nil {
		err = ended
	}
	if err == nil {
		fmt.Printf("the thin server: %sload average %s\n", r, load())
	}
	return r, err
}
