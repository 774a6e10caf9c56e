package bench

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

// cutPage is the path of a page for people.
func cutPage(path string) (string, bool) { return strings.CutPrefix(path, "page:") }

// page asks for a page as a browser would, all of it.
func (c *City) page(ctx context.Context, path, token string) (time.Duration, error) {
	started := time.Now()
	status, _, err := c.wire.ask(ctx, http.MethodGet, path, nil, "Authorization", "Bearer "+token, "Cookie", "session="+token)
	if err == nil && status != http.StatusOK {
		err = fmt.Errorf("%s answers %d", path, status)
	}
	return time.Since(started), err
}

// crowd is how many look at the same page at once, and for how long.
const (
	crowd     = 32
	crowdLook = 3 * time.Second
)

// atOnce measures how many pages a second a crowd is shown.
func (c *City) atOnce(ctx context.Context, out io.Writer, name, path, token string) (float64, error) {
	taken, failed := make([][]time.Duration, crowd), make([]error, crowd)
	var all sync.WaitGroup
	started := time.Now()
	for i := range crowd {
		all.Go(func() {
			for failed[i] == nil && time.Since(started) < crowdLook && ctx.Err() == nil {
				var took time.Duration
				took, failed[i] = c.page(ctx, path, token)
				taken[i] = append(taken[i], took)
			}
		})
	}
	all.Wait()
	a := measured(name, slices.Concat(taken...))
	rate := float64(a.N) / time.Since(started).Seconds()
	fmt.Fprintf(out, "%-44s %9.1f %9.1f   %d connections, %.0f/s\n", a.Name, ms(a.P50), ms(a.P95), crowd, rate)
	return rate, errors.Join(failed...)
}
