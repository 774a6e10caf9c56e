// Package courier carries messages out of the building (外发), and only to
// addresses that the operator has allowed.
//
// What an administrator enters on a page must not let the program call whatever
// it can reach from where it stands. So the addresses are given when the
// program is started, and nothing else is ever called: no redirect is followed,
// no proxy asked, no answer read beyond its bound, nobody waited for beyond a
// time. Addresses of this very network's machinery (link-local, 169.254.169.254)
// are refused whatever the operator says.
package courier

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"syscall"
	"time"

	"tongban/internal/ground/fault"
	"tongban/internal/ground/spans"
)

// Bounds of one errand.
const (
	patience  = 30 * time.Second // for an errand, besides the way of its message
	slowest   = 64 << 10         // bytes a second at which a message may go out
	mostBytes = 1 << 20          // of an answer
)

// Courier runs errands to allowed origins.
type Courier struct {
	Path    string // to which messages are posted at every address
	allowed []string
	client  *http.Client
}

// New makes a courier that may call origins: "https://zwfw.example.gov.cn", or
// "http://10.1.2.3:8080" within a network that is safe by itself.
func New(path string, origins []string) (*Courier, error) {
	c := &Courier{Path: path}
	for _, o := range origins {
		origin, err := originOf(o)
		if err != nil {
			return nil, err
		}
		c.allowed = append(c.allowed, origin)
	}
	c.client = &http.Client{
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{DialContext: dial, TLSHandshakeTimeout: 10 * time.Second, ResponseHeaderTimeout: patience,
			MaxIdleConnsPerHost: 2, IdleConnTimeout: time.Minute, MaxResponseHeaderBytes: 16 << 10},
	}
	return c, nil
}

// originOf is scheme and host of an address that has nothing else.
func originOf(address string) (string, error) {
	u, err := url.Parse(strings.TrimRight(address, "/"))
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil || u.Path != "" || u.RawQuery != "" || u.Fragment != "" {
		return "", fault.New(fault.Invalid, "courier.address", "地址应为 https:// 加主机名，不带路径，例如 https://zwfw.example.gov.cn")
	}
	return u.Scheme + "://" + strings.ToLower(u.Host), nil
}

// dial looks at what a host's name stands for when it is called, not before.
func dial(ctx context.Context, network, address string) (net.Conn, error) {
	dialer := net.Dialer{Timeout: 10 * time.Second, Control: mayDial(address)}
	return dialer.DialContext(ctx, network, address)
}

// mayDial refuses addresses that no partner has, whatever their name says. This
// machine itself is called only where the operator wrote so: a partner that makes
// its name stand for 127.0.0.1 would have us knock at our own doors.
func mayDial(named string) func(_, address string, _ syscall.RawConn) error {
	return func(_, address string, _ syscall.RawConn) error {
		at, err := netip.ParseAddrPort(address)
		if err != nil {
			return err
		}
		a := at.Addr().Unmap()
		if a.IsLinkLocalUnicast() || a.IsMulticast() || a.IsUnspecified() || a.IsLoopback() && !ownName(named) {
			return fmt.Errorf("%s is nobody's address", a)
		}
		return nil
	}
}

// ownName reports whether host:port names this machine in so many words.
func ownName(named string) bool {
	host, _, err := net.SplitHostPort(named)
	at, numeric := netip.ParseAddr(host)
	return err == nil && (host == "localhost" || numeric == nil && at.Unmap().IsLoopback())
}

// May refuses an address that the operator has not allowed.
func (c *Courier) May(address string) error {
	origin, err := originOf(address)
	if err != nil {
		return err
	}
	if !slices.Contains(c.allowed, origin) {
		return fault.New(fault.Forbidden, "courier.allowed", "运维人员没有允许访问这个地址。请在启动参数 --partners 里加上后再保存")
	}
	return nil
}

// Carry posts a message and brings the answer, or says why it could not.
func (c *Courier) Carry(ctx context.Context, address string, message []byte) (answered []byte, err error) {
	if err := c.May(address); err != nil {
		return nil, err
	}
	ctx, end := spans.Begin(ctx, "carry", "to", address)
	defer func() { end(err) }()
	ctx, stop := context.WithTimeout(ctx, timeFor(len(message)))
	defer stop()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, strings.TrimRight(address, "/")+c.Path, bytes.NewReader(message))
	if err != nil {
		return nil, away("地址有误", err)
	}
	r.Header.Set("Content-Type", "application/json")
	answer, err := c.client.Do(r)
	if err != nil {
		return nil, away("联系不上对方平台", err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(io.LimitReader(answer.Body, mostBytes+1))
	switch {
	case err != nil:
		return nil, away("对方的回答没有收完", err)
	case len(text) > mostBytes:
		return nil, away("对方的回答太长", errors.New("answer too long"))
	case answer.StatusCode != http.StatusOK:
		return nil, away(fmt.Sprintf("对方平台回答 %d", answer.StatusCode), errors.New(answer.Status))
	}
	return text, nil
}

// timeFor is how long an errand with so many bytes may take. A large message on a slow
// line needs its time: one that is given up every time never arrives, nor what waits
// behind it.
func timeFor(bytes int) time.Duration {
	return patience + time.Duration(bytes)*time.Second/slowest
}

// away is a fault that time may mend.
func away(say string, err error) error {
	return fmt.Errorf("%w: %w", fault.New(fault.Busy, "courier.away", "%s", say), err)
}
