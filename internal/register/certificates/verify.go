package certificates

import (
	"bytes"
	"encoding/json"
	"fmt"
	"time"
	"unicode/utf8"

	"github.com/emmansun/gmsm/smx509"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/codes"
	"tongban/internal/register/certificates/ofd"
	"tongban/internal/register/seals"
)

const (
	largestJSON = 256 << 10
	mostDetails = 80
)

// VerifyFile verifies a certificate file without asking anyone: the seal, the
// content, the identifier, the issuer and the period, against the published
// root of the city. It takes files from anywhere and reports on any OFD. What
// it cannot know is whether the certificate was cancelled later.
func VerifyFile(data []byte, roots *seals.Roots, today calendar.Day) seals.Report {
	var report seals.Report
	switch {
	case bytes.HasPrefix(data, []byte("PK")):
		verifyOFD(data, roots, today, &report)
	case bytes.HasPrefix(bytes.TrimSpace(data[:min(len(data), 64)]), []byte("{")):
		verifyJSON(data, roots, today, &report)
	default:
		report.Fail("打开文件", "既不是OFD文件，也不是本系统的JSON证照")
	}
	return report
}

func verifyOFD(data []byte, roots *seals.Roots, today calendar.Day, report *seals.Report) {
	reading := ofd.Verify(data, roots, drawnAgain, report)
	for i, c := range reading.Info.Custom {
		if i == mostDetails {
			break
		}
		report.Tell(cut(c.Name, 40), cut(c.Text, 1000))
	}
	identifier := reading.Info.Value(elementIdentifier)
	if identifier == "" {
		return // some other document
	}
	till := calendar.Parse(reading.Info.Value(elementTill))
	verifyRecord(identifier, reading.Info.Value(elementIssuerCode), till, reading.Signers, today, report)
}

// drawnAgain vouches for the code to scan: it must be what the sealed address
// gives when it is drawn again.
func drawnAgain(info ofd.Info, name string, data []byte) bool {
	if name != ofd.NotePath {
		return false
	}
	note, err := ofd.Note(info.Value(elementAddress), codeBox)
	return err == nil && bytes.Equal(note, data)
}

func verifyJSON(data []byte, roots *seals.Roots, today calendar.Day, report *seals.Report) {
	var p portable
	d := json.NewDecoder(bytes.NewReader(data[:min(len(data), largestJSON)]))
	d.DisallowUnknownFields()
	if len(data) > largestJSON || d.Decode(&p) != nil || d.More() || p.Kind != portableKind {
		report.Fail("打开文件", "不是本系统的JSON证照，或文件不完整")
		return
	}
	report.Title = p.Record.TypeName
	_, _, digest, err := p.Record.evidence(time.Unix(p.At, 0))
	if err != nil {
		report.Fail("打开文件", "证照内容超出版式，或版式不受支持")
		return
	}
	signer := roots.Verify(p.Sealing, digest, report)
	for _, pair := range p.Record.directory() {
		report.Tell(pair.Name, pair.Text)
	}
	verifyRecord(p.Record.Identifier, p.Record.Issuer.Code, p.Record.Till, []*smx509.Certificate{signer}, today, report)
}

// verifyRecord checks what a certificate says of itself: that the identifier is
// one, that the agency that sealed is the one that issued, and the period.
func verifyRecord(identifier, issuer string, till calendar.Day, signers []*smx509.Certificate, today calendar.Day, report *seals.Report) {
	id, err := codes.ParseCertificateID(identifier)
	if err != nil {
		report.Fail("证照标识", "证照标识不符合GB/T 36904，或校验位不符")
		return
	}
	report.Pass("证照标识", "符合GB/T 36904，校验位正确")
	if sealedBy(signers, issuer) && (id.Issuer == issuer || len(id.Issuer) == 6) {
		report.Pass("颁发机构", "签章机关与颁发机构一致")
	} else {
		report.Doubt("颁发机构", "签章机关与证照所写的颁发机构不一致")
	}
	if till != 0 && today > till {
		report.Doubt("证照有效期", fmt.Sprintf("已于%s届满", till.Han()))
	} else {
		report.Pass("证照有效期", "核验时未届满；签发后是否暂扣、注销，请扫码或按标识联网查询")
	}
}

func sealedBy(signers []*smx509.Certificate, code string) bool {
	for _, s := range signers {
		if s != nil && code != "" && s.Subject.SerialNumber == code {
			return true
		}
	}
	return false
}

func cut(s string, most int) string {
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most]) + "…"
}
