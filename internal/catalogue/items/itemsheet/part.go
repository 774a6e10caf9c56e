package itemsheet

import (
	"strings"

	"tongban/internal/ground/sheet"
)

// key is the heading of the first column of every sheet.
const key = "事项标识"

// A part is one sheet of what items have several of.
type part interface {
	title() string
	columns() []sheet.Column // after 事项标识
	write(e *edition, row func([]string))
	// bind finds the columns under a row of headings. Unknown are the headings
	// that mean nothing here.
	bind(headings []string) (read reader, unknown []int)
}

// A reader reads one row into the item it belongs to, and says what was
// expected in a cell that cannot be read.
type reader func(b *building, cells []string, bad func(column int, say string))

// building is an item while its rows are read.
type building struct {
	edition
	steps   []step
	diagram strings.Builder
}

// list is a part whose rows are the elements of a list.
type list[T any] struct {
	name string
	at   func(*edition) *[]T
	cols []column[T]
}

func listed[T any](name string, at func(*edition) *[]T, cols ...column[T]) part {
	return list[T]{name, at, cols}
}

func (l list[T]) title() string           { return l.name }
func (l list[T]) columns() []sheet.Column { return written(l.cols) }

func (l list[T]) write(e *edition, row func([]string)) {
	for i := range *l.at(e) {
		row(cellsOf(l.cols, &(*l.at(e))[i]))
	}
}

func (l list[T]) bind(headings []string) (reader, []int) {
	set, unknown := bound(l.cols, headings)
	return func(b *building, cells []string, bad func(int, string)) {
		var one T
		set(&one, cells, bad)
		all := l.at(&b.edition)
		*all = append(*all, one)
	}, unknown
}

// written are the columns that are written.
func written[T any](cols []column[T]) []sheet.Column {
	var all []sheet.Column
	for _, c := range cols {
		if !c.silent {
			all = append(all, sheet.Column{Heading: c.head, Width: c.width, Options: c.options})
		}
	}
	return all
}

// cellsOf are the cells of one T.
func cellsOf[T any](cols []column[T], t *T) []string {
	cells := make([]string, 0, len(cols))
	for i := range cols {
		if !cols[i].silent {
			cells = append(cells, cols[i].get(t))
		}
	}
	return cells
}

// bound finds each column under the headings and returns what sets a T from a
// row. A heading that is there twice, or that no column goes by, is unknown.
func bound[T any](cols []column[T], headings []string) (set func(t *T, cells []string, bad func(int, string)), unknown []int) {
	at, unknown := placed(cols, headings)
	return func(t *T, cells []string, bad func(int, string)) {
		for i := range cols {
			if at[i] < 0 || at[i] >= len(cells) {
				continue
			}
			if s := cell(cells[at[i]]); s != "" {
				if err := cols[i].set(t, s); err != nil {
					bad(at[i], sayOf(err))
				}
			}
		}
		for i := range cols {
			if after := cols[i].after; after != nil && at[i] >= 0 {
				if err := after(t); err != nil {
					bad(at[i], sayOf(err))
				}
			}
		}
	}, unknown
}

// placed is under which heading each column stands, -1 under none, and the
// headings that are unknown.
func placed[T any](cols []column[T], headings []string) (at, unknown []int) {
	at = make([]int, len(cols))
	taken := make([]bool, len(headings))
	for i, c := range cols {
		at[i] = -1
		for _, name := range append([]string{c.head}, c.also...) {
			for j, h := range headings {
				if at[i] < 0 && !taken[j] && tidyHeading(h) == name {
					at[i], taken[j] = j, true
				}
			}
		}
	}
	for j, h := range headings {
		if !taken[j] && strings.TrimSpace(h) != "" && tidyHeading(h) != key {
			unknown = append(unknown, j)
		}
	}
	return at, unknown
}

// tidyHeading is a heading without the marks people add: * for required, a
// remark in brackets, line breaks.
func tidyHeading(h string) string {
	h = strings.TrimSpace(strings.NewReplacer("\n", "", "*", "", "＊", "").Replace(sheet.Unguard(h)))
	for _, open := range []string{"（", "("} {
		if before, _, ok := strings.Cut(h, open); ok && before != "" && !strings.Contains(before, "是否") {
			h = strings.TrimSpace(before)
		}
	}
	return h
}

// cell is what stands in a cell, without blanks around it.
func cell(s string) string { return sheet.Unguard(strings.TrimSpace(s)) }

func cellAt(cells []string, i int) string {
	if i < 0 || i >= len(cells) {
		return ""
	}
	return cell(cells[i])
}
