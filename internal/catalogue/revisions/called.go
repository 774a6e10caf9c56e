package revisions

import (
	"regexp"
	"strconv"
	"strings"
)

// inList is the place of an element within a list: materials[2].basis.
var inList = regexp.MustCompile(`^([A-Za-z.]+)\[(\d+)\](?:\.(.*))?$`)

// Called is what people call the field of a finding: 材料第3项的设定依据. What has no
// name of its own, such as a cell of a workbook, is called as it is written.
func Called(path string) string {
	for _, a := range basics {
		if a.path == path {
			return a.label
		}
	}
	m := inList.FindStringSubmatch(path)
	if m == nil {
		return calledWhole(path)
	}
	for _, l := range named {
		if l.path != m[1] {
			continue
		}
		n, _ := strconv.Atoi(m[2]) // digits, by the pattern
		name := l.label + "第" + strconv.Itoa(n+1) + "项"
		if part := l.aspects[m[3]]; part != "" {
			name += "的" + part
		}
		return name
	}
	return path
}

// calledWhole is what a list, or a part of an element, is called.
func calledWhole(path string) string {
	for _, l := range named {
		if l.path == path {
			return l.label
		}
	}
	head, _, _ := strings.Cut(path, ".")
	if word := heads[head]; word != "" {
		return word
	}
	return path
}

// heads are elements whose parts are compared together.
var heads = map[string]string{
	"codes": "编码", "remedies": "复议和诉讼", "mail": "邮寄", "publicity": "办理公开", "procedure": "办理流程", "form": "申请表单", "item": "事项标识", "retired": "停用日期", "name": "事项名称",
}

// a naming is a list with its words.
type naming struct {
	path, label string
	aspects     map[string]string
}

var named = []naming{
	namesOf(conditions), namesOf(materials), namesOf(questions), namesOf(autoRules), namesOf(specials), namesOf(mediators), namesOf(fees), namesOf(results),
	namesOf(places), namesOf(faq), namesOf(extras), {"bases", "设定和实施依据", map[string]string{"article": "条款"}}, {"objects", "服务对象", nil}, {"assumed", "推定的要素", nil},
	{"personTopics", "面向自然人主题", nil}, {"firmTopics", "面向法人主题", nil},
}

func namesOf[T any](l listing[T]) naming {
	n := naming{l.path, l.label, map[string]string{}}
	for _, a := range l.aspects {
		n.aspects[a.path] = a.label
	}
	return n
}
