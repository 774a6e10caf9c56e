package clock

import (
	"strconv"
	"strings"
	"unicode"
)

// plain is a limit without what people put around it: full-width digits, white
// space, 不超过, 内, and a number written in characters (十五个工作日).
func plain(s string) string {
	s = strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case r >= '０' && r <= '９':
			return r - '０' + '0'
		case r == '　' || unicode.IsSpace(r):
			return ' '
		}
		return r
	}, s))
	for _, before := range []string{"不超过", "不多于", "少于等于", "≤", "自受理之日起", "受理后", "受理之日起"} {
		s = strings.TrimSpace(strings.TrimPrefix(s, before))
	}
	for _, behind := range []string{"办结", "内", "以", "之"} { // 以内, 之内, 内办结
		if rest := strings.TrimSuffix(s, behind); rest != s && strings.HasPrefix(limitText.ReplaceAllString(arabic(rest), "是"), "是") {
			s = rest
		}
	}
	return strings.ReplaceAll(arabic(s), "个 ", "个")
}

var numerals = map[rune]int{'零': 0, '〇': 0, '一': 1, '二': 2, '两': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9}

// arabic writes the number that a text begins with in digits, if it begins with
// one in characters up to nine hundred and ninety-nine.
func arabic(s string) string {
	sum, last, end := 0, 0, 0
	for i, r := range s {
		if n, ok := numerals[r]; ok {
			last = n
		} else if r == '十' {
			sum, last = sum+max(last, 1)*10, 0
		} else if r == '百' {
			sum, last = sum+max(last, 1)*100, 0
		} else {
			break
		}
		end = i + len(string(r))
	}
	if end == 0 {
		return s
	}
	return strconv.Itoa(sum+last) + s[end:]
}
