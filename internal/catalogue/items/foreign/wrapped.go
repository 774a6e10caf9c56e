package foreign

import (
	"maps"
	"slices"
)

// mostHeadings is how deep the headings of a guide may stand within each other.
const mostHeadings = 4

// envelope are what a service says of its answer, and nothing of an item.
var envelope = []string{
	"code", "msg", "message", "success", "status", "timestamp", "errcode", "errmsg", "error", "ok", "total", "count", "totalcount", "totalpage", "pages", "page", "pagenum",
	"pageno", "pagesize", "pageindex", "size", "limit", "offset", "current", "traceid", "requestid", "时间戳", "总数", "总页数", "页码", "合计",
}

// answers are under what a service answers.
var answers = []string{"data", "result", "body", "datas", "content", "info", "response", "rows", "list", "records", "结果", "数据"}

// Unwrapped is a record without the headings under which its elements stand (基本信息,
// 办理信息), or the answer in which a service gives it. Of two elements of one name the
// second keeps its heading.
func Unwrapped(record map[string]any) map[string]any {
	for _, k := range answers {
		if inner, ok := record[k].(map[string]any); ok && len(beyond(record, k)) == 0 {
			return Unwrapped(inner)
		}
	}
	return flat(record, mostHeadings)
}

func flat(record map[string]any, deep int) map[string]any {
	all := map[string]any{}
	put := func(k, heading string, v any) {
		if _, twice := all[k]; twice {
			k = heading + "." + k
		}
		all[k] = v
	}
	for _, k := range slices.Sorted(maps.Keys(record)) {
		inner, ok := record[k].(map[string]any)
		if _, word := known()[plain(k)]; !ok || word || deep == 0 {
			put(k, "", record[k])
			continue
		}
		under := flat(inner, deep-1)
		for _, name := range slices.Sorted(maps.Keys(under)) {
			put(name, k, under[name])
		}
	}
	return all
}

// beyond are the fields of a wrapping besides the one it wraps, and besides what a
// service says of its answer.
func beyond(record map[string]any, wrapped string) []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(record)), func(k string) bool {
		return k == wrapped || blank(record[k]) || slices.Contains(envelope, plain(k))
	})
}

// shared are the elements that a list of items tells once for all.
var shared = []string{"agency", "uscc", "region", "levels", "type", "typeCode", "guidance", "source"}

// A Head is what stands over a list of items: what it says of all, and what belongs to
// none of them.
type Head struct {
	all  fields
	main bool // it is itself an item (主项), and the list its parts (业务办理项)
	Left []string
}

// HeadOf reads what stands beside a list of items in the record that holds it.
func HeadOf(record map[string]any, list string) Head {
	f := spelt(record)
	if slices.ContainsFunc(names["children"], func(n string) bool { return plain(n) == plain(list) }) && f.has("name") {
		maps.DeleteFunc(f, func(k string, _ any) bool {
			return slices.Contains(names["children"], k) || slices.Contains(names["id"], k)
		})
		return Head{all: f, main: true}
	}
	h := Head{all: fields{}}
	for _, k := range beyond(record, list) {
		if what := elementNamed(k); slices.Contains(shared, what) {
			h.all[k] = record[k]
		} else {
			h.Left = append(h.Left, k)
		}
	}
	return h
}

// elementNamed is the element that a word is one for; "" if it is for none.
func elementNamed(word string) string {
	for what, words := range names {
		if slices.ContainsFunc(words, func(n string) bool { return plain(n) == plain(word) }) {
			return what
		}
	}
	return ""
}

// Over is a record with what its head says of all, where it does not say so itself. A
// part is named by the item and by itself.
func (h Head) Over(record map[string]any) map[string]any {
	if len(h.all) == 0 {
		return record
	}
	f := spelt(record)
	own := textOf(f.peek(names["name"]...))
	for k, v := range h.all {
		if what := elementNamed(k); what != "" && f.peek(names[what]...) == nil || what == "" && blank(f[k]) {
			f[k] = v
		}
	}
	if h.main {
		f.named(textOf(h.all.peek(names["name"]...)), own)
	}
	return f
}

// named names a part of an item by both.
func (f fields) named(main, part string) {
	for _, n := range names["name"] {
		delete(f, n)
	}
	f["事项名称"], f["业务办理项名称"] = main, part
}
