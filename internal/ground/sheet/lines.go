package sheet

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"tongban/internal/ground/fault"
)

const (
	mostLines   = 1 << 20 // rows of a spreadsheet
	mostColumns = 200     // of which we read
)

// Lines are the rows of one sheet, read one after another.
type Lines struct {
	book   *Book
	file   io.ReadCloser
	tokens *tokens
	line   int
	cells  []string
	text   []byte
	odd    []Oddity
	veiled bool // the whole sheet is hidden
	hidden int  // rows
	merged []Merged
	err    error
	done   bool
}

// An Oddity is a cell of the current row that shows no value: its column, and why.
type Oddity struct {
	Column int
	Say    string
}

// Merged is a range of cells of one column that look like one; only the first
// holds the value.
type Merged struct{ Column, First, Last int }

// Lines begins to read a sheet. Fault: sheet.none.
func (b *Book) Lines(name string) (*Lines, error) {
	f := b.files[b.sheets[name]]
	if f == nil {
		return nil, fault.New(fault.Invalid, "sheet.none", "工作簿里没有名为“%.20s”的表", name)
	}
	r, err := f.Open()
	if err != nil {
		return nil, unreadable()
	}
	l := &Lines{book: b, file: r, tokens: newTokens(r), veiled: b.hidden[name]}
	return l, nil
}

// Close lets go of the sheet.
func (l *Lines) Close() error { return l.file.Close() }

// Line is the number of the row, as the spreadsheet counts.
func (l *Lines) Line() int { return l.line }

// Cells are the texts of the row, valid until Next.
func (l *Lines) Cells() []string { return l.cells }

// Odd are the cells of the row that show no value although something stands in
// them: an error such as #N/A, a formula that was never reckoned, and what stands
// beyond the columns that are read. Valid until Next.
func (l *Lines) Odd() []Oddity { return l.odd }

// Unseen tells of what is hidden in the rows so far; it is read like all others.
func (l *Lines) Unseen() (say []string) {
	if l.veiled && l.line > 0 {
		say = append(say, "这是隐藏的工作表，也已读取，请确认内容不是旧版")
	}
	if l.hidden > 0 {
		say = append(say, fmt.Sprintf("有%d行是隐藏的（例如筛选后），也已读取，请确认", l.hidden))
	}
	return say
}

// Err is why reading ended, nil at the end of the sheet: sheet.format,
// sheet.rows.
func (l *Lines) Err() error { return l.err }

// Merged are the merged ranges; known once Next has returned false.
func (l *Lines) Merged() []Merged { return l.merged }

// Next reads the next row that has anything in it.
func (l *Lines) Next() bool {
	for !l.done {
		l.cells, l.odd = l.cells[:0], nil
		if err := l.row(); err != nil {
			l.done = true
			if !errors.Is(err, io.EOF) {
				l.err = unreadable()
			}
			return false
		}
		if l.line > mostLines {
			l.done, l.err = true, fault.New(fault.TooLarge, "sheet.rows", "表格超过%d行，请拆分后再导入", mostLines)
			return false
		}
		if !blank(l.cells) || len(l.odd) > 0 {
			return true
		}
	}
	return false
}

func blank(cells []string) bool {
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			return false
		}
	}
	return true
}

// row reads up to the end of a row; io.EOF at the end of the sheet.
func (l *Lines) row() error {
	for {
		if err := l.tokens.skip(); err != nil {
			return err
		}
		name, attrs, empty, err := l.tokens.element()
		if err != nil {
			return err
		}
		switch string(name) {
		case "row":
			l.line++
			if n, err := strconv.Atoi(string(attribute(attrs, "r"))); err == nil {
				if n < l.line {
					return errXML // rows go downwards
				}
				l.line = n
			}
			if empty {
				return nil
			}
			if hidden := string(attribute(attrs, "hidden")); hidden == "1" || hidden == "true" {
				l.hidden++
			}
		case "/row":
			return nil
		case "c":
			if err := l.cell(attrs, empty); err != nil {
				return err
			}
		case "mergeCell":
			l.merge(string(attribute(attrs, "ref")))
		}
	}
}

// cell reads one cell and puts it into its column.
func (l *Lines) cell(attrs []byte, empty bool) error {
	column := len(l.cells)
	if ref := attribute(attrs, "r"); len(ref) > 0 {
		at, ok := columnOf(ref)
		if !ok || at < column {
			return errXML // columns go to the right
		}
		column = at
	}
	kind := string(attribute(attrs, "t"))
	if empty {
		return nil
	}
	value, formula, err := l.value(kind)
	if err != nil {
		return err
	}
	if value = l.shown(column, kind, value, formula); column >= mostColumns {
		return nil
	}
	for len(l.cells) < column {
		l.cells = append(l.cells, "")
	}
	l.cells = append(l.cells, value)
	return nil
}

// shown is what a cell shows; where it shows nothing, why is kept.
func (l *Lines) shown(column int, kind, value string, formula bool) string {
	switch {
	case column >= mostColumns && strings.TrimSpace(value) != "" && len(l.odd) < mostColumns:
		l.odd = append(l.odd, Oddity{column, "列数超过" + strconv.Itoa(mostColumns) + "，这一格没有读取"})
	case kind == "e":
		l.odd = append(l.odd, Oddity{column, "单元格是错误值" + value + "，没有读取，请改正后再导入"})
		return ""
	case formula && value == "":
		l.odd = append(l.odd, Oddity{column, "公式没有算出的值，没有读取；请在表格软件里打开、保存后再导入，或者粘贴为数值"})
	}
	return value
}

// value reads the content of a cell up to its end, and whether it is reckoned by a
// formula. A formula that shows an empty text has a value: that.
func (l *Lines) value(kind string) (text string, formula bool, err error) {
	l.text = l.text[:0]
	in, aid, valued := false, false, false
	for {
		if in && !aid {
			l.text, err = l.tokens.text(l.text)
		} else {
			err = l.tokens.skip()
		}
		if err != nil {
			return "", false, errXML
		}
		name, attrs, empty, err := l.tokens.element()
		if err != nil {
			return "", false, err
		}
		switch string(name) {
		case "f":
			formula = true
		case "v", "t":
			in, valued = !empty, true
		case "/v", "/t":
			in = false
		case "!":
			if in && !aid {
				l.text = append(l.text, attrs...)
			}
		case "rPh":
			aid = !empty
		case "/rPh":
			aid = false
		case "/c":
			text, err = l.meant(kind)
			return text, formula && !valued, err
		}
	}
}

// meant is what the text of a cell of a kind stands for.
func (l *Lines) meant(kind string) (string, error) {
	switch kind {
	case "s":
		i, err := strconv.Atoi(string(bytes.TrimSpace(l.text)))
		s, ok := l.book.strings.at(i)
		if err != nil || !ok {
			return "", errXML
		}
		return s, nil
	case "b":
		if string(bytes.TrimSpace(l.text)) == "1" {
			return "是", nil
		}
		return "否", nil
	case "", "n":
		return tidied(l.text), nil
	}
	s := plain(l.text)
	if !utf8.ValidString(s) {
		return "", errXML
	}
	return s, nil
}

// columnOf reads the letters of B7: 1.
func columnOf(ref []byte) (int, bool) {
	n := 0
	for i, c := range ref {
		switch {
		case c >= 'A' && c <= 'Z':
			n = n*26 + int(c-'A') + 1
		case c >= '0' && c <= '9' && i > 0:
			return n - 1, true
		default:
			return 0, false
		}
		if n > 1<<14 {
			return 0, false
		}
	}
	return 0, false
}

func (l *Lines) merge(ref string) {
	from, to, ok := strings.Cut(ref, ":")
	a, okA := columnOf([]byte(from))
	_, okB := columnOf([]byte(to))
	first, errA := strconv.Atoi(strings.TrimLeft(from, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
	last, errB := strconv.Atoi(strings.TrimLeft(to, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
	if ok && okA && okB && errA == nil && errB == nil && last > first && len(l.merged) < mostMerged {
		l.merged = append(l.merged, Merged{a, first, last})
	}
}

// ColumnName is the letters of a column counted from 0: 0 is A, 26 is AA.
func ColumnName(n int) string {
	name := ""
	for n >= 0 {
		name = string(rune('A'+n%26)) + name
		n = n/26 - 1
	}
	return name
}
