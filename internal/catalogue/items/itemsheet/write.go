package itemsheet

import (
	"io"

	"tongban/internal/ground/sheet"
)

// A Writer writes items into a workbook, one after another.
type Writer struct {
	book  sheet.BookWriter
	main  *sheet.SheetWriter
	parts []*sheet.SheetWriter
}

// NewWriter begins a workbook; without items it is the empty template.
func NewWriter() *Writer {
	w := &Writer{}
	w.main = w.book.Sheet("事项", written(main)...)
	for _, p := range belonging {
		w.parts = append(w.parts, w.book.Sheet(p.title(), append([]sheet.Column{{Heading: key, Width: 20}}, p.columns()...)...))
	}
	return w
}

// Add writes one item.
func (w *Writer) Add(e *edition) {
	w.main.Row(cellsOf(main, e))
	w.AddRows(e)
}

// AddRows writes only what an item has several of, for an item that is written
// already.
func (w *Writer) AddRows(e *edition) {
	for i, p := range belonging {
		p.write(e, func(cells []string) { w.parts[i].Row(append([]string{string(e.Item)}, cells...)) })
	}
}

// WriteTo ends the workbook and writes it.
func (w *Writer) WriteTo(to io.Writer) (int64, error) { return w.book.WriteTo(to) }
