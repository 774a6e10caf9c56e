package foreign

import (
	"maps"
	"slices"
	"strings"
	"sync"

	"tongban/internal/civic/codes"
)

// known are all words that a reading asks for, by their plain spelling.
var known = sync.OnceValue(func() map[string]string {
	all := map[string]string{}
	for _, list := range [][]string{slices.Concat(slices.Collect(maps.Values(names))...), slices.Concat(slices.Collect(maps.Values(unitWords))...), bothUnits, slices.Collect(maps.Keys(groups)), parts} {
		for _, n := range list {
			if _, ok := all[plain(n)]; !ok {
				all[plain(n)] = n
			}
		}
	}
	return all
})

// parts are further words within materials, fees, steps and limits.
var parts = []string{"by_law", "时限", "value", "unit", "note", "text", "content", "name", "law", "article"}

// plain is a word without what systems spell differently: case, underscores,
// hyphens and blanks.
func plain(s string) string {
	return strings.ToLower(strings.NewReplacer("_", "", "-", "", "*", "", "：", "", ":", "").Replace(codes.Tidy(s)))
}

// spelt is a record whose fields go by the spelling we know: itemName,
// ItemName, item-name and “ 事项名称 ” are one word. Of two spellings of one word
// the second keeps its own, and so is named among what nobody took.
func spelt(record map[string]any) fields {
	f := make(fields, len(record))
	for _, k := range slices.Sorted(maps.Keys(record)) {
		name, ok := known()[plain(k)]
		if _, exact := record[name]; !ok || name != k && exact || f[name] != nil {
			name = k
		}
		f[name] = record[k]
	}
	return f
}

// nothing are the marks by which people leave a field empty.
var nothing = []string{"", "/", "\\", "-", "--", "—", "——", "－", "N/A", "n/a", "NULL", "null", "None", "nan", "暂无", "空"}

// blank reports whether a field is left empty.
func blank(v any) bool {
	s, text := v.(string)
	return v == nil || text && slices.Contains(nothing, strings.TrimSpace(s))
}

// Evident reports whether a record is of an item: it has a name, and an element
// that only items have.
func Evident(record map[string]any) bool {
	f := spelt(record)
	return f.has("name") && f.has(elements...)
}

// Full reports whether a record tells enough to be an item even where it stands
// among others that are not: three elements at least.
func Full(record map[string]any) bool {
	f, n := spelt(record), 0
	for _, k := range elements {
		if f.has(k) {
			n++
		}
	}
	return n >= 3 && f.has("name")
}

// elements are what only items have.
var elements = []string{"code", "handling", "typeCode", "uscc", "levels", "scope", "visits", "statutory", "promised", "conditions", "materials", "results", "bases", "special", "mediator", "power", "agency"}

// has reports whether one of the elements is there, under whatever word. A type
// is one only if it is a type of items.
func (f fields) has(keys ...string) bool {
	for _, k := range keys {
		for _, n := range names[k] {
			if !blank(f[n]) && (k != "name" || single(f[n])) {
				return true
			}
		}
	}
	return slices.Contains(keys, "code") && slices.ContainsFunc(names["type"], func(n string) bool { return typeOf(textOf(f[n])) != "" })
}

// single reports whether a value is one text, and not a list or a record.
func single(v any) bool {
	switch v.(type) {
	case []any, map[string]any:
		return false
	}
	return true
}
