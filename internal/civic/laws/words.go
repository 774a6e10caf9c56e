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
	var name, version, chapter, number string
	var text []string
	first := 0
	effective := ""
	if m := inForce.FindAllStringSubmatch(strings.Map(codes.Halfwidth, string(body)), -1); m != nil {
		effective = m[len(m)-1][1]
	}
	flush := func() {
		if number != "" {
			says := map[string]string{"law": name, "article": number, "text": strings.Join(text, "\n"), "chapter": chapter, "version": version, "effective": effective}
			r.add(func(path string) string { return fmt.Sprintf("第%d行“%s”", first, path) }, func(names []string) string { return says[column(names[0])] })
		}
		number, text = "", nil
	}
	n := 0
	for line := range strings.Lines(string(body)) {
		n++
		line = strings.TrimSpace(heading.ReplaceAllString(strings.TrimSpace(line), ""))
		m := beginning.FindStringSubmatch(line)
		switch {
		case line == "":
		case m != nil:
			flush()
			number, text, first = m[1], []string{m[2]}, n
		case division.MatchString(line):
			flush()
			chapter = strings.Join(strings.Fields(line), " ")
		case name == "":
			name = line
		case number != "":
			text = append(text, line)
		case version == "" && passedOn(line) != "":
			version = passedOn(line)
		case !inForce.MatchString(line):
			r.remark(fmt.Sprintf("第%d行“%s”", n, clipped(line)), "不是条文，没有导入")
		}
	}
	flush()
}
