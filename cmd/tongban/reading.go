package main

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"syscall"

	"golang.org/x/sys/unix"
)

// reading ends when the program is interrupted, or when nobody reads any more what it
// prints, so that the servers it started are stopped. That a pipe is broken does not
// say so by itself: a connection to a server that was killed gives the same signal.
func reading(ctx context.Context, out *os.File) (context.Context, context.CancelFunc) {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	ctx, cancel := context.WithCancelCause(ctx)
	broken := make(chan os.Signal, 1)
	signal.Notify(broken, syscall.SIGPIPE)
	go func() {
		defer signal.Stop(broken)
		for {
			select {
			case <-ctx.Done():
				return
			case <-broken:
				if deaf(out) {
					cancel(errors.New("nobody reads the output any more"))
				}
			}
		}
	}()
	return ctx, func() { cancel(nil); stop() }
}

// deaf tells whether the reader of a pipe has gone away.
func deaf(out *os.File) bool {
	asked := []unix.PollFd{{Fd: int32(out.Fd())}}
	_, err := unix.Poll(asked, 0)
	return err == nil && asked[0].Revents&unix.POLLERR != 0
}
