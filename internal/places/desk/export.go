package desk

import (
	"bytes"
	"encoding/csv"
	"net/http"
	"strings"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/page"
	"tongban/internal/oversight/supervision"
)

// exported is how many rows of the watch list a file holds at most.
const exported = 200

// export writes what the page shows as a table that spreadsheets open.
func (d *Desk) export(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	q := page.Query(r)
	region, _ := d.within(q.Text("region"), by, identity.Supervisor)
	table := d.watchTable
	name := "watch"
	if q.Text("what") == "agencies" {
		table, name = d.agencyTable, "agencies"
	}
	rows, err := table(r, region, by)
	if err != nil {
		return err
	}
	return d.sendCSV(w, name, rows)
}

// sendCSV answers with a table called name and today's date.
func (d *Desk) sendCSV(w http.ResponseWriter, name string, rows [][]string) error {
	out, err := csvOf(rows)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="`+name+"-"+calendar.DayOf(d.Now()).String()+`.csv"`)
	w.Write(out) // a reader who went away is not our fault
	return nil
}

// csvOf writes rows so that a spreadsheet reads them as UTF-8 and runs nothing
// that somebody wrote into a name.
func csvOf(rows [][]string) ([]byte, error) {
	var out bytes.Buffer
	out.WriteString("\ufeff")
	write := csv.NewWriter(&out)
	for _, row := range rows {
		safe := make([]string, len(row))
		for i, cell := range row {
			safe[i] = harmless(cell)
		}
		if err := write.Write(safe); err != nil {
			return nil, err
		}
	}
	write.Flush()
	return out.Bytes(), write.Error()
}

// harmless is a cell that no spreadsheet takes for a formula.
func harmless(cell string) string {
	if strings.HasPrefix(strings.TrimLeft(cell, " \u3000"), "=") || cell != "" && strings.ContainsRune("+-@\t\r＝＋－＠", []rune(cell)[0]) {
		return "'" + cell
	}
	return cell
}

func (d *Desk) watchTable(r *http.Request, region string, by identity.Actor) ([][]string, error) {
	ctx := r.Context()
	chosen := d.watched(region, "", exported)
	chosen.Of = page.Query(r).Text("agency")
	found, err := d.Cases.Open(ctx, chosen, by)
	if err != nil {
		return nil, err
	}
	names, err := d.holders(ctx, found, by)
	if err != nil {
		return nil, err
	}
	dir, err := d.Agencies.Directory(ctx)
	if err != nil {
		return nil, err
	}
	rows := [][]string{{"办件编号", "事项", "申请人", "部门", "环节", "经办", "到期日", "用时", "等级"}}
	for _, l := range found {
		row := d.row(l, names, dir)
		rows = append(rows, []string{l.Number, l.ItemName, l.Applicant, row.Where, row.Step, row.Who, l.Due.String(), row.Time.Say, string(row.Time.Level)})
	}
	return rows, nil
}

func (d *Desk) agencyTable(r *http.Request, region string, by identity.Actor) ([][]string, error) {
	board, err := d.Supervision.Board(r.Context(), supervision.Scope{Region: region}, by)
	if err != nil {
		return nil, err
	}
	dir, err := d.Agencies.Directory(r.Context())
	if err != nil {
		return nil, err
	}
	rows := [][]string{{"部门", "收件", "办结", "按时办结率", "法定时限内", "平均用时", "不予受理和不受理", "撤回和终止", "补正告知", "告知超过一次"}}
	for _, t := range byRate(board.Agencies) {
		f := figureOf(dir.Name(t.Agency), "", t.Counts)
		rows = append(rows, []string{f.Name, f.Filed, f.Decided, f.Rate, f.Law, f.Mean, f.Turned, f.Withdrew, f.Asked, f.Twice})
	}
	return rows, nil
}
