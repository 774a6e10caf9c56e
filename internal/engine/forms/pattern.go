package forms

import (
	"maps"
	"regexp"
	"slices"
	"strings"
)

// A pattern is a shape that text may be held to, with the words for someone who
// missed it.
type pattern struct {
	called string
	re     *regexp.Regexp
	like   string
}

// In names, \p{Co} is the private area where old systems keep rare characters.
var patterns = map[string]pattern{
	"name":         {"姓名", regexp.MustCompile(`^[\p{Han}\p{Co}]([\p{Han}\p{Co}·]{0,28}[\p{Han}\p{Co}])?$|^[A-Za-z][A-Za-z .'-]{1,59}$`), "应是证件上的姓名"},
	"postcode":     {"邮政编码", regexp.MustCompile(`^\d{6}$`), "应是6位邮政编码"},
	"phone":        {"电话号码", regexp.MustCompile(`^(0\d{2,3}-?)?\d{7,8}(-\d{1,6})?$|^1[3-9]\d{9}$`), "应是电话号码，如 0516-83730000"},
	"plate":        {"车牌号", regexp.MustCompile(`^\p{Han}[A-Z][0-9A-Z]{4,5}[0-9A-Z\p{Han}]$`), "应是车牌号，如 苏C12345"},
	"passport":     {"护照号码", regexp.MustCompile(`^[A-Z]{1,2}\d{7,8}$`), "应是护照号码，如 E12345678"},
	"project":      {"项目代码", regexp.MustCompile(`^\d{4}-\d{6}-\d{2}-\d{2}-\d{6}$`), "应是24位项目代码，如 2026-320300-47-01-123456"},
	"organization": {"组织机构代码", regexp.MustCompile(`^[0-9A-Z]{8}-?[0-9X]$`), "应是9位组织机构代码"},
	"integer":      {"整数", regexp.MustCompile(`^-?\d{1,12}$`), "应是整数"},
	"digits":       {"全是数字", regexp.MustCompile(`^\d+$`), "应全是数字"},
	"han":          {"全是汉字", regexp.MustCompile(`^[\p{Han}·（）]+$`), "应全是汉字"},
}

// PatternNames are the names a field's Pattern may have, sorted. A pattern may
// also be written out as re: and a regular expression (RE2, so it always ends).
func PatternNames() []string { return slices.Sorted(maps.Keys(patterns)) }

// PatternHan is what people call a pattern; "" for one that is written out.
func PatternHan(name string) string { return patterns[name].called }

// maxPattern is the longest regular expression, in bytes.
const maxPattern = 200

// matches says whether the text has the shape the field wants, and what that is like.
func (f *Field) matches(v string) (bool, string) {
	if f.Pattern == "" {
		return true, ""
	}
	p, ok := readPattern(f.Pattern)
	if !ok {
		return true, "" // CheckForm has refused the definition
	}
	if p.like == "" {
		p.like = "请按提示填写"
		if f.Hint != "" {
			p.like = f.Hint
		}
	}
	return p.re.MatchString(v), p.like
}

func readPattern(name string) (pattern, bool) {
	own, ok := strings.CutPrefix(name, "re:")
	if !ok {
		p, known := patterns[name]
		return p, known
	}
	if len(own) > maxPattern {
		return pattern{}, false
	}
	re, err := regexp.Compile(`^(?:` + own + `)$`)
	return pattern{re: re}, err == nil
}
