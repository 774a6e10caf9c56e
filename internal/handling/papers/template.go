package papers

import (
	"strings"
	"unicode/utf8"

	"tongban/internal/ground/fault"
)

// Values fill the gaps of a template.
type Values map[string]string

// A Template is words that were read: paragraphs of texts and gaps.
type Template struct{ lines []line }

// line is one paragraph, or a block that stands alone.
type line struct {
	optional bool
	block    string
	parts    []part
}

// part is a text, or a gap.
type part struct {
	text, gap string
}

// What the words of a paper may be at most, in characters.
const (
	MostLetters = 4000
	mostLine    = 800
)

// Read reads the words of a form. Every fault names line and column: a brace that
// is not closed, a gap that the form does not know, a block that does not stand
// alone; and at the end what the law makes part of the paper and is missing.
// Faults stand at the field "text".
func (f Form) Read(text string) (Template, error) {
	r := reading{form: f, seen: map[string]bool{}, bad: fault.New(fault.Invalid, "papers.text", "模板还有需要修改的地方")}
	if utf8.RuneCountInString(text) > MostLetters {
		r.refuse(1, 1, "long", "模板最多%d个字，请删减", MostLetters)
	}
	var t Template
	n := 0
	for row := range strings.SplitSeq(strings.ReplaceAll(text, "\r\n", "\n"), "\n") {
		if n++; strings.TrimSpace(row) != "" {
			t.lines = append(t.lines, r.line(n, row))
		}
	}
	if len(t.lines) == 0 {
		r.refuse(1, 1, "empty", "模板没有正文，请写明文书的内容")
	}
	for _, w := range f.Words {
		if w.Must != "" && !r.seen[w.Name] {
			r.refuse(n, 1, "must", "缺少“{%s}”：%s要求写明，请补上", w.Name, w.Must)
		}
	}
	if len(r.bad.Fields) > 0 {
		return Template{}, r.bad
	}
	return t, nil
}

// reading is one reading of a text, and what was found wrong.
type reading struct {
	form Form
	seen map[string]bool
	bad  *fault.Error
}

func (r *reading) refuse(row, column int, code, say string, args ...any) {
	r.bad = r.bad.At("text", "papers.text."+code, "第%d行第%d个字："+say, append([]any{row, column}, args...)...)
}

func (r *reading) line(n int, row string) line {
	if utf8.RuneCountInString(row) > mostLine {
		r.refuse(n, mostLine, "line", "一段最多%d个字，请分段", mostLine)
	}
	var l line
	rest, column := row, 1
	if after, ok := strings.CutPrefix(strings.TrimLeft(row, " 　"), "?"); ok {
		l.optional, column = true, utf8.RuneCountInString(row)-utf8.RuneCountInString(after)+1
		rest = after
	}
	for rest != "" {
		at := strings.IndexAny(rest, "{}")
		if at < 0 {
			l.parts = append(l.parts, part{text: rest})
			break
		}
		column += utf8.RuneCountInString(rest[:at])
		l.parts = append(l.parts, part{text: rest[:at]})
		name, after, closed := strings.Cut(rest[at+1:], "}")
		if rest[at] == '}' || !closed || strings.Contains(name, "{") {
			r.refuse(n, column, "brace", "花括号没有成对，请写成“{内容名称}”")
			break
		}
		r.gap(n, column, name, row, &l)
		column += utf8.RuneCountInString(name) + 2
		rest = after
	}
	return l.trimmed()
}

// gap judges one gap and puts it into the line.
func (r *reading) gap(n, column int, name, row string, l *line) {
	name = strings.TrimSpace(name)
	w, known := r.form.word(name)
	switch {
	case !known:
		r.refuse(n, column, "unknown", "《%s》没有“{%s}”这个内容，可以用的有：%s", r.form.Title, name, r.form.names())
	case w.Block && strings.TrimSpace(row) != "{"+name+"}":
		r.refuse(n, column, "block", "“{%s}”要单独占一行", name)
	case w.Block && r.seen[name]:
		r.refuse(n, column, "twice", "“{%s}”只能出现一次", name)
	case w.Block:
		l.block = name
	case l.optional && w.Must != "" && !w.Spare:
		r.refuse(n, column, "optional", "“{%s}”是%s要求写明的，不能放在可以省略的段落里，请去掉段首的“?”", name, w.Must)
	}
	r.seen[name] = true
	l.parts = append(l.parts, part{gap: name})
}

func (f Form) names() string {
	var all []string
	for _, w := range f.All() {
		all = append(all, w.Name)
	}
	return strings.Join(all, "、")
}

// trimmed is the line without blanks at its ends.
func (l line) trimmed() line {
	if n := len(l.parts); n > 0 {
		l.parts[0].text = strings.TrimLeft(l.parts[0].text, " 　\t")
		l.parts[n-1].text = strings.TrimRight(l.parts[n-1].text, " 　\t")
	}
	return l
}

// Filled is what a template says of one case.
type Filled struct {
	Before, After []string // paragraphs above and below the list
	Remedies      []string
}

// Fill fills the gaps. A paragraph that may be left out is, if one of its gaps is
// empty; so is {救济途径} where there is nothing to turn against.
func (t Template) Fill(v Values) Filled {
	var f Filled
	listed := false
	for _, l := range t.lines {
		text, full := l.fill(v)
		switch {
		case l.block == List:
			listed = true
		case l.block == Remedies && v[Remedies] != "":
			f.Remedies = strings.Split(v[Remedies], "\n")
		case l.block != "", l.optional && !full:
		case listed:
			f.After = append(f.After, text)
		default:
			f.Before = append(f.Before, text)
		}
	}
	return f
}

func (l line) fill(v Values) (text string, full bool) {
	var b strings.Builder
	full = true
	for _, p := range l.parts {
		b.WriteString(p.text)
		if p.gap != "" {
			b.WriteString(v[p.gap])
			full = full && v[p.gap] != ""
		}
	}
	return b.String(), full
}
