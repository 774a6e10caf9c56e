package desk

import (
	"fmt"
	"net/http"
	"strconv"

	"tongban/internal/civic/agencies"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
	"tongban/internal/oversight/rating"
	"tongban/internal/oversight/supervision"
	"tongban/internal/places/frame"
)

// casePage is 办件穿透: one case to its last fact.
type casePage struct {
	frame.View
	Bar      frame.DeskBar
	Case     *cases.Case
	Done     string
	Fault    error
	Time     supervision.Time
	Facts    []frame.Row
	Clocks   []frame.Row
	Standing *standing
	Papers   []frame.Paper
	Hands    []frame.Row // materials
	Rows     []frame.Fact
	Broken   string // what an audit finds first; "" nothing
	Ratings  []frame.Row
}

func (d *Desk) casePage(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	v, err := d.penetrate(r, cases.ID(r.PathValue("case")), by)
	if err != nil {
		return err
	}
	page.Show(w, r, caseView(v))
	return nil
}

// penetrate gathers everything about a case.
func (d *Desk) penetrate(r *http.Request, id cases.ID, by identity.Actor) (v casePage, err error) {
	ctx := r.Context()
	c, err := d.Cases.Case(ctx, id, by)
	if err != nil {
		return v, err
	}
	dir, err := d.Agencies.Directory(ctx)
	if err != nil {
		return v, err
	}
	v = casePage{View: frame.Of(r).Named(c.ItemName), Bar: watchBar(by), Case: c, Done: done[page.Query(r).Text("done")],
		Time: supervision.TimeOf(c, d.Supervision.Days, d.Now())}
	if v.Standing, err = d.standing(ctx, c, by); err != nil {
		return v, err
	}
	events, err := d.Cases.History(ctx, id, by)
	if err != nil {
		return v, err
	}
	f, err := d.Cases.Frame(ctx, c)
	if err != nil {
		return v, err
	}
	v.Rows = frame.FactsOf(events, f.Edition, dir)
	difference, err := d.Cases.AuditOne(ctx, id)
	if err != nil {
		return v, err
	}
	if difference != nil {
		v.Broken = difference.Say
	}
	said, err := d.Ratings.Of(ctx, id, by)
	if err != nil {
		return v, err
	}
	v.Facts, v.Clocks = factsOf(c, dir), d.clocks(c)
	v.Papers, v.Hands, v.Ratings = papersOf(c), materialsOf(c), ratingsOf(said)
	return v, nil
}

func factsOf(c *cases.Case, dir *agencies.Directory) []frame.Row {
	rows := []frame.Row{
		{Key: "办件编号", Value: c.Number}, {Key: "申请人", Value: c.Applicant.Name}, {Key: "办理部门", Value: dir.Name(c.Agency)},
		{Key: "状态", Value: c.StateHan()}, {Key: "提交", Value: minute(c.Opened)}, {Key: "实施清单", Value: fmt.Sprintf("第 %d 版", c.Edition)},
	}
	if !c.Closed.IsZero() {
		rows = append(rows, frame.Row{Key: "办结", Value: minute(c.Closed)})
	}
	if c.Deemed {
		rows = append(rows, frame.Row{Key: "受理方式", Value: "逾期未告知，视为受理"})
	}
	if c.Urged > 0 {
		rows = append(rows, frame.Row{Key: "督办", Value: fmt.Sprintf("%d 次", c.Urged)})
	}
	return rows
}

// clocks says when the case is due, and why, by both clocks.
func (d *Desk) clocks(c *cases.Case) []frame.Row {
	days, now := d.Supervision.Days, d.Now()
	return []frame.Row{
		{Key: "承诺时限", Value: c.Promised.Explain(days, now).Sentence},
		{Key: "法定时限", Value: c.Statutory.Explain(days, now).Sentence},
	}
}

func papersOf(c *cases.Case) []frame.Paper {
	var all []frame.Paper
	for _, p := range c.Papers {
		all = append(all, frame.Paper{Name: p.Title, Href: fmt.Sprintf("/desk/cases/%s/papers/%s/%d", c.ID, p.Kind, p.Seq), State: fmt.Sprintf("第 %d 条记录", p.Seq)})
	}
	return all
}

func materialsOf(c *cases.Case) []frame.Row {
	var rows []frame.Row
	for _, h := range c.Materials {
		say := "已提交"
		switch {
		case h.Certificate != "":
			say = "电子证照，免提交"
		case h.Paper:
			say = "纸质"
		case len(h.Files) > 0:
			say = fmt.Sprintf("电子文件 %d 份", len(h.Files))
		}
		if h.Verdict != nil {
			say += "，核对：" + h.Verdict.Finding.Han()
		}
		name := h.Name
		if name == "" {
			name = h.Material
		}
		rows = append(rows, frame.Row{Key: name, Value: say})
	}
	return rows
}

func ratingsOf(said []rating.Rating) []frame.Row {
	var rows []frame.Row
	for _, one := range said {
		text := one.Grade.Han()
		if one.Seq == 0 {
			text = "到期未评，系统默认"
		}
		if one.Text != "" {
			text += "：“" + one.Text + "”"
		}
		rows = append(rows, frame.Row{Key: minute(one.At), Value: text})
	}
	return rows
}

// paper shows a paper as it was handed over.
func (d *Desk) paper(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	seq, err := strconv.ParseInt(r.PathValue("seq"), 10, 64)
	if err != nil {
		return fault.New(fault.NotFound, "desk.paper.none", "没有这份文书")
	}
	id := cases.ID(r.PathValue("case"))
	sheet, err := d.Cases.PaperOf(r.Context(), id, cases.PaperKind(r.PathValue("kind")), seq, by)
	if err != nil {
		return err
	}
	return d.Press.Show(w, r, "/desk/cases/"+string(id), sheet)
}
