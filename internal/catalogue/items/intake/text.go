package intake

import (
	"bytes"

	"tongban/internal/ground/fault"
	"tongban/internal/ground/legible"
)

// textOf is a file as text. Faults: intake.oldbook, intake.pdf, intake.encoding.
func textOf(file []byte) ([]byte, error) {
	if bytes.HasPrefix(file, []byte("\xd0\xcf\x11\xe0")) {
		return nil, fault.New(fault.Invalid, "intake.oldbook", "这是旧格式的 Office 文件（XLS、DOC），请另存为 XLSX 再导入")
	}
	if bytes.HasPrefix(file, []byte("%PDF")) {
		return nil, fault.New(fault.Invalid, "intake.pdf", "这是 PDF，不是数据文件，请导入原来的表格或者数据")
	}
	text, ok := legible.UTF8(file)
	if !ok {
		return nil, fault.New(fault.Invalid, "intake.encoding", "文件不是文字，或者不是 UTF-8、GBK 编码，请另存为 UTF-8 再导入")
	}
	return text, nil
}
