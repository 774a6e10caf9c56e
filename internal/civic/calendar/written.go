package calendar

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// epoch is day 0 of spreadsheets.
var epoch = Parse("1899-12-30")

// Written reads a day as people and spreadsheets write it: 2026-01-01, 2026/1/1,
// 2026.1.1, 20260101, 2026年1月1日, full-width digits, a time behind it, or the
// number of a spreadsheet's cell, 二〇二六年一月一日. What does not read as a day is no day.
func Written(s string) Day {
	s = strings.Map(narrow, strings.TrimSpace(s))
	if d := Parse(s); d != 0 {
		return d
	}
	if m := inHan.FindStringSubmatch(s); m != nil {
		return hanDay(m)
	}
	if len(s) == 8 && digits(s) {
		return Parse(s[:4] + "-" + s[4:6] + "-" + s[6:])
	}
	if serial, _, _ := strings.Cut(s, "."); len(serial) == 5 && strings.Trim(s, "0123456789.") == "" && strings.Count(s, ".") < 2 {
		n, err := strconv.Atoi(serial)
		if err != nil || n < 20_000 || n > 80_000 {
			return 0
		}
		return epoch + Day(n)
	}
	parts := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("年月日/-. T", r) })
	if len(parts) < 3 || len(parts) > 6 {
		return 0
	}
	for _, p := range parts[:3] {
		if !digits(p) {
			return 0
		}
	}
	if len(parts) > 3 && !strings.ContainsAny(parts[3], ":0123456789") {
		return 0
	}
	return Parse(fmt.Sprintf("%s-%02s-%02s", parts[0], parts[1], parts[2]))
}

// inHan is a day in Chinese numerals, as orders write it.
var inHan = regexp.MustCompile(`^([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日$`)

// hanDay is the day of the year, month and day that inHan found.
func hanDay(m []string) Day {
	year := 0
	for _, r := range m[1] {
		year = 10*year + hanDigit(r)
	}
	return Parse(fmt.Sprintf("%04d-%02d-%02d", year, hanNumber(m[2]), hanNumber(m[3])))
}

// hanNumber is a number of at most two digits: 十一, 二十一, 三.
func hanNumber(s string) int {
	n := 0
	for _, r := range s {
		if r != '十' {
			n += hanDigit(r)
		} else {
			n = 10 * max(n, 1)
		}
	}
	return n
}

func hanDigit(r rune) int {
	if n := strings.IndexRune("零一二三四五六七八九", r); n >= 0 {
		return n / len("零")
	}
	return 0 // 〇 and ○
}

func digits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// narrow is the ASCII character that a full-width one stands for.
func narrow(r rune) rune {
	switch {
	case r == '　':
		return ' '
	case r >= '！' && r <= '～':
		return r - '！' + '!'
	case unicode.IsSpace(r):
		return ' '
	}
	return r
}
