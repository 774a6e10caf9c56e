package ofd

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"hash"
	"io"
	"path"
	"strings"

	"golang.org/x/text/encoding/simplifiedchinese"

	"tongban/internal/ground/fault"
)

// The limits of a file from outside.
const (
	LargestFile  = 20 << 20  // bytes as sent
	largestPart  = 8 << 20   // bytes of one XML part
	largestTotal = 128 << 20 // bytes unpacked, all together
	mostParts    = 2000
	deepestXML   = 64
	mostTokens   = 400_000
)

// Package is an opened file. It unpacks only what is asked for.
type Package struct {
	files map[string]*zip.File
	names []string
	left  int64 // bytes that may still be unpacked
}

// Open looks into a file. Faults: ofd.size, ofd.zip, ofd.parts, ofd.twice.
func Open(data []byte) (*Package, error) {
	if len(data) > LargestFile {
		return nil, fault.New(fault.TooLarge, "ofd.size", "文件超过%dMB，不能核验", LargestFile>>20)
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, fault.New(fault.Invalid, "ofd.zip", "这不是OFD文件，或文件不完整")
	}
	if len(z.File) > mostParts {
		return nil, fault.New(fault.TooLarge, "ofd.parts", "文件内的部件超过%d个，不能核验", mostParts)
	}
	p := &Package{files: make(map[string]*zip.File, len(z.File)), left: largestTotal}
	for _, f := range z.File {
		if strings.HasSuffix(f.Name, "/") {
			continue
		}
		name := rooted(f.Name)
		if p.files[name] != nil {
			return nil, fault.New(fault.Invalid, "ofd.twice", "文件内有同名部件“%s”，不同软件看到的内容可能不同，不能核验", name)
		}
		p.files[name] = f
		p.names = append(p.names, name)
	}
	return p, nil
}

// rooted is a path from the root, without the leading slash; it never leaves.
func rooted(name string) string {
	return strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(name, `\`, "/")), "/")
}

// find resolves a path that stands in the part base: from the root, beside
// base, or (as some makers write) from the root without saying so.
func (p *Package) find(base, loc string) string {
	loc = strings.ReplaceAll(strings.TrimSpace(loc), `\`, "/")
	if strings.HasPrefix(loc, "/") {
		return rooted(loc)
	}
	if beside := rooted(path.Join(path.Dir(base), loc)); p.files[beside] != nil {
		return beside
	}
	return rooted(loc)
}

var errMissing = errors.New("no such part")

// copy unpacks a part to w, within what is left of the allowance.
func (p *Package) copy(w io.Writer, name string, most int64) error {
	f := p.files[name]
	if f == nil {
		return errMissing
	}
	r, err := f.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	n, err := io.Copy(w, io.LimitReader(r, min(most, p.left)+1))
	p.left -= n
	if err == nil && (n > most || p.left < 0) {
		return fault.New(fault.TooLarge, "ofd.bomb", "部件“%s”解压后过大，不能核验", name)
	}
	return err
}

// Read unpacks one part.
func (p *Package) Read(name string) ([]byte, error) {
	var b bytes.Buffer
	err := p.copy(&b, name, largestPart)
	return b.Bytes(), err
}

// sum is the digest of a part.
func (p *Package) sum(name string, h hash.Hash) ([]byte, error) {
	if err := p.copy(h, name, largestTotal); err != nil {
		return nil, err
	}
	return h.Sum(nil), nil
}

// decode reads a part of XML into v, by local names: makers do not agree on
// the namespace.
func (p *Package) decode(name string, v any) error {
	data, err := p.Read(name)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	d := xml.NewDecoder(bytes.NewReader(data))
	d.CharsetReader = charset
	if err := xml.NewTokenDecoder(&bounded{d: d}).Decode(v); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

func charset(name string, r io.Reader) (io.Reader, error) {
	switch strings.ToLower(name) {
	case "gbk", "gb2312", "gb18030":
		return simplifiedchinese.GB18030.NewDecoder().Reader(r), nil
	}
	return nil, fmt.Errorf("unknown charset %q", name)
}

// bounded refuses XML that is too deep or too long.
type bounded struct {
	d           *xml.Decoder
	deep, count int
}

// Token is the next token within the bounds.
func (b *bounded) Token() (xml.Token, error) {
	t, err := b.d.Token()
	switch t.(type) {
	case xml.StartElement:
		b.deep++
	case xml.EndElement:
		b.deep--
	}
	if b.count++; b.deep > deepestXML || b.count > mostTokens {
		return nil, errors.New("too deep or too long")
	}
	return t, err
}

// Info is what a document says of itself.
type Info struct {
	ID      string `xml:"DocID"`
	Title   string `xml:"Title"`
	Author  string `xml:"Author"`
	Created string `xml:"CreationDate"`
	Custom  []struct {
		Name string `xml:"Name,attr"`
		Text string `xml:",chardata"`
	} `xml:"CustomDatas>CustomData"`
}

// Value is an entry of the document's own data, or "".
func (i Info) Value(name string) string {
	for _, c := range i.Custom {
		if c.Name == name {
			return c.Text
		}
	}
	return ""
}

type rootXML struct {
	Bodies []struct {
		Info       Info   `xml:"DocInfo"`
		Root       string `xml:"DocRoot"`
		Signatures string `xml:"Signatures"`
	} `xml:"DocBody"`
}

type documentXML struct {
	Pages []struct {
		Loc string `xml:"BaseLoc,attr"`
	} `xml:"Pages>Page"`
}

type listXML struct {
	Signatures []struct {
		ID   string `xml:"ID,attr"`
		Type string `xml:"Type,attr"`
		Loc  string `xml:"BaseLoc,attr"`
	} `xml:"Signature"`
}

type signatureXML struct {
	Provider struct {
		Name string `xml:"ProviderName,attr"`
	} `xml:"SignedInfo>Provider"`
	At         string `xml:"SignedInfo>SignatureDateTime"`
	References struct {
		Method string `xml:"CheckMethod,attr"`
		List   []struct {
			File  string `xml:"FileRef,attr"`
			Value string `xml:"CheckValue"`
		} `xml:"Reference"`
	} `xml:"SignedInfo>References"`
	Value string `xml:"SignedValue"`
}
