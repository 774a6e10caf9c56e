package foreign

import (
	"slices"
	"strings"
)

// A Cell is a cell of a sheet, by its place among the rows that were given.
type Cell struct {
	Row, Column int
	Text        string
}

// A Form is one item of a sheet that is filled in like a form: elements beside
// their values, in one or several pairs a row.
type Form struct {
	First, Last int // its rows
	Record      map[string]any
	Alone       []Cell // what belongs to no element

	at   map[string]Cell // where each element stands
	last string          // the element that was read last, and the column of its value
	col  int
}

// enough is how many rows must begin with an element, and go on with what is none,
// for a sheet to be a form.
const enough = 4

// Upright reports whether a sheet is filled in like a form: an element at the
// head of a row and no element next to it, row after row, a name among them.
func Upright(rows [][]string) bool {
	n, named := 0, false
	for _, cells := range rows[:min(len(rows), 60)] {
		full := filled(cells)
		if len(full) < 2 {
			continue
		}
		for i := range min(2, len(full)-1) { // a heading of several rows may stand before
			if word := wordOf(full[i].Text); word != "" && wordOf(full[i+1].Text) == "" {
				n, named = n+1, named || slices.Contains(names["name"], word)
				break
			}
		}
	}
	return n >= enough && named
}

// Forms reads the items of such a sheet: one begins wherever a name stands.
func Forms(rows [][]string) []*Form {
	var all []*Form
	var f *Form
	var before []Cell
	for i, cells := range rows {
		for _, c := range filled(cells) {
			c.Row = i
			word := wordOf(c.Text)
			if slices.Contains(names["name"], word) && (f == nil || f.Record[word] != nil) {
				f = &Form{First: i, Record: map[string]any{}, at: map[string]Cell{}, Alone: before}
				all, before = append(all, f), nil
			}
			if f == nil {
				before = append(before, c)
				continue
			}
			f.Last = i
			f.take(c, word, cells)
		}
	}
	return all
}

// take puts a cell where it belongs: an element, the value of the one beside it, a
// further value beneath, or nowhere.
func (f *Form) take(c Cell, word string, cells []string) {
	open := f.last != "" && f.at[f.last].Row == c.Row
	switch {
	case open && f.Record[f.last] == nil:
		f.put(c)
	case word != "" || !open && !alone(cells, c.Column) && c.Column <= f.at[f.last].Column:
		f.last = word
		if word == "" || f.at[word].Text != "" {
			f.last = c.Text
		}
		f.at[f.last] = c
	case f.last != "" && c.Column >= f.col:
		f.put(c)
	default:
		f.Alone = append(f.Alone, c)
	}
}

// put adds a value to the element read last.
func (f *Form) put(c Cell) {
	f.col = c.Column
	if before, more := f.Record[f.last].(string); more {
		f.Record[f.last] = before + "\n" + c.Text
		return
	}
	f.Record[f.last] = c.Text
}

// At is where the element of a path stands, with its heading.
func (f *Form) At(path string) (Cell, bool) {
	if c, ok := f.at[path]; ok {
		return c, true
	}
	path = numbered.ReplaceAllString(path, "")
	for path != "" {
		for _, word := range slices.Concat(partOf[path], names[elementOf[path]]) {
			if c, ok := f.at[word]; ok {
				return c, true
			}
		}
		path = path[:max(strings.LastIndexByte(path, '.'), 0)]
	}
	return Cell{}, false
}

// wordOf is the element that a text names, in the spelling we know; "" if it
// names none.
func wordOf(text string) string {
	text = strings.TrimSpace(strings.ReplaceAll(text, "\n", ""))
	if word := known()[plain(text)]; word != "" {
		return word
	}
	return known()[plain(bracketed.ReplaceAllString(text, ""))]
}

func filled(cells []string) []Cell {
	var all []Cell
	for i, c := range cells {
		if c = strings.TrimSpace(c); !blank(c) {
			all = append(all, Cell{Column: i, Text: c})
		}
	}
	return all
}

// alone reports whether nothing stands to the right of a column.
func alone(cells []string, column int) bool {
	return !slices.ContainsFunc(cells[column+1:], func(c string) bool { return !blank(c) })
}
