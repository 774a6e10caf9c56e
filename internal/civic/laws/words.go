package laws

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/goccy/go-yaml"

	"tongban/internal/civic/codes"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/legible"
)

// list reads articles in one list, of JSON or YAML.
func (r *Reading) list(body []byte) error {
	refused := fault.New(fault.Invalid, "laws.read.format", "文件读不懂，请检查括号、逗号和缩进，或者使用模板填写")
	if len(body) > 64<<20 || alias.Match(body) {
		return refused
	}
	var all []any
	if err := yaml.Unmarshal(body, &all); err != nil {
		return legible.Unread(refused, err)
	}
	for i, one := range all {
		place := fmt.Sprintf("第%d项", i+1)
		f, ok := one.(map[string]any)
		if !ok {
			r.wrong(place, "这一项不是一条法条")
			continue
		}
		r.record(place, f)
	}
	return nil
}

// alias is what makes a small text of YAML a large one.
var alias = regexp.MustCompile(`(?m)(?:^|[\s:,\[{])[&*][A-Za-z0-9_]+(?:\s|$)`)

var (
	beginning = regexp.MustCompile(`^[\s　]*(第[零〇一二两三四五六七八九十百千]+条(?:之[一二三四五六七八九十]+)?)[\s　]+(.*)$`)
	division  = regexp.MustCompile(`^[\s　]*第[零〇一二两三四五六七八九十百]+[编章节][\s　]+\S.*$`)
	passed    = regexp.MustCompile(`([0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日)(起)?`)
	heading   = regexp.MustCompile(`^#{1,6}\s+|^<!--.*-->$`)
	inForce   = regexp.MustCompile(`自([0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日)起(?:施行|实施|生效)`)
)

// isLaw reports whether a text is a law in words: a title, then articles one
// after another.
func isLaw(body []byte) bool {
	n := 0
	for line := range strings.Lines(string(body[:min(len(body), 16<<10)])) {
		if beginning.MatchString(heading.ReplaceAllString(strings.TrimRight(line, "\r\n"), "")) {
			n++
		}
	}
	return n >= 2
}

// passedOn is the day on which the wording was passed, as the brackets below the name
// tell: of several changes the last; "" where they tell none.
func passedOn(line string) (day string) {
	line = strings.Map(codes.Halfwidth, line)
	if !strings.HasPrefix(line, "(") && !strings.HasPrefix(line, "（") {
		return ""
	}
	for _, m := range passed.FindAllStringSubmatch(line, -1) {
		if m[2] == "" {
			day = m[1]
		}
	}
	return day
}

// law reads a law in words: the first line is its name, the day in force stands
// in brackets below or in the last article.
func (r *Reading) law(body []byte) {
	l := inWords{Reading: r}
	if m := inForce.FindAllStringSubmatch(strings.Map(codes.Halfwidth, string(body)), -1); m != nil {
		l.effective = m[len(m)-1][1]
	}
	n := 0
	for line := range strings.Lines(string(body)) {
		n++
		l.line(n, strings.TrimSpace(heading.ReplaceAllString(strings.TrimSpace(line), "")))
	}
	l.flush()
}

// inWords is a law in words while it is read, with the article that has begun.
type inWords struct {
	*Reading
	name, version, effective, chapter string

	number string // of the article; "": none has begun
	first  int    // its first line
	text   []string
}

// line reads the nth line.
func (l *inWords) line(n int, line string) {
	m := beginning.FindStringSubmatch(line)
	switch {
	case line == "":
	case m != nil:
		l.flush()
		l.number, l.text, l.first = m[1], []string{m[2]}, n
	case division.MatchString(line):
		l.flush()
		l.chapter = strings.Join(strings.Fields(line), " ")
	case l.name == "":
		l.name = line
	case l.number != "":
		l.text = append(l.text, line)
	case l.version == "" && passedOn(line) != "":
		l.version = passedOn(line)
	case !inForce.MatchString(line):
		l.remark(fmt.Sprintf("第%d行“%s”", n, clipped(line)), "不是条文，没有导入")
	}
}

// flush adds the article that has begun, if one has.
func (l *inWords) flush() {
	if l.number != "" {
		says := map[string]string{"law": l.name, "article": l.number, "text": strings.Join(l.text, "\n"), "chapter": l.chapter, "version": l.version, "effective": l.effective}
		first := l.first
		l.add(func(path string) string { return fmt.Sprintf("第%d行“%s”", first, path) }, func(names []string) string { return says[column(names[0])] })
	}
	l.number, l.text = "", nil
}
