package seals

import (
	"bytes"
	"crypto/ecdsa"
	"encoding/asn1"
	"fmt"
	"time"

	"github.com/emmansun/gmsm/sm2"
	"github.com/emmansun/gmsm/sm3"
	"github.com/emmansun/gmsm/smx509"

	"tongban/internal/civic/calendar"
)

// Verify goes through a sealing in the order of GB/T 38540 and adds each step
// to the report: the maker of the seal, the seal's period, whether the signer
// is on its list, the signer's chain, the signature, and the digest. hash is
// the digest of the document as it is now. It returns the signer, if known.
func (r *Roots) Verify(der, hash []byte, report *Report) (signer *smx509.Certificate) {
	report.Signed = true
	stamp, err := ParseStamp(der)
	if err != nil {
		report.Fail("签章结构", "签章数据不符合GB/T 38540或GM/T 0031的结构")
		return nil
	}
	if stamp.Version == 5 || stamp.Seal.Version == 5 {
		report.Leave("签章版本", "第5版结构尚未纳入国家标准，按第4版解读")
	}
	report.Pass("签章结构", fmt.Sprintf("第%d版电子签章", stamp.Version))
	stamp.tell(report)
	r.verifyMaker(stamp, report)
	verifyPeriod(stamp, report)
	signer = r.verifySigner(stamp, report)
	if !bytes.Equal(stamp.Hash, hash) {
		report.Fail("原文摘要", "签章保护的摘要与文件不一致，文件在签章后被改动")
	} else {
		report.Pass("原文摘要", "与签章时一致（SM3）")
	}
	if stamp.Timestamped {
		report.Leave("时间戳", "附有时间戳，但没有时间戳机构的证书，签章时间以签章机关所记为准")
	}
	return signer
}

func (s Stamp) tell(r *Report) {
	r.Tell("印章名称", s.Seal.Name)
	r.Tell("印章编号", s.Seal.ID)
	r.Tell("印章有效期", period(s.Seal.From, s.Seal.Till))
	r.Tell("签章时间", moment(s.At))
}

func (r *Roots) verifyMaker(s Stamp, report *Report) {
	maker, err := smx509.ParseCertificate(s.Seal.maker)
	if err != nil {
		report.Fail("制章者签名", "制章者证书无法读取")
		return
	}
	if !s.Seal.madeBy(maker) {
		report.Fail("制章者签名", "印章数据与制章者的签名不符，印章被改动或伪造")
		return
	}
	report.Pass("制章者签名", maker.Subject.CommonName)
	r.chain("制章者证书", maker, s.Seal.Created, report)
}

func verifyPeriod(s Stamp, report *Report) {
	switch {
	case s.At.IsZero():
		report.Leave("印章有效期", "签章中没有可读的时间")
	case s.At.Before(s.Seal.From) || s.At.After(s.Seal.Till):
		report.Doubt("印章有效期", fmt.Sprintf("签章时间%s不在印章有效期%s内", moment(s.At), period(s.Seal.From, s.Seal.Till)))
	default:
		report.Pass("印章有效期", "签章时印章在有效期内")
	}
}

func (r *Roots) verifySigner(s Stamp, report *Report) *smx509.Certificate {
	cert, err := smx509.ParseCertificate(s.cert)
	if err != nil {
		report.Fail("签章者证书", "签章者证书无法读取")
		return nil
	}
	report.Tell("签章者", cert.Subject.CommonName)
	if !s.Seal.lists(s.cert) {
		report.Fail("签章者授权", "签章者不在该印章的签章者名单中")
	} else {
		report.Pass("签章者授权", "签章者在该印章的签章者名单中")
	}
	if !verify(cert, s.alg, s.input, s.sig) {
		report.Fail("签章值", "签章值与签章者证书不符，签章被改动或伪造")
	} else {
		report.Pass("签章值", "SM2签名验证无误")
	}
	r.chain("签章者证书", cert, s.At, report)
	return cert
}

// chain asks whether a trusted root vouched for cert at that time.
func (r *Roots) chain(name string, cert *smx509.Certificate, at time.Time, report *Report) {
	if r == nil {
		report.Leave(name, "没有提供可信根证书："+cert.Subject.CommonName)
		return
	}
	vouched, late, err := r.vouches(cert, at)
	switch {
	case err != nil:
		report.Leave(name, "现在读不到可信根证书，请稍后再核验："+cert.Subject.CommonName)
		return
	case late:
		report.Doubt(name, fmt.Sprintf("“%s”由已经更换的根证书签发，签署在更换以后", cert.Subject.CommonName))
		return
	case !vouched:
		report.Doubt(name, fmt.Sprintf("“%s”不是由所信任的根证书签发", cert.Subject.CommonName))
		return
	}
	if at.IsZero() || at.Before(cert.NotBefore) || at.After(cert.NotAfter) {
		report.Doubt(name, fmt.Sprintf("“%s”在签署时不在证书有效期%s内", cert.Subject.CommonName, period(cert.NotBefore, cert.NotAfter)))
		return
	}
	report.Pass(name, "由可信根证书签发，签署时有效")
}

// sometime is at, or if that lies outside the certificate's own period its
// beginning, so that a foreign chain and a late signature are told apart.
func sometime(cert *smx509.Certificate, at time.Time) time.Time {
	if at.Before(cert.NotBefore) || at.After(cert.NotAfter) {
		return cert.NotBefore
	}
	return at
}

// Chain adds the step of who vouches for cert at that time; for signatures
// that are not seals.
func (r *Roots) Chain(cert *smx509.Certificate, at time.Time, report *Report) {
	r.chain("签名者证书", cert, at, report)
}

// madeBy reports whether maker signed the seal. The standard has the maker sign
// the seal's data, certificate and algorithm together; seals whose maker signed
// the data alone are in use too, and no less sound.
func (s Structure) madeBy(maker *smx509.Certificate) bool {
	return verify(maker, s.alg, s.input, s.sig) || verify(maker, s.alg, s.info, s.sig)
}

// lists reports whether the seal names cert as one that may sign with it.
func (s Structure) lists(cert []byte) bool {
	sum := sm3.Sum(cert)
	for _, c := range s.certs {
		if bytes.Equal(c, cert) {
			return true
		}
	}
	for _, d := range s.digests {
		if bytes.Equal(d, sum[:]) {
			return true
		}
	}
	return false
}

func verify(cert *smx509.Certificate, alg asn1.ObjectIdentifier, message, sig []byte) bool {
	return alg.Equal(SM2WithSM3) && VerifySM2(cert, message, sig)
}

// VerifySM2 checks an SM2 signature over the whole message, with the standard
// signer's name (GM/T 0009).
func VerifySM2(cert *smx509.Certificate, message, sig []byte) bool {
	key, ok := cert.PublicKey.(*ecdsa.PublicKey)
	return ok && sm2.IsSM2PublicKey(key) && sm2.VerifyASN1WithSM2(key, nil, message, sig)
}

func period(from, till time.Time) string {
	return calendar.DayOf(from).Han() + "至" + calendar.DayOf(till).Han()
}

func moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(calendar.Zone).Format("2006年1月2日15:04:05")
}
