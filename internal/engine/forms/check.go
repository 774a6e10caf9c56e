package forms

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"tongban/internal/civic/calendar"
	"tongban/internal/ground/fault"
)

// Check says everything that is wrong with the answers, each at its field (the
// path is the ID of the field) in the order of the form. Answers are judged as
// Normalize would keep them. What is not asked is never missed; an answer to a
// field the form does not have is refused. today bounds dates of birth and is
// known to conditions as 今天.
//
// Codes: required, characters, length, format, range, option, count, unknown.
func Check(f Form, given Answers, today calendar.Day) []fault.Field {
	a := normal(f, given)
	asked := f.asked(a, today)
	var bad []fault.Field
	for _, field := range f.All() {
		if !asked[field.ID] {
			continue
		}
		if code, say := field.check(a[field.ID], today); code != "" {
			bad = append(bad, fault.Field{Path: field.ID, Code: code, Say: say})
		}
	}
	return append(bad, unknown(asked, a)...)
}

// unknown refuses what no field of the form is about; see asked. A draft written on an
// older edition has such answers; see Carry.
func unknown(asked map[string]bool, a Answers) []fault.Field {
	var bad []fault.Field
	for id := range a {
		if _, known := asked[id]; !known {
			bad = append(bad, fault.Field{Path: short(id), Code: "unknown", Say: fmt.Sprintf("当前表单没有“%s”这一项，表单可能已更新，请重新打开后再提交", short(id))})
		}
	}
	slices.SortFunc(bad, func(a, b fault.Field) int { return strings.Compare(a.Path, b.Path) })
	return bad
}

// Carry takes the answers of a draft over to a newer form. Lost are the IDs the
// form no longer has, so that the person can be told.
func Carry(f Form, old Answers) (kept Answers, lost []string) {
	kept = Answers{}
	for _, id := range slices.Sorted(maps.Keys(old)) {
		if f.Field(id) == nil {
			lost = append(lost, id)
			continue
		}
		kept[id] = old[id]
	}
	return Normalize(f, kept), lost
}

// check judges one answer.
func (f *Field) check(v string, today calendar.Day) (code, say string) {
	if v == "" {
		if f.Required {
			return "required", f.ask()
		}
		return "", ""
	}
	if why := hostile(v); why != "" {
		return "characters", f.Label + why
	}
	if n, most := utf8.RuneCountInString(v), f.longest(); n > most {
		return "length", fmt.Sprintf("%s最多%d个字，现在有%d个字，请缩短", f.Label, most, n)
	}
	if judge := judges[f.Kind]; judge != nil {
		if code, say = judge(*f, v, today); code != "" {
			return code, say
		}
	}
	if ok, like := f.matches(v); !ok {
		return "format", fmt.Sprintf("%s格式不对，%s", f.Label, like)
	}
	return "", ""
}

// ask is what to say when nothing was answered.
func (f Field) ask() string {
	if strings.HasSuffix(f.Label, "？") {
		return "请回答“" + f.Label + "”"
	}
	switch f.Kind {
	case Choice, Choices, YesNo, Region:
		return "请选择" + f.Label
	case File:
		return "请上传" + f.Label
	default:
		return "请填写" + f.Label
	}
}

// lengths are the most characters an answer of each kind can have.
var lengths = map[Kind]int{
	Text: 200, LongText: 5000, Number: 24, Money: 24, Date: 20, Birth: 20, Mobile: 24, IDNumber: 20, USCC: 20,
	Choice: 200, Choices: 5000, YesNo: 10, Region: 20, Address: 200, File: 2000, Email: 254, Bank: 40,
}

// longest is the most characters the field takes: what it says, within its kind.
func (f *Field) longest() int {
	most := lengths[f.Kind]
	if f.MaxLen > 0 && f.MaxLen < most {
		return f.MaxLen
	}
	return most
}

func short(s string) string {
	s = strings.ToValidUTF8(strings.Map(func(r rune) rune {
		if hostile(string(r)) != "" {
			return -1
		}
		return r
	}, s), "")
	if runes := []rune(s); len(runes) > 40 {
		return string(runes[:40]) + "…"
	}
	return s
}
