package forms

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"tongban/internal/civic/calendar"
)

// Limits of one form. A larger one is several items in disguise.
const (
	maxFields  = 300
	maxOptions = 500
)

// identifier is what conditions can use as a name.
var identifier = regexp.MustCompile(`^[\p{L}_][\p{L}\p{Nd}_]{0,63}$`)

// reserved are the words of conditions.
var reserved = []string{
	"and", "or", "not", "in", "contains", "matches", "startsWith", "endsWith", "true", "false", "nil", "let", "if", "else",
	Today, "已填", "个数", "周岁", "相隔天数",
}

// CheckForm says everything that is wrong with a definition, at its place:
// "groups[1].fields[0].when". Questions asked before the form are checked with
// it, at "questions[2]"; conditions of the form may use them.
func CheckForm(f Form, before ...Question) []Finding {
	c := checker{whole: f.With(before), questions: len(before) > 0, first: map[string]string{}}
	if n := c.whole.count(); n > maxFields {
		c.add("groups", "size", "一张表单最多%d项，现在有%d项，请拆成几个事项或改用附件", maxFields, n)
		return c.found
	}
	c.each(c.checkGroup, c.checkField)
	c.checkOrder()
	return c.found
}

// CheckQuestions says everything that is wrong with the questions of an item.
func CheckQuestions(questions []Question) []Finding { return CheckForm(Form{}, questions...) }

// checker walks a definition and collects findings.
type checker struct {
	whole     Form
	questions bool              // whether the first group is the questions
	first     map[string]string // path by ID of what was seen
	found     []Finding
}

func (f Form) count() int {
	n := 0
	for range f.All() {
		n++
	}
	return n
}

func (c *checker) each(group func(string, Group), field func(string, Field)) {
	for i, g := range c.whole.Groups {
		if !(c.questions && i == 0) {
			group(c.path(i), g)
		}
		for j, f := range g.Fields {
			field(c.path(i, j), f)
		}
	}
}

// path is where a group or field stands in what the editor sees.
func (c *checker) path(group int, field ...int) string {
	switch {
	case c.questions && group == 0:
		return fmt.Sprintf("questions[%d]", field[0])
	case c.questions:
		group--
	}
	if len(field) == 0 {
		return fmt.Sprintf("groups[%d]", group)
	}
	return fmt.Sprintf("groups[%d].fields[%d]", group, field[0])
}

func (c *checker) add(path, code, say string, args ...any) {
	c.found = append(c.found, Finding{Path: path, Code: "forms." + code, Say: fmt.Sprintf(say, args...)})
}

func (c *checker) warn(path, code, say string, args ...any) {
	c.add(path, code, say, args...)
	c.found[len(c.found)-1].Warn = true
}

func (c *checker) checkGroup(path string, g Group) {
	if g.ID == "" || g.ID == situation {
		c.add(path+".id", "id.shape", "分组要有标识，且不能叫 %s", situation)
	}
	c.once("group:"+g.ID, g.ID, path)
	if strings.TrimSpace(g.Title) == "" {
		c.add(path+".title", "title", "请填写分组的标题")
	}
	if len(g.Fields) == 0 {
		c.warn(path+".fields", "empty", "分组“%s”里没有字段", g.Title)
	}
}

// once holds IDs to be used once.
func (c *checker) once(key, id, path string) {
	if at, twice := c.first[key]; twice {
		c.add(path+".id", "id.twice", "标识“%s”与 %s 重复", id, at)
		return
	}
	c.first[key] = path
}

func (c *checker) checkField(path string, f Field) {
	if !identifier.MatchString(f.ID) || slices.Contains(reserved, f.ID) {
		c.add(path+".id", "id.shape", "标识“%s”应由汉字、字母、数字、下划线组成，以汉字或字母开头，且不是条件里的用词", short(f.ID))
	}
	c.once(f.ID, f.ID, path)
	if strings.TrimSpace(f.Label) == "" {
		c.add(path+".label", "label", "请填写字段的名称")
	}
	if _, known := lengths[f.Kind]; !known {
		c.add(path+".kind", "kind", "没有“%s”这种字段", short(string(f.Kind)))
		return
	}
	c.checkOptions(path, f)
	c.checkBounds(path, f)
	c.checkShape(path, f)
}

func (c *checker) checkOptions(path string, f Field) {
	path += ".options"
	choosing := f.Kind == Choice || f.Kind == Choices
	switch {
	case !choosing && len(f.Options) > 0:
		c.warn(path, "options.unused", "“%s”不是选择题，选项不会显示", f.Label)
	case choosing && len(f.Options) < 2:
		c.add(path, "options.few", "“%s”至少要有两个选项", f.Label)
	case len(f.Options) > maxOptions:
		c.add(path, "options.many", "“%s”最多%d个选项", f.Label, maxOptions)
	}
	for i, o := range f.Options {
		if o.Value == "" || o.Label == "" || strings.Contains(o.Value, "\n") || hostile(o.Value) != "" {
			c.add(fmt.Sprintf("%s[%d]", path, i), "options.empty", "选项要有值和文字，值不能换行")
		}
		if f.place(o.Value) < i {
			c.add(fmt.Sprintf("%s[%d]", path, i), "options.twice", "选项的值“%s”重复", short(o.Value))
		}
	}
}

func (c *checker) checkBounds(path string, f Field) {
	read := f.Kind.bound()
	if read == nil {
		if f.Min != "" || f.Max != "" {
			c.warn(path+".min", "bound.unused", "“%s”没有大小之分，最小最大值不起作用", f.Label)
		}
		return
	}
	least, okMin := read(f.Min)
	most, okMax := read(f.Max)
	if f.Min != "" && !okMin {
		c.add(path+".min", "bound", "“%s”的最小值“%s”读不懂", f.Label, short(f.Min))
	}
	if f.Max != "" && !okMax {
		c.add(path+".max", "bound", "“%s”的最大值“%s”读不懂", f.Label, short(f.Max))
	}
	if f.Min != "" && f.Max != "" && okMin && okMax && least > most {
		c.add(path+".min", "bound.order", "“%s”的最小值%s大于最大值%s", f.Label, f.Min, f.Max)
	}
	if f.Kind == Choices && okMin && int(least) > len(f.Options) {
		c.add(path+".min", "bound.order", "“%s”至少要选%s项，但只有%d个选项", f.Label, f.Min, len(f.Options))
	}
}

// anyDay stands for today where only the order of two bounds matters.
const anyDay = "2026-01-01"

// bound is how the kind reads Min and Max; nil if it has neither.
func (k Kind) bound() func(string) (float64, bool) {
	switch k {
	case Number, Money:
		return func(s string) (float64, bool) {
			n, err := strconv.ParseFloat(s, 64)
			return n, err == nil && !math.IsNaN(n) && !math.IsInf(n, 0)
		}
	case Date, Birth:
		return func(s string) (float64, bool) { d, ok := bound(s, calendar.Parse(anyDay)); return float64(d), ok }
	case Choices, File:
		return func(s string) (float64, bool) { n, err := strconv.Atoi(s); return float64(n), err == nil && n >= 0 }
	default:
		return nil
	}
}

func (c *checker) checkShape(path string, f Field) {
	if f.MaxLen < 0 || f.MaxLen > lengths[f.Kind] {
		c.add(path+".maxLen", "length", "“%s”最多%d个字，字数上限应在1至%d之间", f.Label, lengths[f.Kind], lengths[f.Kind])
	}
	if _, ok := readPattern(f.Pattern); f.Pattern != "" && !ok {
		c.add(path+".pattern", "pattern", "没有叫“%s”的格式，可用：%s；或以 re: 开头写正则表达式（最长%d）", short(f.Pattern), strings.Join(PatternNames(), "、"), maxPattern)
	}
	if f.Prefill != "" && !soundSource(f.Prefill) {
		c.warn(path+".prefill", "prefill", "没有叫“%s”的来源，这一项不会自动填写", short(f.Prefill))
	}
	if !f.Sensitive && (f.Kind == IDNumber || f.Kind == Bank) {
		c.warn(path+".sensitive", "sensitive", "“%s”是敏感个人信息（个人信息保护法第二十八条），请设为敏感", f.Label)
	}
}
