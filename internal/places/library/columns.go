package library

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/engine/flow"
	"tongban/internal/engine/forms"
	"tongban/internal/ground/fault"
)

// Columns of the usual sorts.

func textColumn[T any, S ~string](key, label, hint string, at func(*T) *S) column[T] {
	return column[T]{key, label, hint, oneLine, nil, func(t *T) string { return string(*at(t)) }, func(t *T, s string) error { *at(t) = S(s); return nil }}
}

func longColumn[T any](key, label, hint string, at func(*T) *string) column[T] {
	c := textColumn(key, label, hint, at)
	c.kind = long
	return c
}

func chooseColumn[T any, S ~string](key, label string, list []S, at func(*T) *S) column[T] {
	var choices []string
	for _, s := range list {
		choices = append(choices, string(s))
	}
	return column[T]{key, label, "", choose, choices, func(t *T) string { return string(*at(t)) }, func(t *T, s string) error { *at(t) = S(s); return nil }}
}

func tickColumn[T any](key, label string, at func(*T) *bool) column[T] {
	return column[T]{key, label, "", tick, nil, func(t *T) string {
		if *at(t) {
			return "1"
		}
		return ""
	}, func(t *T, s string) error { *at(t) = s != ""; return nil }}
}

func limitColumn[T any](key, label string, at func(*T) *clock.Limit) column[T] {
	return column[T]{key, label, "例如：8个工作日、即办；没有时限留空", oneLine, nil, func(t *T) string { return at(t).Written() }, func(t *T, s string) error {
		if s == at(t).Written() {
			return nil // an imported number without a unit stays what it is until somebody knows
		}
		l, err := clock.ParseLimit(s)
		if err == nil {
			*at(t) = l
		}
		return err
	}}
}

func numberColumn[T any](key, label string, at func(*T) *int) column[T] {
	return column[T]{key, label, "", oneLine, nil, func(t *T) string { return strconv.Itoa(*at(t)) }, func(t *T, s string) error {
		if s == "" {
			*at(t) = 0
			return nil
		}
		n, err := strconv.Atoi(s)
		if err != nil || n < 0 || n > 1_000_000 {
			return fault.New(fault.Invalid, "library.number", "请填写数字")
		}
		*at(t) = n
		return nil
	}}
}

func basisColumn[T any](at func(*T) *[]items.Basis) column[T] {
	return basesColumn("basis", "设定依据", "也可以从下面的法条库里找", at)
}

// basesColumn is a column of articles; more is what its hint says besides how to
// write them.
func basesColumn[T any](key, label, more string, at func(*T) *[]items.Basis) column[T] {
	hint := strings.TrimSuffix("一行一条，写成《法律名称》第几条；"+more, "；")
	return column[T]{key, label, hint, pickBasis, nil, func(t *T) string { return basisLines(*at(t)) }, func(t *T, s string) error {
		all, err := readBases(s)
		if err == nil {
			*at(t) = all
		}
		return err
	}}
}

func listColumn[T any, S ~string](key, label, hint string, at func(*T) *[]S) column[T] {
	return column[T]{key, label, hint, oneLine, nil, func(t *T) string { return joined(*at(t)) }, func(t *T, s string) error {
		*at(t) = nil
		for _, w := range words(s) {
			*at(t) = append(*at(t), S(w))
		}
		return nil
	}}
}

func linesColumn[T any](key, label, hint string, at func(*T) *[]string) column[T] {
	return column[T]{key, label, hint, long, nil, func(t *T) string { return strings.Join(*at(t), "\n") }, func(t *T, s string) error {
		*at(t) = textLines(s)
		return nil
	}}
}

func dayColumn[T any](key, label, hint string, at func(*T) *calendar.Day) column[T] {
	return column[T]{key, label, hint, oneLine, nil, func(t *T) string {
		if *at(t) == 0 {
			return ""
		}
		return at(t).String()
	}, func(t *T, s string) error {
		day := calendar.Parse(s)
		if s != "" && day == 0 {
			return fault.New(fault.Invalid, "library.day", "请写成 2026-12-01 的样子")
		}
		*at(t) = day
		return nil
	}}
}

// optionsColumn writes the answers of a choice one a line: 值 or 值=显示.
func optionsColumn[T any](at func(*T) *[]forms.Option) column[T] {
	return column[T]{"options", "选项", "一行一个；显示的字与取值不同的写成 取值=显示", long, nil, func(t *T) string {
		var all []string
		for _, o := range *at(t) {
			if o.Label == o.Value || o.Label == "" {
				all = append(all, o.Value)
			} else {
				all = append(all, o.Value+"="+o.Label)
			}
		}
		return strings.Join(all, "\n")
	}, func(t *T, s string) error {
		*at(t) = nil
		for _, one := range textLines(s) {
			value, label, ok := strings.Cut(one, "=")
			if !ok {
				label = value
			}
			*at(t) = append(*at(t), forms.Option{Value: strings.TrimSpace(value), Label: strings.TrimSpace(label)})
		}
		return nil
	}}
}

func joined[S ~string](all []S) string {
	var list []string
	for _, s := range all {
		list = append(list, string(s))
	}
	return strings.Join(list, "、")
}

// freshID is an ID that no element of the list bears: m9.
func freshID[T any](prefix string, n int, list []T, key func(*T) string) string {
	for ; ; n++ {
		id := fmt.Sprintf("%s%d", prefix, n)
		if !slices.ContainsFunc(list, func(t T) bool { return key(&t) == id }) {
			return id
		}
	}
}

// A worded is a value of ours and what people call it.
type worded[S ~string] struct {
	value S
	word  string
}

var stepKinds = []worded[flow.Kind]{{flow.Task, "人工"}, {flow.Rule, "自动"}, {flow.Multi, "会签"}}

var stepRoles = []worded[identity.Role]{{"", ""}, {identity.Reviewer, "审查人员"}, {identity.Approver, "审批人员"}, {identity.Head, "负责人"}}

var fieldKinds = []worded[forms.Kind]{
	{forms.Text, "单行文字"}, {forms.LongText, "多行文字"}, {forms.Number, "数字"}, {forms.Money, "金额"}, {forms.Date, "日期"}, {forms.Birth, "出生日期"},
	{forms.Mobile, "手机号"}, {forms.IDNumber, "公民身份号码"}, {forms.USCC, "统一社会信用代码"}, {forms.Choice, "单选"}, {forms.Choices, "多选"}, {forms.YesNo, "是否"},
	{forms.Region, "行政区划"}, {forms.Address, "地址"}, {forms.File, "附件"}, {forms.Email, "电子邮箱"}, {forms.Bank, "银行账号"},
}

// patternWords are the shapes of a text that a field may ask for.
func patternWords() []worded[string] {
	all := []worded[string]{{"", ""}}
	for _, name := range forms.PatternNames() {
		all = append(all, worded[string]{name, forms.PatternHan(name)})
	}
	return all
}

var stepQuorums = []worded[flow.Quorum]{{"", ""}, {flow.All, "全部同意"}, {flow.Any, "一人同意"}, {flow.N, "达到人数"}}

// wordOf is what people call a value; one that stands in no list is itself.
func wordOf[S ~string](list []worded[S], value S) string {
	for _, w := range list {
		if w.value == value {
			return w.word
		}
	}
	return string(value)
}

// wordColumn picks one of the program's values by what people call it.
func wordColumn[T any, S ~string](key, label string, list []worded[S], at func(*T) *S) column[T] {
	var choices []string
	for _, w := range list {
		choices = append(choices, w.word)
	}
	return column[T]{key, label, "", choose, choices, func(t *T) string { return wordOf(list, *at(t)) }, func(t *T, s string) error {
		*at(t) = S(s)
		for _, w := range list {
			if w.word == s {
				*at(t) = w.value
			}
		}
		return nil
	}}
}

// seatsColumn writes who countersigns, one a line: 部门编号/岗位/角色.
func seatsColumn[T any](at func(*T) *[]flow.Seat) column[T] {
	return column[T]{"among", "会签人员", "一行一个，写成 部门编号/岗位；本部门的写成 /岗位", long, nil, func(t *T) string {
		var all []string
		for _, s := range *at(t) {
			all = append(all, strings.TrimSuffix(s.Agency+"/"+s.Post+"/"+string(s.Role), "/"))
		}
		return strings.Join(all, "\n")
	}, func(t *T, text string) error {
		*at(t) = nil
		for _, one := range textLines(text) {
			p := append(strings.Split(one, "/"), "", "")
			*at(t) = append(*at(t), flow.Seat{Agency: strings.TrimSpace(p[0]), Post: strings.TrimSpace(p[1]), Role: identity.Role(strings.TrimSpace(p[2]))})
		}
		return nil
	}}
}
