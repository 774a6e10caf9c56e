package sheet

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"fmt"
	"hash"
	"hash/crc32"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A Column is a heading of a sheet we write.
type Column struct {
	Heading string
	Width   int      // in characters; 0: as wide as the program likes
	Options []string // offered to choose from
}

// A BookWriter writes a workbook of several sheets, whose rows may come in any
// order among each other. What is written is packed at once, so that memory
// holds the packed book only.
type BookWriter struct {
	sheets []*SheetWriter
	shared map[string]int // short texts, which tables repeat
	order  []string
}

// Texts that are shared: short ones, and not without end.
const (
	shortText  = 90 // bytes
	mostShared = 60_000
)

// share is the number of a shared text, -1 for one that is not shared.
func (b *BookWriter) share(s string) int {
	if i, ok := b.shared[s]; ok {
		return i
	}
	if len(s) > shortText || len(b.order) >= mostShared {
		return -1
	}
	if b.shared == nil {
		b.shared = map[string]int{}
	}
	b.order = append(b.order, s)
	b.shared[s] = len(b.order) - 1
	return len(b.order) - 1
}

// A SheetWriter writes the rows of one sheet.
type SheetWriter struct {
	book    *BookWriter
	name    string
	columns []Column
	packed  bytes.Buffer
	packer  *flate.Writer
	sum     hash.Hash32
	size    uint64
	rows    int
	line    []byte
	err     error
}

// Sheet begins a sheet with its row of headings.
func (b *BookWriter) Sheet(name string, columns ...Column) *SheetWriter {
	s := &SheetWriter{book: b, name: name, columns: columns, sum: crc32.NewIEEE()}
	s.packer, s.err = flate.NewWriter(&s.packed, flate.BestSpeed)
	b.sheets = append(b.sheets, s)
	s.write([]byte(header))
	s.write([]byte(`<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`))
	var cols strings.Builder
	heads := make([]string, len(columns))
	for i, c := range columns {
		heads[i] = c.Heading
		fmt.Fprintf(&cols, `<col min="%d" max="%d" width="%d" customWidth="1"/>`, i+1, i+1, max(c.Width, 12))
	}
	if len(columns) > 0 {
		s.write([]byte(`<cols>` + cols.String() + `</cols>`))
	}
	s.write([]byte(`<sheetData>`))
	s.row(heads, 1)
	return s
}

// Row writes one row. Texts are written as texts, so that no program takes them
// for formulas; one that looks like a formula is quoted besides (see Guard).
func (s *SheetWriter) Row(cells []string) { s.row(cells, 0) }

func (s *SheetWriter) row(cells []string, style int) {
	s.rows++
	s.line = append(s.line[:0], `<row r="`...)
	s.line = strconv.AppendInt(s.line, int64(s.rows), 10)
	s.line = append(s.line, `">`...)
	for i, c := range cells {
		if c == "" {
			continue
		}
		s.line = append(s.line, `<c r="`...)
		s.line = append(s.line, ColumnName(i)...)
		s.line = strconv.AppendInt(s.line, int64(s.rows), 10)
		if style > 0 {
			s.line = append(s.line, `" s="1`...)
		}
		c = Guard(c)
		if i := s.book.share(c); i >= 0 {
			s.line = append(s.line, `" t="s"><v>`...)
			s.line = strconv.AppendInt(s.line, int64(i), 10)
			s.line = append(s.line, `</v></c>`...)
			continue
		}
		s.line = append(s.line, `" t="inlineStr"><is><t xml:space="preserve">`...)
		s.line = appendEscaped(s.line, c)
		s.line = append(s.line, `</t></is></c>`...)
	}
	s.write(append(s.line, `</row>`...))
}

func (s *SheetWriter) write(b []byte) {
	if s.err != nil {
		return
	}
	s.sum.Write(b) // never fails
	s.size += uint64(len(b))
	_, s.err = s.packer.Write(b)
}

// end closes the sheet with what may be chosen in its columns.
func (s *SheetWriter) end() error {
	s.write([]byte(`</sheetData>`))
	var choices []string
	for i, c := range s.columns {
		list := strings.Join(c.Options, ",")
		if list == "" || utf8.RuneCountInString(list) > 250 || strings.Contains(list, `"`) {
			continue
		}
		choices = append(choices, fmt.Sprintf(`<dataValidation type="list" allowBlank="1" sqref="%s2:%[1]s1048576"><formula1>"%s"</formula1></dataValidation>`,
			ColumnName(i), appendEscaped(nil, list)))
	}
	if len(choices) > 0 {
		s.write([]byte(fmt.Sprintf(`<dataValidations count="%d">%s</dataValidations>`, len(choices), strings.Join(choices, ""))))
	}
	s.write([]byte(`</worksheet>`))
	if s.err != nil {
		return s.err
	}
	return s.packer.Close()
}

const header = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

// WriteTo ends the book and writes it.
func (b *BookWriter) WriteTo(w io.Writer) (int64, error) {
	count := &counter{w: w}
	out := zip.NewWriter(count)
	for i, s := range b.sheets {
		if err := s.writeTo(out, i+1); err != nil {
			return count.n, err
		}
	}
	for _, part := range b.parts() {
		p, err := out.Create(part[0])
		if err != nil {
			return count.n, err
		}
		if _, err := io.WriteString(p, header+part[1]); err != nil {
			return count.n, err
		}
	}
	return count.n, out.Close()
}

// writeTo ends the sheet and puts it into the book as its nth.
func (s *SheetWriter) writeTo(out *zip.Writer, nth int) error {
	if err := s.end(); err != nil {
		return err
	}
	part, err := out.CreateRaw(&zip.FileHeader{Name: fmt.Sprintf("xl/worksheets/sheet%d.xml", nth), Method: zip.Deflate,
		CRC32: s.sum.Sum32(), CompressedSize64: uint64(s.packed.Len()), UncompressedSize64: s.size})
	if err != nil {
		return err
	}
	_, err = s.packed.WriteTo(part)
	return err
}

// parts are the files of a book besides its sheets, by their names in it.
func (b *BookWriter) parts() [][2]string {
	var types, list, rels strings.Builder
	for i, s := range b.sheets {
		fmt.Fprintf(&types, `<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`, i+1)
		fmt.Fprintf(&list, `<sheet name="%s" sheetId="%d" r:id="rId%[2]d"/>`, appendEscaped(nil, s.name), i+1)
		fmt.Fprintf(&rels, `<Relationship Id="rId%d" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet%[1]d.xml"/>`, i+1)
	}
	return [][2]string{
		{"[Content_Types].xml", fmt.Sprintf(contentTypes, types.String())},
		{"_rels/.rels", packageRels},
		{"xl/workbook.xml", fmt.Sprintf(bookXML, list.String())},
		{"xl/_rels/workbook.xml.rels", fmt.Sprintf(bookRels, rels.String())},
		{"xl/styles.xml", stylesXML},
		{"xl/sharedStrings.xml", b.sharedXML()},
	}
}

func (b *BookWriter) sharedXML() string {
	out := []byte(`<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">`)
	for _, s := range b.order {
		out = append(out, `<si><t xml:space="preserve">`...)
		out = appendEscaped(out, s)
		out = append(out, `</t></si>`...)
	}
	return string(append(out, `</sst>`...))
}

type counter struct {
	w io.Writer
	n int64
}

func (c *counter) Write(b []byte) (int, error) {
	n, err := c.w.Write(b)
	c.n += int64(n)
	return n, err
}

const (
	contentTypes = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>%s</Types>`
	packageRels  = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`
	bookXML      = `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>%s</sheets></workbook>`
	bookRels     = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s<Relationship Id="rIdStyles" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/><Relationship Id="rIdStrings" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>`
	stylesXML    = `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts count="2"><font><sz val="11"/><name val="宋体"/></font><font><b/><sz val="11"/><name val="宋体"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf fontId="0"/><xf fontId="1" applyFont="1"/></cellXfs></styleSheet>`
)

// Formula reports whether a spreadsheet could take a text for a formula: = + - @ and
// the like at its beginning, full-width ones too, and = behind spaces.
func Formula(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	return s != "" && strings.ContainsRune("+-@\t\r＝＋－＠", first) || strings.HasPrefix(strings.TrimLeft(s, " \u3000"), "=")
}

// Guard quotes a text that could be taken for a formula once it is copied or saved as
// CSV, and one that is quoted already. Unguard takes the quote off again.
func Guard(s string) string {
	if Formula(s) || strings.HasPrefix(s, "'") {
		return "'" + s
	}
	return s
}

// Unguard is the inverse of Guard.
func Unguard(s string) string {
	if rest, quoted := strings.CutPrefix(s, "'"); quoted && (Formula(rest) || strings.HasPrefix(rest, "'")) {
		return rest
	}
	return s
}

// appendEscaped adds a text as XML and spreadsheets want it.
func appendEscaped(b []byte, s string) []byte {
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == '&':
			b = append(b, "&amp;"...)
		case r == '<':
			b = append(b, "&lt;"...)
		case r == '>':
			b = append(b, "&gt;"...)
		case r == '"':
			b = append(b, "&quot;"...)
		case r == '_' && isEscape(s[i:]):
			b = append(b, "_x005F_"...)
		case r < ' ' && r != '\n' && r != '\t' || r == 0xFFFE || r == 0xFFFF:
			b = fmt.Appendf(b, "_x%04X_", r)
		case r == utf8.RuneError && n == 1:
			b = append(b, "\uFFFD"...)
		default:
			b = append(b, s[i:i+n]...)
		}
		i += n
	}
	return b
}

// isEscape reports whether a text begins like an escape of spreadsheets.
func isEscape(s string) bool {
	_, n := escape([]byte(s[:min(len(s), 8)]))
	return n == 7
}
