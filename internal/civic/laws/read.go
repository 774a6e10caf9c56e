package laws

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"tongban/internal/civic/calendar"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/legible"
	"tongban/internal/ground/sheet"
)

// A Reading is what a file of articles says: one Entry for each line.
type Reading struct {
	Articles []Article // those that are sound
	Faults   []Fault   // one for each thing that is wrong, in the order of the file
	Remarks  []Fault   // what was not taken over, and does not stand in the way
}

// A Fault is one thing wrong with a line.
type Fault struct {
	Place string // 第7行“条号”
	Say   string
}

// Headings are the columns of a table of articles; those after the second may
// be left out.
var Headings = []string{"法律名称", "条号", "条文", "章节", "版本日期", "施行日期", "废止日期"}

// columns are what a line says, under the names tables and other systems use.
var columns = []struct {
	path  string
	names []string
}{
	{"law", []string{"法律名称", "law", "law_name", "法律", "法规名称", "法律法规名称", "法规", "文件名称", "规范性文件名称", "法律法规", "法名"}},
	{"article", []string{"条号", "article", "条款", "articles", "条", "条款号", "条次", "条文号", "条文序号", "条款序号", "article_no"}},
	{"text", []string{"条文", "text", "内容", "content", "条文内容", "条款内容", "正文", "法条内容"}}, {"chapter", []string{"章节", "chapter", "章"}},
	{"version", []string{"版本日期", "version", "公布日期", "发布日期", "修订日期", "公布时间", "发布时间", "颁布日期", "修正日期"}}, {"effective", []string{"施行日期", "effective", "effective_date", "生效日期", "实施日期", "施行", "施行时间", "生效时间", "实施时间"}},
	{"abolished", []string{"废止日期", "abolished", "abolish_date", "失效日期", "废止时间", "失效时间"}}, {"status", []string{"状态", "效力状态", "时效性", "效力", "status"}},
}

// column is what a heading stands for; "" if we know none.
func column(heading string) string {
	heading = strings.TrimSpace(heading)
	for _, c := range columns {
		if slices.Contains(c.names, heading) {
			return c.path
		}
	}
	return ""
}

// Headed reports whether a row of headings is of articles: it names the law, and
// the article or its words.
func Headed(cells []string) bool {
	has := map[string]bool{}
	for _, c := range cells {
		if strings.Contains(c, "事项") {
			return false // a table of items, with what they rest on
		}
		has[column(c)] = true
	}
	return has["law"] && (has["article"] || has["text"])
}

// Heading is Headed for the rows of a table from its first: above the headings stand
// titles only, of one or two cells, and no headings of something else.
func Heading() func(cells []string) bool {
	over := false
	return func(cells []string) bool {
		filled := 0
		for _, c := range cells {
			if strings.TrimSpace(c) != "" {
				filled++
			}
		}
		is := !over && Headed(cells)
		over = over || filled > 2
		return is
	}
}

// Is reports whether a text holds articles: JSON or YAML, a table, or the words of
// a law; workbooks are known by their headings when they are read.
func Is(text []byte) bool {
	text = trimmed(text)
	head, _, _ := bytes.Cut(text, []byte("\n"))
	switch {
	case len(text) == 0:
		return false
	case nests(text):
		return true
	case text[0] == '{':
		var f map[string]any
		return json.Unmarshal(head, &f) == nil && ofArticle(f)
	case text[0] == '[' || text[0] == '-':
		first, _, _ := bytes.Cut(text, []byte("}"))
		first, _, _ = bytes.Cut(first, []byte("\n-"))
		_, keys, _ := strings.Cut(string(first), "{")
		if text[0] == '-' {
			keys = strings.TrimLeft(string(first), "- {")
		}
		f := map[string]any{}
		for _, k := range key.FindAllStringSubmatch(keys, -1) {
			f[k[1]] = "有"
		}
		return ofArticle(f)
	}
	return isLaw(text) || tabled(text)
}

// tabled reports whether a text is a table of articles.
func tabled(text []byte) bool {
	by, headed := string(sheet.Divider(text)), Heading()
	n := 0
	for line := range strings.Lines(string(text[:min(len(text), 16<<10)])) {
		if headed(strings.Split(strings.ReplaceAll(strings.TrimSpace(line), `"`, ""), by)) {
			return true
		}
		if n++; n > sheet.MostTitles {
			return false
		}
	}
	return false
}

// trimmed is a text in UTF-8 without blanks around it; a workbook stays as it is.
func trimmed(text []byte) []byte {
	text, _ = legible.UTF8(text)
	return bytes.TrimSpace(text)
}

// key is a name in JSON or YAML.
var key = regexp.MustCompile(`(?:^|[\s,{])"?([\p{Han}A-Za-z_]+)"?\s*:`)

// ofArticle reports whether a record is of an article, and of nothing that has a
// name of its own.
func ofArticle(f map[string]any) bool {
	return textOf(f, columns[0].names) != "" && textOf(f, columns[1].names) != "" && f["name"] == nil
}

// mostFaults is how many faults a reading names.
const mostFaults = 2000

// Read reads articles from JSON, JSON Lines, YAML, CSV or XLSX, or from the words
// of a law itself. What is wrong with a line is told, and the line left out.
// Faults: those of sheet.Read, laws.read.empty, laws.read.headings, laws.read.format.
func Read(text []byte) (*Reading, error) {
	r := &Reading{}
	body := trimmed(text)
	switch {
	case len(body) == 0:
		return nil, fault.New(fault.Invalid, "laws.read.empty", "文件是空的")
	case nests(body[:min(len(body), 64<<10)]):
		if err := r.nested(body); err != nil {
			return nil, err
		}
	case body[0] == '{':
		r.lines(body)
	case body[0] == '[' || body[0] == '-':
		if err := r.list(body); err != nil {
			return nil, err
		}
	case isLaw(body):
		r.law(body)
	default:
		if err := r.table(text); err != nil {
			return nil, err
		}
	}
	r.once()
	return r, nil
}

func (r *Reading) lines(text []byte) {
	n := 0
	for raw := range bytes.Lines(text) {
		n++
		raw = bytes.TrimSpace(raw)
		if len(raw) == 0 {
			continue
		}
		place := fmt.Sprintf("第%d行", n)
		var f map[string]any
		if len(raw) > 1<<20 || json.Unmarshal(raw, &f) != nil {
			r.wrong(place, "这一行不是一个完整的 JSON 对象")
			continue
		}
		r.record(place, f)
	}
}

// record reads one article of JSON or YAML.
func (r *Reading) record(place string, f map[string]any) {
	for _, k := range slices.Sorted(maps.Keys(f)) {
		if column(k) == "" {
			r.remark(place+"“"+k+"”", "不认识这一项，没有导入")
		}
	}
	r.add(func(path string) string { return place + "“" + path + "”" }, func(names []string) string { return textOf(f, names) })
}

func textOf(f map[string]any, names []string) string {
	for _, n := range names {
		switch v := f[n].(type) {
		case string:
			return strings.TrimSpace(v)
		case float64:
			return strings.TrimSpace(fmt.Sprint(v))
		}
	}
	return ""
}

func (r *Reading) table(text []byte) error {
	t, headed, err := sheet.ReadUnder(bytes.NewReader(text), Heading())
	if err != nil {
		return err
	}
	if !headed {
		return fault.New(fault.Invalid, "laws.read.headings", "表格第一行要有“法律名称”和“条号”两列，请使用模板填写").At("第1行", "missing", "缺少“法律名称”或者“条号”列")
	}
	for _, h := range t.Headings() {
		if column(h) == "" {
			r.remark(fmt.Sprintf("第%d行“%s”", t.Head, h), "不认识这一列，其中的内容没有导入")
		}
	}
	for _, row := range t.Rows {
		r.add(row.Place, func(names []string) string {
			for _, n := range names {
				if c := row.Cell(n); c != "" {
					return c
				}
			}
			return ""
		})
	}
	return nil
}

// add reads one line, or says what is wrong with it.
func (r *Reading) add(place func(heading string) string, cell func(names []string) string) {
	before := len(r.Faults)
	say := func(path, text string) {
		for _, c := range columns {
			if c.path == path {
				r.wrong(place(c.names[0]), text)
			}
		}
	}
	read := map[string]string{}
	for _, c := range columns {
		read[c.path] = cell(c.names)
	}
	if number.MatchString(read["article"]) {
		read["article"] = "第" + read["article"] + "条"
	}
	a := Article{Law: read["law"], Article: read["article"], Text: read["text"], Chapter: read["chapter"]}
	a.dated(read, say)
	a = a.Tidy()
	for _, f := range fault.Fields(a.Check()) {
		say(f.Path, f.Say)
	}
	if len(r.Faults) == before {
		r.Articles = append(r.Articles, a)
	}
}

// dated reads the days of an article, and says of which there is none to be made.
func (a *Article) dated(read map[string]string, say func(path, text string)) {
	for _, d := range []struct {
		path string
		day  *calendar.Day
	}{{"version", &a.Version}, {"effective", &a.Effective}, {"abolished", &a.Abolished}} {
		text := read[d.path]
		if *d.day = calendar.Written(text); text != "" && *d.day == 0 {
			say(d.path, "日期“"+clipped(text)+"”读不懂，请写成 2026-01-01 的样子")
		}
	}
	if said := read["status"]; a.Abolished == 0 && (strings.Contains(said, "废止") || strings.Contains(said, "失效") || strings.Contains(said, "无效")) {
		say("abolished", "状态是“"+clipped(said)+"”，请填写废止日期")
	}
}

// number is an article as tables also number them: 35.
var number = regexp.MustCompile(`^[0-9０-９]{1,4}$`)

func clipped(s string) string {
	if r := []rune(s); len(r) > 30 {
		return string(r[:30]) + "…"
	}
	return s
}

// remark tells of what stands beside the articles and is not taken over, once.
func (r *Reading) remark(place, say string) {
	_, heading, _ := strings.Cut(place, "“")
	if !slices.ContainsFunc(r.Remarks, func(f Fault) bool { return strings.HasSuffix(f.Place, "“"+heading) }) && len(r.Remarks) < mostFaults {
		r.Remarks = append(r.Remarks, Fault{place, say})
	}
}

func (r *Reading) wrong(place, say string) {
	if len(r.Faults) < mostFaults {
		r.Faults = append(r.Faults, Fault{place, say})
	}
}

// once leaves out what a file says twice, the first time counts, and tells so
// where the two differ.
func (r *Reading) once() {
	type key struct {
		law     string
		version calendar.Day
		number  int
	}
	seen := map[key]Article{}
	var all []Article
	for _, a := range r.Articles {
		k := key{Title(a.Law), a.Version, a.Number()}
		if first, twice := seen[k]; twice {
			if first != a {
				r.wrong("《"+a.Law+"》"+a.Article, "文件里有两条内容不同的，只取第一条")
			}
			continue
		}
		seen[k] = a
		all = append(all, a)
	}
	r.Articles = all
}

// Cited reads the plain list that ships with the program: one citation a line,
// 《法律名称》第几条 or 《文号》, after which the first day in force and, behind 至, the first
// day no longer in force may stand; lines with # are remarks.
func Cited(text string) ([]Article, error) {
	var all []Article
	n := 0
	for line := range strings.Lines(text) {
		n++
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		law, rest, ok := strings.Cut(strings.TrimPrefix(line, "《"), "》")
		cited, days, _ := strings.Cut(rest, " ")
		spans := Articles(cited)
		if !ok || cited != "" && len(spans) == 0 {
			return nil, fmt.Errorf("line %d is no citation: %q", n, line)
		}
		from, until, _ := strings.Cut(days, "至")
		one := Article{Law: law, Effective: calendar.Parse(strings.TrimSpace(from)), Abolished: calendar.Parse(strings.TrimSpace(until))}.Tidy()
		if cited == "" {
			all = append(all, one)
		}
		for _, span := range spans {
			for at := span.First; at <= span.Last; at += 100 {
				one.Article = written(at)
				all = append(all, one)
			}
		}
	}
	return all, nil
}
