package certificates

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"tongban/internal/civic/codes"
	"tongban/internal/ground/fault"
)

// A Field is one line of the face of a certificate.
type Field struct {
	Label    string `json:"label"`
	Required bool   `json:"required,omitempty"`
}

// A Type is a sort of certificate: who defines it and what its face shows.
type Type struct {
	Code    string  `json:"code"` // 证照类型代码: the definer's credit code and three digits
	Name    string  `json:"name"` // 建设工程规划许可证
	Definer string  `json:"definer"`
	Fields  []Field `json:"fields"`
	Years   int     `json:"years"` // how long it is good; 0: no end (长期)
}

// Check refuses a type that no certificate could be issued under. Faults:
// certificates.type.code, .name, .definer, .years, .fields.
func (t Type) Check() error {
	probe := codes.CertificateID{Type: t.Code, Issuer: "320300", Serial: "1", Version: 1}
	wrong := func(is bool, at, code, say string, args ...any) error {
		return fault.When(is, fault.New(fault.Invalid, "certificates.type."+at, say, args...).At(at, code, say, args...))
	}
	return fault.Together(
		wrong(probe.Check() != nil, "code", "format", "证照类型代码应是定义机构的18位代码加三位数字，共21位"),
		wrong(!plain(t.Name, 1, 60), "name", "length", "请写明证照类型名称，1至60字"),
		wrong(!plain(t.Definer, 1, 100), "definer", "length", "请写明定义机构，1至100字"),
		wrong(t.Years < 0 || t.Years > 100, "years", "range", "有效年限为0至100年"),
		wrong(len(t.Fields) > mostFields, "fields", "many", "照面登载项不超过%d个", mostFields),
		wrong(t.odd() != "", "fields", "label", "照面登载项“%s”重复，或不在1至20字之间", t.odd()))
}

// odd is a line of the face whose name cannot stand, or stands twice; "" if there is none.
func (t Type) odd() string {
	for i, f := range t.Fields {
		if !plain(f.Label, 1, 20) || slices.ContainsFunc(t.Fields[:i], func(g Field) bool { return g.Label == f.Label }) {
			return cmp.Or(f.Label, " ")
		}
	}
	return ""
}

// Shows reports whether the type names a line of that label.
func (t Type) Shows(label string) bool {
	return slices.ContainsFunc(t.Fields, func(f Field) bool { return f.Label == label })
}

// has reports whether the type shows a line of that label; a type without
// fields takes any.
func (t Type) has(label string) bool {
	return len(t.Fields) == 0 || t.Shows(label) || label == Remark
}

// Remark is the line of the face that any certificate may bear besides those of its
// type (备注).
const Remark = "备注"

// plain reports whether s has from least to most characters, none of which
// steers the text (control, direction) instead of being read.
func plain(s string, least, most int) bool {
	n := utf8.RuneCountInString(s)
	return n >= least && n <= most && utf8.ValidString(s) && strings.TrimSpace(s) == s &&
		!strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == utf8.RuneError })
}
