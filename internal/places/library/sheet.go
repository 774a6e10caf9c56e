package library

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/places/frame"
)

// A sheetOf a draft is one part of its editor: lists of rows, each row a few
// cells. It is drawn from the draft and read back from what was posted.
type sheetOf[E any] interface {
	// rows draws the list; given what was posted, as it was posted.
	rows(e *E, posted *page.Form) sheetView
	// read puts what was posted into the draft and refuses what cannot be read,
	// at its cell.
	read(e *E, f *page.Form)
}

// A sheet is a sheetOf an edition of an item.
type sheet = sheetOf[items.Edition]

// sheetView is a list as the page shows it.
type sheetView struct {
	Path  string // "materials"; "" for the draft itself
	Title string
	Note  string
	Rows  []sheetRow
	Count int // rows posted, the empty one among them
}

// sheetRow is one row; the last of a list is empty and waits to be filled in.
type sheetRow struct {
	At    int
	Title string
	Note  string // what matters of it, in a line
	Was   string // key of the element before it was edited; "" for a new one
	Fresh bool
	Cells []cell
	Place frame.Field // where it is to stand
	Gone  bool        // it is to be deleted
}

// A cell is one field of a row.
type cell struct {
	frame.Field
	Kind    cellKind
	Choices []frame.Choice
	Find    finder // in the register of laws
}

// A cellKind is how a cell is asked for.
type cellKind uint8

// The kinds of cell.
const (
	oneLine   cellKind = iota // one line
	long                      // several lines
	choose                    // one of a list
	tick                      // yes or no
	several                   // any of a list; the value lists them with 、
	pickBasis                 // bases, one a line, and a list of articles to add from
)

// A column is one element of a row and how it is written.
type column[T any] struct {
	key, label, hint string
	kind             cellKind
	choices          []string
	get              func(*T) string
	set              func(*T, string) error
}

// A grid is a list of things of one kind in an edition.
type grid[T any] = table[items.Edition, T]

// A table is a list of things of one kind in a draft.
type table[E, T any] struct {
	path, title, note string
	noun              string // "材料": said of a new row
	list              func(*E) *[]T
	key               func(*T) string
	name              func(*T) string
	fresh             func(e *E, n int) T // a new one; n makes its ID unique
	columns           func(e *E) []column[T]
	sum               func(*T) string // what matters of one, in a line; nil: nothing
	fixed             bool            // no rows are added, taken away or moved
}

func (g table[E, T]) cellName(i int, key string) string {
	if g.path == "" {
		return key
	}
	return fmt.Sprintf("%s[%d].%s", g.path, i, key)
}

// empty reports whether nothing is in the list but a place for one more.
func (v sheetView) empty() bool {
	return !slices.ContainsFunc(v.Rows, func(row sheetRow) bool { return !row.Fresh })
}

// rows draws the list.
func (g table[E, T]) rows(e *E, posted *page.Form) sheetView {
	v := sheetView{Path: g.path, Title: g.title, Note: g.note}
	list := *g.list(e)
	if posted != nil {
		v.Count = g.count(posted)
		for i := range v.Count {
			v.Rows = append(v.Rows, g.row(e, g.element(e, posted, i), i, posted))
		}
		return v
	}
	for i := range list {
		v.Rows = append(v.Rows, g.row(e, list[i], i, nil))
	}
	if !g.fixed {
		row := g.row(e, g.fresh(e, len(list)+1), len(list), nil)
		row.Was, row.Note, row.Fresh, row.Title = "", "", true, "添加一"+g.noun
		v.Rows = append(v.Rows, row)
	}
	v.Count = len(v.Rows)
	return v
}

func (g table[E, T]) row(e *E, one T, i int, posted *page.Form) sheetRow {
	row := sheetRow{At: i, Title: g.name(&one), Was: g.key(&one)}
	if posted != nil {
		row.Was = posted.Text(g.cellName(i, "was"))
		row.Fresh = row.Was == "" && !g.fixed
		if row.Fresh {
			row.Title = "添加一" + g.noun
		}
	}
	if g.sum != nil && !row.Fresh {
		row.Note = g.sum(&one)
	}
	for _, c := range g.columns(e) {
		row.Cells = append(row.Cells, g.cell(c, &one, i, posted))
	}
	row.Place = frame.Field{Name: g.cellName(i, "place"), Label: "排在第几", Value: strconv.Itoa(i + 1), Kind: "number", Width: "s"}
	if posted != nil && !row.Fresh {
		row.Place.Value, row.Gone = posted.Text(row.Place.Name), posted.Has(g.cellName(i, "delete"))
	}
	return row
}

// faulty puts what is wrong at the fields of the sheet.
func (v *sheetView) faulty(err error) {
	for i := range v.Rows {
		row := &v.Rows[i]
		row.Place = row.Place.Faulty(err)
		for k := range row.Cells {
			row.Cells[k].Field = row.Cells[k].Field.Faulty(err)
		}
	}
}

func (g table[E, T]) cell(c column[T], one *T, i int, posted *page.Form) cell {
	name := g.cellName(i, c.key)
	value := c.get(one)
	if posted != nil {
		value = sentTo(posted, c.kind, name)
	}
	out := cell{Field: frame.Field{Name: name, Label: c.label, Hint: c.hint, Value: value}, Kind: c.kind}
	for _, choice := range c.choices {
		choice, word, coded := strings.Cut(choice, "\t")
		switch {
		case choice == "" && !coded:
			word = "（不填）"
		case !coded:
			word = choice
		}
		out.Choices = append(out.Choices, frame.Choice{Value: choice, Label: word, On: choice == value || c.kind == several && slices.Contains(words(value), choice)})
	}
	out.keep(value)
	if c.kind == choose && !has(out.Choices, value) {
		out.Choices = append(out.Choices, frame.Choice{Value: value, Label: value, On: true})
	}
	return out
}

// sentTo is what was posted to a cell.
func sentTo(f *page.Form, kind cellKind, name string) string {
	if kind == several {
		return strings.Join(f.All(name), "、")
	}
	return f.Text(name)
}

// keep offers what was picked before though it stands in no list.
func (c *cell) keep(value string) {
	if c.Kind != several {
		return
	}
	for _, one := range words(value) {
		if !has(c.Choices, one) {
			c.Choices = append(c.Choices, frame.Choice{Value: one, Label: one, On: true})
		}
	}
}

// count is how many rows were posted, within reason.
func (g table[E, T]) count(f *page.Form) int {
	n, err := strconv.Atoi(f.Text(g.cellName(0, "rows")))
	if err != nil {
		return 0
	}
	return min(max(n, 0), 400)
}

// element is what row i is about: the element it was drawn from, or a new one.
func (g table[E, T]) element(e *E, f *page.Form, i int) T {
	list := *g.list(e)
	if g.fixed && i < len(list) {
		return list[i]
	}
	if was := f.Text(g.cellName(i, "was")); was != "" {
		for k := range list {
			if g.key(&list[k]) == was {
				return list[k]
			}
		}
	}
	return g.fresh(e, len(list)+1)
}

// read puts the posted rows into the draft, in the order that was asked for.
func (g table[E, T]) read(e *E, f *page.Form) {
	type placed struct {
		at  float64
		one T
	}
	var rows []placed
	for i := range g.count(f) {
		one, filled := g.element(e, f, i), false
		was := f.Text(g.cellName(i, "was"))
		if !g.fixed && f.Has(g.cellName(i, "delete")) {
			continue
		}
		for _, c := range g.columns(e) {
			text := sentTo(f, c.kind, g.cellName(i, c.key))
			filled = filled || text != "" && text != c.get(&one) || was != ""
			if err := c.set(&one, text); err != nil {
				f.Refuse(g.cellName(i, c.key), fault.Code(err), "%s：%s", c.label, fault.Say(err))
			}
		}
		if filled || g.fixed {
			rows = append(rows, placed{g.placed(f, i), one})
		}
	}
	slices.SortStableFunc(rows, func(a, b placed) int { return cmp.Compare(a.at, b.at) })
	list := make([]T, len(rows))
	for i := range rows {
		list[i] = rows[i].one
	}
	*g.list(e) = list
}

// placed is where a row is to stand; where that is not said it stays.
func (g table[E, T]) placed(f *page.Form, i int) float64 {
	name := g.cellName(i, "place")
	at, err := strconv.ParseFloat(f.Text(name), 64)
	if err == nil {
		return at
	}
	if f.Text(name) != "" {
		f.Refuse(name, "library.place", "排在第几：请填写数字")
	}
	return float64(i + 1)
}

// basisLines writes bases one a line, and readBases reads them.
func basisLines(all []items.Basis) string {
	var lines []string
	for _, b := range all {
		text := b.String()
		if b.Text != "" {
			text += " " + b.Text
		}
		lines = append(lines, text)
	}
	return strings.Join(lines, "\n")
}

func readBases(text string) ([]items.Basis, error) {
	var all []items.Basis
	for _, one := range textLines(text) {
		rest, ok := strings.CutPrefix(one, "《")
		law, article, closed := strings.Cut(rest, "》")
		if !ok || !closed || law == "" {
			return all, fault.New(fault.Invalid, "library.basis", "“%.30s”请写成《法律名称》第几条，一行一条", one)
		}
		article, words, _ := strings.Cut(strings.TrimSpace(article), " ")
		all = append(all, items.Basis{Law: law, Article: article, Text: strings.TrimSpace(words)})
	}
	return all, nil
}

// textLines are the lines of a text that say something.
func textLines(text string) []string {
	var all []string
	for _, one := range strings.Split(text, "\n") {
		if one = strings.TrimSpace(one); one != "" {
			all = append(all, one)
		}
	}
	return all
}

// words splits what is listed with 、 or , or ；or by lines.
func words(text string) []string {
	return textLines(strings.NewReplacer("、", "\n", "，", "\n", ",", "\n", "；", "\n", ";", "\n").Replace(text))
}
