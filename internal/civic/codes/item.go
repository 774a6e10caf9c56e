package codes

import (
	"regexp"
	"strings"
)

// A Scheme is a rule by which item codes are made.
type Scheme string

// The schemes met so far. Unknown is a code that fits none: it is kept as it is.
const (
	Unknown        Scheme = ""
	Basic          Scheme = "基本编码"       // national, 12 characters
	BasicHandling  Scheme = "基本编码+办理项"   // 12 and the serial of a handling item, 14
	Implementation Scheme = "实施编码"       // national, 31: agency, level, basic
	Handling       Scheme = "业务办理项编码"    // national, 33: implementation and serial
	Tables         Scheme = "GB/T 39046" // up to 10 or 24, segments not told
	Guizhou        Scheme = "DB52/T 1264"
	Sichuan        Scheme = "四川"
	Gansu          Scheme = "甘肃村县"
)

// An ItemCode is the code of a service item (事项编码), taken apart as far as its
// scheme tells. Segments it does not have are empty.
type ItemCode struct {
	Text     string // as it came, tidied
	Scheme   Scheme
	Region   string // owner of the catalogue: 00 national, else two digits of a province
	ItemType string // as the scheme writes it: 01, 1A, XK
	Dept     string // guiding department
	Main     string // 主项
	Sub      string // 子项; 000 none, 00Y has some
	Agency   string // 实施主体: a USCC, in old codes an organization code
	Level    string // 行使层级, one character
	Handling string // 业务办理项, two digits
	Division string // where it is exercised, in schemes that say so
	Local    string // 地方基本编码 of the Sichuan portal, whole
	Reserved string // segments whose meaning no source tells, joined by -
}

// a shape is how the codes of one scheme look; its groups are named after the
// fields they fill.
type shape struct {
	scheme Scheme
	re     *regexp.Regexp
}

const (
	basicShape   = `(?P<region>\d\d)(?P<type>[0-9A-Z]{2})(?P<dept>\d\d)(?P<main>[0-9A-Z]{3})(?P<sub>[0-9A-Z]{3})`
	guizhouShape = `(?P<type>[A-Z]{2})(?P<main>\d{5})(?P<sub>\d{3})`
	usccShape    = `(?P<agency>[0-9A-Z]{18})`
)

// shapes are tried in order; the first that fits is the scheme.
var shapes = []shape{
	{Basic, regexp.MustCompile(`^` + basicShape + `$`)},
	{BasicHandling, regexp.MustCompile(`^` + basicShape + `(?P<handling>\d\d)$`)},
	{Implementation, regexp.MustCompile(`^` + usccShape + `(?P<level>\d)` + basicShape + `$`)},
	{Handling, regexp.MustCompile(`^` + usccShape + `(?P<level>\d)` + basicShape + `(?P<handling>\d\d)$`)},
	{Guizhou, regexp.MustCompile(`^` + guizhouShape + `$`)},
	{Guizhou, regexp.MustCompile(`^` + guizhouShape + `(?P<level>\d)(?P<division>\d{6})(?P<agency>[0-9A-Z]{9}|[0-9A-Z]{18})$`)},
	{Gansu, regexp.MustCompile(`^(?P<division>\d{8})(?P<dept>[A-Z]{2})-(?P<type>[A-Z]{2})-(?P<main>\d{4})$`)},
	{Sichuan, regexp.MustCompile(`^(?P<local>[0-9A-Z]+(?:-\d+){0,2}?)-(?P<division>\d{12})-(?P<reserved>\d{3}-(?P<agency>[0-9A-Z]+(?:-[0-9X])?)-\d)-(?P<handling>\d\d)$`)},
	{Sichuan, regexp.MustCompile(`^(?P<local>[A-Z]-\d{6}-\d{3})-(?P<agency>[0-9A-Z]+)$`)},
	{Tables, regexp.MustCompile(`^[0-9A-Z]{1,10}$`)},
	{Tables, regexp.MustCompile(`^[0-9A-Z]{24}$`)},
}

// ParseItemCode takes a code apart by the first scheme that it fits, and tells
// everything that is wrong with it. The code is kept whatever is found: real
// catalogues hold wrong ones, and a case once accepted bears its code for ever.
func ParseItemCode(s string) (ItemCode, []Finding) {
	tidy := Tidy(s)
	c := ItemCode{Text: tidy}
	for _, sh := range shapes {
		if m := sh.re.FindStringSubmatch(tidy); m != nil {
			c.Scheme = sh.scheme
			c.fill(sh.re.SubexpNames(), m)
			break
		}
	}
	findings := c.Check()
	if raw := strings.TrimSpace(s); raw != tidy {
		findings = append(findings, found("text", Doubtful, "item.tidied", "编码“%s”含小写、全角或空白字符，已按“%s”读取", raw, tidy))
	}
	return c, findings
}

func (c *ItemCode) fill(names, values []string) {
	for i, name := range names {
		if at := c.segment(name); at != nil {
			*at = values[i]
		}
	}
	if c.Scheme == Sichuan {
		c.splitLocal()
	}
}

func (c *ItemCode) segment(name string) *string {
	return map[string]*string{
		"region": &c.Region, "type": &c.ItemType, "dept": &c.Dept, "main": &c.Main, "sub": &c.Sub, "agency": &c.Agency,
		"level": &c.Level, "handling": &c.Handling, "division": &c.Division, "local": &c.Local, "reserved": &c.Reserved,
	}[name]
}

// String writes the code by its scheme from its segments; a code without them
// is its text.
func (c ItemCode) String() string {
	basic := c.Region + c.ItemType + c.Dept + c.Main + c.Sub
	switch c.Scheme {
	case Basic:
		return basic
	case BasicHandling:
		return basic + c.Handling
	case Implementation:
		return c.Agency + c.Level + basic
	case Handling:
		return c.Agency + c.Level + basic + c.Handling
	case Guizhou:
		return c.ItemType + c.Main + c.Sub + c.Level + c.Division + c.Agency
	case Gansu:
		return c.Division + c.Dept + "-" + c.ItemType + "-" + c.Main
	case Sichuan:
		return c.sichuan()
	default:
		return c.Text
	}
}

// Basic is the 12 characters of the catalogue in a national code, else "".
func (c ItemCode) Basic() string {
	if c.Scheme == Unknown || c.Region == "" || c.Scheme == Sichuan {
		return ""
	}
	return c.Region + c.ItemType + c.Dept + c.Main + c.Sub
}

// HasSubs says whether the code is of a main item that has sub-items (00Y).
func (c ItemCode) HasSubs() bool { return c.Sub == "00Y" }

// Implement makes the implementation code (实施编码) of a basic code for an agency
// at a level (1 to 6), or with a handling serial above 0 the code of a handling
// item. Faults: codes.item.basic, .agency, .level, .handling.
func Implement(basic, agency string, level, handling int) (ItemCode, error) {
	b, _ := ParseItemCode(basic)
	u, severity, _ := ParseUSCC(agency)
	switch {
	case b.Scheme != Basic:
		return ItemCode{}, bad("item.basic", "基本编码应是12位，请先确定事项的基本编码")
	case severity == Wrong:
		return ItemCode{}, bad("item.agency", "实施主体应有18位统一社会信用代码，请先补全部门资料")
	case level < 1 || level > 7:
		return ItemCode{}, bad("item.level", "行使层级应是1至7，请选择")
	case handling < 0 || handling > 99:
		return ItemCode{}, bad("item.handling", "一个事项最多99个业务办理项")
	}
	b.Scheme, b.Agency, b.Level = Implementation, u.Code, string(rune('0'+level))
	if handling > 0 {
		b.Scheme, b.Handling = Handling, string([]byte{byte('0' + handling/10), byte('0' + handling%10)})
	}
	b.Text = b.String()
	return b, nil
}
