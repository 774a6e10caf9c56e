package page

import (
	"context"
	"io"
	"net/http"
	"time"
)

// stalled is how long a sender or a reader may stop in the middle.
const stalled = 30 * time.Second

// A patience ends requests whose sender has stopped sending, or whose reader has
// stopped reading, so that they do not hold a place in the program for ever. Who
// is slow but goes on is waited for.
type patience struct {
	control *http.ResponseController
	most    time.Duration
}

func (p patience) body(r io.ReadCloser) io.ReadCloser { return &patient{r, p} }

// writing begins the time in which the reader has to take what is written next.
func (p patience) writing() {
	p.control.SetWriteDeadline(time.Now().Add(p.most)) //nolint:errcheck // what is no connection has no deadline
}

type patient struct {
	io.ReadCloser
	patience
}

// Read fails when nothing has come for so long. Afterwards there is no deadline:
// the server goes on reading, to find out when the other end hangs up.
func (p *patient) Read(b []byte) (int, error) {
	p.control.SetReadDeadline(time.Now().Add(p.most)) //nolint:errcheck // what is no connection has no deadline
	n, err := p.ReadCloser.Read(b)
	if err == nil {
		return n, nil
	}
	p.control.SetReadDeadline(time.Time{}) //nolint:errcheck // the same
	if err != io.EOF {
		err = gone{err}
	}
	return n, err
}

// gone is that the sender went away or stopped in the middle. It counts as canceled
// and as nothing else: a cut as the database's would be, it would be taken for one.
type gone struct{ error }

// Is makes it one of the errors that fault.Left knows.
func (gone) Is(target error) bool { return target == context.Canceled }
