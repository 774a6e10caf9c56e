package sheet

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"

	"tongban/internal/ground/fault"
	"tongban/internal/ground/legible"
)

// MostTitles is how many rows may stand above the headings of a table.
const MostTitles = 12

// under is which row holds the headings; -1 where none does.
func under(rows [][]string, headed func(cells []string) bool) int {
	return slices.IndexFunc(rows[:min(len(rows), MostTitles+1)], func(cells []string) bool { return headed(plainly(cells)) })
}

// marks are what people put beside a heading to say that it must be filled in.
var marks = strings.NewReplacer("*", "", "＊", "", "（必填）", "", "(必填)", "", "（选填）", "", "(选填)", "", "\n", "", "\r", "")

// plainly is a row of headings without the marks beside them.
func plainly(cells []string) []string {
	all := make([]string, len(cells))
	for i, c := range cells {
		all[i] = strings.TrimSpace(marks.Replace(c))
	}
	return all
}

func held(r io.Reader) ([][]string, error) {
	text, err := io.ReadAll(io.LimitReader(r, MaxBytes+1))
	if err != nil {
		return nil, err
	}
	if len(text) > MaxBytes {
		return nil, fault.New(fault.TooLarge, "sheet.large", "表格超过10MB，请拆分后再导入")
	}
	return rowsOf(text)
}

func rowsOf(text []byte) ([][]string, error) {
	if bytes.HasPrefix(text, []byte("PK\x03\x04")) {
		return xlsx(text)
	}
	text, ok := legible.UTF8(text)
	if !ok {
		return nil, unreadable()
	}
	return csvRows(text)
}

// Divider is what divides the columns of a text: a comma, a tab or a semicolon,
// whichever its first lines have most of.
func Divider(text []byte) rune {
	head, n := text, 0
	for i, c := range text {
		if c != '\n' {
			continue
		}
		if n++; n > MostTitles {
			head = text[:i]
			break
		}
	}
	by := ','
	for _, c := range "\t;" {
		if bytes.Count(head, []byte(string(c))) > bytes.Count(head, []byte(string(by))) {
			by = c
		}
	}
	return by
}

func csvRows(text []byte) ([][]string, error) {
	read := csv.NewReader(bytes.NewReader(text))
	read.FieldsPerRecord, read.Comma = -1, Divider(text)
	var rows [][]string
	for {
		row, err := read.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return nil, unreadable()
		}
		line, _ := read.FieldPos(0)
		for len(rows) < line-1 && len(rows) <= MaxRows {
			rows = append(rows, nil) // blank lines and lines within a quoted cell
		}
		if rows = append(rows, row); len(rows) > MaxRows+1 {
			return nil, tooMany()
		}
	}
}

func xlsx(text []byte) ([][]string, error) {
	book, err := OpenBook(bytes.NewReader(text), int64(len(text)))
	if err != nil {
		return nil, err
	}
	for _, name := range book.shown() {
		rows, err := sheetRows(book, name)
		if err != nil || len(rows) > 0 {
			return rows, err
		}
	}
	return nil, nil
}

// Headed reports whether the sheet that Read would read has a row of headings, by
// somebody's own measure.
func (b *Book) Headed(headed func(cells []string) bool) bool {
	for _, name := range b.shown() {
		if rows := b.first(name); len(rows) > 0 {
			return under(rows, headed) >= 0
		}
	}
	return false
}

// first are the rows of a sheet among which its headings stand; none if it cannot be read.
func (b *Book) first(name string) (rows [][]string) {
	lines, err := b.Lines(name)
	if err != nil {
		return nil
	}
	defer lines.Close()
	for len(rows) <= MostTitles && lines.Next() {
		rows = append(rows, slices.Clone(lines.Cells()))
	}
	return rows
}

// shown are the sheets of a workbook, those that are hidden last.
func (b *Book) shown() []string {
	var seen, hidden []string
	for _, name := range b.names {
		if b.hidden[name] {
			hidden = append(hidden, name)
			continue
		}
		seen = append(seen, name)
	}
	return append(seen, hidden...)
}

// sheetRows are the rows of a sheet, each at its line. What stands in a cell merged
// downwards stands on every row that it covers.
func sheetRows(book *Book, name string) ([][]string, error) {
	lines, err := book.Lines(name)
	if err != nil {
		return nil, err
	}
	defer lines.Close()
	var rows [][]string
	for lines.Next() {
		if lines.Line() > MaxRows+1 {
			return nil, tooMany()
		}
		for len(rows) < lines.Line()-1 {
			rows = append(rows, nil)
		}
		for _, o := range lines.Odd() {
			cell := ColumnName(o.Column) + strconv.Itoa(lines.Line())
			return nil, fault.New(fault.Invalid, "sheet.cell", "表格里有读不出内容的单元格，请改正后重新导入").At(cell, "odd", "%s：%s", cell, o.Say)
		}
		rows = append(rows, slices.Clone(lines.Cells()))
	}
	spread(rows, lines.Merged())
	return rows, lines.Err()
}

func spread(rows [][]string, merged []Merged) {
	for _, m := range merged {
		if m.First < 1 || m.First > len(rows) || m.Column >= len(rows[m.First-1]) {
			continue
		}
		for line := m.First + 1; line <= min(m.Last, len(rows)); line++ {
			cells := rows[line-1]
			for len(cells) <= m.Column {
				cells = append(cells, "")
			}
			if cells[m.Column] == "" {
				cells[m.Column] = rows[m.First-1][m.Column]
			}
			rows[line-1] = cells
		}
	}
}
