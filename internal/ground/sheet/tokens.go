package sheet

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strconv"
	"unicode/utf8"
)

// mostToken is the longest text or tag we read at once; a cell of a spreadsheet
// has at most 32 767 characters.
const mostToken = 128 << 10

// tokens reads the XML of a spreadsheet piece by piece. It knows no more XML
// than spreadsheets use, so that a hundred thousand rows take seconds; a
// document type, by which XML attacks its readers, is refused.
type tokens struct {
	r   *bufio.Reader
	tag []byte // where a tag is put together that does not stand in one piece
}

func newTokens(r io.Reader) *tokens { return &tokens{r: bufio.NewReaderSize(r, mostToken)} }

var errXML = errors.New("not the XML of a spreadsheet")

// text reads on to the next tag and adds what stands before it to b.
func (t *tokens) text(b []byte) ([]byte, error) {
	piece, err := t.r.ReadSlice('<')
	if err != nil {
		if errors.Is(err, bufio.ErrBufferFull) {
			return b, errXML
		}
		return b, err
	}
	if len(b)+len(piece) > 4*mostToken {
		return b, errXML
	}
	return append(b, piece[:len(piece)-1]...), nil
}

// skip reads on to the next tag.
func (t *tokens) skip() error {
	for {
		_, err := t.r.ReadSlice('<')
		if !errors.Is(err, bufio.ErrBufferFull) {
			return err
		}
	}
}

// element reads the rest of a tag: its name without prefix ("/c" at its end),
// its attributes, and whether it is empty. Comments and instructions come as
// elements without a name, CDATA as the name "!" with the text.
func (t *tokens) element() (name, attrs []byte, empty bool, err error) {
	t.tag = t.tag[:0]
	for {
		piece, err := t.r.ReadSlice('>')
		if err != nil || len(t.tag)+len(piece) > mostToken {
			return nil, nil, false, errXML
		}
		t.tag = append(t.tag, piece...)
		if whole(t.tag) {
			break
		}
	}
	tag := t.tag[:len(t.tag)-1]
	switch {
	case bytes.HasPrefix(tag, []byte("![CDATA[")):
		return []byte("!"), bytes.TrimSuffix(tag[len("![CDATA["):], []byte("]]")), true, nil
	case bytes.HasPrefix(tag, []byte("!--")):
		return nil, nil, true, nil
	case bytes.HasPrefix(tag, []byte("?")):
		return nil, nil, true, encoded(tag)
	case bytes.HasPrefix(tag, []byte("!")):
		return nil, nil, false, errXML // a document type
	}
	if n := len(tag); n > 0 && tag[n-1] == '/' {
		tag, empty = tag[:n-1], true
	}
	name, attrs, _ = bytes.Cut(tag, []byte(" "))
	if i := bytes.IndexAny(name, "\t\r\n"); i >= 0 {
		name, attrs = tag[:i], tag[i+1:]
	}
	return local(name), attrs, empty, nil
}

// whole reports whether a tag ends here: not within quotes, a comment or CDATA.
func whole(tag []byte) bool {
	switch {
	case bytes.HasPrefix(tag, []byte("!--")):
		return len(tag) >= len("!---->") && bytes.HasSuffix(tag, []byte("-->"))
	case bytes.HasPrefix(tag, []byte("![CDATA[")):
		return bytes.HasSuffix(tag, []byte("]]>"))
	}
	return bytes.Count(tag, []byte{'"'})%2 == 0
}

// encoded refuses XML in anything but UTF-8.
func encoded(instruction []byte) error {
	if i := bytes.Index(instruction, []byte("encoding=")); i >= 0 && !bytes.HasPrefix(bytes.ToLower(instruction[i+len("encoding="):]), []byte(`"utf-8"`)) &&
		!bytes.HasPrefix(bytes.ToLower(instruction[i+len("encoding="):]), []byte(`'utf-8'`)) {
		return errXML
	}
	return nil
}

// local is a name without its prefix, the slash of an end kept.
func local(name []byte) []byte {
	i := bytes.IndexByte(name, ':')
	if i < 0 {
		return name
	}
	if name[0] == '/' {
		name[i] = '/'
		return name[i:]
	}
	return name[i+1:]
}

// attribute is the value of one attribute; nil if it is not there.
func attribute(attrs []byte, name string) []byte {
	for rest := attrs; ; {
		i := bytes.Index(rest, []byte(name))
		if i < 0 {
			return nil
		}
		after := bytes.TrimLeft(rest[i+len(name):], " ")
		if (i == 0 || rest[i-1] == ' ' || rest[i-1] == '\n' || rest[i-1] == ':') && len(after) > 1 && after[0] == '=' {
			after = bytes.TrimLeft(after[1:], " ")
			if len(after) > 0 && (after[0] == '"' || after[0] == '\'') {
				if end := bytes.IndexByte(after[1:], after[0]); end >= 0 {
					return after[1 : 1+end]
				}
			}
			return nil
		}
		rest = rest[i+len(name):]
	}
}

// plain is a text without XML's own escapes and those of spreadsheets
// (_x000D_). What is no escape stays as it is; characters that steer printers
// instead of meaning something are left out.
func plain(b []byte) string {
	if bytes.IndexByte(b, '&') < 0 && !bytes.Contains(b, []byte("_x")) && bytes.IndexByte(b, '\r') < 0 {
		return string(b)
	}
	out := make([]byte, 0, len(b))
	for i := 0; i < len(b); {
		switch r, n := escape(b[i:]); {
		case n == 0 && b[i] == '\r':
			i++
		case n == 0:
			out, i = append(out, b[i]), i+1
		case r >= ' ' || r == '\n' || r == '\t':
			out, i = utf8.AppendRune(out, r), i+n
		default:
			i += n
		}
	}
	return string(out)
}

// escape reads one escape and tells its length; 0 for none.
func escape(b []byte) (rune, int) {
	switch {
	case len(b) >= 7 && b[0] == '_' && b[1] == 'x' && b[6] == '_':
		n, err := strconv.ParseUint(string(b[2:6]), 16, 16)
		if err != nil || n >= 0xD800 && n < 0xE000 {
			return 0, 0
		}
		return rune(n), 7
	case b[0] != '&':
		return 0, 0
	}
	end := bytes.IndexByte(b[:min(len(b), 12)], ';')
	if end < 2 {
		return 0, 0
	}
	if r, ok := entities[string(b[1:end])]; ok {
		return r, end + 1
	}
	if b[1] != '#' {
		return 0, 0
	}
	digits, base := string(b[2:end]), 10
	if digits != "" && (digits[0] == 'x' || digits[0] == 'X') {
		digits, base = digits[1:], 16
	}
	n, err := strconv.ParseUint(digits, base, 32)
	if err != nil || n > utf8.MaxRune {
		return 0, 0
	}
	return rune(n), end + 1
}

var entities = map[string]rune{"amp": '&', "lt": '<', "gt": '>', "quot": '"', "apos": '\''}
