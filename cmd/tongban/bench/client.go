package bench

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

// refused is an answer that says no.
type refused struct {
	Status int
	Code   string
	Detail string
}

func (r *refused) Error() string { return fmt.Sprintf("%d %s: %s", r.Status, r.Code, r.Detail) }

// ask asks the platform and reads its answer into out. A stubborn client asks
// for the same thing under the same name again, as long as it gets no answer or
// is told that the fault is not its own.
func (c *City) ask(ctx context.Context, method, path, token, key string, body []byte, out any) (took time.Duration, err error) {
	for pause := 10 * time.Millisecond; ; pause = min(2*pause, 500*time.Millisecond) {
		took, err = c.askOnce(ctx, method, path, token, key, body, out)
		no, answered := errors.AsType[*refused](err)
		if err == nil || !c.stubborn || ctx.Err() != nil || answered && no.Status < 500 && no.Status != http.StatusTooManyRequests {
			return took, err
		}
		c.ledger.again(err)
		time.Sleep(pause)
	}
}

func (c *City) askOnce(ctx context.Context, method, path, token, key string, body []byte, out any) (time.Duration, error) {
	kind := "application/json"
	if strings.HasPrefix(path, "/files") {
		kind = "application/octet-stream"
	}
	bearer := ""
	if token != "" {
		bearer = "Bearer " + token
	}
	started := time.Now()
	status, text, err := c.wire.ask(ctx, method, c.under+path, body, "Content-Type", kind, "Authorization", bearer, "Idempotency-Key", key)
	took := time.Since(started)
	if err != nil {
		return took, err
	}
	if status >= 300 {
		no := &refused{Status: status}
		if err := json.Unmarshal(text, no); err != nil {
			no.Detail = string(text)
		}
		return took, no
	}
	return took, json.Unmarshal(text, out)
}

func (c *City) signIn(ctx context.Context, login, password string) (string, error) {
	body, err := json.Marshal(map[string]string{"login": login, "password": password, "label": "bench"})
	if err != nil {
		return "", err
	}
	var s struct{ Token string }
	if _, err = c.ask(ctx, http.MethodPost, "/sessions", "", "", body, &s); err != nil {
		return "", fmt.Errorf("sign in %s: %w", login, err)
	}
	return s.Token, nil
}

var keys atomic.Int64

func newKey() string {
	return strconv.FormatInt(time.Now().UnixNano(), 36) + "-" + strconv.FormatInt(keys.Add(1), 36)
}
