package clock

import (
	"strings"
	"unicode"

	"tongban/internal/civic/codes"
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
		if rest := strings.TrimSuffix(s, behind); rest != s && strings.HasPrefix(limitText.ReplaceAllString(codes.Digits(rest), "是"), "是") {
			s = rest
		}
	}
	return strings.ReplaceAll(codes.Digits(s), "个 ", "个")
}
