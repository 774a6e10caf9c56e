package desk

import (
	"net/http"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
	"tongban/internal/oversight/supervision"
	"tongban/internal/places/frame"
)

// atOnce is how many rows of a file are read at a time.
const atOnce = 200

// export writes what the page shows as a table that spreadsheets open, all of it.
func (d *Desk) export(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	region, _ := d.within(page.Query(r).Text("region"), by, identity.Supervisor)
	if page.Query(r).Text("what") == "agencies" {
		rows, err := d.agencyTable(r, region, by)
		if err != nil {
			return err
		}
		return d.sendTable(w, r, "agencies", rows)
	}
	return d.watchTable(w, r, region, by)
}

// send answers with a table called name and today's date.
func (d *Desk) send(w http.ResponseWriter, r *http.Request, name string, heads []string, next func() ([][]string, error)) error {
	return frame.SendCSV(w, r, d.Freight, frame.Cargo{Name: name + "-" + calendar.DayOf(d.Now()).String(), Heads: heads, Next: next})
}

// sendTable answers with a table that is small, its first row the heads.
func (d *Desk) sendTable(w http.ResponseWriter, r *http.Request, name string, rows [][]string) error {
	return d.send(w, r, name, rows[0], frame.Once(rows[1:]))
}

// watchTable is every case that is late or soon due, soonest first.
func (d *Desk) watchTable(w http.ResponseWriter, r *http.Request, region string, by identity.Actor) error {
	ctx := r.Context()
	dir, err := d.Agencies.Directory(ctx)
	if err != nil {
		return err
	}
	chosen := d.watched(region, "", atOnce)
	chosen.Of = page.Query(r).Text("agency")
	heads := []string{"办件编号", "事项", "申请人", "部门", "环节", "经办", "到期日", "用时", "等级"}
	return d.send(w, r, "watch", heads, func() (rows [][]string, err error) {
		found, err := d.Cases.Open(ctx, chosen, by)
		if err != nil || len(found) == 0 {
			return nil, err
		}
		chosen.After = found[len(found)-1].Cursor
		names, err := d.holders(ctx, found, by)
		for _, l := range found {
			row := d.row(l, names, dir)
			rows = append(rows, []string{l.Number, l.ItemName, l.Applicant, row.Where, row.Step, row.Who, l.Due.String(), row.Time.Say, string(row.Time.Level)})
		}
		return rows, err
	})
}

// casesExport writes every case that the page of cases would show.
func (d *Desk) casesExport(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	ctx, q := r.Context(), page.Query(r)
	dir, err := d.Agencies.Directory(ctx)
	if err != nil {
		return err
	}
	region, _ := d.within(q.Text("region"), by, identity.Supervisor)
	chosen := asked(q, region, atOnce)
	heads := []string{"办件编号", "事项", "申请人", "部门", "状态", "提交", "受理日期", "到期日", "法定到期日", "办结", "已归档"}
	return d.send(w, r, "cases", heads, func() (rows [][]string, err error) {
		found, err := d.Cases.List(ctx, chosen, by)
		for _, c := range found {
			rows = append(rows, caseCells(c, dir.Name(c.Agency)))
			chosen.After = c.Cursor
		}
		return rows, err
	})
}

// caseCells are a case as the file of cases has it.
func caseCells(c cases.Row, agency string) []string {
	closed, archived := "", ""
	if c.State.Final() {
		closed = minute(c.Closed)
	}
	if c.Archived {
		archived = "是"
	}
	return []string{c.Number, c.ItemName, c.Applicant, agency, c.StateHan(), minute(c.Opened), c.Received.String(), c.Due.String(), c.LegalDue.String(), closed, archived}
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
