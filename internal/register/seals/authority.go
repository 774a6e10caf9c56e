package seals

import (
	"crypto"
	"crypto/rand"
	"crypto/x509/pkix"
	"fmt"
	"math/big"
	"time"

	"github.com/emmansun/gmsm/smx509"

	"tongban/internal/ground/secret"
)

// Authority is the city's own certificate authority for seals: a root that is
// published, a seal maker under it, and one signing certificate for each seal.
// It is made when it is first needed. A city that has its certificates from a
// licensed authority puts them into the ring instead.
type Authority struct {
	City string // "徐州市"
	Keys secret.Signers
	// Founded is the first day on which the root is good, so that seals taken
	// over from earlier years still stand on it.
	Founded time.Time
	Now     func() time.Time // when a root that replaces another is made
}

const (
	rootYears  = 30
	makerYears = 20
)

// Root is the certificate of the root in use, in DER.
func (a *Authority) Root() ([]byte, error) { return a.root(a.Keys.Used(secret.Root)) }

// root is that of a generation. The first is good from before the program was here, a
// later one from when it was made, less what clocks may differ by.
func (a *Authority) root(n int) ([]byte, error) {
	name := secret.Root.Name(n)
	key, err := a.Keys.Signer(name)
	if err != nil {
		return nil, err
	}
	return a.Keys.Keep(name, func() ([]byte, error) {
		from, called := a.Founded, ""
		if n > 1 {
			from, called = a.Now().Add(-time.Hour), fmt.Sprintf("（第%d代）", n)
		}
		cert := a.template(pkix.Name{CommonName: a.City + "政务电子印章根证书" + called}, from, from.AddDate(rootYears, 0, 0))
		cert.IsCA, cert.BasicConstraintsValid, cert.KeyUsage = true, true, smx509.KeyUsageCertSign|smx509.KeyUsageCRLSign
		return issue(cert, cert, key.Public(), key)
	})
}

// maker is the seal maker's certificate and key, under the root in use.
func (a *Authority) maker() ([]byte, crypto.Signer, error) {
	name, from := "seal-maker", a.Founded
	if n := a.Keys.Used(secret.Root); n > 1 {
		name, from = fmt.Sprintf("seal-maker-%d", n), a.Now().Add(-time.Hour)
	}
	key, err := a.Keys.Signer(name)
	if err != nil {
		return nil, nil, err
	}
	der, err := a.Keys.Keep(name, func() ([]byte, error) {
		cert := a.template(pkix.Name{CommonName: a.City + "政务电子印章制章中心"}, from, from.AddDate(makerYears, 0, 0))
		return a.sign(cert, key.Public())
	})
	return der, key, err
}

// signer makes the signing certificate of a seal; the agency's credit code
// stands in its subject, so that a verifier sees whose seal it is.
func (a *Authority) signer(s Seal) ([]byte, error) {
	key, err := a.Keys.Signer(keyName(s.ID))
	if err != nil {
		return nil, err
	}
	name := pkix.Name{CommonName: s.Name, Organization: []string{s.Agency.Name}, SerialNumber: s.Agency.Code}
	return a.sign(a.template(name, s.From.Start(), s.Till.Start().Add(24*time.Hour-time.Second)), key.Public())
}

func keyName(seal string) string { return "seal-" + seal }

func (a *Authority) template(name pkix.Name, from, till time.Time) *smx509.Certificate {
	name.Country = []string{"CN"}
	return &smx509.Certificate{SerialNumber: serial(), Subject: name, NotBefore: from.UTC(), NotAfter: till.UTC(),
		KeyUsage: smx509.KeyUsageDigitalSignature | smx509.KeyUsageContentCommitment, SignatureAlgorithm: smx509.SM2WithSM3}
}

func (a *Authority) sign(cert *smx509.Certificate, public crypto.PublicKey) ([]byte, error) {
	root, err := a.rootInUse()
	if err != nil {
		return nil, err
	}
	key, err := a.Keys.Signer(secret.Root.Name(a.Keys.Used(secret.Root)))
	if err != nil {
		return nil, err
	}
	return issue(cert, root, public, key)
}

func issue(cert, parent *smx509.Certificate, public crypto.PublicKey, key crypto.Signer) ([]byte, error) {
	der, err := smx509.CreateCertificate(rand.Reader, cert, parent, public, key)
	if err != nil {
		return nil, fmt.Errorf("issue certificate %s: %w", cert.Subject.CommonName, err)
	}
	return der, nil
}

func serial() *big.Int {
	b := make([]byte, 16)
	rand.Read(b) // never fails
	b[0] &= 0x7f
	return new(big.Int).SetBytes(b)
}
