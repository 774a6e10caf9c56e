package codes

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// MaskID shows the first and last character of an identity number: 3****************1.
func MaskID(s string) string { return mask(s, 1, 1) }

// MaskMobile shows the first three and last four digits: 138****0000.
func MaskMobile(s string) string { return mask(s, 3, 4) }

// MaskBank shows the last four digits of an account number.
func MaskBank(s string) string { return mask(s, 0, 4) }

// MaskName shows the surname: 李*, 欧阳**. Of a name that is not Han it shows
// the first letter.
func MaskName(s string) string {
	n := 1
	for _, surname := range compound {
		if strings.HasPrefix(s, surname) && utf8.RuneCountInString(s) > 2 {
			n = 2
		}
	}
	return mask(s, n, 0)
}

// MaskAddress shows the first six characters, which name the city and county at most.
func MaskAddress(s string) string { return mask(s, 6, 0) }

// mask keeps so many characters at each end; a text too short to hide anything
// that way keeps none but the first.
func mask(s string, head, tail int) string {
	runes := []rune(s)
	if len(runes) <= head+tail {
		head, tail = min(1, len(runes)-1), 0
	}
	if len(runes) == 0 {
		return ""
	}
	return string(slices.Concat(runes[:head], []rune(strings.Repeat("*", len(runes)-head-tail)), runes[len(runes)-tail:]))
}

// compound are the surnames of two characters in common use.
var compound = []string{
	"欧阳", "太史", "端木", "上官", "司马", "东方", "独孤", "南宫", "万俟", "闻人", "夏侯", "诸葛", "尉迟", "公羊", "赫连", "澹台",
	"皇甫", "宗政", "濮阳", "公冶", "太叔", "申屠", "公孙", "慕容", "仲孙", "钟离", "长孙", "宇文", "司徒", "鲜于", "司空", "闾丘",
	"子车", "令狐", "轩辕", "百里", "呼延", "东郭", "南门", "西门", "第五",
}
