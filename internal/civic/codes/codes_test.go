package codes

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
	"tongban/internal/civic/calendar"
	"tongban/internal/ground/fault"
)

var today = calendar.Parse("2026-09-24")

func TestCitizenNumbers(t *testing.T) {
	for _, tt := range []struct{ name, number, code, birth, from string }{
		{"sample of the standard", "11010519491231002X", "", "1949-12-31", "内地"},
		{"ending in 1", "320723199003070011", "", "1990-03-07", "内地"},
		{"small x, spaces and full width", " １１０１０５ 19491231 002x", "", "1949-12-31", "内地"},
		{"15 digits take 19 and a check", "110105491231002", "", "1949-12-31", "内地"},
		{"Hong Kong residence permit", complete("81000019900307001"), "", "1990-03-07", "香港"},
		{"Macao residence permit", complete("82000019900307002"), "", "1990-03-07", "澳门"},
		{"Taiwan residence permit", complete("83000019900307003"), "", "1990-03-07", "台湾"},
		{"foreigner, card of 2023", complete("91115619900307004"), "", "1990-03-07", "外国"},
		{"abolished county stays sound", complete("32032419600101001"), "", "1960-01-01", "内地"},
		{"born today", complete("32030320260924001"), "", "2026-09-24", "内地"},
		{"born tomorrow", complete("32030320260925001"), "codes.citizen.future", "", ""},
		{"29 February of a common year", complete("32030319990229001"), "codes.citizen.birth", "", ""},
		{"month 13", complete("32030319991301001"), "codes.citizen.birth", "", ""},
		{"no such province", complete("66030319990101001"), "codes.citizen.division", "", ""},
		{"wrong check", "110105194912310021", "codes.citizen.check", "", ""},
		{"letter inside", "11010519491231O02X", "codes.citizen.characters", "", ""},
		{"too short", "1101051949123100", "codes.citizen.length", "", ""},
		{"nothing", "", "codes.citizen.length", "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c, err := ParseCitizen(tt.number, today)
			if code(err) != tt.code || c.Birth.String() != tt.birth || c.From != tt.from {
				t.Errorf("%+v, %v", c, err)
			}
		})
	}
	if c, _ := ParseCitizen("320723199003070011", today); c.Female || c.Division != "320723" {
		t.Errorf("an odd sequence is a man of 320723: %+v", c)
	}
	if !Resident("USA110123456789") || Resident("US1110123456789") {
		t.Error("a residence card of 2017 is three letters and twelve digits")
	}
}

func TestUSCCs(t *testing.T) {
	for _, tt := range []struct {
		number   string
		severity Severity
		code     string
	}{
		{"12441500196720244T", Sound, ""},
		{"91350100M000100Y43", Sound, ""},
		{"11100000000013338W", Sound, ""},
		{"11430000006122244L", Sound, ""},
		{"11220000013544541J", Sound, ""},
		{"9144030071526726XG", Sound, ""},
		{"91330100799655058b", Sound, ""},
		{"TE5116020105116050", Doubtful, "codes.uscc.check"},
		{"914A0150196720244T", Wrong, "codes.uscc.division"},
		{"12441500196720244U", Doubtful, "codes.uscc.check"},
		{"1244150019672024SU", Wrong, "codes.uscc.characters"},
		{"2222222222222", Wrong, "codes.uscc.length"},
	} {
		_, severity, err := ParseUSCC(tt.number)
		if severity != tt.severity || code(err) != tt.code {
			t.Errorf("%s: %d %v", tt.number, severity, err)
		}
	}
	for number, seen := range map[string]string{
		"12441500196720244T": "12441500196720244T",
		"12441500196720244U": "12441500196720244U（末位校验不符，请与证照核对）",
		"1****************U": "1****************U",
		"":                   "",
	} {
		if got := Questioned(number); got != seen {
			t.Errorf("%s is shown as %s", number, got)
		}
	}
	if c, _, _ := ParseUSCC("11100000000013338W"); c.Organization != "000013338" {
		t.Errorf("%+v", c)
	}
}

func TestOrganizationCodes(t *testing.T) {
	for number, severity := range map[string]Severity{
		"014289132": Sound, "01428913-2": Sound, "00877868-5": Sound, "083372204": Sound, "76726532-X": Sound,
		"014289133": Doubtful, "0087790701": Wrong, "8282348": Wrong,
	} {
		if _, got, err := ParseOrganization(number); got != severity {
			t.Errorf("%s: %d %v", number, got, err)
		}
	}
}

func TestDivisionCodes(t *testing.T) {
	for _, tt := range []struct {
		text, short string
		level       Level
		up          string
		code        string
	}{
		{"320000", "320000", Province, "", ""},
		{"320300", "320300", City, "320000", ""},
		{"320723", "320723", County, "320700", ""},
		{"511602000000", "511602", County, "511600", ""},
		{"360983000000", "360983", County, "360900", ""},
		{"150421", "150421", County, "150400", ""},
		{"320303001", "320303001", Town, "320303", ""},
		{"320303001000", "320303001", Town, "320303", ""},
		{"320303001203", "320303001203", Village, "320303001", ""},
		{"441900003006", "441900003006", Village, "441900003", ""},
		{"3203", "", NoLevel, "", "codes.division.length"},
		{"32030a", "", NoLevel, "", "codes.division.length"},
		{"003000", "", NoLevel, "", "codes.division.gap"},
		{"320003", "", NoLevel, "", "codes.division.gap"},
		{"320303000203", "", NoLevel, "", "codes.division.gap"},
	} {
		d, err := ParseDivision(tt.text)
		if string(d) != tt.short || d.Level() != tt.level || string(d.Up()) != tt.up || code(err) != tt.code {
			t.Errorf("%s: %s %s %s %v", tt.text, d, d.Level(), d.Up(), err)
		}
	}
	if d := Division("320303001203"); d.Exported() != "320303001" || Division("320300").Long() != "320300000000" {
		t.Error("exports have nine digits, long codes twelve")
	}
}

func TestMobileNumbers(t *testing.T) {
	for text, want := range map[string]string{
		"13800000000": "13800000000", "+86 138-0000-0000": "13800000000", "008613800000000": "13800000000", "１３８00000000": "13800000000",
		"12800000000": "", "1380000000": "", "138000000000": "", "051683738888": "", "": "", "8613800000": "",
	} {
		if got, err := ParseMobile(text); got != want || (err == nil) == (want == "") {
			t.Errorf("%q: %q %v", text, got, err)
		}
	}
}

func TestProjectCodes(t *testing.T) {
	p, err := ParseProject("2023-320300-47-01-123456")
	if err != nil || p.String() != "2023-320300-47-01-123456" || len(p.String()) != 24 || p.Division != "320300" {
		t.Errorf("%+v %v", p, err)
	}
	for _, wrong := range []string{"2023-320300-47-01-12345", "20233203004701123456", "2023-32030a-47-01-123456", "1023-320300-47-01-123456", ""} {
		if _, err := ParseProject(wrong); code(err) != "codes.project" {
			t.Errorf("%q: %v", wrong, err)
		}
	}
}

func TestCertificateIdentifiers(t *testing.T) {
	for _, sound := range []string{
		"1.2.156.3005.2.11100000000013338W032.11220000013544541J.2430599.001.F",
		"1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.001.U",
		"1.2.156.3005.2.11100000000013338W009.11330105002500287C.2025052201.002.0",
	} {
		id, err := ParseCertificateID(strings.ToLower(sound))
		if err != nil || id.String() != sound {
			t.Errorf("%s: %s %v", sound, id, err)
		}
	}
	for wrong, want := range map[string]string{
		"1.2.156.3005.2.11100000000013338W032.11220000013544541J.2430599.001.G":  "codes.certificate.check",
		"1.2.156.3005.2.11100000000013338W032.11220000013544541J.2430599.1.F":    "codes.certificate.version",
		"1.2.156.3005.2.11100000000013338W032.11220000013544541J.2430599.000.F":  "codes.certificate.version",
		"1.2.156.3005.2.11100000000013338W03.11220000013544541J.2430599.001.F":   "codes.certificate.type",
		"1.2.156.3005.2.11100000000013338W032.11220000013544541.2430599.001.F":   "codes.certificate.issuer",
		"1.2.156.3005.2.11100000000013338W032.11220000013544541J.24305-99.001.F": "codes.certificate.serial",
		"1.2.156.3005.2.11100000000013338W032.11220000013544541J..001.F":         "codes.certificate.serial",
		"1.2.156.3005.11100000000013338W032.11220000013544541J.2430599.001.F":    "codes.certificate.root",
		"": "codes.certificate.root",
	} {
		if _, err := ParseCertificateID(wrong); code(err) != want {
			t.Errorf("%s: %v", wrong, err)
		}
	}
}

func TestMasks(t *testing.T) {
	for got, want := range map[string]string{
		MaskID("320723199003070011"): "3****************1", MaskMobile("13800000000"): "138****0000", MaskBank("6222020000001234"): "************1234",
		MaskName("李敏"): "李*", MaskName("欧阳明日"): "欧阳**", MaskName("欧阳"): "欧*", MaskName("张"): "*", MaskName("阿依古丽·买买提"): "阿*******",
		MaskName(""): "", MaskID("1"): "*", MaskID("12"): "1*", MaskMobile("1380"): "1***", MaskAddress("徐州市云龙区和平路1号"): "徐州市云龙区*****",
	} {
		if got != want {
			t.Errorf("%s; want %s", got, want)
		}
	}
}

// A check digit is there to catch one character typed wrongly.
func TestOneWrongCharacterIsCaught(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		body := rapid.StringMatching(`32030319[4-9][0-9]0[1-9]1[0-9][0-9]{3}`).Draw(t, "citizen")
		number := complete(body)
		if _, err := ParseCitizen(number, today); err != nil {
			t.Fatalf("%s: %v", number, err)
		}
		if _, err := ParseCitizen(corrupted(t, number, "0123456789"), today); err == nil {
			t.Fatal("a wrong digit of a citizen number went through")
		}
		uscc := rapid.StringMatching(`9[1-3]3203[0-9]{2}MA[0-9A-H]{6}[0-9]`).Draw(t, "uscc")
		uscc += string(usccCheck(uscc))
		if _, severity, err := ParseUSCC(uscc); severity != Sound {
			t.Fatalf("%s: %v", uscc, err)
		}
		if _, severity, _ := ParseUSCC(corrupted(t, uscc, usccAlphabet)); severity == Sound {
			t.Fatal("a wrong character of a USCC went through")
		}
		id := CertificateID{uscc + "032", "11220000013544541J", rapid.StringMatching(`[0-9A-Z]{1,32}`).Draw(t, "serial"), rapid.IntRange(1, 999).Draw(t, "version")}
		if back, err := ParseCertificateID(id.String()); err != nil || back != id {
			t.Fatalf("%s: %v", id, err)
		}
	})
}

func TestOneWrongCharacterOfACertificateIsCaught(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		serial := rapid.StringMatching(`[0-9A-Z]{1,32}`).Draw(t, "serial")
		right := CertificateID{"11100000000013338W032", "11220000013544541J", serial, 1}
		wrong := right
		wrong.Serial = corrupted(t, serial, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")
		if right.check() == wrong.check() {
			t.Fatalf("%s and %s have the same check", right, wrong)
		}
	})
}

// corrupted is the text with one character changed to another of the alphabet.
func corrupted(t *rapid.T, s, alphabet string) string {
	at := rapid.IntRange(0, len(s)-1).Draw(t, "at")
	others := strings.ReplaceAll(alphabet, s[at:at+1], "")
	return s[:at] + string(others[rapid.IntRange(0, len(others)-1).Draw(t, "other")]) + s[at+1:]
}

func complete(body string) string { return body + string(citizenCheck(body)) }

func code(err error) string {
	if err == nil {
		return ""
	}
	return fault.Code(err)
}

func FuzzNumbers(f *testing.F) {
	for _, seed := range []string{"11010519491231002X", "110105491231002", "91350100M000100Y43", "01428913-2", "320303001203", "2023-320300-47-01-123456", "+86 13800000000", "12441500196720244T3442199806003202206230068", "1.2.156.3005.2.11100000000013338W032.11220000013544541J.2430599.001.F", "\x00", "９９"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if c, err := ParseCitizen(s, today); err == nil {
			again(t, c.Number, func(s string) (string, error) { c, err := ParseCitizen(s, today); return c.Number, err })
		}
		if c, severity, _ := ParseUSCC(s); severity != Wrong {
			again(t, c.Code, func(s string) (string, error) { c, _, _ := ParseUSCC(s); return c.Code, nil })
		}
		if d, err := ParseDivision(s); err == nil {
			again(t, string(d), func(s string) (string, error) { d, err := ParseDivision(s); return string(d), err })
		}
		if p, err := ParseProject(s); err == nil {
			again(t, p.String(), func(s string) (string, error) { p, err := ParseProject(s); return p.String(), err })
		}
		if id, err := ParseCertificateID(s); err == nil {
			again(t, id.String(), func(s string) (string, error) { id, err := ParseCertificateID(s); return id.String(), err })
		}
		if m, err := ParseMobile(s); err == nil {
			again(t, m, ParseMobile)
		}
		ParseOrganization(s)
		MaskName(s)
		MaskMobile(s)
	})
}

// again holds that what was written reads back as itself.
func again(t *testing.T, written string, read func(string) (string, error)) {
	t.Helper()
	if back, err := read(written); err != nil || back != written {
		t.Fatalf("%q reads back as %q: %v", written, back, err)
	}
}

func TestNumbersInWords(t *testing.T) {
	for text, want := range map[string]int{"35": 35, "３５": 35, "十": 10, "二十": 20, "一百二十": 120, "一千零四十六": 1046, "一〇四六": 1046, "两": 2, "零": 0} {
		if n, ok := Numeral(text); !ok || n != want {
			t.Errorf("%s: %d %v", text, n, ok)
		}
	}
	for _, text := range []string{"", "甲", "十个", "3条", "999999"} {
		if n, ok := Numeral(text); ok {
			t.Errorf("%q is read as %d", text, n)
		}
	}
	for text, want := range map[string]string{"十五个工作日": "15个工作日", "３日": "3日", "日": "日", "": ""} {
		if got := Digits(text); got != want {
			t.Errorf("%s: %s", text, got)
		}
	}
}
