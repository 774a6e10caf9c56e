package intake

import (
	"archive/zip"
	"bytes"
	"regexp"
	"slices"
	"strings"

	"tongban/internal/ground/fault"
	"tongban/internal/ground/sheet"
)

// packedOther are programs that also pack their files, by what only theirs hold.
var packedOther = []struct{ holds, code, say string }{
	{"word/", "intake.word", "这是 Word 文件，不是表格，请把里面的表格复制到 XLSX 再导入"},
	{"ppt/", "intake.word", "这是演示文稿，不是表格，请把内容整理成 XLSX 再导入"},
	{"mimetype", "intake.ods", "这是 ODS 等开放文档格式，请另存为 XLSX 再导入"},
	{"OFD.xml", "intake.ofd", "这是 OFD 版式文件，不是数据文件，请导入原来的表格或者数据"},
}

// packedStranger is why a packed file is none of ours: nil where it may be. Faults:
// intake.word, .ods, .ofd, .locked.
func packedStranger(f File) error {
	archive, err := zip.NewReader(f, f.Size)
	if err != nil {
		return nil //nolint:nilerr // the reader of workbooks says so
	}
	for _, p := range packedOther {
		if slices.ContainsFunc(archive.File, func(one *zip.File) bool { return strings.HasPrefix(one.Name, p.holds) }) {
			return fault.New(fault.Invalid, p.code, "%s", p.say)
		}
	}
	const encrypted = 1
	if slices.ContainsFunc(archive.File, func(one *zip.File) bool { return one.Flags&encrypted != 0 }) {
		return fault.New(fault.Invalid, "intake.locked", "压缩包加了密码，请去掉密码再导入")
	}
	return nil
}

var (
	page    = regexp.MustCompile(`(?i)^\s*(?:<\?xml[^>]*>\s*)?(?:<!doctype html|<html|<table|<head|<meta|<body|<div)`)
	oldBook = []byte("urn:schemas-microsoft-com:office:spreadsheet")
)

// markedStranger is why a text in markup is no drawing: a page saved as a table, as many
// systems give out what they call XLS, or the table of 2003. Faults: intake.html,
// intake.oldbook.
func markedStranger(text []byte) error {
	head := text[:min(len(text), 4096)]
	switch {
	case bytes.Contains(head, oldBook):
		return fault.New(fault.Invalid, "intake.oldbook", "这是旧格式的表格（XML 表格 2003），请用表格软件打开，另存为 XLSX 再导入")
	case page.Match(head):
		return fault.New(fault.Invalid, "intake.html", "这是网页（有的系统导出的 XLS 其实是网页），请用表格软件打开，另存为 XLSX 再导入")
	}
	return nil
}

// unclosed are the cells of a line that run over several lines and hold what divides
// cells: a quotation mark is missing, and lines below are within them.
func unclosed(cells []string, comma rune) []sheet.Oddity {
	var odd []sheet.Oddity
	for i, c := range cells {
		if strings.Contains(c, "\n") && strings.ContainsRune(c, comma) && strings.Count(c, "\n") <= strings.Count(c, string(comma)) {
			odd = append(odd, sheet.Oddity{Column: i, Say: "这一格跨了几行，里面又有分隔符，像是少了一个引号，下面的行可能没有分开读取"})
		}
	}
	return odd
}
