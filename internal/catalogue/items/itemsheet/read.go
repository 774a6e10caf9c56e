package itemsheet

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sheet"
)

// A Fault is what is wrong with one cell, or with a row or sheet as a whole.
type Fault struct {
	Sheet   string `json:"sheet"`
	Line    int    `json:"line,omitempty"`    // as the spreadsheet counts
	Column  string `json:"column,omitempty"`  // its letters
	Heading string `json:"heading,omitempty"` // of the column
	Say     string `json:"say"`               // what is wrong and what was expected
	Warning bool   `json:"warning,omitempty"` // nothing of the item is lost by it
}

// Place is where people look for it: 材料!F7（份数）.
func (f Fault) Place() string {
	place := f.Sheet
	if f.Line > 0 {
		place += fmt.Sprintf("!%s%d", f.Column, f.Line)
	}
	if f.Heading != "" {
		place += "（" + f.Heading + "）"
	}
	return place
}

// An Entry is one item as it was read, with what is wrong with its rows.
type Entry struct {
	Edition *items.Edition
	Line    int // of its row in the sheet 事项
	Faults  []Fault
}

// A Book is a workbook of items to be read.
type Book struct {
	book  *sheet.Book
	lines map[items.ID]int // line of each item in the sheet 事项
	order map[items.ID]int // its place among them
	loose map[string]bool  // sheets whose rows are not in the order of the items
	twice map[int]bool     // lines of items that are there already
	total int
}

// mostLoose is how many rows of a sheet that is not in the order of the items
// are held in memory.
const mostLoose = 300_000

// Open opens a workbook of items. Faults: those of sheet.OpenBook,
// itemsheet.main.
func Open(r io.ReaderAt, size int64) (*Book, error) {
	book, err := sheet.OpenBook(r, size)
	if err != nil {
		return nil, err
	}
	if !book.Has("事项") {
		return nil, fault.New(fault.Invalid, "itemsheet.main", "工作簿里没有“事项”表，请使用导出的模板填写")
	}
	b := &Book{book: book, loose: map[string]bool{}}
	return b, b.survey()
}

// Loose names the sheets known to be in no order, from reading the book before;
// those found out now are added.
func (b *Book) Loose(sheets map[string]bool) { b.loose = sheets }

// survey reads which items there are, and in which order.
func (b *Book) survey() error {
	b.lines, b.order, b.twice = map[items.ID]int{}, map[items.ID]int{}, map[int]bool{}
	l, err := b.book.Lines("事项")
	if err != nil {
		return err
	}
	defer l.Close()
	at := -1
	for l.Next() {
		if at < 0 {
			at = slices.IndexFunc(l.Cells(), func(h string) bool { return tidyHeading(h) == key || tidyHeading(h) == "标识" })
			if at < 0 {
				return fault.New(fault.Invalid, "itemsheet.main", "“事项”表的第一行应是标题，并有“%s”列", key).At("事项", "missing", "缺少“%s”列", key)
			}
			continue
		}
		b.total++
		id := items.ID(cellAt(l.Cells(), at))
		if _, twice := b.lines[id]; twice && id != "" {
			b.twice[l.Line()] = true
			continue
		}
		b.lines[id], b.order[id] = l.Line(), b.total
	}
	return l.Err()
}

// errLoose says that a sheet is not in the order of the items.
var errLoose = errors.New("rows in no order")

// Each shows every item of the workbook in the order of the sheet 事项, and at
// the end what is wrong with the sheets as a whole. Where rows of a sheet turn
// out not to follow the order of the items, it starts over: again is called
// before that, and whoever counts has to forget what was counted.
func (b *Book) Each(see func(Entry) error, again func()) ([]Fault, error) {
	for {
		faults, err := b.pass(see)
		if !errors.Is(err, errLoose) {
			return faults, err
		}
		again()
	}
}

func (b *Book) pass(see func(Entry) error) ([]Fault, error) {
	var general []Fault
	var sources []*source
	defer func() {
		for _, s := range sources {
			s.lines.Close()
		}
	}()
	for _, name := range b.book.Sheets() {
		if name == "事项" {
			continue
		}
		i := slices.IndexFunc(belonging, func(p part) bool { return p.title() == strings.TrimSpace(name) })
		if i < 0 {
			general = append(general, Fault{Sheet: name, Say: "不认识这张表，没有读取；表名应与模板一致", Warning: true})
			continue
		}
		s, err := b.source(belonging[i], name)
		if err != nil {
			return general, err
		}
		if !s.empty {
			sources = append(sources, s)
			continue
		}
		general = append(general, s.faults...)
		s.lines.Close()
	}
	faults, err := b.rows(see, sources)
	return append(general, faults...), err
}

// rows reads the sheet 事项, each item with its rows in the other sheets.
func (b *Book) rows(see func(Entry) error, sources []*source) ([]Fault, error) {
	l, err := b.book.Lines("事项")
	if err != nil {
		return nil, err
	}
	defer l.Close()
	var head *heads
	var general []Fault
	for l.Next() {
		if head == nil {
			head, general = headsOf(l)
			continue
		}
		entry, err := b.item(l, head, sources)
		if err != nil {
			return general, err
		}
		if err := see(entry); err != nil {
			return general, err
		}
	}
	general = append(general, unseen("事项", l)...)
	for _, s := range sources {
		if err := s.finish(b); err != nil {
			return general, err
		}
		general = append(general, s.faults...)
	}
	return general, l.Err()
}

// heads are the headings of the sheet 事项, and what sets an edition from a row
// under them.
type heads struct {
	words []string
	set   func(*edition, []string, func(int, string))
}

// headsOf reads the first line of the sheet 事项.
func headsOf(l *sheet.Lines) (*heads, []Fault) {
	h := &heads{words: slices.Clone(l.Cells())}
	var unknown []int
	h.set, unknown = bound(main, h.words)
	var faults []Fault
	for _, j := range unknown {
		faults = append(faults, Fault{Sheet: "事项", Line: l.Line(), Column: sheet.ColumnName(j), Heading: h.words[j], Say: "不认识这一列，其中的内容没有导入", Warning: true})
	}
	return h, faults
}

// item reads the item of a line with its rows in the other sheets.
func (b *Book) item(l *sheet.Lines, head *heads, sources []*source) (Entry, error) {
	entry := Entry{Line: l.Line()}
	bad := func(column int, say string) {
		entry.Faults = append(entry.Faults, Fault{Sheet: "事项", Line: entry.Line, Column: sheet.ColumnName(column), Heading: head.words[column], Say: say})
	}
	var made building
	head.set(&made.edition, l.Cells(), bad)
	entry.odd("事项", entry.Line, head.words, l.Odd())
	b.identify(&made, &entry)
	for _, s := range sources {
		if err := s.rows(b, &made, &entry); err != nil {
			return entry, err
		}
	}
	if title, say := made.proceed(); say != "" {
		entry.Faults = append(entry.Faults, Fault{Sheet: title, Say: fmt.Sprintf("%s：%s", made.Item, say)})
	}
	entry.Edition = &made.edition
	return entry, nil
}

// identify refuses an item without a name of its own.
func (b *Book) identify(made *building, entry *Entry) {
	switch {
	case made.Item == "":
		entry.Faults = append(entry.Faults, Fault{Sheet: "事项", Line: entry.Line, Column: "A", Heading: key, Say: "应填写事项标识，每个事项一个，不得重复"})
	case b.twice[entry.Line]:
		entry.Faults = append(entry.Faults, Fault{Sheet: "事项", Line: entry.Line, Column: "A", Heading: key,
			Say: fmt.Sprintf("事项标识“%s”与第%d行重复", short(string(made.Item)), b.lines[made.Item])})
	}
}
