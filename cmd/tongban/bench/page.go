package bench

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// cutPage is the path of a page for people.
func cutPage(path string) (string, bool) { return strings.CutPrefix(path, "page:") }

// page asks for a page as a browser would, all of it.
func (c *City) page(ctx context.Context, path, token string) (time.Duration, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, strings.TrimSuffix(c.at, "/api/v1")+path, nil)
	if err != nil {
		return 0, err
	}
	r.Header.Set("Authorization", "Bearer "+token)
	r.AddCookie(&http.Cookie{Name: "session", Value: token})
	started := time.Now()
	answer, err := c.http.Transport.RoundTrip(r) // not followed to where one signs in
	if err != nil {
		return 0, err
	}
	defer answer.Body.Close()
	_, err = io.Copy(io.Discard, answer.Body)
	if err == nil && answer.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s answers %d", path, answer.StatusCode)
	}
	return time.Since(started), err
}
