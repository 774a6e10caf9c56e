package foreign

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"tongban/internal/civic/codes"
)

// fields are what a record of another system says, by its own names; a reading
// takes them out one by one, and what is left is named at the end.
type fields map[string]any

// take takes out the first of the names that is there.
func (f fields) take(names ...string) (value any, name string, found bool) {
	for _, n := range names {
		if v, ok := f[n]; ok && !blank(v) {
			delete(f, n)
			return v, n, true
		}
		delete(f, n) // null and a dash say nothing
	}
	return nil, "", false
}

// peek is the first of the names that is there, left where it stands.
func (f fields) peek(names ...string) any {
	for _, n := range names {
		if !blank(f[n]) {
			return f[n]
		}
	}
	return nil
}

// text takes out a field as one text; lists are joined.
func (f fields) text(names ...string) string {
	v, _, _ := f.take(names...)
	return textOf(v)
}

// list takes out a field as texts; one text is split where lists are.
func (f fields) list(names ...string) []string {
	v, _, _ := f.take(names...)
	switch v := v.(type) {
	case nil:
		return nil
	case []any:
		var all []string
		for _, one := range v {
			if t := textOf(one); t != "" {
				all = append(all, t)
			}
		}
		return all
	default:
		return split(textOf(v))
	}
}

// choices takes out a field of which each value is a word of a code list, so that
// people also divide them by commas.
func (f fields) choices(names ...string) []string {
	var all []string
	for _, one := range f.list(names...) {
		for part := range strings.FieldsFuncSeq(one, func(r rune) bool { return strings.ContainsRune("、，,/和", r) }) {
			if part = strings.TrimSpace(part); part != "" {
				all = append(all, part)
			}
		}
	}
	return all
}

// split divides what platforms join by ^, and people by other marks.
func split(s string) []string {
	return slices.DeleteFunc(strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("^;；|\n", r) }), func(s string) bool { return strings.TrimSpace(s) == "" })
}

func numberOf(v any) (int, bool) {
	n, err := strconv.ParseFloat(strings.Map(codes.Halfwidth, strings.TrimSpace(textOf(v))), 64)
	if err != nil || n != float64(int(n)) || n > 1e9 || n < -1e9 {
		return 0, false
	}
	return int(n), true
}

// yes takes out a yes or no; said is false where nothing is said.
func (f fields) yes(names ...string) (yes, said bool) {
	v, name, found := f.take(names...)
	if !found {
		return false, false
	}
	if yes, said = yesOf(v); !said {
		f[name] = v // named among what nobody took
	}
	return yes, said
}

func yesOf(v any) (yes, said bool) {
	switch strings.ToLower(textOf(v)) {
	case "true", "是", "1", "y", "yes", "有":
		return true, true
	case "false", "否", "0", "2", "n", "no", "无":
		return false, true
	}
	return false, false
}

// maps takes out a list of records; a bare text stands under as.
func (f fields) maps(as string, names ...string) []fields {
	v, _, _ := f.take(names...)
	var all []fields
	list, ok := v.([]any)
	if text, one := v.(string); one {
		list = several(cleaned(text))
	} else if !ok && v != nil {
		list = []any{v}
	}
	for _, one := range list {
		if m := mapOf(one); m != nil {
			all = append(all, m)
		} else if t := textOf(one); t != "" && t != "无" {
			all = append(all, fields{as: t})
		}
	}
	return all
}

// recordsIn are the records of a value that holds nothing else: one, or a list.
func recordsIn(v any) (all []fields) {
	list, ok := v.([]any)
	if !ok {
		list = []any{v}
	}
	for _, one := range list {
		m := mapOf(one)
		if m == nil {
			return nil
		}
		all = append(all, m)
	}
	return all
}

// mapOf is a copy of a record that may be taken apart; nil if it is none.
func mapOf(v any) fields {
	switch v := v.(type) {
	case map[string]any:
		return spelt(v)
	case fields:
		return maps.Clone(v)
	}
	return nil
}

// textOf is a value as people read it.
func textOf(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return cleaned(v)
	case json.Number:
		return v.String()
	case []any:
		all := make([]string, len(v))
		for i, one := range v {
			all[i] = textOf(one)
		}
		return strings.Join(all, "；")
	case map[string]any:
		return told(v)
	case fields:
		return told(v)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	default:
		return strings.TrimSpace(fmt.Sprint(v))
	}
}

// told is a record as a sentence: 电话：12345；网址：….
func told(record map[string]any) string {
	var all []string
	for _, k := range slices.Sorted(maps.Keys(record)) {
		if text := textOf(record[k]); text != "" {
			all = append(all, k+"："+text)
		}
	}
	return strings.Join(all, "；")
}

// left are the names of what was not taken, in order.
func (f fields) left() []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(f)), func(n string) bool { return blank(f[n]) })
}

// short is a text for a sentence.
func short(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}
