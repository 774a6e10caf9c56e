package ofd

import (
	"encoding/asn1"
	"errors"
	"fmt"
	"time"

	"github.com/emmansun/gmsm/pkcs7"
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
	var outer asn1.RawValue
	if _, err := asn1.Unmarshal(value, &outer); err != nil {
		return 0, err
	}
	var first asn1.RawValue
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

// largestMessage bounds what the reader of PKCS #7, which recurses, is given.
const largestMessage = 64 << 10

// message verifies a detached SignedData of PKCS #7 or GM/T 0010 over raw.
func (v verifier) message(value, raw []byte, report *seals.Report) *smx509.Certificate {
	p7, err := parseMessage(value)
	if err != nil {
		report.Fail("签名值", "数字签名不符合GM/T 0010的结构")
		return nil
	}
	p7.Content = raw
	signer := p7.GetOnlySigner()
	if signer == nil {
		report.Leave("签名者", "数字签名没有附签名者证书，或签名者不止一个")
		return nil
	}
	report.Tell("签名者", signer.Subject.CommonName)
	var at time.Time
	if err := p7.UnmarshalSignedAttribute(pkcs7.OIDAttributeSigningTime, &at); err != nil {
		at = time.Time{} // the time is optional; the chain then says it is unknown
	}
	if err := guarded(p7.Verify); err != nil {
		report.Fail("签名值", "数字签名与签名者证书或签名描述不符")
		return nil
	}
	report.Pass("签名值", "数字签名验证无误")
	v.roots.Chain(signer, at, report)
	return signer
}

func parseMessage(value []byte) (p7 *pkcs7.PKCS7, err error) {
	if len(value) > largestMessage {
		return nil, fmt.Errorf("%d bytes are too many", len(value))
	}
	err = guarded(func() error { p7, err = pkcs7.Parse(value); return err })
	if err == nil && p7 == nil {
		err = errors.New("not signed data")
	}
	return p7, err
}

// guarded turns a panic of the library into an error: it is fed with bytes
// from strangers, and we do not answer for its every branch.
func guarded(do func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("read message: %v", p)
		}
	}()
	return do()
}
