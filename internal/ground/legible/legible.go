// Package legible reads text in whatever encoding offices save it (文字编码), and says
// where and why one that a program is to understand cannot be read.
package legible

import (
	"bytes"
	"encoding/binary"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// UTF8 is a text in UTF-8, whatever it came in: with or without a byte order mark,
// UTF-16, or GB 18030 as most offices still save. What is no text comes back as it
// was, and ok is false.
func UTF8(text []byte) (legible []byte, ok bool) {
	legible = text
	switch {
	case bytes.HasPrefix(text, []byte("\xef\xbb\xbf")):
		legible = text[3:]
	case bytes.HasPrefix(text, []byte("\xff\xfe")):
		legible = wide(text[2:], binary.LittleEndian)
	case bytes.HasPrefix(text, []byte("\xfe\xff")):
		legible = wide(text[2:], binary.BigEndian)
	}
	if bytes.IndexByte(legible, 0) >= 0 {
		return text, false
	}
	if !utf8.Valid(legible) {
		decoded, err := simplifiedchinese.GB18030.NewDecoder().Bytes(legible)
		if err != nil || bytes.ContainsRune(decoded, utf8.RuneError) {
			return text, false
		}
		legible = decoded
	}
	return legible, true
}

func wide(text []byte, order binary.ByteOrder) []byte {
	units := make([]uint16, len(text)/2)
	for i := range units {
		units[i] = order.Uint16(text[2*i:])
	}
	return []byte(string(utf16.Decode(units)))
}
