package seals

import (
	"bytes"
	"crypto/rand"
	"encoding/asn1"
	"testing"
	"time"

	"github.com/emmansun/gmsm/sm2"
	"github.com/emmansun/gmsm/sm3"

	"tongban/internal/civic/calendar"
	"tongban/internal/ground/secret"
)

type workshop struct {
	*Authority
	roots *Roots
	seal  Seal
}

func newWorkshop(t testing.TB) workshop {
	t.Helper()
	ring, err := secret.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	a := &Authority{City: "徐州市", Keys: ring, Founded: time.Date(2020, 1, 1, 0, 0, 0, 0, calendar.Zone)}
	pem, err := a.RootPEM()
	if err != nil {
		t.Fatal(err)
	}
	roots, err := ParseRoots(pem)
	if err != nil {
		t.Fatal(err)
	}
	seal, err := New(food, Approval, calendar.Parse("2026-01-01"), calendar.Parse("2030-12-31"), "S1", noon, admin)
	if err != nil {
		t.Fatal(err)
	}
	w := workshop{a, roots, seal}
	w.make(t, &w.seal)
	return w
}

func (w workshop) make(t testing.TB, s *Seal) {
	t.Helper()
	var err error
	if s.Certificate, err = w.signer(*s); err != nil {
		t.Fatal(err)
	}
	maker, key, err := w.maker()
	if err != nil {
		t.Fatal(err)
	}
	if s.Structure, err = s.compose(s.Certificate, maker, key); err != nil {
		t.Fatal(err)
	}
}

func (w workshop) stamp(t testing.TB, hash []byte, at time.Time) []byte {
	t.Helper()
	key, err := w.Keys.Signer(keyName(w.seal.ID))
	if err != nil {
		t.Fatal(err)
	}
	sealing, err := w.seal.seal(key, hash, "/Doc_0/Signs/Sign_0/Signature.xml", at)
	if err != nil {
		t.Fatal(err)
	}
	der, err := sealing.Bytes(w.seal)
	if err != nil {
		t.Fatal(err)
	}
	return der
}

// step finds what became of one step of a verification.
func step(r Report, name string) Outcome {
	for _, s := range r.Steps {
		if s.Name == name {
			return s.Outcome
		}
	}
	return ""
}

func TestSealingVerifies(t *testing.T) {
	w := newWorkshop(t)
	hash := sm3.Sum([]byte("Signature.xml"))
	var r Report
	signer := w.roots.Verify(w.stamp(t, hash[:], noon), hash[:], &r)
	if !r.Genuine() || signer == nil || signer.Subject.SerialNumber != food.Code {
		t.Errorf("%s: %+v", r.Say(), r.Steps)
	}
	if len(r.Steps) != 8 || len(r.Details) != 5 {
		t.Errorf("%d steps, %d details", len(r.Steps), len(r.Details))
	}
}

func TestWhatASealingDoesNotBear(t *testing.T) {
	w, stranger := newWorkshop(t), newWorkshop(t)
	hash := sm3.Sum([]byte("Signature.xml"))
	later := sm3.Sum([]byte("another"))
	good := w.stamp(t, hash[:], noon)
	stolen := w
	stolen.seal.Certificate = stranger.seal.Certificate
	for _, tt := range []struct {
		name    string
		der     []byte
		hash    []byte
		roots   *Roots
		step    string
		verdict Verdict
	}{
		{"the document was changed", good, later[:], w.roots, "原文摘要", Forged},
		{"the root is another city's", good, hash[:], stranger.roots, "签章者证书", Untrusted},
		{"no root is given", good, hash[:], nil, "", Untrusted},
		{"the seal had run out", w.stamp(t, hash[:], noon.AddDate(9, 0, 0)), hash[:], w.roots, "印章有效期", Untrusted},
		{"the signer is not on the seal's list", stolen.stamp(t, hash[:], noon), hash[:], w.roots, "签章者授权", Forged},
		{"the bytes are no sealing", []byte("no"), hash[:], w.roots, "签章结构", Forged},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var r Report
			tt.roots.Verify(tt.der, tt.hash, &r)
			if r.Verdict() != tt.verdict || tt.step != "" && step(r, tt.step) != Failed {
				t.Errorf("%s: %+v", r.Verdict(), r.Steps)
			}
		})
	}
}

func TestEveryAlteredByteShows(t *testing.T) {
	w := newWorkshop(t)
	hash := sm3.Sum([]byte("Signature.xml"))
	good := w.stamp(t, hash[:], noon)
	for i := 0; i < len(good); i += 7 {
		bad := append([]byte(nil), good...)
		bad[i] ^= 1
		var r Report
		if w.roots.Verify(bad, hash[:], &r); r.Genuine() {
			t.Fatalf("byte %d of %d may be changed unseen", i, len(good))
		}
	}
}

// A seal that its user altered and sealed with all the same.
func TestSealNotSignedByItsMaker(t *testing.T) {
	w := newWorkshop(t)
	var s sealed
	if err := all(w.seal.Structure, &s); err != nil {
		t.Fatal(err)
	}
	s.Info.FullBytes = bytes.Replace(s.Info.FullBytes, []byte("行政审批"), []byte("中央人民"), 1)
	var err error
	if w.seal.Structure, err = asn1.Marshal(s); err != nil {
		t.Fatal(err)
	}
	var r Report
	w.roots.Verify(w.stamp(t, make([]byte, 32), noon), make([]byte, 32), &r)
	if r.Verdict() != Forged || step(r, "制章者签名") != Failed || step(r, "签章值") != Passed {
		t.Errorf("%+v", r.Steps)
	}
}

// A seal that outlives the certificate of its signer.
func TestSignerCertificateRunOut(t *testing.T) {
	w := newWorkshop(t)
	brief := w.seal
	brief.Till = calendar.Parse("2026-06-30")
	w.make(t, &brief)
	maker, key, err := w.maker()
	if err != nil {
		t.Fatal(err)
	}
	w.seal.Certificate = brief.Certificate
	if w.seal.Structure, err = w.seal.compose(brief.Certificate, maker, key); err != nil {
		t.Fatal(err)
	}
	var r Report
	w.roots.Verify(w.stamp(t, make([]byte, 32), noon), make([]byte, 32), &r)
	if r.Verdict() != Untrusted || step(r, "印章有效期") != Passed || step(r, "签章者证书") != Failed {
		t.Errorf("%+v", r.Steps)
	}
}

// Some makers sign the seal's data alone.
func TestSealSignedOverItsDataAlone(t *testing.T) {
	w := newWorkshop(t)
	var s sealed
	if err := all(w.seal.Structure, &s); err != nil {
		t.Fatal(err)
	}
	_, key, err := w.maker()
	if err != nil {
		t.Fatal(err)
	}
	sig, err := key.Sign(rand.Reader, s.Info.FullBytes, sm2.DefaultSM2SignerOpts)
	if err != nil {
		t.Fatal(err)
	}
	s.Value = bits(sig)
	if w.seal.Structure, err = asn1.Marshal(s); err != nil {
		t.Fatal(err)
	}
	var r Report
	if w.roots.Verify(w.stamp(t, make([]byte, 32), noon), make([]byte, 32), &r); !r.Genuine() {
		t.Errorf("%s: %+v", r.Say(), r.Steps)
	}
}

// A sealing in the structure of GM/T 0031-2014, as older systems make them.
func TestOldStructure(t *testing.T) {
	w := newWorkshop(t)
	maker, makerKey, err := w.maker()
	if err != nil {
		t.Fatal(err)
	}
	signerKey, err := w.Keys.Signer(keyName(w.seal.ID))
	if err != nil {
		t.Fatal(err)
	}
	must := func(b []byte, err error) []byte {
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	list := must(asn1.Marshal([][]byte{w.seal.Certificate}))
	from := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	info := must(asn1.Marshal(oldInfo{header{ia5("ES"), 1, ia5("OLD")}, ia5("S1"),
		oldProperty{1, asn1.RawValue{Tag: asn1.TagUTF8String, Bytes: []byte("旧章")}, asn1.RawValue{FullBytes: list}, from, from, from.AddDate(5, 0, 0)},
		picture{ia5("png"), []byte{1}, 42, 42}, asn1.RawValue{}}))
	old := oldSealed{Info: asn1.RawValue{FullBytes: info}}
	old.Sign.Maker, old.Sign.Alg = maker, SM2WithSM3
	input := must(sealInput(old.Info, maker, SM2WithSM3))
	old.Sign.Value = bits(must(makerKey.Sign(rand.Reader, input, sm2.DefaultSM2SignerOpts)))
	hash := sm3.Sum([]byte("x"))
	tbs := must(asn1.Marshal(oldToSign{1, asn1.RawValue{FullBytes: must(asn1.Marshal(old))}, bits([]byte("20260921040000Z")), bits(hash[:]), ia5("/s"), w.seal.Certificate, SM2WithSM3}))
	der := must(asn1.Marshal(oldSignature{asn1.RawValue{FullBytes: tbs}, bits(must(signerKey.Sign(rand.Reader, tbs, sm2.DefaultSM2SignerOpts)))}))
	var r Report
	if w.roots.Verify(der, hash[:], &r); !r.Genuine() {
		t.Errorf("%s: %+v", r.Say(), r.Steps)
	}
	if at, stamped := oldTime([]byte{0x30, 1}); !at.IsZero() || !stamped {
		t.Error("a time stamp is read as a time")
	}
}

func TestSameSealingSameBytes(t *testing.T) {
	w := newWorkshop(t)
	g := Sealing{Seal: "S1", At: noon, Hash: make([]byte, 32), Path: "/p", Value: []byte{1, 2, 3}}
	a, _ := g.Bytes(w.seal)
	b, _ := g.Bytes(w.seal)
	if string(a) != string(b) || len(a) == 0 {
		t.Error("the same sealing gives other bytes")
	}
}

func TestAuthorityIsMadeOnce(t *testing.T) {
	w := newWorkshop(t)
	a, _ := w.RootPEM()
	b, err := w.RootPEM()
	if err != nil || string(a) != string(b) {
		t.Error("the root was made again", err)
	}
	if _, err := ParseRoots([]byte("nothing")); err == nil {
		t.Error("nothing is read as a root")
	}
}

func FuzzParseStamp(f *testing.F) {
	w := newWorkshop(f)
	good := w.stamp(f, make([]byte, 32), noon)
	f.Add(good)
	f.Add(w.seal.Structure)
	f.Fuzz(func(t *testing.T, der []byte) {
		var r Report
		w.roots.Verify(der, make([]byte, 32), &r)
		if r.Genuine() && string(der) != string(good) {
			t.Fatalf("a made-up sealing is %s", r.Say())
		}
	})
}

func BenchmarkSealing(b *testing.B) {
	w := newWorkshop(b)
	key, _ := w.Keys.Signer(keyName(w.seal.ID))
	hash := make([]byte, 32)
	for b.Loop() {
		if _, err := w.seal.seal(key, hash, "/Doc_0/Signs/Sign_0/Signature.xml", noon); err != nil {
			b.Fatal(err)
		}
	}
}
