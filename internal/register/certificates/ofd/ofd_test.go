package ofd

import (
	"archive/zip"
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"strings"
	"testing"
	"time"

	"github.com/emmansun/gmsm/pkcs7"
	"github.com/emmansun/gmsm/sm2"
	"github.com/emmansun/gmsm/smx509"

	"tongban/internal/civic/calendar"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/secret"
	"tongban/internal/register/seals"
)

var noon = time.Date(2026, 9, 21, 12, 0, 0, 0, calendar.Zone)

func sheet() Sheet {
	return Sheet{ID: strings.Repeat("0", 32), Title: "证明", Author: "某局", Created: calendar.DayOf(noon),
		Custom: []Pair{{"编号", "A<1>"}}, Texts: []Text{{X: 20, Y: 20, Size: 4, S: "甲乙ab12丙"}}, Rules: []Rule{{10, 10, 200, 10}}}
}

// pack makes a file with any signature value.
func pack(t testing.TB, value func(description []byte) []byte) []byte {
	t.Helper()
	parts := sheet().Parts()
	note, err := Note("HTTPS://EXAMPLE.ORG", Box{20, 200, 30, 30})
	if err != nil {
		t.Fatal(err)
	}
	description := Signature(parts, Box{100, 200, 42, 42}, noon)
	file, err := Pack(parts, note, description, value(description))
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func vouched(Info, string, []byte) bool { return true }

func outcomes(r seals.Report) map[string]seals.Outcome {
	out := map[string]seals.Outcome{}
	for _, s := range r.Steps {
		out[s.Name] = s.Outcome
	}
	return out
}

func TestLettersStandApart(t *testing.T) {
	for s, want := range map[string]string{"": "", "甲": "", "甲乙": "4", "甲乙ab12丙": "4 4 g 4 2", "ab": "2", "甲乙丙丁": "g 3 4"} {
		if got := string(deltas(nil, s, 4)); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
}

func TestWhatIsWrittenIsRead(t *testing.T) {
	file := pack(t, func([]byte) []byte { return []byte{0x30, 0} })
	p, err := Open(file)
	if err != nil {
		t.Fatal(err)
	}
	var root rootXML
	if err := p.decode(rootPath, &root); err != nil || root.Bodies[0].Info.Value("编号") != "A<1>" || root.Bodies[0].Info.Title != "证明" {
		t.Errorf("%v %+v", err, root)
	}
	if again := pack(t, func([]byte) []byte { return []byte{0x30, 0} }); !bytes.Equal(file, again) {
		t.Error("the same sheet made another file")
	}
}

// A digital signature in the message of PKCS #7, as other makers use it.
func TestMessageSignature(t *testing.T) {
	ring, err := secret.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	authority := &seals.Authority{City: "某市", Keys: ring, Founded: noon.AddDate(-1, 0, 0)}
	der, err := authority.Root()
	if err != nil {
		t.Fatal(err)
	}
	cert, err := smx509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	key, err := ring.Signer("city-root")
	if err != nil {
		t.Fatal(err)
	}
	sign := func(description []byte) []byte {
		data, err := pkcs7.NewSMSignedData(description)
		if err != nil {
			t.Fatal(err)
		}
		if err := data.AddSigner(cert, key, pkcs7.SignerInfoConfig{}); err != nil {
			t.Fatal(err)
		}
		data.Detach()
		out, err := data.Finish()
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	roots, err := seals.ParseRoots(der)
	if err != nil {
		t.Fatal(err)
	}
	var good, foreign, bad seals.Report
	Verify(pack(t, sign), roots, vouched, &good)
	if got := outcomes(good); got["签名值"] != seals.Passed || got["部件摘要"] != seals.Passed || got["保护范围"] != seals.Passed {
		t.Errorf("%+v", good.Steps)
	}
	Verify(pack(t, sign), nil, vouched, &foreign)
	if foreign.Verdict() != seals.Untrusted {
		t.Errorf("without a root: %+v", foreign.Steps)
	}
	Verify(pack(t, func([]byte) []byte { return sign([]byte("another description")) }), roots, vouched, &bad)
	if bad.Verdict() != seals.Forged {
		t.Errorf("a signature of something else: %+v", bad.Steps)
	}
}

// A signature without a certificate proves nothing about the signer.
func TestBareSignature(t *testing.T) {
	key, err := sm2.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	file := pack(t, func(description []byte) []byte {
		sig, err := key.Sign(rand.Reader, description, sm2.DefaultSM2SignerOpts)
		if err != nil {
			t.Fatal(err)
		}
		return sig
	})
	var r seals.Report
	Verify(file, nil, vouched, &r)
	if got := outcomes(r); r.Verdict() != seals.Untrusted || got["签名者"] != seals.Unchecked || got["部件摘要"] != seals.Passed {
		t.Errorf("%+v", r.Steps)
	}
}

func zipped(t testing.TB, parts map[string]string, order ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range order {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(parts[name])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestFilesThatMeanHarm(t *testing.T) {
	deep := `<OFD>` + strings.Repeat(`<a>`, 100) + strings.Repeat(`</a>`, 100) + `</OFD>`
	many := make([]string, mostParts+1)
	for i := range many {
		many[i] = "x" + base64.RawURLEncoding.EncodeToString([]byte{byte(i >> 8), byte(i)})
	}
	for _, tt := range []struct {
		name string
		file []byte
		code string // of Open's fault; empty: it opens, and the report says what is wrong
	}{
		{"too many parts", zipped(t, nil, many...), "ofd.parts"},
		{"the same part twice, in two spellings", zipped(t, nil, "OFD.xml", `/OFD.xml`), "ofd.twice"},
		{"a part that climbs out", zipped(t, nil, "OFD.xml", "../../OFD.xml"), "ofd.twice"},
		{"not a zip", []byte("PK\x03\x04 but nothing else"), "ofd.zip"},
		{"larger than anyone needs", make([]byte, LargestFile+1), "ofd.size"},
		{"XML without a floor", zipped(t, map[string]string{"OFD.xml": deep}, "OFD.xml"), ""},
		{"a bomb", zipped(t, map[string]string{"OFD.xml": "<OFD>" + strings.Repeat(" ", largestPart+1) + "</OFD>"}, "OFD.xml"), ""},
		{"an entity that grows", zipped(t, map[string]string{"OFD.xml": `<!DOCTYPE a [<!ENTITY b "c">]><OFD><DocBody>&b;</DocBody></OFD>`}, "OFD.xml"), ""},
		{"an empty package", zipped(t, nil), ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Open(tt.file)
			if (err == nil) != (tt.code == "") || err != nil && fault.Code(err) != tt.code {
				t.Fatalf("got %v, want %q", err, tt.code)
			}
			var r seals.Report
			Verify(tt.file, nil, nil, &r)
			if r.Verdict() != seals.Forged || r.Steps[0].Name != "打开文件" {
				t.Errorf("%+v", r.Steps)
			}
		})
	}
}

func TestWhatIsUnpackedIsBounded(t *testing.T) {
	p, err := Open(zipped(t, map[string]string{"a": strings.Repeat(" ", largestPart+1), "b": "<a>" + strings.Repeat("<b>", 60) + strings.Repeat("</b>", 60) + "</a>", "c": strings.Repeat("<a>", 70) + strings.Repeat("</a>", 70),
		"d": "<a>" + strings.Repeat("<b/>", mostTokens) + "</a>"}, "a", "b", "c", "d"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Read("a"); fault.Code(err) != "ofd.bomb" {
		t.Errorf("a part too large: %v", err)
	}
	var v struct{}
	for name, fits := range map[string]bool{"b": true, "c": false, "d": false} {
		if err := p.decode(name, &v); (err == nil) != fits {
			t.Errorf("%s: %v", name, err)
		}
	}
	p.left = 10
	if _, err := p.Read("b"); fault.Code(err) != "ofd.bomb" {
		t.Errorf("more than all together: %v", err)
	}
}

// Paths as makers write them, and a namespace that is not the standard's.
func TestOtherMakersHabits(t *testing.T) {
	page := `<Page/>`
	body := func(root string) map[string]string {
		return map[string]string{"OFD.xml": `<x:OFD xmlns:x="urn:other"><x:DocBody><x:DocRoot>` + root + `</x:DocRoot><x:Signatures>Doc_0\Signs\Signatures.xml</x:Signatures></x:DocBody></x:OFD>`,
			"Doc_0/Document.xml":             `<Document><Pages><Page BaseLoc="Pages/P.xml"/></Pages></Document>`,
			"Doc_0/Pages/P.xml":              page,
			"Doc_0/Signs/Signatures.xml":     `<Signatures><Signature ID="1" BaseLoc="S/Signature.xml"/></Signatures>`,
			"Doc_0/Signs/S/SignedValue.dat":  "\x30\x03\x02\x01\x01",
			"Doc_0/Signs/S/Signature.xml":    `<Signature><SignedInfo><References CheckMethod="SHA256"><Reference FileRef="/Doc_0/Document.xml"><CheckValue>AA==</CheckValue></Reference></References></SignedInfo><SignedValue>SignedValue.dat</SignedValue></Signature>`,
			"Doc_0/Signs/S2/SignedValue.dat": "",
		}
	}
	order := []string{"OFD.xml", "Doc_0/Document.xml", "Doc_0/Pages/P.xml", "Doc_0/Signs/Signatures.xml", "Doc_0/Signs/S/SignedValue.dat", "Doc_0/Signs/S/Signature.xml"}
	var r seals.Report
	Verify(zipped(t, body("Doc_0/Document.xml"), order...), nil, nil, &r)
	if got := outcomes(r); got["部件摘要"] != seals.Failed || got["保护范围"] != seals.Failed || got["签名者"] != seals.Unchecked {
		t.Errorf("%+v", r.Steps)
	}
	var missing seals.Report
	Verify(zipped(t, body("Doc_9/Document.xml"), order[:3]...), nil, nil, &missing)
	if missing.Verdict() != seals.Forged {
		t.Errorf("the signatures were taken out, but not their mention: %+v", missing.Steps)
	}
}

func FuzzVerify(f *testing.F) {
	f.Add(pack(f, func([]byte) []byte { return []byte{0x30, 3, 2, 1, 1} }))
	f.Add(zipped(f, map[string]string{"OFD.xml": "<OFD/>"}, "OFD.xml"))
	f.Add([]byte("PK"))
	f.Fuzz(func(t *testing.T, file []byte) {
		var r seals.Report
		Verify(file, nil, nil, &r)
		if r.Genuine() {
			t.Fatalf("a made-up file is %s", r.Say())
		}
	})
}

// FuzzSignature feeds a signature description and value that are well packed.
func FuzzSignature(f *testing.F) {
	parts := sheet().Parts()
	description := Signature(parts, Box{1, 1, 1, 1}, noon)
	f.Add(description, []byte{0x30, 3, 2, 1, 1})
	f.Add([]byte("<Signature/>"), []byte{0x30, 2, 6, 0})
	f.Fuzz(func(t *testing.T, description, value []byte) {
		file, err := Pack(parts, nil, description, value)
		if err != nil {
			return
		}
		var r seals.Report
		Verify(file, nil, vouched, &r)
		if r.Genuine() {
			t.Fatalf("a made-up signature is %s", r.Say())
		}
	})
}
