package intake

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"

	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/items/foreign"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/legible"
)

// catalogue reads one item a line (JSON Lines).
func catalogue(text []byte, see func(Entry) error) error {
	var stopped error
	said := map[Kind]bool{} // once for a file, not for every line
	lines := bytes.Split(text, []byte("\n"))
	foreign.Lines(text, func(line int, f map[string]any, err error) bool {
		e := Entry{Findings: faulty(err)}
		if err == nil {
			e = recordOf(f, bytes.TrimSpace(lines[line-1]))
		}
		e.Place = fmt.Sprintf("第%d行", line)
		if e.Other != nil && said[e.Other.Kind] {
			e.Findings = e.Findings[1:]
		} else if e.Other != nil {
			said[e.Other.Kind] = true
		}
		stopped = see(e)
		return stopped == nil
	})
	return stopped
}

// array reads a list of items in JSON, one after another: it may be long.
func array(text []byte, see func(Entry) error) error {
	read := json.NewDecoder(bytes.NewReader(text))
	broken := func(n int) error {
		return fault.New(fault.Invalid, "intake.json", "JSON 读不懂，请检查第%d项附近的括号和逗号", n+1)
	}
	if _, err := read.Token(); err != nil {
		return broken(0)
	}
	for n := 0; read.More(); n++ {
		var raw json.RawMessage
		if err := read.Decode(&raw); err != nil {
			return broken(n)
		}
		e := Entry{}
		if f, err := foreign.Object(raw); err != nil {
			e.Findings = faulty(err)
		} else {
			e = recordOf(f, raw)
		}
		e.Place = fmt.Sprintf("第%d项", n+1)
		if err := see(e); err != nil {
			return err
		}
	}
	if _, err := read.Token(); err != nil {
		return fault.New(fault.Invalid, "intake.json", "JSON 没有写完，请检查末尾的括号")
	}
	return nil
}

var between = regexp.MustCompile(`(?m)^---[ \t]*\r?$`)

// documents reads YAML or JSON; a file may hold several documents of YAML, and a
// document several items.
func documents(text []byte, see func(Entry) error) error {
	parts := slices.DeleteFunc(between.Split(string(text), -1), func(p string) bool { return strings.TrimSpace(p) == "" })
	for n, p := range parts {
		all, err := document([]byte(p))
		if err != nil && len(parts) == 1 {
			return err
		}
		if err != nil {
			all = []Entry{{Findings: faulty(err)}}
		}
		for _, e := range all {
			if len(parts) > 1 {
				e.Place = strings.TrimSpace(fmt.Sprintf("第%d份 %s", n+1, e.Place))
			}
			if err := see(e); err != nil {
				return err
			}
		}
	}
	return nil
}

// document reads what one document holds. Faults: those of items.Plain and
// items.Read, intake.unknown.
func document(text []byte) ([]Entry, error) {
	if err := items.Plain(text); err != nil {
		return nil, err
	}
	var v any
	if err := yaml.Unmarshal(text, &v); err != nil {
		return nil, unread(err)
	}
	f, ok := v.(map[string]any)
	if !ok {
		l, ok := v.([]any)
		if !ok || len(l) == 0 {
			return nil, fault.New(fault.Invalid, "intake.unknown", "看不出这是什么文件：里面不是事项，也不是一张表")
		}
		return inner("", l, foreign.Head{}), nil
	}
	if all := nested("", f, 0); len(all) > 0 && f["item"] == nil && !foreign.Full(f) {
		return all, nil
	}
	e := recordOf(f, text)
	if e.Edition == nil && e.Other == nil {
		return nil, asFault(e.Findings)
	}
	return []Entry{e}, nil
}

func unread(err error) error {
	refused := fault.New(fault.Invalid, "items.read", "文件读不懂，请检查是否为 YAML 或者 JSON 格式")
	return legible.Unread(refused, err)
}

// asFault is what findings say as a fault of the whole file.
func asFault(found []items.Finding) error {
	f := fault.New(fault.Invalid, found[0].Rule, "%s", found[0].Say)
	if found[0].Path == "" {
		return f
	}
	f = fault.New(fault.Invalid, found[0].Rule, "事项文件读不懂，请按所列位置修改")
	for _, one := range found {
		f = f.At(one.Path, one.Rule, "%s", one.Say)
	}
	return f
}

// mostNested is how deep items may stand within what a service answers.
const mostNested = 3

// listsOfItems are what a list can only be called that holds items.
var listsOfItems = []string{"事项", "事项清单", "事项列表", "事项目录", "政务服务事项", "业务办理项", "办理项", "子项"}

// nested finds the items of a document that is a wrapping of them:
// {"code":0,"data":{"list":[…]}}.
func nested(path string, f map[string]any, depth int) []Entry {
	for _, k := range slices.Sorted(maps.Keys(f)) {
		at := strings.TrimPrefix(path+"."+k, ".")
		switch v := f[k].(type) {
		case []any:
			full := 0
			for _, one := range v {
				if m, ok := one.(map[string]any); ok && (foreign.Full(m) || slices.Contains(listsOfItems, k) && foreign.Evident(m)) {
					full++
				}
			}
			if 2*full >= len(v) && full > 0 {
				return over(at, f, k, v)
			}
		case map[string]any:
			if depth < mostNested {
				if all := nested(at, v, depth+1); len(all) > 0 {
					return all
				}
			}
		}
	}
	return nil
}

// over are the items of a list with what stands over it; what belongs to none of them
// is told.
func over(path string, f map[string]any, list string, v []any) []Entry {
	head := foreign.HeadOf(f, list)
	all := inner(path, v, head)
	if len(head.Left) == 0 {
		return all
	}
	return append(all, Entry{Findings: []items.Finding{{Rule: "intake.beside", Severity: items.Warning,
		Say: "除了事项，文件里还有“" + short(strings.Join(head.Left, "、")) + "”，不属于哪一个事项，没有读取，请确认"}}})
}

// inner are the items of a list within a document.
func inner(path string, l []any, head foreign.Head) []Entry {
	var all []Entry
	for i, one := range l {
		place := fmt.Sprintf("%s[%d]", path, i)
		m, ok := one.(map[string]any)
		if !ok {
			all = append(all, Entry{Place: place, Findings: []items.Finding{{Rule: "intake.unknown", Severity: items.Error, Say: "这一项不是一个事项，没有读取"}}})
			continue
		}
		m = head.Over(m)
		raw, err := json.Marshal(m)
		if err != nil {
			raw = nil // holds what JSON cannot say, such as .nan; only one of ours needs it
		}
		e := recordOf(m, raw)
		e.Place = place
		all = append(all, e)
	}
	return all
}

// recordOf reads one record: an edition of ours, a guide or an entry of another
// system, or what is no item at all.
func recordOf(f map[string]any, raw []byte) Entry {
	kind := kindOf(f)
	if whole := foreign.Unwrapped(f); f["item"] == nil && (kind == Stranger || kind == Listing) && !foreign.Evident(f) && foreign.Full(whole) {
		kind, f = Stranger, whole
	}
	switch {
	case kind != Stranger:
		e := Entry{Other: &Other{Kind: kind, Name: titled(f)}}
		e.Findings = []items.Finding{told(e.Other)}
		if kind == Scheme {
			e.Other.Text = raw
		}
		switch kind {
		case Listing:
			e.Findings = append(e.Findings, listingFindings(f)...)
		case Calendar:
			e.Findings = append(e.Findings, yearFindings(f)...)
		}
		return e
	case f["item"] != nil || has(f, "procedure", "agencyName", "codes"):
		edition, err := items.Read(raw)
		return Entry{Edition: edition, Findings: faulty(err)}
	case foreign.Evident(f):
		d := foreign.Of(f)
		return Entry{Edition: d.Edition, Findings: d.Findings, Rest: d.Rest, Foreign: true}
	}
	return Entry{Findings: []items.Finding{{Rule: "intake.unknown", Severity: items.Error,
		Say: "看不出这是什么：有“" + short(strings.Join(slices.Sorted(maps.Keys(f)), "、")) + "”，没有事项名称，或者没有事项的要素（编码、类型、时限、条件、材料、依据等）"}}}
}

// eventLog is how a log of events begins (XES, IEEE 1849).
var eventLog = regexp.MustCompile(`^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<log[\s>]`)

// marked tells what is written in XML but draws no procedure.
func marked(file string, text []byte) *Other {
	head := string(text[:min(len(text), 4096)])
	switch {
	case strings.Contains(head, "/DMN/"):
		return &Other{Kind: Decisions, Name: file}
	case eventLog.MatchString(head):
		return &Other{Kind: EventLog, Name: file}
	}
	return nil
}
