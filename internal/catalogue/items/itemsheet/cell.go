package itemsheet

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/codes"
	"tongban/internal/engine/clock"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sheet"
)

// A column is one element of a T: under which heading it stands, and how it is
// written into a cell and read from one. The error of set says what was
// expected.
type column[T any] struct {
	head    string
	also    []string // what other tables call it
	width   int
	options []string
	silent  bool // read where it is there, never written
	get     func(*T) string
	set     func(*T, string) error
	after   func(*T) error // once the whole row is read
}

// called gives a column the other names it goes by.
func (c column[T]) called(also ...string) column[T] { c.also = also; return c }

func text[T any](head string, at func(*T) *string) column[T] {
	return column[T]{head: head, width: 20, get: func(t *T) string { return *at(t) }, set: func(t *T, s string) error { *at(t) = s; return nil }}
}

// named is a text of a type of its own that is no code.
func named[T any, S ~string](head string, at func(*T) *S) column[T] {
	return column[T]{head: head, width: 16, get: func(t *T) string { return string(*at(t)) }, set: func(t *T, s string) error { *at(t) = S(s); return nil }}
}

// choice is a label of a code list; its codes are read as well, where all
// systems mean the same by them.
func choice[T any, S ~string](head, list string, words map[string]S, at func(*T) *S, allowed ...S) column[T] {
	c := named(head, at)
	c.options = texts(allowed)
	c.set = func(t *T, s string) error {
		label, err := labelOf(list, s, words, allowed)
		*at(t) = label
		return err
	}
	return c
}

// choices are several labels of a code list, joined by ^ as the platforms do.
func choices[T any, S ~string](head, list string, words map[string]S, at func(*T) *[]S, allowed ...S) column[T] {
	return column[T]{head: head, width: 24,
		get: func(t *T) string { return strings.Join(texts(*at(t)), "^") },
		set: func(t *T, s string) error {
			var all []S
			for _, one := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("^;；、|\n", r) }) {
				label, err := labelOf(list, strings.TrimSpace(one), words, allowed)
				if err != nil {
					return err
				}
				all = append(all, label)
			}
			*at(t) = all
			return nil
		}}
}

func texts[S ~string](all []S) []string {
	out := make([]string, len(all))
	for i, s := range all {
		out[i] = string(s)
	}
	return out
}

// labelOf is the label that a cell means: a label of ours, another word for
// one, or a code. A code by which two systems mean different things is refused.
func labelOf[S ~string](list, s string, words map[string]S, allowed []S) (S, error) {
	if s == "" || slices.Contains(allowed, S(s)) {
		return S(s), nil
	}
	if w, ok := words[s]; ok {
		return w, nil
	}
	var found []S
	l := codes.Lists()[list]
	for _, variant := range append([]string{""}, l.Variants...) {
		if e, ok := l.From(variant, s); ok {
			label := S(e.Label)
			if w, ok := words[e.Label]; ok {
				label = w
			}
			if slices.Contains(allowed, label) && !slices.Contains(found, label) {
				found = append(found, label)
			}
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return "", want("应是%s之一，不能是“%s”", strings.Join(texts(allowed), "、"), short(s))
	default:
		return "", want("代码“%s”在不同的平台有不同的含义（%s），请写名称", short(s), strings.Join(texts(found), "、"))
	}
}

func want(say string, args ...any) error { return fault.New(fault.Invalid, "cell", say, args...) }

func short(s string) string {
	if r := []rune(s); len(r) > 30 {
		return string(r[:30]) + "…"
	}
	return s
}

func yes[T any](head string, at func(*T) *bool) column[T] {
	return column[T]{head: head, width: 10, options: []string{"是", "否"},
		get: func(t *T) string {
			if *at(t) {
				return "是"
			}
			return ""
		},
		set: func(t *T, s string) error {
			switch strings.ToUpper(s) {
			case "是", "1", "有", "√", "Y", "TRUE":
				*at(t) = true
			case "", "否", "0", "2", "无", "×", "N", "FALSE":
				*at(t) = false
			default:
				return want("应是“是”或者“否”，不能是“%s”", short(s))
			}
			return nil
		}}
}

func number[T any](head string, at func(*T) *int) column[T] {
	return column[T]{head: head, width: 8,
		get: func(t *T) string {
			if *at(t) == 0 {
				return ""
			}
			return strconv.Itoa(*at(t))
		},
		set: func(t *T, s string) error {
			n, ok := sheet.Number(s)
			if s != "" && (!ok || n > 1_000_000 || n < -1_000_000) {
				return want("应是整数，不能是“%s”", short(s))
			}
			*at(t) = int(n)
			return nil
		}}
}

func limit[T any](head string, at func(*T) *clock.Limit) column[T] {
	return column[T]{head: head, width: 14, get: func(t *T) string { return at(t).Written() },
		after: func(t *T) error {
			if l := at(t); l.None() && l.N != 0 {
				return want("时限%d没有单位，应写成“%[1]d个工作日”的样子", l.N)
			}
			return nil
		},
		set: func(t *T, s string) error {
			if n, ok := sheet.Number(s); ok && n >= 0 && n < 100_000 {
				*at(t) = clock.Limit{N: int(n)} // the unit stands in a column of its own, or is missing
				return nil
			}
			l, err := clock.ParseLimit(s)
			*at(t) = l
			if err != nil {
				return want("应写成“20个工作日”的样子：%s", sayOf(err))
			}
			return nil
		}}
}

// unit is the unit of a limit that stands in a column of its own.
func unit[T any](head string, at func(*T) *clock.Limit) column[T] {
	return column[T]{head: head, silent: true, set: func(t *T, s string) error {
		if s == "" {
			return nil
		}
		u, err := clock.ParseUnit(s)
		if err != nil {
			return want("%s", sayOf(err))
		}
		at(t).Unit = u
		return nil
	}}
}

func day[T any](head string, at func(*T) *calendar.Day) column[T] {
	return column[T]{head: head, width: 12, get: func(t *T) string { return at(t).String() },
		set: func(t *T, s string) error {
			*at(t) = calendar.Written(s)
			if s != "" && *at(t) == 0 {
				return want("应是日期，写成“2026-01-01”的样子，不能是“%s”", short(s))
			}
			return nil
		}}
}

// sayOf is the sentence of a fault, or the error as it stands.
func sayOf(err error) string {
	if f, ok := errors.AsType[*fault.Error](err); ok {
		return f.Say
	}
	return err.Error()
}
