package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strconv"
	"strings"

	"tongban/internal/ground/fault"
)

// Bounds of a workbook, which is read row by row and never held whole.
const (
	mostUnpacked = 4 << 30   // of all sheets together
	mostRatio    = 400       // a sheet packed more tightly is no table
	mostStrings  = 128 << 20 // of the shared strings, which are held
	mostSheets   = 100
	mostMerged   = 200_000
)

// A Book is a workbook (工作簿) that is read row by row, so that its size is
// bounded by the disk rather than by the memory. Formulas are read as the text
// they last showed; macros and packed bombs are refused.
type Book struct {
	files   map[string]*zip.File
	names   []string
	sheets  map[string]string // path by name
	hidden  map[string]bool
	strings shared
	Date4   bool // days are counted from 1904
}

// OpenBook opens an XLSX workbook. Faults: sheet.format, sheet.macro,
// sheet.bomb, sheet.strings.
func OpenBook(r io.ReaderAt, size int64) (*Book, error) {
	archive, err := zip.NewReader(r, size)
	if err != nil {
		return nil, unreadable()
	}
	b := &Book{files: map[string]*zip.File{}, sheets: map[string]string{}, hidden: map[string]bool{}}
	if err := b.admit(archive); err != nil {
		return nil, err
	}
	if err := b.contents(); err != nil {
		return nil, err
	}
	return b, b.readStrings()
}

// admit looks over what is packed before anything is unpacked. What a file says
// of its own size is believed only because the reader stops there.
func (b *Book) admit(archive *zip.Reader) error {
	var total uint64
	for _, f := range archive.File {
		name := strings.ToLower(strings.TrimPrefix(f.Name, "/"))
		if strings.Contains(name, "vbaproject") || strings.Contains(name, "macrosheets/") {
			return fault.New(fault.Invalid, "sheet.macro", "表格含有宏，请另存为不含宏的 XLSX 再导入")
		}
		total += f.UncompressedSize64
		if total > mostUnpacked || f.UncompressedSize64 > 16<<20 && f.UncompressedSize64/mostRatio > f.CompressedSize64 {
			return fault.New(fault.TooLarge, "sheet.bomb", "表格解压后大得不合常理，不予读取；确是正常表格的请拆分后再导入")
		}
		b.files[name] = f
	}
	return nil
}

type workbook struct {
	Properties struct {
		Date1904 string `xml:"date1904,attr"`
	} `xml:"workbookPr"`
	Sheets []struct {
		Name  string `xml:"name,attr"`
		State string `xml:"state,attr"`
		ID    string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
		Old   string `xml:"http://purl.oclc.org/ooxml/officeDocument/relationships id,attr"`
	} `xml:"sheets>sheet"`
}

type relations struct {
	All []struct {
		ID     string `xml:"Id,attr"`
		Target string `xml:"Target,attr"`
		Mode   string `xml:"TargetMode,attr"`
	} `xml:"Relationship"`
}

// contents finds the sheets by their names.
func (b *Book) contents() error {
	var w workbook
	var rels relations
	if b.small("xl/workbook.xml", &w) != nil || b.small("xl/_rels/workbook.xml.rels", &rels) != nil || len(w.Sheets) == 0 || len(w.Sheets) > mostSheets {
		return unreadable()
	}
	targets := map[string]string{}
	for _, r := range rels.All {
		if r.Mode != "External" {
			targets[r.ID] = strings.ToLower(strings.TrimPrefix(path.Join("xl", r.Target), "/"))
			if strings.HasPrefix(r.Target, "/") {
				targets[r.ID] = strings.ToLower(r.Target[1:])
			}
		}
	}
	for _, s := range w.Sheets {
		target := targets[s.ID+s.Old]
		if b.files[target] == nil {
			continue
		}
		b.names = append(b.names, s.Name)
		b.sheets[s.Name] = target
		b.hidden[s.Name] = s.State == "hidden" || s.State == "veryHidden"
	}
	b.Date4 = w.Properties.Date1904 == "1" || w.Properties.Date1904 == "true"
	return nil
}

// small reads a part that is never large.
func (b *Book) small(name string, into any) error {
	f := b.files[name]
	if f == nil || f.UncompressedSize64 > 4<<20 {
		return errXML
	}
	r, err := f.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	return xml.NewDecoder(io.LimitReader(r, 4<<20)).Decode(into)
}

// Sheets are the names of the sheets, in their order.
func (b *Book) Sheets() []string { return b.names }

// Has reports whether there is a sheet of that name.
func (b *Book) Has(name string) bool { return b.sheets[name] != "" }

// shared are the strings that cells share, end to end.
type shared struct {
	text []byte
	ends []uint32
}

func (s *shared) at(i int) (string, bool) {
	if i < 0 || i >= len(s.ends) {
		return "", false
	}
	from := uint32(0)
	if i > 0 {
		from = s.ends[i-1]
	}
	return string(s.text[from:s.ends[i]]), true
}

func (b *Book) readStrings() error {
	f := b.files["xl/sharedstrings.xml"]
	if f == nil {
		return nil
	}
	r, err := f.Open()
	if err != nil {
		return unreadable()
	}
	defer r.Close()
	switch err := b.strings.read(newTokens(r)); {
	case errors.Is(err, errStrings):
		return fault.New(fault.TooLarge, "sheet.strings", "表格的文字超过128MB，请拆分后再导入")
	case err != nil:
		return unreadable()
	}
	return nil
}

var errStrings = errors.New("too many shared strings")

// read reads all strings: the text within each si, rich or plain, without the
// reading aids (rPh).
func (s *shared) read(t *tokens) error {
	var one sharedText
	for {
		err := one.next(t)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return errXML
		}
		name, attrs, empty, err := t.element()
		if err != nil {
			return err
		}
		switch string(name) {
		case "si":
			one.words = one.words[:0]
			if empty {
				s.ends = append(s.ends, uint32(len(s.text)))
			}
		case "/si":
			s.text = append(s.text, plain(one.words)...)
			s.ends = append(s.ends, uint32(len(s.text)))
			if len(s.text) > mostStrings || len(s.ends) > mostStrings/4 {
				return errStrings
			}
		default:
			one.element(string(name), attrs, empty)
		}
	}
}

// sharedText is one shared string while it is read.
type sharedText struct {
	words   []byte
	in, aid bool // within its text; within a reading aid
}

// next reads up to the next element, and keeps what stands before it if it is of
// the text.
func (x *sharedText) next(t *tokens) (err error) {
	if x.in && !x.aid {
		x.words, err = t.text(x.words)
		return err
	}
	return t.skip()
}

// element begins or ends a part of the string; "!" is text that is quoted as it is.
func (x *sharedText) element(name string, quoted []byte, empty bool) {
	switch name {
	case "t":
		x.in = !empty
	case "/t":
		x.in = false
	case "!":
		if x.in && !x.aid {
			x.words = append(x.words, quoted...)
		}
	case "rPh":
		x.aid = !empty
	case "/rPh":
		x.aid = false
	}
}

// Number is a cell as a whole number: 5, 5.0, 3.2E+11; false if it is none.
func Number(cell string) (int64, bool) {
	if n, err := strconv.ParseInt(cell, 10, 64); err == nil {
		return n, true
	}
	f, err := strconv.ParseFloat(cell, 64)
	if err != nil || f != float64(int64(f)) || f > 1e15 || f < -1e15 {
		return 0, false
	}
	return int64(f), true
}

// tidied writes a number as people do: 3.203E+11 is 320300000000.
func tidied(b []byte) string {
	s := string(bytes.TrimSpace(b))
	if strings.ContainsAny(s, ".eE") {
		if n, ok := Number(s); ok {
			return strconv.FormatInt(n, 10)
		}
	}
	return s
}
