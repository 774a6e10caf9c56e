package blob

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"strings"
	"sync"
)

// typeOf is Sniff with a second look where the beginning does not tell: at the
// directory of a zip, which is at its end, and at that of an old Office file.
func typeOf(f io.ReaderAt, size int64) (Type, error) {
	lent := heads.Get().(*[]byte)
	defer heads.Put(lent)
	head, err := fill(*lent, f, 0)
	if err != nil {
		return Unknown, err
	}
	switch t := Sniff(head); t {
	case Zip, OFD, DOCX, XLSX, PPTX:
		names, err := listedNames(f, size)
		return zipKind(names), err
	case CFB:
		directory, err := part(f, cfbDirectory(head), 2*HeadSize)
		return cfbKind(directory), err
	default:
		return t, nil
	}
}

// heads are lent to who looks at the beginning of a file, which is done for each
// file of each application.
var heads = sync.Pool{New: func() any { b := make([]byte, HeadSize); return &b }}

// cfbDirectory is where the directory of an old Office file begins ([MS-CFB] 2.2).
func cfbDirectory(head []byte) int64 {
	if len(head) < 52 {
		return 0
	}
	shift := head[30]
	if shift != 9 && shift != 12 {
		return 0
	}
	return (int64(binary.LittleEndian.Uint32(head[48:])) + 1) << shift
}

// part reads size bytes from there, or as many as there are.
func part(f io.ReaderAt, at int64, size int) ([]byte, error) {
	return fill(make([]byte, size), f, at)
}

// fill is part into b.
func fill(b []byte, f io.ReaderAt, at int64) ([]byte, error) {
	n, err := f.ReadAt(b, at)
	if err != nil && err != io.EOF {
		return nil, fmt.Errorf("look into file: %w", err)
	}
	return b[:n], nil
}

// localNames finds the names of a zip's files in its beginning. An entry that
// does not give its length is passed over by looking for the next.
func localNames(head []byte) (names []string) {
	le := binary.LittleEndian
	for len(head) >= 30 && string(head[:4]) == "PK\x03\x04" {
		end := 30 + int(le.Uint16(head[26:]))
		if end > len(head) {
			break
		}
		names = append(names, string(head[30:end]))
		next := end + int(le.Uint16(head[28:])) + int(le.Uint32(head[18:]))
		if le.Uint16(head[6:])&8 != 0 {
			next = end + max(0, bytes.Index(head[end:], []byte("PK\x03\x04")))
		}
		if next > len(head) {
			break
		}
		head = head[next:]
	}
	return names
}

// listedNames reads the names of a zip's files from its directory, the first
// megabyte of it; none if there is no directory.
func listedNames(f io.ReaderAt, size int64) (names []string, err error) {
	le := binary.LittleEndian
	tail, err := part(f, max(0, size-2*HeadSize), 2*HeadSize)
	at := bytes.LastIndex(tail, []byte("PK\x05\x06"))
	if err != nil || at < 0 || at+22 > len(tail) {
		return nil, err
	}
	list, err := part(f, int64(le.Uint32(tail[at+16:])), min(int(le.Uint32(tail[at+12:])), 1<<20))
	for err == nil && len(list) >= 46 && string(list[:4]) == "PK\x01\x02" {
		end := 46 + int(le.Uint16(list[28:]))
		next := end + int(le.Uint16(list[30:])) + int(le.Uint16(list[32:]))
		if next > len(list) {
			break
		}
		names = append(names, string(list[46:end]))
		list = list[next:]
	}
	return names, err
}

// zipKind tells what a zip with such files in it is.
func zipKind(names []string) Type {
	office := false
	for _, name := range names {
		switch {
		case name == "OFD.xml":
			return OFD
		case name == "[Content_Types].xml":
			office = true
		}
	}
	for _, name := range names {
		switch {
		case !office:
		case strings.HasPrefix(name, "word/"):
			return DOCX
		case strings.HasPrefix(name, "xl/"):
			return XLSX
		case strings.HasPrefix(name, "ppt/"):
			return PPTX
		}
	}
	return Zip
}

const cfbMagic = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

// cfbKind looks for the names of the streams that each old Office program keeps.
func cfbKind(part []byte) Type {
	for _, s := range []struct {
		name string
		t    Type
	}{{"WordDocument", DOC}, {"Workbook", XLS}, {"PowerPoint Document", PPT}, {"Book", XLS}} {
		if bytes.Contains(part, utf16(s.name)) {
			return s.t
		}
	}
	return CFB
}

func utf16(ascii string) []byte {
	wide := make([]byte, 0, 2*len(ascii))
	for i := range len(ascii) {
		wide = append(wide, ascii[i], 0)
	}
	return wide
}
