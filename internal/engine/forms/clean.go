package forms

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"tongban/internal/civic/codes"
)

var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// tidyText trims the text, makes line ends \n and full-width digits half-width.
// One line of text has its line ends and tabs made spaces.
func tidyText(s string, lines bool) string {
	s = lineEnds.Replace(s)
	s = strings.Map(func(r rune) rune {
		switch {
		case r >= '０' && r <= '９':
			return codes.Halfwidth(r)
		case !lines && (r == '\n' || r == '\t'):
			return ' '
		default:
			return r
		}
	}, s)
	return strings.TrimFunc(s, unicode.IsSpace)
}

// hostile says in words which characters of the text nobody types on purpose:
// controls, marks that turn the direction of writing, what is not a character
// at all. Everything else, also a rare Han character of four bytes, is welcome.
func hostile(s string) string {
	if !utf8.ValidString(s) {
		return "含有无法识别的字符，请重新输入"
	}
	for _, r := range s {
		switch {
		case r == '\n' || r == '\t':
		case unicode.IsControl(r):
			return "含有看不见的控制字符，请删除后重新输入"
		case unicode.Is(unicode.Bidi_Control, r):
			return "含有改变文字方向的隐藏字符，请删除后重新输入"
		case unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp):
			return "含有看不见的字符，请删除后重新输入"
		case unicode.Is(unicode.Noncharacter_Code_Point, r) || r == utf8.RuneError:
			return "含有无法识别的字符，请重新输入"
		}
	}
	return ""
}
