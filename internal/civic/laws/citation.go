package laws

import (
	"regexp"
	"strconv"
	"strings"

	"tongban/internal/civic/codes"
)

// A Span is the articles from First to Last, as Article.Number counts.
type Span struct{ First, Last int }

// Single reports whether the span is one article.
func (s Span) Single() bool { return s.First == s.Last }

// String is the span as people write it: 第八条至第十条.
func (s Span) String() string {
	if s.Single() {
		return written(s.First)
	}
	return written(s.First) + "至" + written(s.Last)
}

var (
	oneArticle = regexp.MustCompile(`第\s*([零〇一二两三四五六七八九十百千0-9０-９]+)\s*条(?:之([一二三四五六七八九十]+))?`)
	through    = regexp.MustCompile(`^(?:第[^条、，,；;。第]*[款项目])*[^、，,；;。第]*(?:至|到|—|–|－|~|～)\s*$`)
)

// Articles are the articles that a citation names: 第八条至第十条、第十二条第二款
// are 8 to 10, and 12. Paragraphs and items within them are not kept apart.
// A text that names no article yields none.
func Articles(text string) []Span {
	var spans []Span
	end := 0
	for _, m := range oneArticle.FindAllStringSubmatchIndex(text, -1) {
		n := numeral(text[m[2]:m[3]]) * 100
		if m[4] >= 0 {
			n += numeral(text[m[4]:m[5]])
		}
		if len(spans) > 0 && through.MatchString(text[end:m[0]]) && n > spans[len(spans)-1].First {
			spans[len(spans)-1].Last = n
		} else if n > 0 {
			spans = append(spans, Span{n, n})
		}
		end = m[1]
	}
	return spans
}

// numeral reads 一千零四十六, 35 or ３５; 0 if it is no number of an article.
func numeral(text string) int {
	n, ok := codes.Numeral(text)
	if !ok {
		return 0
	}
	return n
}

// written is a number as laws write it: 第三十五条, 第十条之一.
func written(n int) string {
	text := "第" + han(n/100) + "条"
	if n%100 > 0 {
		text += "之" + han(n%100)
	}
	return text
}

var names = []string{"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"}

// han writes a number below ten thousand; larger ones stay digits.
func han(n int) string {
	if n >= 10_000 {
		return strconv.Itoa(n)
	}
	var text strings.Builder
	zero := false
	for _, p := range []struct {
		of   int
		name string
	}{{1000, "千"}, {100, "百"}, {10, "十"}, {1, ""}} {
		d := n / p.of % 10
		switch {
		case d == 0:
			zero = text.Len() > 0
			continue
		case zero:
			text.WriteString("零")
		}
		if p.of != 10 || d != 1 || text.Len() > 0 {
			text.WriteString(names[d])
		}
		text.WriteString(p.name)
		zero = false
	}
	return text.String()
}
