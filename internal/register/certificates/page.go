package certificates

import (
	"strings"

	"tongban/internal/ground/fault"
	"tongban/internal/ground/secret"
	"tongban/internal/register/certificates/ofd"
)

// Where things stand on the page of layout 1, in mm.
var (
	stampBox = ofd.Box{X: 134, Y: 208, W: 42, H: 42}
	codeBox  = ofd.Box{X: 26, Y: 222, W: 34, H: 34}
)

const (
	left, right  = 22.0, 188.0
	faceTop      = 74.0
	faceBottom   = 212.0
	titleSize    = 9.0
	smallestType = 2.4
)

// sheet draws the record. Layout 1 must never change: what was sealed under it
// is drawn again for every download. A better page is layout 2. Faults:
// certificates.issue.crowded, certificates.layout.
func (r Record) sheet() (ofd.Sheet, error) {
	if r.Layout != 1 {
		return ofd.Sheet{}, fault.New(fault.Invalid, "certificates.layout", "证照文件的版式（%d）不受支持，请使用新版程序核验", r.Layout)
	}
	s := ofd.Sheet{ID: secret.Digest([]byte(r.Identifier))[:32], Title: r.TypeName, Author: r.Issuer.Name, Subject: r.Identifier, Created: r.Issued, Custom: r.directory()}
	s.Rules = frame()
	s.Texts = append(s.Texts,
		middle(r.TypeName, 34, min(titleSize, (right-left-10)/ofd.Width(r.TypeName, 1)), true),
		middle("证照编号："+r.Number, 54, min(4.2, (right-left-10)/ofd.Width("证照编号："+r.Number, 1)), false))
	face, ok := r.faceLines()
	if !ok {
		return s, fault.New(fault.Invalid, "certificates.issue.crowded", "照面登载内容过多，一页放不下，请精简后再签发")
	}
	s.Texts = append(s.Texts, face...)
	s.Texts = append(s.Texts,
		centred(r.Issuer.Name, 155, 224, min(4.8, 64/ofd.Width(r.Issuer.Name, 1))),
		centred(r.Issued.Han(), 155, 234, 4.4),
		ofd.Text{X: 66, Y: 246, Size: 2.8, S: "扫码核验本证照的真伪和当前状态"},
		middle("电子证照标识："+r.Identifier, 264, min(2.8, (right-left-6)/ofd.Width("电子证照标识："+r.Identifier, 1)), false),
		middle("本电子证照与纸质证照具有同等法律效力（国务院令第716号第十条）", 270, 2.6, false))
	return s, nil
}

func frame() []ofd.Rule {
	var rules []ofd.Rule
	for _, in := range []float64{0, 2} {
		l, t, r, b := 16+in, 20+in, 194-in, 279-in
		rules = append(rules, ofd.Rule{X1: l, Y1: t, X2: r, Y2: t}, ofd.Rule{X1: l, Y1: b, X2: r, Y2: b},
			ofd.Rule{X1: l, Y1: t, X2: l, Y2: b}, ofd.Rule{X1: r, Y1: t, X2: r, Y2: b})
	}
	return rules
}

// faceLines sets the face in the largest type in which it fits.
func (r Record) faceLines() ([]ofd.Text, bool) {
	lines := append([]Entry{{"持证主体", r.Holder.Name}, {"证件号码", r.Holder.Code}}, r.Face...)
	lines = append(lines, Entry{"有效期", r.Validity()})
	for size := 4.8; size >= smallestType; size -= 0.6 {
		texts, end := set(lines, size)
		if end <= faceBottom {
			return texts, true
		}
	}
	return nil, false
}

// set writes labels on the left and texts, broken into lines, on the right.
func set(lines []Entry, size float64) (texts []ofd.Text, y float64) {
	y = faceTop
	column := 0.0
	for _, e := range lines {
		column = max(column, ofd.Width(e.Label, size))
	}
	column = min(column, 60)
	x := left + 4 + column + size
	for _, e := range lines {
		texts = append(texts, ofd.Text{X: left + 4, Y: y, Size: min(size, 60/max(1, ofd.Width(e.Label, 1))), Bold: true, S: e.Label})
		for i, line := range broken(e.Text, (right-4-x)/size) {
			if i > 0 {
				y += size * 1.35
			}
			texts = append(texts, ofd.Text{X: x, Y: y, Size: size, S: line})
		}
		y += size * 1.9
	}
	return texts, y
}

// broken breaks s into lines of at most width squares; no line begins with a
// mark that belongs to the end of the one before (避头尾).
func broken(s string, width float64) []string {
	var lines []string
	var line []rune
	used := 0.0
	for _, r := range s {
		w := ofd.Width(string(r), 1)
		if used+w > width && len(line) > 1 {
			keep := len(line)
			for keep > len(line)-3 && keep > 1 && strings.ContainsRune("。，、；：！？）》”’】", r) {
				keep--
				r2 := line[keep]
				if !strings.ContainsRune("。，、；：！？）》”’】", r2) {
					break
				}
			}
			lines = append(lines, string(line[:keep]))
			line = append([]rune(nil), line[keep:]...)
			used = ofd.Width(string(line), 1)
		}
		line = append(line, r)
		used += w
	}
	if len(line) > 0 {
		lines = append(lines, string(line))
	}
	return lines
}

func middle(s string, y, size float64, bold bool) ofd.Text {
	t := centred(s, 105, y, size)
	t.Bold = bold
	return t
}

func centred(s string, x, y, size float64) ofd.Text {
	return ofd.Text{X: x - ofd.Width(s, size)/2, Y: y, Size: size, S: s}
}

// The names of the directory elements in the file (GB/T 36903).
const (
	elementIdentifier = "证照标识"
	elementIssuerCode = "证照颁发机构代码"
	elementTill       = "证照有效期截止日期"
	elementAddress    = "核验地址"
)

// directory is the record as the file's own data.
func (r Record) directory() []ofd.Pair {
	till := r.Till.String()
	if r.Till == 0 {
		till = "长期"
	}
	pairs := []ofd.Pair{
		{Name: elementIdentifier, Text: r.Identifier}, {Name: "证照名称", Text: r.TypeName}, {Name: "证照类型代码", Text: r.Type},
		{Name: "证照定义机构", Text: r.Definer}, {Name: "证照编号", Text: r.Number}, {Name: "关联证照标识", Text: r.Previous},
		{Name: "证照颁发机构", Text: r.Issuer.Name}, {Name: elementIssuerCode, Text: r.Issuer.Code}, {Name: "管辖属地编码", Text: r.Area},
		{Name: "证照颁发日期", Text: r.Issued.String()}, {Name: "证照有效期起始日期", Text: r.From.String()}, {Name: elementTill, Text: till},
		{Name: "持证主体", Text: r.Holder.Name}, {Name: "持证主体代码", Text: r.Holder.Code}, {Name: "持证主体代码类型代码", Text: r.Holder.Kind},
		{Name: "关联事项代码", Text: r.Item}, {Name: "关联事项名称", Text: r.ItemName}, {Name: "办件编号", Text: r.Case}, {Name: elementAddress, Text: r.Address},
	}
	kept := pairs[:0]
	for _, p := range pairs {
		if p.Text != "" {
			kept = append(kept, p)
		}
	}
	for _, e := range r.Face {
		kept = append(kept, ofd.Pair{Name: "照面·" + e.Label, Text: e.Text})
	}
	return kept
}
