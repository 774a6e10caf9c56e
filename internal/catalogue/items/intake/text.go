package intake

import (
	"bytes"
	"encoding/binary"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"tongban/internal/ground/fault"
)

// legible is a text in UTF-8, whatever it came in: with or without a byte order
// mark, UTF-16, or GB 18030 as most offices still save. Fault: intake.encoding.
func legible(text []byte) ([]byte, error) {
	switch {
	case bytes.HasPrefix(text, []byte("\xef\xbb\xbf")):
		text = text[3:]
	case bytes.HasPrefix(text, []byte("\xff\xfe")):
		text = wide(text[2:], binary.LittleEndian)
	case bytes.HasPrefix(text, []byte("\xfe\xff")):
		text = wide(text[2:], binary.BigEndian)
	}
	if bytes.HasPrefix(text, []byte("\xd0\xcf\x11\xe0")) {
		return nil, fault.New(fault.Invalid, "intake.oldbook", "这是旧格式的 Office 文件（XLS、DOC），请另存为 XLSX 再导入")
	}
	if bytes.HasPrefix(text, []byte("%PDF")) {
		return nil, fault.New(fault.Invalid, "intake.pdf", "这是 PDF，不是数据文件，请导入原来的表格或者数据")
	}
	if utf8.Valid(text) {
		if bytes.IndexByte(text, 0) >= 0 {
			return nil, notText()
		}
		return text, nil
	}
	decoded, err := simplifiedchinese.GB18030.NewDecoder().Bytes(text)
	if err != nil || bytes.ContainsRune(decoded, utf8.RuneError) || bytes.IndexByte(decoded, 0) >= 0 {
		return nil, notText()
	}
	return decoded, nil
}

func notText() error {
	return fault.New(fault.Invalid, "intake.encoding", "文件不是文字，或者不是 UTF-8、GBK 编码，请另存为 UTF-8 再导入")
}

func wide(text []byte, order binary.ByteOrder) []byte {
	units := make([]uint16, len(text)/2)
	for i := range units {
		units[i] = order.Uint16(text[2*i:])
	}
	return []byte(string(utf16.Decode(units)))
}
