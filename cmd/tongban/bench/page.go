package bench

import (
	"context"
	"fmt"
	"net/http"
	"strings"
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
