package elsewhere

import (
	"crypto/rand"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/pem"
	"fmt"
	"strings"
	"time"

	"github.com/emmansun/gmsm/smx509"

	"tongban/internal/ground/fault"
)

// Roots are the certificates that vouch for partners (根证书), from PEM. Where an
// operator gives them, a partner is entered with a certificate and no bare key,
// and is believed only as long as that holds.
func Roots(text []byte) (*smx509.CertPool, error) {
	pool := smx509.NewCertPool()
	if !pool.AppendCertsFromPEM(text) {
		return nil, fault.New(fault.Invalid, "elsewhere.roots", "根证书文件里没有可以读出的证书，应为 PEM 格式")
	}
	return pool, nil
}

// vouched is the key that a certificate holds, if the roots vouch for it now.
func vouched(text string, roots *smx509.CertPool, now time.Time) (key string, err error) {
	refused := fault.New(fault.Invalid, "elsewhere.partner.certificate", "证书有误")
	say := func(s string) (string, error) { return "", refused.At("certificate", "certificate", "%s", s) }
	block, rest := pem.Decode([]byte(text))
	if block == nil || block.Type != "CERTIFICATE" {
		return say("请粘贴对方的证书，以 -----BEGIN CERTIFICATE----- 开头")
	}
	c, err := smx509.ParseCertificate(block.Bytes)
	if err != nil {
		return say("证书读不出来，请核对是否完整")
	}
	between := smx509.NewCertPool()
	between.AppendCertsFromPEM(rest)
	switch {
	case now.Before(c.NotBefore):
		return say("证书还没有生效")
	case now.After(c.NotAfter):
		return say("证书已经过期")
	}
	if _, err := c.Verify(smx509.VerifyOptions{Roots: roots, Intermediates: between, CurrentTime: now, KeyUsages: []smx509.ExtKeyUsage{smx509.ExtKeyUsageAny}}); err != nil {
		return say("证书不是约定的根证书签发的")
	}
	der, err := smx509.MarshalPKIXPublicKey(c.PublicKey)
	if err != nil {
		return say("证书里的公钥不是国密 SM2 公钥")
	}
	if _, err := publicKey(der); err != nil {
		return say("证书里的公钥不是国密 SM2 公钥")
	}
	return base64.StdEncoding.EncodeToString(der), nil
}

// trusted refuses a partner that the roots do not vouch for, or no longer.
func (s *Service) trusted(p Partner) error {
	if s.Roots == nil {
		return nil
	}
	key, err := vouched(p.Certificate, s.Roots, s.Now())
	if err == nil && key != p.Key {
		err = fault.New(fault.Invalid, "elsewhere.partner.certificate", "证书里的公钥与登记的不同")
	}
	return err
}

// certified takes the key of a partner from its certificate; one that has replaced its
// first key writes its card behind that.
func (s *Service) certified(p Partner) (Partner, error) {
	if s.Roots == nil {
		return p, nil
	}
	key, err := vouched(p.Certificate, s.Roots, s.Now())
	if err != nil {
		return p, err
	}
	p.Key, p.Certificate = key, strings.TrimSpace(p.Certificate)
	end := strings.LastIndex(p.Certificate, "-----")
	if _, keys, err := follow(p.Certificate[end+5:]); err == nil && keys[len(keys)-1] == key {
		p.Key = p.Certificate[end+5:]
	}
	return p, nil
}

// Request is what whoever keeps the roots needs to certify this installation
// (证书申请), in PEM.
func (s *Service) Request() (string, error) {
	key, _, err := s.signer()
	if err != nil {
		return "", err
	}
	der, err := smx509.CreateCertificateRequest(rand.Reader, &smx509.CertificateRequest{Subject: pkix.Name{CommonName: s.Name}}, key)
	if err != nil {
		return "", fmt.Errorf("write a certificate request: %w", err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE REQUEST", Bytes: der})), nil
}
