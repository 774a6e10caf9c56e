package ofd

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"encoding/xml"
	"fmt"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/emmansun/gmsm/sm3"

	"tongban/internal/civic/calendar"
)

// A Pair is one entry of a document's own data (CustomDatas).
type Pair struct{ Name, Text string }

// A Text is one line of writing; X and Y are its top left corner in mm.
type Text struct {
	X, Y, Size float64
	Bold       bool
	S          string
}

// A Rule is a straight line from one point to another, in mm.
type Rule struct{ X1, Y1, X2, Y2 float64 }

// A Box is a place on the page in mm.
type Box struct{ X, Y, W, H float64 }

// Sheet is a document of one A4 page.
type Sheet struct {
	ID      string // 32 hexadecimal letters
	Title   string
	Author  string
	Subject string
	Created calendar.Day
	Custom  []Pair
	Texts   []Text
	Rules   []Rule
}

// A Part is one file of the package.
type Part struct {
	Path string // from the root, without the leading slash
	Data []byte
}

// The parts of a sheet, and where its signature goes.
const (
	rootPath      = "OFD.xml"
	documentPath  = "Doc_0/Document.xml"
	resourcePath  = "Doc_0/PublicRes.xml"
	pagePath      = "Doc_0/Pages/Page_0/Content.xml"
	notesPath     = "Doc_0/Annots/Annotations.xml"
	NotePath      = "Doc_0/Annots/Page_0/Annotation.xml" // the code to scan
	listPath      = "Doc_0/Signs/Signatures.xml"
	SignaturePath = "Doc_0/Signs/Sign_0/Signature.xml"
	valuePath     = "Doc_0/Signs/Sign_0/SignedValue.dat"
)

const (
	head = `<?xml version="1.0" encoding="UTF-8"?>` + "\n"
	ns   = ` xmlns:ofd="http://www.ofdspec.org/2016"`
)

// Parts writes the parts that a seal protects: all but the code to scan, whose
// drawing is dear and which anyone can draw again from the data, and compare.
func (s Sheet) Parts() []Part {
	return []Part{
		{rootPath, s.root()},
		{documentPath, []byte(head + `<ofd:Document` + ns + `><ofd:CommonData><ofd:MaxUnitID>9999</ofd:MaxUnitID>` +
			`<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea><ofd:PublicRes>PublicRes.xml</ofd:PublicRes></ofd:CommonData>` +
			`<ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages>` +
			`<ofd:Annotations>Annots/Annotations.xml</ofd:Annotations></ofd:Document>`)},
		{resourcePath, []byte(head + `<ofd:Res` + ns + ` BaseLoc="Res"><ofd:Fonts><ofd:Font ID="2" FontName="宋体" FamilyName="宋体"/>` +
			`<ofd:Font ID="3" FontName="黑体" FamilyName="黑体"/></ofd:Fonts></ofd:Res>`)},
		{pagePath, s.page()},
		{notesPath, []byte(head + `<ofd:Annotations` + ns + `><ofd:Page PageID="1"><ofd:FileLoc>Page_0/Annotation.xml</ofd:FileLoc></ofd:Page></ofd:Annotations>`)},
	}
}

func (s Sheet) root() []byte {
	var b bytes.Buffer
	b.WriteString(head + `<ofd:OFD` + ns + ` Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo>`)
	element(&b, "DocID", s.ID)
	element(&b, "Title", s.Title)
	element(&b, "Author", s.Author)
	element(&b, "Subject", s.Subject)
	element(&b, "CreationDate", s.Created.String())
	element(&b, "Creator", "Tongban")
	b.WriteString(`<ofd:CustomDatas>`)
	for _, c := range s.Custom {
		b.WriteString(`<ofd:CustomData Name="`)
		escape(&b, c.Name)
		b.WriteString(`">`)
		escape(&b, c.Text)
		b.WriteString(`</ofd:CustomData>`)
	}
	b.WriteString(`</ofd:CustomDatas></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>` +
		`<ofd:Signatures>Doc_0/Signs/Signatures.xml</ofd:Signatures></ofd:DocBody></ofd:OFD>`)
	return b.Bytes()
}

// pageSize is room for most pages, in bytes.
const pageSize = 8 << 10

func (s Sheet) page() []byte {
	b := append(make([]byte, 0, pageSize), head+`<ofd:Page`+ns+`><ofd:Content><ofd:Layer ID="10">`...)
	id := 11
	for _, r := range s.Rules {
		b = r.write(b, id)
		id++
	}
	for _, t := range s.Texts {
		b = t.write(b, id)
		id++
	}
	return append(b, `</ofd:Layer></ofd:Content></ofd:Page>`...)
}

// Width of a line of writing in mm: Latin letters take half a square.
func Width(s string, size float64) (w float64) {
	for _, r := range s {
		w += advance(r, size)
	}
	return w
}

func advance(r rune, size float64) float64 {
	if r < 0x2000 {
		return size / 2
	}
	return size
}

func (r Rule) write(b []byte, id int) []byte {
	across, down := r.X2-r.X1, r.Y2-r.Y1
	b = strconv.AppendInt(append(b, `<ofd:PathObject ID="`...), int64(id), 10)
	b = Box{r.X1, r.Y1, max(across, 0.25), max(down, 0.25)}.write(append(b, `" Boundary="`...))
	b = appendMM(append(b, `" LineWidth="0.25"><ofd:StrokeColor Value="120 20 20"/><ofd:AbbreviatedData>M 0 0 L `...), across)
	b = appendMM(append(b, ' '), down)
	return append(b, `</ofd:AbbreviatedData></ofd:PathObject>`...)
}

func (t Text) write(b []byte, id int) []byte {
	font := `" Font="2" Size="`
	if t.Bold {
		font = `" Font="3" Size="`
	}
	b = strconv.AppendInt(append(b, `<ofd:TextObject ID="`...), int64(id), 10)
	b = Box{t.X, t.Y, Width(t.S, t.Size) + 1, t.Size * 1.4}.write(append(b, `" Boundary="`...))
	b = appendMM(append(b, font...), t.Size)
	b = appendMM(append(b, `"><ofd:TextCode X="0" Y="`...), t.Size)
	b = append(b, '"')
	if utf8.RuneCountInString(t.S) > 1 {
		b = append(deltas(append(b, ` DeltaX="`...), t.S, t.Size), '"')
	}
	w := bytes.NewBuffer(append(b, '>'))
	escape(w, t.S)
	return append(w.Bytes(), `</ofd:TextCode></ofd:TextObject>`...)
}

// deltas says how far apart letters stand; equal ones are grouped: "g 3 4.2".
func deltas(b []byte, s string, size float64) []byte {
	letters := []rune(s)
	for i := 0; i < len(letters)-1; {
		if i > 0 {
			b = append(b, ' ')
		}
		w, n := advance(letters[i], size), 1
		for i+n < len(letters)-1 && advance(letters[i+n], size) == w {
			n++
		}
		i += n
		if n > 2 {
			b = append(strconv.AppendInt(append(b, "g "...), int64(n), 10), ' ')
			n = 1
		}
		b = appendMM(b, w)
		for range n - 1 {
			b = appendMM(append(b, ' '), w)
		}
	}
	return b
}

// Signature writes Signature.xml, which lists the digest of every part; its
// own digest is what a seal signs. at is the seal's place on the page.
func Signature(parts []Part, seal Box, signed time.Time) []byte {
	var b bytes.Buffer
	b.WriteString(head + `<ofd:Signature` + ns + `><ofd:SignedInfo><ofd:Provider ProviderName="Tongban" Version="1.0" Company="Tongban"/>` +
		`<ofd:SignatureMethod>1.2.156.10197.1.501</ofd:SignatureMethod><ofd:SignatureDateTime>` +
		signed.In(calendar.Zone).Format(time.DateTime) + `</ofd:SignatureDateTime><ofd:References CheckMethod="1.2.156.10197.1.401">`)
	for _, p := range parts {
		sum := sm3.Sum(p.Data)
		b.WriteString(`<ofd:Reference FileRef="/` + p.Path + `"><ofd:CheckValue>` + base64.StdEncoding.EncodeToString(sum[:]) + `</ofd:CheckValue></ofd:Reference>`)
	}
	b.WriteString(`</ofd:References><ofd:StampAnnot ID="1" PageRef="1" Boundary="` + seal.String() + `"/></ofd:SignedInfo>` +
		`<ofd:SignedValue>/` + valuePath + `</ofd:SignedValue></ofd:Signature>`)
	return b.Bytes()
}

// Pack makes the file: the signed parts, the code to scan, the signature. The
// same parts always make the same file.
func Pack(parts []Part, note, signature, value []byte) ([]byte, error) {
	all := append(parts[:len(parts):len(parts)], Part{NotePath, note},
		Part{listPath, []byte(head + `<ofd:Signatures` + ns + `><ofd:MaxSignId>1</ofd:MaxSignId><ofd:Signature ID="1" Type="Seal" BaseLoc="/` + SignaturePath + `"/></ofd:Signatures>`)},
		Part{SignaturePath, signature}, Part{valuePath, value})
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, p := range all {
		w, err := z.Create(p.Path)
		if err != nil {
			return nil, fmt.Errorf("pack %s: %w", p.Path, err)
		}
		if _, err := w.Write(p.Data); err != nil {
			return nil, fmt.Errorf("pack %s: %w", p.Path, err)
		}
	}
	if err := z.Close(); err != nil {
		return nil, fmt.Errorf("pack: %w", err)
	}
	return b.Bytes(), nil
}

// String writes a box as OFD does: "x y w h".
func (b Box) String() string { return string(b.write(nil)) }

func (b Box) write(to []byte) []byte {
	to = appendMM(to, b.X)
	for _, v := range []float64{b.Y, b.W, b.H} {
		to = appendMM(append(to, ' '), v)
	}
	return to
}

// mm writes a length to a hundredth.
func mm(v float64) string { return string(appendMM(nil, v)) }

func appendMM(b []byte, v float64) []byte {
	b = strconv.AppendFloat(b, v, 'f', 2, 64)
	return bytes.TrimSuffix(bytes.TrimRight(b, "0"), []byte("."))
}

func element(b *bytes.Buffer, name, s string) {
	if s == "" {
		return
	}
	b.WriteString(`<ofd:` + name + `>`)
	escape(b, s)
	b.WriteString(`</ofd:` + name + `>`)
}

func escape(b *bytes.Buffer, s string) {
	xml.EscapeText(b, []byte(s)) // a bytes.Buffer never refuses
}
