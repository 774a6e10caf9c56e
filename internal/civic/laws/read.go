package laws

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"tongban/internal/civic/calendar"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sheet"
)

// A Reading is what a file of articles says: one Entry for each line.
type Reading struct {
	Articles []Article // those that are sound
	Faults   []Fault   // one for each thing that is wrong, in the order of the file
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
	{"law", []string{"法律名称", "law", "法律", "法规名称"}}, {"article", []string{"条号", "article", "条款", "articles"}},
	{"text", []string{"条文", "text", "内容", "content"}}, {"chapter", []string{"章节", "chapter", "章"}},
	{"version", []string{"版本日期", "version", "公布日期"}}, {"effective", []string{"施行日期", "effective", "effective_date", "生效日期"}},
	{"abolished", []string{"废止日期", "abolished", "abolish_date", "失效日期"}},
}

// Is reports whether a text holds articles, one JSON object a line, or a table
// of them; workbooks are known by their headings when they are read.
func Is(text []byte) bool {
	head, _, _ := bytes.Cut(bytes.TrimSpace(bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))), []byte("\n"))
	if len(head) > 0 && head[0] == '{' {
		var f map[string]any
		return json.Unmarshal(head, &f) == nil && textOf(f, columns[0].names) != "" && textOf(f, columns[1].names) != "" && f["name"] == nil
	}
	return bytes.Contains(head, []byte("法律名称")) && bytes.Contains(head, []byte("条号"))
}

// mostFaults is how many faults a reading names.
const mostFaults = 2000

// Read reads articles from JSON Lines, CSV or XLSX. What is wrong with a line is
// told, and the line left out. Faults: those of sheet.Read, laws.read.empty.
func Read(text []byte) (*Reading, error) {
	r := &Reading{}
	body := bytes.TrimSpace(bytes.TrimPrefix(text, []byte("\xef\xbb\xbf")))
	if len(body) == 0 {
		return nil, fault.New(fault.Invalid, "laws.read.empty", "文件是空的")
	}
	if body[0] == '{' {
		r.lines(text)
	} else if err := r.table(text); err != nil {
		return nil, err
	}
	r.once()
	return r, nil
}

func (r *Reading) lines(text []byte) {
	n := 0
	for raw := range bytes.Lines(text) {
		n++
		raw = bytes.TrimSpace(bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf")))
		if len(raw) == 0 {
			continue
		}
		place := fmt.Sprintf("第%d行", n)
		var f map[string]any
		if len(raw) > 1<<20 || json.Unmarshal(raw, &f) != nil {
			r.wrong(place, "这一行不是一个完整的 JSON 对象")
			continue
		}
		r.add(func(path string) string { return place + "“" + path + "”" }, func(names []string) string { return textOf(f, names) })
	}
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
	t, err := sheet.Read(bytes.NewReader(text), Headings[:2]...)
	if err != nil {
		return err
	}
	for _, row := range t.Rows {
		r.add(row.Place, func(names []string) string { return row.Cell(names[0]) })
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
	a := Article{Law: read["law"], Article: read["article"], Text: read["text"], Chapter: read["chapter"]}
	for _, d := range []struct {
		path string
		day  *calendar.Day
	}{{"version", &a.Version}, {"effective", &a.Effective}, {"abolished", &a.Abolished}} {
		text := strings.NewReplacer("/", "-", "年", "-", "月", "-", "日", "").Replace(read[d.path])
		if *d.day = calendar.Parse(padded(text)); text != "" && *d.day == 0 {
			say(d.path, "日期“"+clipped(text)+"”读不懂，请写成 2026-01-01 的样子")
		}
	}
	a = a.Tidy()
	for _, f := range fault.Fields(a.Check()) {
		say(f.Path, f.Say)
	}
	if len(r.Faults) == before {
		r.Articles = append(r.Articles, a)
	}
}

// padded writes 2026-1-2 and 20260102 as 2026-01-02.
func padded(day string) string {
	if len(day) == 8 && !strings.Contains(day, "-") {
		return day[:4] + "-" + day[4:6] + "-" + day[6:]
	}
	parts := strings.Split(day, "-")
	for i, p := range parts {
		if len(p) == 1 {
			parts[i] = "0" + p
		}
	}
	return strings.Join(parts, "-")
}

func clipped(s string) string {
	if r := []rune(s); len(r) > 30 {
		return string(r[:30]) + "…"
	}
	return s
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
