// Package pdf sets text in type on A4 pages (版式文件): Chinese text from an embedded
// subset of a free typeface, so that it looks the same everywhere and can be
// searched and copied; lines, drawings and tables beside it.
//
// The same calls make the same bytes. A letter that no typeface has is drawn as 〓,
// copies as the letter that was meant, and is named by Missing: nothing is
// dropped in silence.
//
// Lengths are in millimetres from the upper left corner of the page.
package pdf

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// The page (GB/T 9704: A4).
const (
	PageWidth  = 210.0
	PageHeight = 297.0
)

// point is a millimetre in points.
const point = 72 / 25.4

// geta is drawn for a letter that no typeface has, as printers do.
const geta = '〓'

// About is what the file says about itself.
type About struct {
	Title, Author, Subject string
	Made                   time.Time
}

// A Document is a file that is being written.
type Document struct {
	about   About
	fonts   []*face
	pages   []*Page
	missing []rune
}

// A face is a typeface with the letters that this file takes from it.
type face struct {
	*Font
	glyphs []uint16 // by number in the file; 0 is the one for nothing
	says   []rune
	number map[rune]int
}

// New begins a file. Letters are taken from the first typeface that has them.
func New(about About, fonts ...*Font) *Document {
	d := &Document{about: about}
	for _, f := range fonts {
		d.fonts = append(d.fonts, &face{Font: f, glyphs: []uint16{0}, says: []rune{0}, number: map[rune]int{}})
	}
	return d
}

// Page begins a new page.
func (d *Document) Page() *Page {
	p := &Page{doc: d}
	d.pages = append(d.pages, p)
	return p
}

// Pages is how many pages there are.
func (d *Document) Pages() []*Page { return d.pages }

// Missing names the letters that no typeface has, in the order in which they came.
func (d *Document) Missing() []rune { return d.missing }

// letter finds r: the number of the face, and of the letter in it.
func (d *Document) letter(r rune) (at, number int) {
	for i, f := range d.fonts {
		if g := f.Font.glyphs[r]; g != 0 {
			return i, f.take(r, g)
		}
	}
	if !slices.Contains(d.missing, r) {
		d.missing = append(d.missing, r)
	}
	return 0, d.fonts[0].take(r, d.fonts[0].Font.glyphs[geta])
}

func (f *face) take(r rune, g uint16) int {
	n, known := f.number[r]
	if !known {
		n = len(f.glyphs)
		f.number[r] = n
		f.glyphs, f.says = append(f.glyphs, g), append(f.says, r)
	}
	return n
}

// Width is how wide s is set at size, both in millimetres.
func (d *Document) Width(s string, size float64) float64 {
	w := 0.0
	for _, r := range s {
		at, n := d.letter(r)
		w += d.fonts[at].width(d.fonts[at].glyphs[n])
	}
	return w * size / 1000
}

// Bytes is the finished file.
func (d *Document) Bytes() ([]byte, error) {
	f := &file{}
	resources := ""
	for i, face := range d.fonts {
		if len(face.glyphs) == 1 {
			continue
		}
		ref, err := face.write(f, i)
		if err != nil {
			return nil, err
		}
		resources += fmt.Sprintf("/F%d %s", i, ref)
	}
	tree, set := f.later()
	var kids []string
	for _, p := range d.pages {
		content, err := f.stream("", p.content.Bytes())
		if err != nil {
			return nil, err
		}
		kids = append(kids, f.add(fmt.Sprintf("<</Type/Page/Parent %s/MediaBox[0 0 %s %s]/Resources<</Font<<%s>>>>/Contents %s>>",
			tree, num(PageWidth*point), num(PageHeight*point), resources, content)))
	}
	set(fmt.Sprintf("<</Type/Pages/Kids[%s]/Count %d>>", strings.Join(kids, " "), len(kids)))
	root := f.add(fmt.Sprintf("<</Type/Catalog/Pages %s/Lang(zh-CN)/ViewerPreferences<</DisplayDocTitle true>>>>", tree))
	info := f.add(fmt.Sprintf("<</Title %s/Author %s/Subject %s/Producer %s/CreationDate %s>>",
		words(d.about.Title), words(d.about.Author), words(d.about.Subject), words("通办"), moment(d.about.Made)))
	return f.bytes(root, info), nil
}

// write puts the letters that were used into the file, and says what each means.
func (f *face) write(out *file, i int) (string, error) {
	data := f.subset(f.glyphs)
	program, err := out.stream(fmt.Sprintf("/Length1 %d", len(data)), data)
	if err != nil {
		return "", err
	}
	says, err := out.stream("", []byte(f.meaning()))
	if err != nil {
		return "", err
	}
	name := fmt.Sprintf("%cTONGB+Tongban-Song", 'A'+i%26)
	descriptor := out.add(fmt.Sprintf("<</Type/FontDescriptor/FontName/%s/Flags 4/FontBBox[%d %d %d %d]/ItalicAngle 0/Ascent %.0f/Descent %.0f/CapHeight 730/StemV 80/FontFile2 %s>>",
		name, f.box[0], f.box[1], f.box[2], f.box[3], f.ascent*1000, f.descent*1000, program))
	var widths strings.Builder
	for _, g := range f.glyphs {
		fmt.Fprintf(&widths, "%.0f ", f.width(g))
	}
	letters := out.add(fmt.Sprintf("<</Type/Font/Subtype/CIDFontType2/BaseFont/%s/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor %s/DW 1000/W[0[%s]]/CIDToGIDMap/Identity>>",
		name, descriptor, strings.TrimSpace(widths.String())))
	return out.add(fmt.Sprintf("<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/Identity-H/DescendantFonts[%s]/ToUnicode %s>>", name, letters, says)), nil
}

// meaning is the table by which readers search and copy.
func (f *face) meaning() string {
	var b strings.Builder
	b.WriteString("/CIDInit/ProcSet findresource begin 12 dict begin begincmap/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def" +
		"/CMapName/Adobe-Identity-UCS def/CMapType 2 def 1 begincodespacerange<0000><FFFF>endcodespacerange\n")
	for from := 1; from < len(f.says); from += 100 {
		to := min(from+100, len(f.says))
		fmt.Fprintf(&b, "%d beginbfchar\n", to-from)
		for n := from; n < to; n++ {
			fmt.Fprintf(&b, "<%04X><%s>\n", n, hex16(string(f.says[n])))
		}
		b.WriteString("endbfchar\n")
	}
	b.WriteString("endcmap CMapName currentdict/CMap defineresource pop end end")
	return b.String()
}
