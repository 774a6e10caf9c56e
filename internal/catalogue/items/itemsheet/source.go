package itemsheet

import (
	"fmt"
	"slices"

	"tongban/internal/catalogue/items"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sheet"
)

// A source is one sheet of rows that belong to items. Where its rows follow the
// order of the items it is read beside them and never held; otherwise it is
// held whole, up to a bound.
type source struct {
	part     part
	name     string
	lines    *sheet.Lines
	read     reader
	headings []string
	at       int // column of 事项标识
	empty    bool
	faults   []Fault

	waiting   bool // a row is read and not yet given out
	owner     items.ID
	last      items.ID
	inherited []int // lines without an owner of their own
	held      map[items.ID][]heldRow
}

type heldRow struct {
	line  int
	cells []string
	odd   []sheet.Oddity
}

// mostFaults is how many faults of a sheet as a whole are told.
const mostFaults = 200

func (b *Book) source(p part, name string) (*source, error) {
	l, err := b.book.Lines(name)
	if err != nil {
		return nil, err
	}
	s := &source{part: p, name: name, lines: l}
	if !l.Next() {
		s.empty = true
		return s, l.Err()
	}
	s.headings = slices.Clone(l.Cells())
	s.at = slices.IndexFunc(s.headings, func(h string) bool { return tidyHeading(h) == key })
	if s.at < 0 {
		s.empty = true
		s.say(l.Line(), 0, "", fmt.Sprintf("第一行应是标题，并有“%s”列；这张表没有读取", key), false)
		return s, nil
	}
	var unknown []int
	s.read, unknown = p.bind(s.headings)
	for _, j := range unknown {
		s.say(l.Line(), j, s.headings[j], "不认识这一列，其中的内容没有导入", true)
	}
	if b.loose[name] {
		return s, s.hold(b)
	}
	return s, s.advance(b)
}

func (s *source) say(line, column int, heading, say string, warning bool) {
	if len(s.faults) < mostFaults {
		s.faults = append(s.faults, Fault{Sheet: s.name, Line: line, Column: sheet.ColumnName(column), Heading: heading, Say: say, Warning: warning})
	}
}

// advance reads the next row that belongs to an item there is.
func (s *source) advance(b *Book) error {
	s.waiting = false
	for s.lines.Next() {
		s.owner = items.ID(cellAt(s.lines.Cells(), s.at))
		if s.owner == "" { // as in merged cells; finish looks whether they are
			s.owner = s.last
			s.inherited = append(s.inherited, s.lines.Line())
		}
		s.last = s.owner
		if b.lines[s.owner] > 0 {
			s.waiting = true
			return nil
		}
		s.say(s.lines.Line(), s.at, key, fmt.Sprintf("“事项”表中没有标识为“%s”的事项，这一行没有归属", short(string(s.owner))), false)
	}
	return s.lines.Err()
}

// hold reads the whole sheet.
func (s *source) hold(b *Book) error {
	s.held = map[items.ID][]heldRow{}
	for n := 0; ; n++ {
		if err := s.advance(b); err != nil || !s.waiting {
			return err
		}
		if n >= mostLoose {
			return fault.New(fault.TooLarge, "itemsheet.loose", "“%s”表超过%d行又没有按事项的顺序排列，请按“事项”表的顺序排序后再导入", s.name, mostLoose)
		}
		s.held[s.owner] = append(s.held[s.owner], heldRow{s.lines.Line(), slices.Clone(s.lines.Cells()), s.lines.Odd()})
	}
}

// rows reads the rows of one item.
func (s *source) rows(b *Book, made *building, entry *Entry) error {
	if b.twice[entry.Line] || made.Item == "" {
		return nil // they belong to the first of that name
	}
	if s.held != nil {
		for _, r := range s.held[made.Item] {
			s.row(made, entry, r)
		}
		return nil
	}
	here := b.order[made.Item]
	for s.waiting && b.order[s.owner] <= here {
		if s.owner != made.Item {
			b.loose[s.name] = true
			return errLoose
		}
		s.row(made, entry, heldRow{s.lines.Line(), s.lines.Cells(), s.lines.Odd()})
		if err := s.advance(b); err != nil {
			return err
		}
	}
	return nil
}

func (s *source) row(made *building, entry *Entry, r heldRow) {
	s.read(made, r.cells, func(column int, say string) {
		entry.Faults = append(entry.Faults, Fault{Sheet: s.name, Line: r.line, Column: sheet.ColumnName(column), Heading: s.headings[column], Say: say})
	})
	entry.odd(s.name, r.line, s.headings, r.odd)
}

// odd tells of cells that show no value although something stands in them.
func (e *Entry) odd(name string, line int, headings []string, odd []sheet.Oddity) {
	for _, o := range odd {
		e.Faults = append(e.Faults, Fault{Sheet: name, Line: line, Column: sheet.ColumnName(o.Column), Heading: cellAt(headings, o.Column), Say: o.Say})
	}
}

// unseen tells of what is hidden in a sheet: it is read all the same.
func unseen(name string, l *sheet.Lines) (found []Fault) {
	for _, say := range l.Unseen() {
		found = append(found, Fault{Sheet: name, Say: say, Warning: true})
	}
	return found
}

// finish reads on to the end, where it says which cells are merged, and tells
// of rows that have no owner and are not merged with one that has.
func (s *source) finish(b *Book) error {
	if s.waiting && s.held == nil {
		b.loose[s.name] = true
		return errLoose
	}
	s.faults = append(s.faults, unseen(s.name, s.lines)...)
	merged := map[int]bool{}
	for _, m := range s.lines.Merged() {
		for line := m.First; m.Column == s.at && line <= m.Last && len(merged) < mostLoose; line++ {
			merged[line] = true
		}
	}
	for _, line := range s.inherited {
		if !merged[line] {
			s.say(line, s.at, key, "应填写事项标识；空着的只有合并单元格才认作上一行的事项", false)
		}
	}
	return nil
}
