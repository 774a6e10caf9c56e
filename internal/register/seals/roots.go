package seals

import (
	"bytes"
	"encoding/pem"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/emmansun/gmsm/smx509"

	"tongban/internal/ground/fault"
	"tongban/internal/ground/secret"
)

// Roots are the certificates that a verifier trusts, each for what was signed before
// it was replaced (更换根证书): what it vouched for stays good.
type Roots struct {
	load func() ([]byte, error) // PEM; nil: they stay as they are

	mu      sync.Mutex
	known   []byte // from which the anchors were read
	anchors []anchor
}

// anchor is one root, and when it stopped vouching; zero: it has not.
type anchor struct {
	cert  *smx509.Certificate
	until time.Time
}

// retiredMark stands before a root that has been replaced, outside of the PEM block,
// where other programs read over it.
const retiredMark = "Replaced: "

// ParseRoots reads one or more root certificates in PEM or DER.
func ParseRoots(text []byte) (*Roots, error) {
	anchors, err := parseAnchors(text)
	return &Roots{anchors: anchors}, err
}

func parseAnchors(text []byte) (all []anchor, err error) {
	unreadable := fault.New(fault.Invalid, "seals.roots", "根证书文件无法读取，应为PEM或DER格式的X.509证书")
	if !bytes.Contains(text, []byte("-----BEGIN CERTIFICATE-----")) {
		cert, err := smx509.ParseCertificate(text)
		if err != nil {
			return nil, unreadable
		}
		return []anchor{{cert: cert}}, nil
	}
	for before, rest := text, text; ; before = rest {
		var block *pem.Block
		if block, rest = pem.Decode(rest); block == nil {
			break
		}
		cert, err := smx509.ParseCertificate(block.Bytes)
		if err != nil {
			return nil, unreadable
		}
		a := anchor{cert: cert}
		head, _, _ := strings.Cut(string(before), "-----BEGIN")
		if _, at, replaced := strings.Cut(head, retiredMark); replaced {
			if a.until, err = time.Parse(time.RFC3339, strings.TrimSpace(at)); err != nil {
				return nil, unreadable
			}
		}
		all = append(all, a)
	}
	if len(all) == 0 {
		return nil, unreadable
	}
	return all, nil
}

// vouches reports whether a root vouched for cert when it was used, and if none did
// whether one that had been replaced by then would have.
func (r *Roots) vouches(cert *smx509.Certificate, at time.Time) (is, late bool, err error) {
	anchors, err := r.now()
	for _, a := range anchors {
		pool := smx509.NewCertPool()
		pool.AddCert(a.cert)
		_, err := cert.Verify(smx509.VerifyOptions{Roots: pool, CurrentTime: sometime(cert, at), KeyUsages: []smx509.ExtKeyUsage{smx509.ExtKeyUsageAny}})
		switch {
		case err != nil:
		case !a.until.IsZero() && at.After(a.until):
			late = true
		default:
			return true, false, nil
		}
	}
	return false, late, err
}

// now are the roots as they are published; with an error those that were known before.
func (r *Roots) now() ([]anchor, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.load == nil {
		return r.anchors, nil
	}
	text, err := r.load()
	if err != nil || bytes.Equal(text, r.known) {
		return r.anchors, err
	}
	anchors, err := parseAnchors(text)
	if err == nil {
		r.anchors, r.known = anchors, text
	}
	return r.anchors, err
}

// Roots are those of the city, as they are at every moment.
func (a *Authority) Roots() *Roots { return &Roots{load: a.RootPEM} }

// RootPEM is the roots as they are published: the one in use first, then those it
// replaced, each with when that was.
func (a *Authority) RootPEM() ([]byte, error) {
	var text bytes.Buffer
	for n := max(a.Keys.Known()[secret.Root], 1); n > 0; n-- {
		der, err := a.Keys.Kept(secret.Root.Name(n))
		if n == a.Keys.Used(secret.Root) {
			der, err = a.root(n)
		}
		if err != nil {
			return nil, err
		}
		if der == nil {
			continue // it was never used
		}
		until, err := a.Keys.Kept(retiredName(n))
		if err != nil {
			return nil, err
		}
		if until != nil {
			fmt.Fprintf(&text, "%s%s\n", retiredMark, until)
		}
		if err := pem.Encode(&text, &pem.Block{Type: "CERTIFICATE", Bytes: der}); err != nil {
			return nil, fmt.Errorf("write root: %w", err)
		}
	}
	return text.Bytes(), nil
}

func retiredName(n int) string { return secret.Root.Name(n) + "-until" }

// retire notes that the roots before the one in use vouch for nothing that is signed
// after at.
func (a *Authority) retire(at time.Time) error {
	for n := a.Keys.Used(secret.Root) - 1; n > 0; n-- {
		if _, err := a.Keys.Keep(retiredName(n), func() ([]byte, error) { return []byte(at.UTC().Format(time.RFC3339)), nil }); err != nil {
			return err
		}
	}
	return nil
}

// settled is how long after the roots before it were retired the one in use is the only
// one that anybody still makes seals by.
const settled = 10 * time.Minute

// over reports whether no root is being replaced.
func (a *Authority) over(now time.Time) (bool, error) {
	n := a.Keys.Used(secret.Root)
	if n == 1 {
		return true, nil
	}
	text, err := a.Keys.Kept(retiredName(n - 1))
	if err != nil || text == nil {
		return false, err
	}
	until, err := time.Parse(time.RFC3339, string(text))
	return now.After(until.Add(settled)), err
}

// rootInUse is the certificate of the root in use.
func (a *Authority) rootInUse() (*smx509.Certificate, error) {
	der, err := a.Root()
	if err != nil {
		return nil, err
	}
	root, err := smx509.ParseCertificate(der)
	if err != nil {
		return nil, fmt.Errorf("read city root: %w", err)
	}
	return root, nil
}

// under reports whether a root vouches for a seal.
func (s Seal) under(root *smx509.Certificate) (bool, error) {
	cert, err := smx509.ParseCertificate(s.Certificate)
	if err != nil {
		return false, fmt.Errorf("read certificate of seal %s: %w", s.ID, err)
	}
	return cert.CheckSignatureFrom(root) == nil, nil
}
