package page

import (
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"

	"tongban/internal/ground/fault"
)

// Behind gives every request the address of whoever sent it to our proxies: the
// last one in X-Forwarded-For that is not a proxy of ours. From anybody else the
// header counts for nothing.
func Behind(proxies []netip.Prefix, next http.Handler) http.Handler {
	if len(proxies) == 0 {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if from := sender(proxies, r); from.IsValid() {
			again := *r
			again.RemoteAddr = net.JoinHostPort(from.String(), "0")
			r = &again
		}
		next.ServeHTTP(w, r)
	})
}

// sender is nobody if the request did not come through a proxy of ours.
func sender(proxies []netip.Prefix, r *http.Request) (from netip.Addr) {
	ours := func(a netip.Addr) bool {
		return slices.ContainsFunc(proxies, func(p netip.Prefix) bool { return p.Contains(a.Unmap()) })
	}
	at, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil || !ours(at.Addr()) {
		return netip.Addr{}
	}
	said := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for _, text := range slices.Backward(said) {
		a, err := netip.ParseAddr(strings.TrimSpace(text))
		if err != nil {
			return from // what stands before it may be anybody's
		}
		from = a.Unmap()
		if !ours(from) {
			return from
		}
	}
	return from
}

// ReadProxies reads addresses and networks: "10.0.0.5", "10.0.0.0/24".
func ReadProxies(texts []string) ([]netip.Prefix, error) {
	var all []netip.Prefix
	for _, text := range texts {
		p, err := netip.ParsePrefix(text)
		if err != nil {
			var a netip.Addr
			if a, err = netip.ParseAddr(text); err == nil {
				p = netip.PrefixFrom(a, a.BitLen())
			}
		}
		if err != nil {
			return nil, fault.New(fault.Invalid, "page.proxies", "反向代理应写成地址或网段，如 10.0.0.5 或 10.0.0.0/24：%q", text)
		}
		all = append(all, p)
	}
	return all, nil
}
