package portal

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf16"
)

// A formLine is one line of a written application: a heading, or a name with
// its answer.
type formLine struct {
	Head, Name, Text string
}

const (
	pdfLines  = 44 // on a page
	pdfSquare = 38 // ideographs on a line
)

// formPDF writes an application form (申请书) as PDF on A4. The letters are those
// of the reader's own Song typeface (Adobe-GB1), so the file carries none.
func formPDF(title string, lines []formLine) []byte {
	var texts []string
	for _, l := range lines {
		switch {
		case l.Head != "":
			texts = append(texts, "", "【"+l.Head+"】")
		default:
			texts = append(texts, folded("　"+l.Name+"："+l.Text, pdfSquare)...)
		}
	}
	var pages []string
	for len(texts) > 0 || len(pages) == 0 {
		n := min(pdfLines, len(texts))
		pages = append(pages, pdfPage(title, texts[:n], len(pages) == 0))
		texts = texts[n:]
	}
	return pdfFile(pages)
}

// folded breaks a text at line ends and after width squares; Latin letters take half.
func folded(text string, width float64) []string {
	var lines []string
	for part := range strings.SplitSeq(text, "\n") {
		var line []rune
		used := 0.0
		for _, r := range part {
			w := 1.0
			if r < 0x100 {
				w = 0.5
			}
			if used+w > width {
				lines, line, used = append(lines, string(line)), nil, 0
			}
			line, used = append(line, r), used+w
		}
		lines = append(lines, string(line))
	}
	return lines
}

// pdfPage is the content of one page.
func pdfPage(title string, lines []string, first bool) string {
	var b strings.Builder
	top := 780
	if first {
		fmt.Fprintf(&b, "BT /F 18 Tf %.1f 790 Td <%s> Tj ET\n", max(60, 297.5-9*squares(title)), utf16Hex(title))
		top = 755
	}
	fmt.Fprintf(&b, "BT /F 12 Tf 60 %d Td 16 TL\n", top)
	for _, line := range lines {
		fmt.Fprintf(&b, "<%s> Tj T*\n", utf16Hex(line))
	}
	b.WriteString("ET\n")
	return b.String()
}

func squares(text string) (n float64) {
	for _, r := range text {
		if r < 0x100 {
			n += 0.5
		} else {
			n++
		}
	}
	return n
}

func utf16Hex(text string) string {
	var b strings.Builder
	for _, u := range utf16.Encode([]rune(text)) {
		fmt.Fprintf(&b, "%04X", u)
	}
	return b.String()
}

// pdfFile puts pages together with the typeface and the table of where things are.
func pdfFile(pages []string) []byte {
	objects := []string{
		"<</Type/Catalog/Pages 2 0 R>>", "",
		"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light-UniGB-UTF16-H/Encoding/UniGB-UTF16-H/DescendantFonts[4 0 R]>>",
		"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>/DW 1000/W[1 95 500]/FontDescriptor 5 0 R>>",
		"<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>",
	}
	var kids []string
	for _, content := range pages {
		n := len(objects) + 1
		kids = append(kids, fmt.Sprintf("%d 0 R", n))
		objects = append(objects, fmt.Sprintf("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>/Contents %d 0 R>>", n+1),
			fmt.Sprintf("<</Length %d>>stream\n%sendstream", len(content), content))
	}
	objects[1] = fmt.Sprintf("<</Type/Pages/Kids[%s]/Count %d>>", strings.Join(kids, " "), len(kids))
	var b bytes.Buffer
	b.WriteString("%PDF-1.5\n")
	var at []int
	for i, o := range objects {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	table := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, n := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", n)
	}
	fmt.Fprintf(&b, "trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, table)
	return b.Bytes()
}
