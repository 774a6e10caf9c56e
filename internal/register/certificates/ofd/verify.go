package ofd

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"hash"
	"path"
	"slices"
	"strings"

	"github.com/emmansun/gmsm/sm3"
	"github.com/emmansun/gmsm/smx509"

	"tongban/internal/ground/fault"
	"tongban/internal/register/seals"
)

// mostSignatures is how many signatures of one file are looked at.
const mostSignatures = 32

// A Reading is what a verification learned beside the report.
type Reading struct {
	Info    Info
	Signers []*smx509.Certificate // of the seals, in the order of the file; nil where unknown
}

// Verify reads a file and adds to the report each step for each signature:
// the digests of the parts, what the signature leaves open, and the signature
// itself. vouched is asked about parts that no signature covers but whose
// content the caller can derive from those that are covered.
func Verify(data []byte, roots *seals.Roots, vouched func(Info, string, []byte) bool, report *seals.Report) Reading {
	var reading Reading
	p, err := Open(data)
	if err != nil {
		report.Fail("打开文件", fault.Say(err))
		return reading
	}
	var root rootXML
	if err := p.decode(rootPath, &root); err != nil || len(root.Bodies) == 0 {
		report.Fail("打开文件", "缺少OFD.xml，或其内容无法读取")
		return reading
	}
	reading.Info = root.Bodies[0].Info
	report.Title = reading.Info.Title
	v := verifier{p, roots, vouched, report, &reading}
	for _, body := range root.Bodies {
		if body.Signatures != "" {
			v.list(p.find(rootPath, body.Signatures), p.find(rootPath, body.Root))
		}
	}
	return reading
}

type verifier struct {
	p       *Package
	roots   *seals.Roots
	vouched func(Info, string, []byte) bool
	report  *seals.Report
	reading *Reading
}

// list goes through the signatures that a document names.
func (v verifier) list(loc, document string) {
	var list listXML
	if err := v.p.decode(loc, &list); err != nil {
		v.report.Signed = true
		v.report.Fail("签名列表", "签名列表缺失或无法读取")
		return
	}
	pages := v.shown(document)
	for i, s := range list.Signatures {
		if i == mostSignatures {
			v.report.Leave("签名列表", fmt.Sprintf("签名超过%d个，其余未核验", mostSignatures))
			return
		}
		one := seals.Report{}
		v.signature(v.p.find(loc, s.Loc), pages, &one)
		v.add(one, i, len(list.Signatures))
	}
}

// add takes the steps of one signature over, telling several apart by number.
func (v verifier) add(one seals.Report, i, of int) {
	prefix := ""
	if of > 1 {
		prefix = fmt.Sprintf("签名%d·", i+1)
	}
	for _, s := range one.Steps {
		s.Name = prefix + s.Name
		v.report.Steps = append(v.report.Steps, s)
	}
	for _, d := range one.Details {
		v.report.Tell(prefix+d.Label, d.Text)
	}
	v.report.Signed = true
}

// shown lists the parts that decide what people see: a signature that leaves
// one of them open protects nothing. OFD.xml is not among them, for each new
// signature may change it; where it leads is.
func (v verifier) shown(document string) []string {
	parts := []string{document}
	var d documentXML
	if err := v.p.decode(document, &d); err != nil {
		v.report.Leave("文档结构", "文档结构无法读取，不能判断签名保护了哪些页面")
		return parts
	}
	for _, page := range d.Pages {
		parts = append(parts, v.p.find(document, page.Loc))
	}
	return parts
}

func (v verifier) signature(loc string, shown []string, report *seals.Report) {
	raw, err := v.p.Read(loc)
	var s signatureXML
	if err == nil {
		err = v.p.decode(loc, &s)
	}
	if err != nil {
		report.Fail("签名描述", "签名描述文件缺失或无法读取")
		return
	}
	report.Tell("签名软件", s.Provider.Name)
	report.Tell("签名时间（文件所记）", s.At)
	covered := v.references(loc, s, report)
	v.open(covered, loc, shown, report)
	value, err := v.p.Read(v.p.find(loc, s.Value))
	if err != nil {
		report.Fail("签名值", "签名值文件缺失或无法读取")
		return
	}
	v.reading.Signers = append(v.reading.Signers, v.value(value, raw, report))
}

// references compares the digest of every part the signature lists.
func (v verifier) references(loc string, s signatureXML, report *seals.Report) []string {
	sum, say := digest(s.References.Method)
	if sum == nil {
		report.Leave("部件摘要", say)
		return nil
	}
	var covered, wrong []string
	for _, r := range s.References.List {
		name := v.p.find(loc, r.File)
		want, err := base64.StdEncoding.DecodeString(strings.TrimSpace(r.Value))
		got, sumErr := v.p.sum(name, sum())
		if err != nil || sumErr != nil || !bytes.Equal(got, want) {
			wrong = append(wrong, name)
			continue
		}
		covered = append(covered, name)
	}
	switch {
	case len(wrong) > 0:
		report.Fail("部件摘要", "下列部件在签名后被改动或缺失："+some(wrong))
	case len(covered) == 0:
		report.Fail("部件摘要", "签名没有保护任何部件")
	default:
		report.Pass("部件摘要", fmt.Sprintf("签名保护的%d个部件均未改动", len(covered)))
	}
	return append(covered, wrong...)
}

// digest is the hash a signature names, or why it is not taken.
func digest(method string) (sum func() hash.Hash, say string) {
	switch strings.ToUpper(strings.TrimSpace(method)) {
	case "SM3", seals.SM3.String():
		return sm3.New, ""
	case "SHA256", "SHA-256", "2.16.840.1.101.3.4.2.1":
		return sha256.New, ""
	}
	return nil, fmt.Sprintf("摘要算法“%.40s”不受支持或已不安全", method)
}

// open looks at what the signature leaves open.
func (v verifier) open(covered []string, loc string, shown []string, report *seals.Report) {
	signs := path.Dir(path.Dir(loc))
	var bare, loose []string
	for _, name := range v.p.names {
		switch {
		case slices.Contains(covered, name):
		case slices.Contains(shown, name):
			bare = append(bare, name)
		case strings.HasPrefix(name, signs+"/") || v.vouches(name):
		default:
			loose = append(loose, name)
		}
	}
	switch {
	case len(bare) > 0:
		report.Fail("保护范围", "签名没有保护页面内容："+some(bare))
	case len(loose) > 0:
		report.Leave("保护范围", "页面内容受签名保护；下列部件不在保护范围，可能在签名后加入："+some(loose))
	default:
		report.Pass("保护范围", "全部内容受签名保护")
	}
}

func (v verifier) vouches(name string) bool {
	if v.vouched == nil {
		return false
	}
	data, err := v.p.Read(name)
	return err == nil && v.vouched(v.reading.Info, name, data)
}

func some(names []string) string {
	const most = 5
	if len(names) > most {
		return fmt.Sprintf("%s等%d个", strings.Join(names[:most], "、"), len(names))
	}
	return strings.Join(names, "、")
}

// value verifies the signature itself, which is a seal, a message of PKCS #7,
// or nothing but the two numbers of an SM2 signature.
func (v verifier) value(value, raw []byte, report *seals.Report) *smx509.Certificate {
	kind, err := kindOf(value)
	switch {
	case err != nil:
		report.Fail("签名值", "签名值无法读取")
	case kind == bareSignature:
		report.Leave("签名者", "数字签名没有附签名者证书，无法核验是谁签的")
	case kind == message:
		return v.message(value, raw, report)
	default:
		sum := sm3.Sum(raw)
		return v.roots.Verify(value, sum[:], report)
	}
	return nil
}
