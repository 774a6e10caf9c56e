package library

import (
	"cmp"
	"net/http"
	"strconv"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/page"
	tables "tongban/internal/ground/sheet"
	"tongban/internal/places/frame"
)

// atOnce is how many items are read for a file at a time.
const atOnce = 200

// exportLedger writes every item behind the numbers, as a workbook or as CSV.
func (l *Library) exportLedger(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	q := page.Query(r)
	query := items.LedgerQuery{Agency: q.Text("agency"), Topic: q.Text("topic"), From: calendar.Parse(q.Date("from"))}
	if err := q.Err(); err != nil {
		return err
	}
	query.Within, _ = l.inside(q.Text("region"), supervised(by))
	name := "ledger-" + calendar.DayOf(l.Now()).String()
	if r.PathValue("file") == "export.csv" {
		return frame.SendCSV(w, r, l.Freight, frame.Cargo{Name: name, Heads: ledgerHeads(), Figures: ledgerTexts, Next: l.savings(r, query)})
	}
	return l.ledgerBook(w, r, query, name)
}

// ledgerBook writes the workbook, which is sent when all of it is made.
func (l *Library) ledgerBook(w http.ResponseWriter, r *http.Request, query items.LedgerQuery, name string) error {
	train, err := l.Freight.Depart()
	if err != nil {
		return err
	}
	defer train.Arrive()
	book := &tables.BookWriter{}
	var columns []tables.Column
	for _, h := range ledgerHeads() {
		columns = append(columns, tables.Column{Heading: h, Width: 14})
	}
	table := book.Sheet("压减台账", columns...)
	next := l.savings(r, query)
	for rows, err := next(); len(rows) > 0 || err != nil; rows, err = next() {
		for _, row := range rows {
			table.Row(row)
		}
		if err = cmp.Or(err, train.Rest(r.Context())); err != nil {
			return err
		}
	}
	w.Header().Set("Content-Type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
	w.Header().Set("Content-Disposition", `attachment; filename="`+name+`.xlsx"`)
	_, err = book.WriteTo(w)
	return err
}

// ledgerTexts is how many columns of the file are not numbers.
const ledgerTexts = 3

// ledgerHeads are the columns of the file.
func ledgerHeads() []string {
	heads := []string{"事项标识", "事项名称", "实施主体", "原版", "现版"}
	for _, c := range items.LedgerCounts() {
		heads = append(heads, c.Name+"（原）", c.Name+"（现）", c.Name+"减少")
	}
	return heads
}

// savings tells the items of a query, some at a time, each as a row of the file.
func (l *Library) savings(r *http.Request, query items.LedgerQuery) func() ([][]string, error) {
	after, over := items.Cursor{}, false
	return func() ([][]string, error) {
		if over {
			return nil, nil
		}
		found, next, err := l.Items.LedgerItems(r.Context(), query, after, atOnce)
		after, over = next, next.ID == ""
		rows := make([][]string, len(found))
		for i, s := range found {
			rows[i] = savingCells(s)
		}
		return rows, err
	}
}

// savingCells are an item as the file has it.
func savingCells(s items.Saving) []string {
	cells := []string{s.Key, s.Name, s.Agency, strconv.Itoa(s.WasNumber), strconv.Itoa(s.Number)}
	for _, c := range items.LedgerCounts() {
		was, now := c.Of(s)
		cells = append(cells, strconv.Itoa(was), strconv.Itoa(now), strconv.Itoa(was-now))
	}
	return cells
}
