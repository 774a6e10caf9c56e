package foreign

import (
	"html"
	"regexp"
	"strings"
)

var (
	breaks = regexp.MustCompile(`(?i)<(?:br|/p|/div|/li|/tr|/h[1-6])\s*/?>`)
	tags   = regexp.MustCompile(`(?i)</?(?:p|br|div|span|li|ul|ol|table|tbody|tr|td|th|b|i|u|strong|em|font|a|h[1-6]|o:p)(?:\s[^<>]*)?/?>`)
)

// cleaned is a text without what an editor for web pages has put around it: lines
// for paragraphs, signs for their names.
func cleaned(text string) string {
	if !tags.MatchString(text) {
		return strings.TrimSpace(text)
	}
	text = html.UnescapeString(tags.ReplaceAllString(breaks.ReplaceAllString(text, "\n"), ""))
	return strings.TrimSpace(strings.ReplaceAll(text, "\u00a0", " "))
}

var enumerated = regexp.MustCompile(`^\s*(?:[0-9０-９]{1,2}\s*[.．、)）]|[（(][0-9０-９一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]{1,3}[、.．)）]|[①-⑳]|[-•·*●])\s*`)

// Unnumbered is a line of a list without how it begins: 1. （2） 三、 ④ •
func Unnumbered(line string) string { return enumerated.ReplaceAllString(line, "") }

// several are the parts of a text that holds a list: one a line, or divided by
// semicolons or arrows, numbered or not.
func several(text string) []any {
	var all []any
	for one := range strings.FieldsFuncSeq(text, func(r rune) bool { return strings.ContainsRune("\n\r；;^→➔", r) }) {
		if one = strings.TrimSpace(Unnumbered(one)); one != "" && one != "无" && one != "无。" {
			all = append(all, one)
		}
	}
	return all
}
