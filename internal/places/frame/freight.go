package frame

import (
	"encoding/csv"
	"io"
	"log/slog"
	"net/http"

	"tongban/internal/ground/page"
	"tongban/internal/ground/sheet"
)

// A Cargo is a table that is sent as a file which spreadsheets open.
type Cargo struct {
	Name    string   // of the file, without its ending
	Heads   []string // of the columns
	Figures int      // columns from this one on are numbers we reckoned; 0: none
	Next    func() ([][]string, error)
}

// SendCSV sends rows as Next tells them, until it tells none, giving way to
// others in between. What was sent cannot be taken back: the first rows are asked
// for before anything is sent, and a fault later breaks the connection, so that
// nobody takes half a table for the whole.
func SendCSV(w http.ResponseWriter, r *http.Request, f *page.Freight, c Cargo) error {
	train, err := f.Depart()
	if err != nil {
		return err
	}
	defer train.Arrive()
	rows, err := c.Next()
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="`+c.Name+`.csv"`)
	if err := c.send(w, r, train, rows); err != nil {
		slog.WarnContext(r.Context(), "table broken off", "file", c.Name, "err", err)
		panic(http.ErrAbortHandler)
	}
	return nil
}

func (c Cargo) send(w io.Writer, r *http.Request, train *page.Train, rows [][]string) (err error) {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	if err := out.Write(c.Heads); err != nil {
		return err
	}
	for len(rows) > 0 {
		for _, row := range rows {
			if err := out.Write(c.safe(row)); err != nil {
				return err
			}
		}
		if err := train.Rest(r.Context()); err != nil {
			return err
		}
		if rows, err = c.Next(); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// safe is a row in which a spreadsheet runs nothing that somebody wrote into a name.
func (c Cargo) safe(row []string) []string {
	texts := len(row)
	if c.Figures > 0 {
		texts = c.Figures
	}
	for i, cell := range row[:texts] {
		row[i] = harmless(cell)
	}
	return row
}

// harmless is a cell that no spreadsheet takes for a formula.
func harmless(cell string) string {
	if sheet.Formula(cell) {
		return "'" + cell
	}
	return cell
}

// Once tells all rows at one time, and then none.
func Once(rows [][]string) func() ([][]string, error) {
	return func() (all [][]string, err error) { all, rows = rows, nil; return all, nil }
}
