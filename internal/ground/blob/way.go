package blob

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptrace"
	"sync/atomic"
	"time"

	"tongban/internal/ground/line"
)

const (
	quiet = 20 * time.Second // how long the store may be silent before a request counts as failed
	rest  = 5 * time.Second  // how long nobody asks it then
)

// way is the way to an S3-compatible store. When the store has fallen silent it is
// left alone for a while: whoever comes then is told so at once, instead of
// holding a place in the program as long as the one before.
type way struct {
	next     http.RoundTripper
	patience atomic.Int64 // nanoseconds
	until    atomic.Int64 // nobody asks before: ns since 1970
	failing  atomic.Bool  // the last request came to nothing
}

func wayTo(patience time.Duration) *way {
	w := &way{}
	w.patience.Store(int64(patience))
	w.next = &http.Transport{
		DialContext: line.Dial(func() time.Duration { return time.Duration(w.patience.Load()) }), TLSHandshakeTimeout: 10 * time.Second,
		IdleConnTimeout: patience, MaxIdleConnsPerHost: 32, DisableCompression: true,
	}
	return w
}

var errResting = errors.New("the store has just been silent and is left alone for a moment")

// RoundTrip implements http.RoundTripper.
func (w *way) RoundTrip(r *http.Request) (*http.Response, error) {
	if time.Now().UnixNano() < w.until.Load() {
		return nil, errResting
	}
	ctx, end := w.patiently(r.Context())
	answer, err := w.next.RoundTrip(r.WithContext(ctx))
	w.note(answer, err)
	if errors.Is(err, line.Silent) {
		w.until.Store(time.Now().Add(rest).UnixNano())
	}
	if err != nil {
		end(err)
		return nil, err
	}
	answer.Body = ending{answer.Body, end}
	return answer, nil
}

// note keeps whether the store does its work; that somebody hung up says nothing of it.
func (w *way) note(answer *http.Response, err error) {
	if !errors.Is(err, context.Canceled) {
		w.failing.Store(err != nil || answer.StatusCode >= 500 || answer.StatusCode == http.StatusForbidden)
	}
}

// patiently gives a request one patience. The transport would ask again on every
// connection that is left from before, and be patient with each anew. It looks
// whether a request has ended before it looks for a connection, not after, so one
// that it still hands over is closed before anything is written to it.
func (w *way) patiently(ctx context.Context) (context.Context, context.CancelCauseFunc) {
	ctx, end := context.WithCancelCause(ctx)
	began, over := time.Now(), false
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GetConn: func(string) {
			if over = time.Since(began) >= time.Duration(w.patience.Load()); over {
				end(line.Silent)
			}
		},
		GotConn: func(got httptrace.GotConnInfo) {
			if over {
				got.Conn.Close()
			}
		},
	}), end
}

// ending lets go of what a request held when its answer has been read.
type ending struct {
	io.ReadCloser
	end context.CancelCauseFunc
}

// Close implements io.Closer.
func (e ending) Close() error {
	defer e.end(nil)
	return e.ReadCloser.Close()
}
