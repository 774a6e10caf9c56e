package intake

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
)

// listingFindings hold a list about items (四级四同、容缺、告知承诺、抽查等清单) to
// itself: whether it has as many entries as it says, each once, numbered without
// a gap, with days that exist and parts that make the whole.
func listingFindings(f map[string]any) []items.Finding {
	l := &listing{}
	l.record("", f)
	return l.found
}

type listing struct{ found []items.Finding }

func (l *listing) warn(rule, path, say string, args ...any) {
	l.found = append(l.found, items.Finding{Rule: "list." + rule, Severity: items.Warning, Path: strings.TrimPrefix(path, "."), Say: fmt.Sprintf(say, args...)})
}

func (l *listing) wrong(rule, path, say string, args ...any) {
	l.warn(rule, path, say, args...)
	l.found[len(l.found)-1].Severity = items.Error
}

func (l *listing) record(path string, f map[string]any) {
	l.counted(path, f)
	l.parts(path, f)
	for _, k := range slices.Sorted(maps.Keys(f)) {
		at := path + "." + k
		switch v := f[k].(type) {
		case map[string]any:
			l.record(at, v)
		case []any:
			l.list(at, k, v)
		default:
			l.value(at, k, text(v))
		}
	}
}

// counted compares how many a list says it has with how many it has.
func (l *listing) counted(path string, f map[string]any) {
	for _, k := range []string{"count", "总数", "合计", "数量"} {
		n, err := strconv.Atoi(text(f[k]))
		if err != nil {
			continue
		}
		for _, name := range []string{"items", "rows", "事项", "list", "清单"} {
			if all, ok := f[name].([]any); ok && len(all) != n {
				l.wrong("count", path+"."+k, "清单写明%d项，实际列出%d项", n, len(all))
			}
		}
	}
}

// parts compares a number with the parts of it that stand beside it, and tells a
// share that leaves nothing to tell.
func (l *listing) parts(path string, f map[string]any) {
	whole, err := strconv.Atoi(text(f["items"]))
	sum, n := 0, 0
	for _, k := range []string{"city_county_same", "city_only", "county_only"} {
		if part, err := strconv.Atoi(text(f[k])); err == nil {
			sum, n = sum+part, n+1
		}
	}
	if err == nil && n > 1 && sum != whole {
		l.wrong("sum", path+".items", "各部分合计%d，与总数%d不等", sum, whole)
	}
	total, errTotal := strconv.ParseFloat(text(f["total"]), 64)
	active, errActive := strconv.ParseFloat(text(f["active"]), 64)
	if errTotal == nil && errActive == nil && total > 0 && active/total > 0.99 {
		l.warn("share", path+".active", "主动评价（%.0f）几乎等于总数（%.0f），像是把默认好评也算作主动，请核实口径", active, total)
	}
}

var manyDoers = regexp.MustCompile(`、|或者|或|/`)

func (l *listing) list(path, key string, all []any) {
	if key == "quirks" {
		l.warn("remarks", path, "清单带有整理者的备注%d条，没有作为内容", len(all))
		return
	}
	seen, numbers := map[string]int{}, []int{}
	for i, one := range all {
		at := fmt.Sprintf("%s[%d]", path, i)
		switch v := one.(type) {
		case map[string]any:
			l.row(at, v, &numbers)
		case nil:
			l.wrong("empty", at, "这一项是空的")
		default:
			s := text(v)
			if before, twice := seen[s]; twice && s != "" {
				l.wrong("repeated", at, "“%s”与第%d项重复", short(s), before+1)
			}
			seen[s] = i
			l.value(at, "", s)
		}
	}
	l.gaps(path, numbers)
}

func (l *listing) row(at string, v map[string]any, numbers *[]int) {
	for _, k := range []string{"no", "序号", "number"} {
		if n, err := strconv.Atoi(text(v[k])); err == nil {
			if slices.Contains(*numbers, n) {
				l.warn("number", at+"."+k, "序号%d重复，请确认是一项的几行还是几项", n)
			}
			*numbers = append(*numbers, n)
		}
	}
	for _, k := range []string{"initiator", "发起部门", "牵头部门"} {
		if s := text(v[k]); manyDoers.MatchString(s) {
			l.warn("several", at+"."+k, "“%s”写了几个部门，请写明何种情形由谁发起", short(s))
		}
	}
	if note := text(v["note"]); strings.Contains(note, "截断") || strings.Contains(note, "不全") {
		l.warn("cut", at+".note", "这一行不完整：%s", short(note))
	}
	l.record(at, v)
}

func (l *listing) gaps(path string, numbers []int) {
	slices.Sort(numbers)
	for i := 1; i < len(numbers); i++ {
		if missing := numbers[i] - numbers[i-1] - 1; missing > 0 {
			l.warn("number", path, "序号从%d跳到%d，缺%d项", numbers[i-1], numbers[i], missing)
		}
	}
}

// value looks at one value: a day that does not exist, a share beyond all.
func (l *listing) value(path, key, s string) {
	if slices.Contains([]string{"date", "日期", "effective", "start", "full_start", "施行日期", "发布日期", "published"}, key) && s != "" && calendar.Written(s) == 0 {
		l.wrong("day", path, "“%s”不是日期，请写成2026-01-01的样子", short(s))
	}
	if strings.HasSuffix(key, "_pct") || strings.HasSuffix(key, "率") {
		n, err := strconv.ParseFloat(strings.TrimSuffix(s, "%"), 64)
		switch {
		case err == nil && (n > 100 || n < 0):
			l.wrong("share", path, "比例%s超出0至100", s)
		case err == nil && n > 99.9:
			l.warn("share", path, "比例%s几乎是全部，比较高低没有意义，请看差评数和评价人数", s)
		}
	}
	if strings.ContainsRune(s, '\uFFFD') {
		l.warn("garbled", path, "“%s”里有乱码", short(s))
	}
}
