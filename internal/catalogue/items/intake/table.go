package intake

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"path"
	"regexp"
	"slices"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/items/foreign"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sheet"
)

// mostRows of a table of another system are held.
const mostRows = 200_000

// tableRow is a row of a table, at its line.
type tableRow struct {
	line  int
	cells []string
	odd   []sheet.Oddity
}

// A held is a sheet of another system, held whole.
type held struct {
	name   string
	rows   []tableRow
	merged []sheet.Merged
	unseen []items.Finding // what is hidden in it
}

// tables reads a workbook that is not in our layout: every sheet that has a row
// of headings with a name and something else of items. Fault: itemsheet.main,
// where no sheet has.
func tables(f File, see func(Entry) error) error {
	book, err := sheet.OpenBook(f, f.Size)
	if err != nil {
		return err
	}
	any := false
	var left []items.Finding
	for _, name := range book.Sheets() {
		h, err := hold(book, name)
		if err != nil {
			return err
		}
		left = append(left, h.unseen...)
		read, err := table(h, see)
		if err != nil {
			return err
		}
		if any = any || read; !read && len(h.rows) > 0 {
			left = append(left, items.Finding{Rule: "sheet.cell", Severity: items.Warning, Path: name, Say: "这张表里没有找到标题行（要有“事项名称”和其他要素的列），没有读取"})
		}
	}
	if !any {
		return fault.New(fault.Invalid, "itemsheet.main", "工作簿里没有“事项”表，也没有带“事项名称”等标题的表%s。请把标题改成“事项名称”“实施主体”“承诺时限”的样子，或者使用导出的模板填写", begins(book))
	}
	if len(left) > 0 {
		return see(Entry{Findings: left})
	}
	return nil
}

// begins quotes what the first sheet begins with, to be compared with what was
// looked for.
func begins(book *sheet.Book) string {
	for _, name := range book.Sheets() {
		h, err := hold(book, name)
		if err != nil || len(h.rows) == 0 {
			continue
		}
		return "（“" + short(name) + "”表的第" + fmt.Sprint(h.rows[0].line) + "行是：" + short(strings.Join(h.rows[0].cells, "，")) + "）"
	}
	return "（工作簿是空的）"
}

func hold(book *sheet.Book, name string) (*held, error) {
	lines, err := book.Lines(name)
	if err != nil {
		return nil, err
	}
	defer lines.Close()
	h := &held{name: name}
	for lines.Next() {
		if len(h.rows) >= mostRows {
			return nil, fault.New(fault.TooLarge, "intake.table.rows", "“%s”表超过%d行，请拆分后再导入", short(name), mostRows)
		}
		h.rows = append(h.rows, tableRow{lines.Line(), slices.Clone(lines.Cells()), lines.Odd()})
	}
	h.merged = lines.Merged()
	for _, say := range lines.Unseen() {
		h.unseen = append(h.unseen, items.Finding{Rule: "sheet.hidden", Severity: items.Warning, Path: name, Say: say})
	}
	return h, lines.Err()
}

// table reads the rows of one table; read is false where it has no headings.
func table(h *held, see func(Entry) error) (read bool, err error) {
	if foreign.Upright(texts(h.rows)) {
		return true, upright(h, see)
	}
	var t *foreign.Table
	rows, merged := h.rows, h.merged
	for i, r := range rows[:min(len(rows), sheet.MostTitles)] {
		if t = foreign.Headings(r.cells); t != nil {
			rows = rows[i+1:]
			if len(rows) > 0 {
				if both := t.Under(rows[0].cells); both != nil {
					t, rows = both, rows[1:]
				}
			}
			break
		}
	}
	if t == nil {
		return false, nil
	}
	inner := goingOn(t, rows, merged)
	spread(rows, merged, t.NameColumn())
	for i := 0; i < len(rows); {
		to := i + 1
		for to < len(rows) && inner[rows[to].line] {
			to++
		}
		e := entryOf(h.name, t, rows[i:to])
		if err := see(e); err != nil {
			return true, err
		}
		i = to
	}
	return true, nil
}

// goingOn are the lines that go on with the item above, as the merged cells of the
// name tell. A line that names another part (子项) is an item of its own, and so
// bears the name.
func goingOn(t *foreign.Table, rows []tableRow, merged []sheet.Merged) map[int]bool {
	at, part := map[int]int{}, t.Part()
	for i, r := range rows {
		at[r.line] = i
	}
	inner := map[int]bool{}
	for i := 1; i < len(rows); i++ {
		inner[rows[i].line] = t.GoesOn(rows[i-1].cells, rows[i].cells)
	}
	for _, m := range merged {
		first, ok := at[m.First]
		if m.Column != t.NameColumn() || !ok || m.Last-m.First > mostRows {
			continue
		}
		for line := m.First + 1; line <= m.Last; line++ {
			i, ok := at[line]
			if !ok {
				continue
			}
			cells := rows[i].cells
			if part < 0 || part >= len(cells) || strings.TrimSpace(cells[part]) == "" || m.Column >= len(cells) || m.Column >= len(rows[first].cells) {
				inner[line] = true
				continue
			}
			cells[m.Column] = rows[first].cells[m.Column]
		}
	}
	return inner
}

func entryOf(name string, t *foreign.Table, rows []tableRow) Entry {
	at := fmt.Sprintf("第%d行", rows[0].line)
	if name != "" {
		at = name + "表" + at
	}
	if name := t.Name(rows[0].cells); name == "" || strings.Trim(name, "0123456789.") == "" || slices.ContainsFunc(rows[0].cells[:1], sum.MatchString) || sum.MatchString(name) {
		return Entry{Place: at, Findings: []items.Finding{{Rule: "sheet.cell", Severity: items.Warning, Path: sheet.ColumnName(t.NameColumn()) + fmt.Sprint(rows[0].line),
			Say: "这一行没有事项名称（或者是合计、小计），没有读取：" + short(strings.Join(slices.DeleteFunc(slices.Clone(rows[0].cells), func(c string) bool { return strings.TrimSpace(c) == "" }), "，"))}}}
	}
	cells := texts(rows)
	d := t.Rows(cells)
	return Entry{Place: at, Edition: d.Edition, Findings: append(d.Findings, oddities(rows)...), Rest: d.Rest, Foreign: true, cell: func(path string) string {
		column, heading, ok := t.Column(path)
		if !ok {
			return ""
		}
		return fmt.Sprintf("%s%d格“%s”", sheet.ColumnName(column), rows[t.Row(path, cells)].line, strings.TrimSpace(strings.ReplaceAll(heading, "\n", "")))
	}}
}

// sum is what stands at the head of a row that only counts.
var sum = regexp.MustCompile(`^\s*(?:合\s*计|小\s*计|总\s*计|共\s*计)\s*$`)

func texts(rows []tableRow) [][]string {
	cells := make([][]string, len(rows))
	for i, r := range rows {
		cells[i] = r.cells
	}
	return cells
}

// oddities are the cells that show no value although something stands in them.
func oddities(rows []tableRow) []items.Finding {
	var found []items.Finding
	for _, r := range rows {
		for _, o := range r.odd {
			found = append(found, items.Finding{Rule: "sheet.cell", Severity: items.Error, Path: sheet.ColumnName(o.Column) + fmt.Sprint(r.line), Say: o.Say})
		}
	}
	return found
}

// spread writes what stands in a merged cell on every row that it covers, but
// for the column of the name, which tells the rows of an item.
func spread(rows []tableRow, merged []sheet.Merged, but int) {
	at := map[int]int{}
	for i, r := range rows {
		at[r.line] = i
	}
	for _, m := range merged {
		first, ok := at[m.First]
		if !ok || m.Column == but || m.Column >= len(rows[first].cells) || m.Last-m.First > mostRows {
			continue
		}
		for line := m.First + 1; line <= m.Last; line++ {
			i, ok := at[line]
			if !ok {
				continue
			}
			for len(rows[i].cells) <= m.Column {
				rows[i].cells = append(rows[i].cells, "")
			}
			if rows[i].cells[m.Column] == "" {
				rows[i].cells[m.Column] = rows[first].cells[m.Column]
			}
		}
	}
}

// byColumns reads a table of text, its columns divided by commas, tabs or
// semicolons; read is false where it is none.
func byColumns(name string, body []byte, see func(Entry) error) (read bool, err error) {
	first, _, _ := bytes.Cut(body, []byte("\n"))
	comma := commaOf(first)
	if called := strings.ToLower(path.Ext(name)); called != ".csv" && called != ".tsv" && !bytes.ContainsRune(first, comma) {
		return false, nil
	}
	if bytes.Contains(first, []byte("concept:name")) {
		other := &Other{Kind: EventLog, Name: name}
		return true, see(Entry{Other: other, Findings: []items.Finding{told(other)}})
	}
	lines := csv.NewReader(bytes.NewReader(body))
	lines.Comma, lines.FieldsPerRecord, lines.LazyQuotes = comma, -1, true
	var rows []tableRow
	for {
		cells, err := lines.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if errors.As(err, new(*csv.ParseError)) {
			return false, nil
		}
		if err != nil {
			return false, fmt.Errorf("read a table: %w", err)
		}
		line, _ := lines.FieldPos(0)
		if rows = append(rows, tableRow{line: line, cells: cells, odd: unclosed(cells, comma)}); len(rows) > mostRows {
			return true, fault.New(fault.TooLarge, "intake.table.rows", "表格超过%d行，请拆分后再导入", mostRows)
		}
	}
	return table(&held{rows: rows}, see)
}

// commaOf is what most often stands between the words of a line: a comma, a tab or a
// semicolon.
func commaOf(line []byte) rune {
	comma := ','
	for _, c := range []rune{'\t', ';'} {
		if bytes.Count(line, []byte(string(c))) > bytes.Count(line, []byte(string(comma))) {
			comma = c
		}
	}
	return comma
}
