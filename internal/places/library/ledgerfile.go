package library

import (
	"encoding/csv"
	"io"
	"net/http"
	"strconv"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/page"
	tables "tongban/internal/ground/sheet"
)

// atOnce is how many items are read for a file at a time.
const atOnce = 1000

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
		return l.ledgerCSV(w, r, query, name)
	}
	book := &tables.BookWriter{}
	var columns []tables.Column
	for _, h := range ledgerHeads() {
		columns = append(columns, tables.Column{Heading: h, Width: 14})
	}
	table := book.Sheet("压减台账", columns...)
	if err := l.eachSaving(r, query, func(row []string) error { table.Row(row); return nil }); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
	w.Header().Set("Content-Disposition", `attachment; filename="`+name+`.xlsx"`)
	_, err := book.WriteTo(w)
	return err
}

// ledgerCSV writes the rows as they come: what was sent cannot be taken back, so
// the first page is read before the head is written.
func (l *Library) ledgerCSV(w http.ResponseWriter, r *http.Request, query items.LedgerQuery, name string) error {
	var out *csv.Writer
	begin := func() error {
		w.Header().Set("Content-Type", "text/csv; charset=utf-8")
		w.Header().Set("Content-Disposition", `attachment; filename="`+name+`.csv"`)
		if _, err := io.WriteString(w, "\ufeff"); err != nil {
			return err
		}
		out = csv.NewWriter(w)
		return out.Write(ledgerHeads())
	}
	err := l.eachSaving(r, query, func(row []string) error {
		if out == nil {
			if err := begin(); err != nil {
				return err
			}
		}
		for i := range row[:3] { // what follows are numbers, and may be negative
			row[i] = tables.Guard(row[i])
		}
		return out.Write(row)
	})
	if err == nil && out == nil {
		err = begin()
	}
	if err != nil {
		return err
	}
	out.Flush()
	return out.Error()
}

// ledgerHeads are the columns of the file.
func ledgerHeads() []string {
	heads := []string{"事项标识", "事项名称", "实施主体", "原版", "现版"}
	for _, c := range items.LedgerCounts() {
		heads = append(heads, c.Name+"（原）", c.Name+"（现）", c.Name+"减少")
	}
	return heads
}

// eachSaving shows every item of a query as a row of the file.
func (l *Library) eachSaving(r *http.Request, query items.LedgerQuery, see func([]string) error) error {
	for after := (items.Cursor{}); ; {
		rows, next, err := l.Items.LedgerItems(r.Context(), query, after, atOnce)
		if err != nil {
			return err
		}
		for _, s := range rows {
			cells := []string{s.Key, s.Name, s.Agency, strconv.Itoa(s.WasNumber), strconv.Itoa(s.Number)}
			for _, c := range items.LedgerCounts() {
				was, now := c.Of(s)
				cells = append(cells, strconv.Itoa(was), strconv.Itoa(now), strconv.Itoa(was-now))
			}
			if err := see(cells); err != nil {
				return err
			}
		}
		if next.ID == "" {
			return nil
		}
		after = next
	}
}
