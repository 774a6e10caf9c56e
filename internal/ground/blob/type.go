package blob

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"tongban/internal/ground/fault"
)

// A Type is what a file is, told from its content.
type Type string

// The types a file can be told to have. Only some are ever accepted; the rest
// have a name so that a refusal can say what was found.
const (
	Unknown Type = ""
	PDF     Type = "pdf"
	OFD     Type = "ofd"
	JPEG    Type = "jpeg"
	PNG     Type = "png"
	WebP    Type = "webp"
	HEIC    Type = "heic"
	GIF     Type = "gif"
	TIFF    Type = "tiff"
	BMP     Type = "bmp"
	DOCX    Type = "docx"
	XLSX    Type = "xlsx"
	PPTX    Type = "pptx"
	DOC     Type = "doc"
	XLS     Type = "xls"
	PPT     Type = "ppt"
	CFB     Type = "cfb" // an old Office container of unknown content
	Text    Type = "txt"
	Zip     Type = "zip"
	RAR     Type = "rar"
	SevenZ  Type = "7z"
	MP4     Type = "mp4"
	DWG     Type = "dwg"
	HTML    Type = "html" // and SVG: text that a browser would run
	Program Type = "exe"
)

// Usual is what is accepted where nothing else is said: documents and pictures.
var Usual = []Type{PDF, OFD, JPEG, PNG, HEIC, WebP, BMP, TIFF, DOCX, DOC, XLSX, XLS}

// Evidence is what proves what somebody saw or did: films, too.
var Evidence = append(slices.Clone(Usual), MP4)

// kinds says of each type its word, its media type and the endings of its
// names; inline types may be shown by a browser, the rest are only saved.
var kinds = map[Type]struct {
	say     string
	media   string
	endings string
	inline  bool
}{
	PDF:     {"PDF 文档", "application/pdf", ".pdf", true},
	OFD:     {"OFD 版式文件", "application/ofd", ".ofd", false},
	JPEG:    {"JPEG 图片", "image/jpeg", ".jpg .jpeg .jpe .jfif", true},
	PNG:     {"PNG 图片", "image/png", ".png", true},
	WebP:    {"WebP 图片", "image/webp", ".webp", true},
	HEIC:    {"HEIC 图片", "image/heic", ".heic .heif", false},
	GIF:     {"GIF 图片", "image/gif", ".gif", true},
	TIFF:    {"TIFF 图片", "image/tiff", ".tif .tiff", false},
	BMP:     {"BMP 图片", "image/bmp", ".bmp .dib", true},
	DOCX:    {"Word 文档", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx .docm .dotx", false},
	XLSX:    {"Excel 表格", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx .xlsm .xltx", false},
	PPTX:    {"PowerPoint 演示文稿", "application/vnd.openxmlformats-officedocument.presentationml.presentation", ".pptx .ppsx", false},
	DOC:     {"Word 97 文档", "application/msword", ".doc .dot .wps .wpt", false},
	XLS:     {"Excel 97 表格", "application/vnd.ms-excel", ".xls .xlt .et .ett", false},
	PPT:     {"PowerPoint 97 演示文稿", "application/vnd.ms-powerpoint", ".ppt .pps .dps", false},
	CFB:     {"加密或不明的 Office 文件", "application/x-ole-storage", ".doc .xls .ppt .wps .et .dps .msg .docx .xlsx .pptx", false},
	Text:    {"文本文件", "text/plain; charset=utf-8", ".txt .csv .md .log .json .xml .yaml .yml .dxf", false},
	Zip:     {"ZIP 压缩包", "application/zip", ".zip", false},
	RAR:     {"RAR 压缩包", "application/vnd.rar", ".rar", false},
	SevenZ:  {"7z 压缩包", "application/x-7z-compressed", ".7z", false},
	MP4:     {"MP4 视频", "video/mp4", ".mp4 .m4v .mov .m4a .3gp", false},
	DWG:     {"CAD 图纸", "image/vnd.dwg", ".dwg", false},
	HTML:    {"网页", "text/plain; charset=utf-8", ".html .htm .xhtml .svg .mht", false},
	Program: {"可执行程序", "application/octet-stream", ".exe .dll .msi .com .so .bin .sh .bat", false},
	Unknown: {"无法识别的内容", "application/octet-stream", "", false},
}

// Say is the type's name on a page.
func (t Type) Say() string {
	if k, known := kinds[t]; known {
		return k.say
	}
	return kinds[Unknown].say
}

// Media is the type's media type; never one that a browser would run.
func (t Type) Media() string {
	if k, known := kinds[t]; known {
		return k.media
	}
	return kinds[Unknown].media
}

// Picture reports whether the type is a picture of dots.
func (t Type) Picture() bool {
	return slices.Contains([]Type{JPEG, PNG, WebP, HEIC, GIF, TIFF, BMP}, t)
}

// CheckName refuses a file whose name claims another type than its content has.
// A name without an ending claims nothing. Fault: blob.name.
func CheckName(name string, is Type) error {
	ending := strings.ToLower(path.Ext(name))
	if ending == "" || ending == "." || is.goesBy(ending) {
		return nil
	}
	claims := ending[1:] + " 文件"
	for _, t := range Types() {
		if t != CFB && t.goesBy(ending) {
			claims = t.Say()
			break
		}
	}
	return fault.New(fault.Invalid, "blob.name", "文件“%s”按名称应是%s，内容却是%s，请检查后重新上传", name, claims, is.Say())
}

// Types lists every type that can be told.
func Types() []Type {
	var all []Type
	for t := range kinds {
		if t != Unknown {
			all = append(all, t)
		}
	}
	slices.Sort(all)
	return all
}

// goesBy reports whether names of this type may have the ending.
func (t Type) goesBy(ending string) bool {
	return slices.Contains(strings.Fields(kinds[t].endings), ending)
}

// Bytes is a number of bytes as a person says it.
func Bytes(bytes int64) string {
	for _, unit := range []struct {
		size int64
		name string
	}{{1 << 30, "GB"}, {1 << 20, "MB"}, {1 << 10, "KB"}} {
		if bytes >= unit.size {
			return strings.TrimSuffix(fmt.Sprintf("%.1f", float64(bytes)/float64(unit.size)), ".0") + " " + unit.name
		}
	}
	return fmt.Sprintf("%d 字节", bytes)
}
