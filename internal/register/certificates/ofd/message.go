package ofd

import (
	"bytes"
	"crypto/x509/pkix"
	"encoding/asn1"
	"errors"
	"math/big"
	"slices"
	"time"

	"github.com/emmansun/gmsm/sm3"
	"github.com/emmansun/gmsm/smx509"

	"tongban/internal/register/seals"
)

// The kinds of signature value.
const (
	seal = iota
	message
	bareSignature
)

// kindOf tells by its first elements what kind of value it is.
func kindOf(value []byte) (int, error) {
	var outer, first asn1.RawValue
	if _, err := asn1.Unmarshal(value, &outer); err != nil {
		return 0, err
	}
	if outer.Tag != asn1.TagSequence || !outer.IsCompound {
		return 0, errors.New("no sequence")
	}
	if _, err := asn1.Unmarshal(outer.Bytes, &first); err != nil {
		return 0, err
	}
	switch first.Tag {
	case asn1.TagOID:
		return message, nil
	case asn1.TagInteger:
		return bareSignature, nil
	}
	return seal, nil
}

// The SignedData of PKCS #7 and GM/T 0010, as far as a detached signature
// over a description needs it.
type (
	contentInfo struct {
		Type    asn1.ObjectIdentifier
		Content struct {
			Version int
			Digests asn1.RawValue
			Content asn1.RawValue
			Certs   asn1.RawValue `asn1:"optional,tag:0"`
			Lists   asn1.RawValue `asn1:"optional,tag:1"`
			Signers []signerInfo  `asn1:"set"`
		} `asn1:"explicit,tag:0"`
	}
	signerInfo struct {
		Version int
		Name    struct {
			Issuer asn1.RawValue
			Serial *big.Int
		}
		Digest     pkix.AlgorithmIdentifier
		Attributes asn1.RawValue `asn1:"optional,tag:0"`
		Algorithm  pkix.AlgorithmIdentifier
		Signature  []byte
		Unsigned   asn1.RawValue `asn1:"optional,tag:1"`
	}
	attribute struct {
		Type   asn1.ObjectIdentifier
		Values asn1.RawValue
	}
)

var (
	digestAttribute = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 4}
	timeAttribute   = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 5}
)

// message verifies a detached signature over the description raw.
func (v verifier) message(value, raw []byte, report *seals.Report) *smx509.Certificate {
	var info contentInfo
	if rest, err := asn1.Unmarshal(value, &info); err != nil || len(rest) > 0 || len(info.Content.Signers) != 1 {
		report.Fail("签名值", "数字签名不符合GM/T 0010的结构，或签名者不是一个")
		return nil
	}
	one := info.Content.Signers[0]
	signer := one.of(info.Content.Certs.Bytes)
	if signer == nil {
		report.Leave("签名者", "数字签名没有附签名者证书，无法核验是谁签的")
		return nil
	}
	report.Tell("签名者", signer.Subject.CommonName)
	if !one.Digest.Algorithm.Equal(seals.SM3) {
		report.Leave("签名值", "数字签名没有使用国家商用密码算法，未核验")
		return nil
	}
	at, signed := one.signed(raw)
	if !slices.ContainsFunc(signed, func(m []byte) bool { return seals.VerifySM2(signer, m, one.Signature) }) {
		report.Fail("签名值", "数字签名与签名者证书或签名描述不符")
		return nil
	}
	report.Pass("签名值", "数字签名验证无误")
	v.roots.Chain(signer, at, report)
	return signer
}

// of finds the signer's certificate among those the message carries.
func (s signerInfo) of(certs []byte) *smx509.Certificate {
	for len(certs) > 0 {
		var one asn1.RawValue
		rest, err := asn1.Unmarshal(certs, &one)
		if err != nil {
			return nil
		}
		certs = rest
		cert, err := smx509.ParseCertificate(one.FullBytes)
		if err == nil && s.Name.Serial != nil && bytes.Equal(cert.RawIssuer, s.Name.Issuer.FullBytes) && cert.SerialNumber.Cmp(s.Name.Serial) == 0 {
			return cert
		}
	}
	return nil
}

// signed lists what the signature may be over, and when it was made: the
// description itself, or, if there are signed attributes and they hold its
// digest, those. They should be signed in the order of DER, but some makers
// sign them as they stand.
func (s signerInfo) signed(raw []byte) (at time.Time, messages [][]byte) {
	if len(s.Attributes.FullBytes) == 0 {
		return at, [][]byte{raw}
	}
	at, parts, bound := s.attributes(raw)
	if !bound {
		return at, nil
	}
	stand := append([]byte{0x31}, s.Attributes.FullBytes[1:]...)
	slices.SortFunc(parts, bytes.Compare)
	head := len(s.Attributes.FullBytes) - len(s.Attributes.Bytes)
	return at, [][]byte{stand, append(slices.Clone(stand[:head]), bytes.Join(parts, nil)...)}
}

// attributes are the signed attributes one by one, the time among them, and whether
// their digest is that of raw.
func (s signerInfo) attributes(raw []byte) (at time.Time, parts [][]byte, bound bool) {
	sum := sm3.Sum(raw)
	for rest := s.Attributes.Bytes; len(rest) > 0; {
		var a attribute
		next, err := asn1.Unmarshal(rest, &a)
		if err != nil {
			return at, nil, false
		}
		parts, rest = append(parts, rest[:len(rest)-len(next)]), next
		var digest []byte
		switch {
		case a.Type.Equal(digestAttribute):
			_, err = asn1.Unmarshal(a.Values.Bytes, &digest)
			bound = err == nil && bytes.Equal(digest, sum[:])
		case a.Type.Equal(timeAttribute):
			if _, err = asn1.Unmarshal(a.Values.Bytes, &at); err != nil {
				at = time.Time{} // the time is optional: the chain then says it is unknown
			}
		}
	}
	return at, parts, bound
}
