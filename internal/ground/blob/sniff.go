package blob

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// HeadSize is how much of a file's beginning Sniff can make use of, in bytes.
const HeadSize = 32 << 10

// Sniff tells the type of a file from its beginning. It never fails: what it
// does not know is Unknown.
func Sniff(head []byte) Type {
	head = head[:min(len(head), HeadSize)]
	for _, s := range signatures {
		if len(head) >= s.at && bytes.HasPrefix(head[s.at:], []byte(s.is)) {
			if s.look != nil {
				return s.look(head)
			}
			return s.t
		}
	}
	return sniffText(head)
}

// signatures are the first bytes of each type, as the registries of file
// formats give them; look tells apart those that begin alike.
var signatures = []struct {
	at   int
	is   string
	t    Type
	look func(head []byte) Type
}{
	{0, "%PDF-", PDF, nil},
	{0, "\xef\xbb\xbf%PDF-", PDF, nil},
	{0, "\xff\xd8\xff", JPEG, nil},
	{0, "\x89PNG\r\n\x1a\n", PNG, nil},
	{0, "GIF87a", GIF, nil},
	{0, "GIF89a", GIF, nil},
	{0, "II*\x00", TIFF, nil},
	{0, "MM\x00*", TIFF, nil},
	{0, "RIFF", Unknown, riff},
	{4, "ftyp", Unknown, brand},
	{0, "PK\x03\x04", Zip, func(head []byte) Type { return zipKind(localNames(head)) }},
	{0, "PK\x05\x06", Zip, nil},
	{0, cfbMagic, CFB, cfbKind},
	{0, "Rar!\x1a\x07", RAR, nil},
	{0, "7z\xbc\xaf\x27\x1c", SevenZ, nil},
	{0, "AC10", DWG, orText(DWG)},
	{0, "\x7fELF", Program, nil},
	{0, "MZ", Program, orText(Program)},
	{0, "#!", Program, nil},
	{0, "BM", Unknown, bitmap},
}

func riff(head []byte) Type {
	if len(head) >= 12 && string(head[8:12]) == "WEBP" {
		return WebP
	}
	return Unknown
}

// brand tells the families of ISO/IEC 14496-12 apart.
func brand(head []byte) Type {
	if len(head) < 12 {
		return Unknown
	}
	switch string(head[8:12]) {
	case "heic", "heix", "hevc", "hevx", "heim", "heis", "mif1", "msf1":
		return HEIC
	case "avif", "avis", "crx ":
		return Unknown
	}
	return MP4
}

// orText is for letters with which a text may begin as well.
func orText(t Type) func([]byte) Type {
	return func(head []byte) Type {
		if is := sniffText(head); is != Unknown {
			return is
		}
		return t
	}
}

func bitmap(head []byte) Type {
	if len(head) >= 26 && head[6] == 0 && head[7] == 0 && head[8] == 0 && head[9] == 0 {
		return BMP
	}
	return sniffText(head)
}

// sniffText tells text (UTF-8, UTF-16 with its mark, GB 18030) from data, and
// text that a browser would run from text that it shows.
func sniffText(head []byte) Type {
	switch {
	case len(head) == 0:
		return Unknown
	case bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("\xfe\xff")):
		return Text
	case bytes.ContainsFunc(head, control) || !utf8Text(head) && !gbText(head):
		return Unknown
	}
	start := bytes.ToLower(head[:min(len(head), 1024)])
	for _, tag := range []string{"<!doctype html", "<html", "<script", "<svg", "<body", "<iframe"} {
		if bytes.Contains(start, []byte(tag)) {
			return HTML
		}
	}
	return Text
}

func control(r rune) bool {
	return r < ' ' && !strings.ContainsRune("\t\n\r\f\b\x1b\x1a", r) || r == 0x7f
}

// utf8Text allows a letter cut off at the end of what was read.
func utf8Text(head []byte) bool {
	for cut := range utf8.UTFMax {
		if cut >= len(head) {
			break
		}
		if utf8.Valid(head[:len(head)-cut]) {
			return true
		}
	}
	return false
}

// gbText reports whether all of head can be GB 18030.
func gbText(head []byte) bool {
	for i := 0; i < len(head); {
		switch {
		case head[i] < 0x80:
			i++
		case head[i] == 0x80 || head[i] == 0xff:
			return false
		case i+1 >= len(head):
			return i > 0 // cut off
		case head[i+1] >= '0' && head[i+1] <= '9':
			i += 4
		case head[i+1] < 0x40 || head[i+1] == 0x7f || head[i+1] == 0xff:
			return false
		default:
			i += 2
		}
	}
	return true
}
