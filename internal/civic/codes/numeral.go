package codes

import (
	"strconv"
	"strings"
)

var figures = map[rune]int{'零': 0, '〇': 0, '一': 1, '二': 2, '两': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9}

var powers = map[rune]int{'十': 10, '百': 100, '千': 1000}

// Numeral reads a whole number below a hundred thousand as it is written in
// digits of either width (35, ３５), spoken (一千零四十六, 二十) or spelt (一〇四六).
func Numeral(text string) (n int, ok bool) {
	n, rest := leading(text)
	return n, rest == "" && text != "" && n < 100_000
}

// Digits writes the number that a text begins with in digits, if it begins with
// one in characters: 十五个工作日 becomes 15个工作日.
func Digits(text string) string {
	n, rest := leading(text)
	if rest == text {
		return text
	}
	return strconv.Itoa(n) + rest
}

// leading reads the number at the beginning of a text; rest is the whole text
// where there is none.
func leading(text string) (n int, rest string) {
	plain := strings.Map(Halfwidth, text)
	if end := strings.IndexFunc(plain, func(r rune) bool { return r < '0' || r > '9' }); end != 0 && plain != "" {
		if end < 0 {
			end = len(plain)
		}
		if n, err := strconv.Atoi(plain[:min(end, 9)]); err == nil {
			return n, plain[min(end, 9):]
		}
	}
	total, one, end := 0, 0, 0
	for i, r := range text {
		if power := powers[r]; power > 0 {
			total, one = total+max(one, 1)*power, 0
		} else if d, known := figures[r]; known {
			one = 10*one + d
		} else {
			break
		}
		if end = i + len(string(r)); total+one > 1_000_000 {
			return 0, text
		}
	}
	return total + one, text[end:]
}
