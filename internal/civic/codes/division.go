package codes

import "strings"

// A Level is a level of the administration, counted from the province down.
type Level uint8

// The levels.
const (
	NoLevel  Level = iota
	Province       // 省级
	City           // 市级
	County         // 县级
	Town           // 乡级
	Village        // 村级
)

// String is the level in Chinese.
func (l Level) String() string {
	return [...]string{"", "省级", "市级", "县级", "乡级", "村级"}[l]
}

// A Division is a division code (行政区划代码, GB/T 2260 and GB/T 10114) in its
// shortest form: 6 digits down to the county, 9 for a town, 12 for a village.
type Division string

// ParseDivision reads a code of 6, 9 or 12 digits; zeros that only pad are
// dropped, so 320300000000 is 320300. Faults: codes.division.length, .gap.
func ParseDivision(s string) (Division, error) {
	s = Tidy(s)
	if !digits(s) || len(s) != 6 && len(s) != 9 && len(s) != 12 {
		return "", bad("division.length", "行政区划代码应是6、9或12位数字，请核对")
	}
	d := Division(strings.TrimSuffix(s, strings.Repeat("0", len(s)-6)))
	if len(s) == 12 && len(d) == 12 && strings.HasSuffix(s, "000") {
		d = d[:9]
	}
	if d.gap() {
		return "", bad("division.gap", "行政区划代码“%s”缺少上级代码，请核对", s)
	}
	return d, nil
}

// gap says whether a level is named while one above it is left out. A village
// or town may stand directly under a city that has no counties (东莞 441900).
func (d Division) gap() bool {
	return d[:2] == "00" || d[2:4] == "00" && d[4:6] != "00" || len(d) == 12 && d[6:9] == "000" || len(d) > 6 && d[2:6] == "0000"
}

// Level is the level the code names.
func (d Division) Level() Level {
	switch {
	case len(d) == 12:
		return Village
	case len(d) == 9:
		return Town
	case len(d) != 6:
		return NoLevel
	case d[2:] == "0000":
		return Province
	case d[4:] == "00":
		return City
	default:
		return County
	}
}

// Up is the division one level above, as far as the code tells; a province has none.
func (d Division) Up() Division {
	switch d.Level() {
	case Village:
		return d[:9]
	case Town:
		return d[:6]
	case County:
		return d[:4] + "00"
	case City:
		return d[:2] + "0000"
	default:
		return ""
	}
}

// Long is the code in 12 digits, padded with zeros.
func (d Division) Long() string { return string(d) + strings.Repeat("0", 12-len(d)) }

// Exported is the code in the nine digits that GB/T 39046 allows, province to
// town; a village is cut to its town.
func (d Division) Exported() string { return d.Long()[:9] }
