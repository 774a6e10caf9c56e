package main

import (
	"context"
	"os"
	"syscall"
	"testing"
	"time"
)

// A campaign kills the servers it talks to, and each broken connection gives the
// signal of a broken pipe: it ended the campaign itself.
func TestOnlyAReaderWhoGoesAwayEndsABench(t *testing.T) {
	reader, out, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	ctx, stop := reading(t.Context(), out)
	defer stop()

	broken(t)
	time.Sleep(50 * time.Millisecond) // the signal has been heard long before
	if err := context.Cause(ctx); err != nil {
		t.Fatalf("ended by a connection that broke: %v", err)
	}
	reader.Close()
	broken(t)
	select {
	case <-ctx.Done():
	case <-time.After(10 * time.Second):
		t.Fatal("goes on although nobody reads")
	}
}

func broken(t *testing.T) {
	t.Helper()
	if err := syscall.Kill(os.Getpid(), syscall.SIGPIPE); err != nil {
		t.Fatal(err)
	}
}
