// Package sheet reads the tables that people send us (电子表格): XLSX, or CSV in
// UTF-8 or GB 18030, and says of a fault in which cell it is.
//
// A table is untrusted: its size, its rows and columns, and what it unpacks to
// are bounded, and formulas are read as the text they last showed.
package sheet

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"tongban/internal/ground/fault"
)

// Bounds of what we read.
const (
	MaxBytes  = 10 << 20
	MaxRows   = 20_000
	maxCols   = 100
	maxCell   = 32_767 // characters, as many as a spreadsheet has room for
	maxFaults = 100
)

// A Table is a sheet under one row of headings.
type Table struct {
	columns map[string]int
	list    string            // the name of the list that a program sent; "" in a file
	fields  map[string]string // what the list calls the value under a heading
	Head    int               // the line of the headings
	Rows    []Row
}

// A Row is one line of a table.
type Row struct {
	Line  int // as the spreadsheet counts: the headings are line 1
	cells []string
	table *Table
}

// Read reads the first sheet of an XLSX that is shown and has anything in it, or a
// text of columns. Titles may stand above the headings, of which all those wanted
// must be there; others may be. Faults: sheet.large, sheet.format, sheet.headings,
// sheet.rows, sheet.cell.
func Read(r io.Reader, headings ...string) (*Table, error) {
	rows, err := held(r)
	if err != nil {
		return nil, err
	}
	at := under(rows, func(cells []string) bool {
		return !slices.ContainsFunc(headings, func(h string) bool { return !slices.Contains(cells, h) })
	})
	return arrange(rows, max(at, 0), headings)
}

// ReadUnder reads a table as Read does, under the first row that is one of headings
// by somebody's own measure; ok is false if none is.
func ReadUnder(r io.Reader, headed func(cells []string) bool) (t *Table, ok bool, err error) {
	rows, err := held(r)
	if err != nil {
		return nil, false, err
	}
	at := under(rows, headed)
	t, err = arrange(rows, max(at, 0), nil)
	return t, err == nil && at >= 0, err
}

func unreadable() error {
	return fault.New(fault.Invalid, "sheet.format", "无法读取表格，请使用模板并另存为 XLSX 或 CSV 格式")
}

func tooMany() error {
	return fault.New(fault.TooLarge, "sheet.rows", "表格超过%d行，请拆分后再导入", MaxRows)
}

// List is a table of rows that a program sent as a list of that name, under headings,
// which the list calls by fields: its places are as the program knows them.
func List(name string, fields []string, rows [][]string, headings ...string) (*Table, error) {
	if len(rows) > MaxRows {
		return nil, tooMany()
	}
	t, err := arrange(append([][]string{headings}, rows...), 0, headings)
	if err != nil {
		return nil, err
	}
	t.list, t.fields = name, map[string]string{}
	for i, h := range headings {
		t.fields[h] = fields[i]
	}
	return t, nil
}

// arrange puts rows under their headings, which stand in the row at.
func arrange(rows [][]string, at int, headings []string) (*Table, error) {
	t := &Table{columns: map[string]int{}, Head: at + 1}
	if len(rows) == 0 {
		rows = [][]string{nil}
	}
	for i, h := range plainly(rows[at]) {
		_, twice := t.columns[h]
		if twice && slices.Contains(headings, h) {
			return nil, fault.New(fault.Invalid, "sheet.headings", "表格有两个“%s”列，请只留一个", h).At(fmt.Sprintf("第%d行", at+1), "twice", "“%s”列出现了两次", h)
		}
		if h != "" && i < maxCols && !twice {
			t.columns[h] = i
		}
	}
	for _, h := range headings {
		if _, ok := t.columns[h]; !ok {
			return nil, fault.New(fault.Invalid, "sheet.headings", "表格缺少“%s”列，请使用模板填写", h).At("第1行", "missing", "缺少“%s”列", h)
		}
	}
	for i, cells := range rows[at+1:] {
		row := Row{Line: at + i + 2, cells: cells, table: t}
		if heading, ok := row.long(); ok {
			return nil, fault.New(fault.TooLarge, "sheet.cell", "单元格超过%d字，请检查引号是否成对", maxCell).At(row.Place(heading), "long", "超过%d字", maxCell)
		}
		if !row.blank() {
			t.Rows = append(t.Rows, row)
		}
	}
	return t, nil
}

// Headings are the headings of the table, from left to right.
func (t *Table) Headings() []string {
	return slices.SortedFunc(maps.Keys(t.columns), func(a, b string) int { return t.columns[a] - t.columns[b] })
}

func (r Row) blank() bool {
	for _, c := range r.cells {
		if strings.TrimSpace(c) != "" {
			return false
		}
	}
	return true
}

// Cell is what stands under the heading, without blanks around it; "" if there
// is nothing or no such column.
func (r Row) Cell(heading string) string {
	i, ok := r.table.columns[heading]
	if !ok || i >= len(r.cells) {
		return ""
	}
	return strings.TrimSpace(strings.ReplaceAll(r.cells[i], "\x00", ""))
}

// long is the heading of a cell with more in it than is read, if there is one.
func (r Row) long() (heading string, found bool) {
	for heading, i := range r.table.columns {
		if i < len(r.cells) && utf8.RuneCountInString(r.cells[i]) > maxCell {
			return heading, true
		}
	}
	return "", false
}

// Place is how people find a cell, "第7行“手机号”", and programs: "people[5].phone".
func (r Row) Place(heading string) string {
	if t := r.table; t.list != "" {
		return t.list + "[" + strconv.Itoa(r.Line-2) + "]." + t.fields[heading]
	}
	return r.Ordinal() + "“" + heading + "”"
}

// Ordinal is how a row is spoken of: "第7行", "第6项" of a list.
func (r Row) Ordinal() string {
	if r.table.list != "" {
		return "第" + strconv.Itoa(r.Line-1) + "项"
	}
	return "第" + strconv.Itoa(r.Line) + "行"
}

// Faults gathers what is wrong with a table, cell by cell, up to a bound.
type Faults struct {
	code, say string
	all       *fault.Error
}

// NewFaults begins with nothing wrong; code and say are of the fault in the end.
func NewFaults(code, say string) *Faults { return &Faults{code: code, say: say} }

// At notes what is wrong with a cell.
func (f *Faults) At(r Row, heading, code, say string) {
	if f.all == nil {
		f.all = fault.New(fault.Invalid, f.code, "%s", f.say)
	}
	if len(f.all.Fields) < maxFaults {
		f.all = f.all.At(r.Place(heading), code, "%s", say)
	}
}

// Because notes every place of err under the headings that its paths stand for;
// a path without one, and a fault without places, is noted under heading.
func (f *Faults) Because(r Row, err error, heading string, headings map[string]string) {
	if err == nil {
		return
	}
	fields := fault.Fields(err)
	if len(fields) == 0 {
		f.At(r, heading, fault.Code(err), fault.Say(err))
	}
	for _, one := range fields {
		at, ok := headings[one.Path]
		if !ok {
			at = heading
		}
		f.At(r, at, one.Code, one.Say)
	}
}

// Err is the fault with all its places, or nil.
func (f *Faults) Err() error {
	if f.all == nil {
		return nil
	}
	return f.all
}
