package bench

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"sync"
	"sync/atomic"
	"time"

	"tongban/internal/handling/elsewhere"
)

// A Nuisance is what must not slow a window (干扰): people who have all cases of
// the city written to a file, again and again, and a partner who takes what is
// sent and never answers.
type Nuisance struct {
	Exports int  // people who export
	Partner bool // whether matters wait for the partner
}

// Hang is a partner who takes connections and never answers.
type Hang struct {
	At    string // its address
	Asked atomic.Int64
	door  net.Listener
}

// StartHang opens its door.
func StartHang() (*Hang, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	h := &Hang{At: "http://" + l.Addr().String(), door: l}
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return // closed
			}
			h.Asked.Add(1)
			go io.Copy(io.Discard, conn) //nolint:errcheck // whoever asks hangs up in the end
		}
	}()
	return h, nil
}

// Close shuts its door.
func (h *Hang) Close() error { return h.door.Close() }

// region is whose matters the partner handles.
const hangRegion = "341300000000"

// Enter has the administrator enter the partner, whose card is key, and a window
// send it so many matters.
func (c *City) Enter(ctx context.Context, s *Server, h *Hang, card elsewhere.Card, password string, matters int) error {
	side := &Side{Server: s, city: c}
	if err := side.knows(ctx, password, &Side{key: card.Key}, "宿州市一体化政务服务平台", h.At, hangRegion+" 宿州市"); err != nil {
		return err
	}
	token, err := c.signIn(ctx, "qs-window1", password)
	if err != nil {
		return err
	}
	c.staff["qs-window1"] = token
	b := &Between{Sides: [2]*Side{side, {ID: card.ID}}}
	for n := range matters {
		m, err := b.take(ctx, people[n%len(people)], hangRegion)
		if err == nil {
			_, err = b.Act(ctx, m.ID, `{"act":"forward"}`)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// Disturbed measures a run while n goes on, and how long pages of the window take.
func (c *City) Disturbed(ctx context.Context, r Run, s *Servers, password string, n Nuisance) (Result, string, error) {
	token, err := c.signIn(ctx, "supervisor", password)
	if err != nil {
		return Result{}, "", err
	}
	c.staff["supervisor"] = token
	going, stop := context.WithCancel(ctx)
	var rows, files atomic.Int64
	var all sync.WaitGroup
	failed := make([]error, n.Exports+lookersAtOnce)
	for i := range n.Exports {
		all.Go(func() { failed[i] = c.exports(going, s.All[0].At, &rows, &files) })
	}
	taken := make([]map[string][]time.Duration, lookersAtOnce)
	for i := range taken {
		taken[i] = map[string][]time.Duration{}
		all.Go(func() { failed[n.Exports+i] = c.looksOn(going, taken[i]) })
	}
	result, err := c.Measure(ctx, r, s)
	stop()
	all.Wait()
	if err = errors.Join(err, errors.Join(failed...)); err != nil {
		return result, "", err
	}
	for _, l := range windowLooks {
		var times []time.Duration
		for _, one := range taken {
			times = append(times, one[l.name]...)
		}
		result.Acts = append(result.Acts, measured(l.name, times))
	}
	return result, fmt.Sprintf("%d files, %d rows", files.Load(), rows.Load()), nil
}

// windowLooks are the pages a window has open all day.
var windowLooks = []look{{"page: list", "page:/window", "window1"}, {"page: case", "page:/window/cases/", "window1"}}

// How many look at pages of the window meanwhile, and how long each waits before
// the next look.
const (
	lookersAtOnce = 4
	lookEvery     = 40 * time.Millisecond
)

func (c *City) looksOn(ctx context.Context, taken map[string][]time.Duration) error {
	one, err := c.waitingCase(ctx)
	for n := 0; err == nil && ctx.Err() == nil; n++ {
		l := windowLooks[n%len(windowLooks)]
		if l.path == "page:/window/cases/" {
			l.path += one
		}
		var took time.Duration
		if took, err = c.look(ctx, l); err == nil {
			taken[l.name] = append(taken[l.name], took)
		}
		time.Sleep(lookEvery)
	}
	if ctx.Err() == nil {
		return err
	}
	return nil // it was told to stop, in the middle of a look perhaps
}

// waitingCase is one that waits at the window and that nobody in a run touches.
func (c *City) waitingCase(ctx context.Context) (string, error) {
	var rows struct{ Items []struct{ ID string } }
	_, err := c.ask(ctx, http.MethodGet, "/cases?list=queue&limit=50", c.staff["window1"], "", nil, &rows)
	if err == nil && len(rows.Items) == 0 {
		err = errors.New("no case waits at the window; --fill a city")
	}
	if err != nil {
		return "", err
	}
	return rows.Items[0].ID, nil
}

// exports has all cases of the city written to a file, as soon as the one before
// has come.
func (c *City) exports(ctx context.Context, at string, rows, files *atomic.Int64) error {
	for ctx.Err() == nil {
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, at+"/desk/cases/export.csv?"+url.Values{"region": {"320300000000"}}.Encode(), nil)
		if err != nil {
			return err
		}
		r.Header.Set("Cookie", "session="+c.staff["supervisor"])
		answer, err := http.DefaultClient.Do(r)
		if err == nil && answer.StatusCode != http.StatusOK {
			err = fmt.Errorf("the export answers %s", answer.Status)
		}
		if err == nil {
			_, err = io.Copy(counter{rows}, answer.Body)
			answer.Body.Close()
		}
		if err != nil && ctx.Err() == nil {
			return err
		}
		if err == nil {
			files.Add(1)
		}
	}
	return nil
}

// A counter counts lines.
type counter struct{ lines *atomic.Int64 }

func (c counter) Write(b []byte) (int, error) {
	c.lines.Add(int64(bytes.Count(b, []byte("\n"))))
	return len(b), nil
}
