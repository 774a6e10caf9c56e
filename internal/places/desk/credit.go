package desk

import (
	"net/http"

	"tongban/internal/civic/agencies"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/places/frame"
	"tongban/internal/register/credit"
)

// creditPage is the search over the credit records of a supervisor's division.
type creditPage struct {
	frame.View
	Bar     frame.DeskBar
	Find    string
	State   string
	Region  string
	Regions []frame.Choice
	Rows    []creditRow
	Next    string
	Export  string
	Err     error
}

// creditRow is one record, its subject masked.
type creditRow struct {
	ID, Name, Kind, Item, Where, On, Until, State, Due string
	Tone, DueTone                                      frame.Tone
}

// creditStates are the states one can ask for.
var creditStates = []credit.State{credit.Valid, credit.Objected, credit.Repairing, credit.Repaired, credit.Removed}

func creditChoices() []frame.Choice {
	all := []frame.Choice{{Label: "全部"}}
	for _, s := range creditStates {
		all = append(all, frame.Choice{Value: string(s), Label: s.Han()})
	}
	return all
}

// creditRows is how many records a page shows.
const creditRows = 50

func (d *Desk) creditPage(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	q := page.Query(r)
	v := creditPage{View: frame.Of(r).Named("信用记录"), Bar: watchBar(by), Find: q.Text("q"), State: q.Text("state")}
	v.Region, v.Regions = d.within(q.Text("region"), by, identity.Supervisor)
	v.Export = with("/desk/credit/export.csv", q.Values(), "after", "")
	all, err := d.creditOf(r, v.Region, q.Text("after"), creditRows, by)
	if fault.Of(err) == fault.Invalid {
		v.Err, v.View = err, v.Faulty(err)
		page.ShowFault(w, r, err, creditView(v))
		return nil
	}
	if err != nil {
		return err
	}
	dir, err := d.Agencies.Directory(r.Context())
	if err != nil {
		return err
	}
	for _, one := range all {
		v.Rows = append(v.Rows, creditLine(one, dir, calendar.DayOf(d.Now())))
	}
	if len(all) == creditRows {
		v.Next = with("/desk/credit", q.Values(), "after", all[creditRows-1].Cursor())
	}
	page.Show(w, r, creditView(v))
	return nil
}

// creditOf is what the address asks for: by the whole number of a document, or
// by the beginning of a name.
func (d *Desk) creditOf(r *http.Request, region, after string, limit int, by identity.Actor) ([]credit.Record, error) {
	q := page.Query(r)
	f := credit.Filter{Region: region, State: credit.State(q.Text("state")), After: after, Limit: limit}
	find := q.Text("q")
	if len(find) >= 15 && isNumber(find) {
		return d.Credit.List(r.Context(), f, find, by)
	}
	f.Name = find
	return d.Credit.List(r.Context(), f, "", by)
}

// isNumber reports whether the text is a document number and no name.
func isNumber(text string) bool {
	for _, c := range text {
		if c > 127 {
			return false
		}
	}
	return true
}

func creditLine(r credit.Record, dir *agencies.Directory, today calendar.Day) creditRow {
	row := creditRow{ID: r.ID, Name: r.Called(), Kind: r.Kind.Han(), Item: r.ItemName, Where: dir.Name(r.Agency), On: r.On.Han(), Until: r.Until.Han(), State: r.State.Han(), Tone: frame.Red}
	if r.Kind == credit.Graded {
		row.Item, row.Tone = string(r.Grade)+"级　"+r.Grade.Han(), frame.GradeTone(r.Grade)
	}
	switch {
	case r.State == credit.Repaired || r.State == credit.Removed:
		row.Tone = frame.Green
	case !r.Counts(today):
		row.Tone, row.State = frame.Plain, "已到期"
	case r.State != credit.Valid:
		row.Tone = frame.Amber
	}
	if p, waits := r.Waiting(); waits {
		row.Due, row.DueTone = p.Due.Han()+"前答复", frame.Amber
		if p.Due < today {
			row.Due, row.DueTone = "应于"+p.Due.Han()+"前答复，已逾期", frame.Red
		}
	}
	return row
}

// creditExport writes what the page shows as a table that spreadsheets open.
func (d *Desk) creditExport(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	region, _ := d.within(page.Query(r).Text("region"), by, identity.Supervisor)
	dir, err := d.Agencies.Directory(r.Context())
	if err != nil {
		return err
	}
	heads, after := []string{"申请人", "种类", "事项", "办件编号", "事实", "依据", "认定单位", "记录日期", "有效期至", "状态"}, ""
	return d.send(w, r, "credit", heads, func() (rows [][]string, err error) {
		all, err := d.creditOf(r, region, after, atOnce, by)
		for _, one := range all {
			rows = append(rows, []string{one.Called(), one.Kind.Han(), one.ItemName, one.Number, one.Say, one.Article, dir.Name(one.Agency), one.On.String(), one.Until.String(), one.State.Han()})
			after = one.Cursor()
		}
		return rows, err
	})
}

// creditRecordPage is one record with its pleas, and the answer to the one that
// waits.
type creditRecordPage struct {
	record credit.Record
	frame.View
	Bar   frame.DeskBar
	Row   creditRow
	Facts []frame.Row
	Pleas []frame.Moment
	Case  string
	Waits *credit.Plea
	Grant string
	Text  string
	Err   error
}

func (d *Desk) creditRecordPage(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	v, err := d.creditRecord(r, by)
	if err != nil {
		return err
	}
	page.Show(w, r, creditRecordView(v))
	return nil
}

func (d *Desk) creditRecord(r *http.Request, by identity.Actor) (v creditRecordPage, err error) {
	one, err := d.Credit.Record(r.Context(), r.PathValue("record"), by)
	if err != nil {
		return v, err
	}
	dir, err := d.Agencies.Directory(r.Context())
	if err != nil {
		return v, err
	}
	v.record = one
	v.View, v.Bar, v.Row, v.Case = frame.Of(r).Named("信用记录"), watchBar(by), creditLine(one, dir, calendar.DayOf(d.Now())), one.Case
	v.Facts = []frame.Row{{Key: "申请人", Value: one.Called()}, {Key: "事实", Value: one.Say}, {Key: "承诺", Value: one.Promise}, {Key: "事项", Value: one.ItemName}, {Key: "办件", Value: one.Number},
		{Key: "依据", Value: one.Article}, {Key: "认定单位", Value: v.Row.Where}, {Key: "记录日期", Value: v.Row.On}, {Key: "有效期", Value: "到" + v.Row.Until + "止"}, {Key: "可申请修复", Value: one.Repair.Han() + "起"}}
	for _, p := range one.Pleas {
		v.Pleas = append(v.Pleas, frame.Moment{When: minute(p.At), What: p.Kind.Han(), Who: p.By, Note: p.Text})
		if !p.Answered.IsZero() {
			m := frame.Moment{When: minute(p.Answered), What: "不同意" + p.Kind.Han(), Who: p.Answerer, Note: p.Answer, Tone: frame.Red}
			if p.Granted {
				m.What, m.Tone = "同意"+p.Kind.Han(), frame.Green
			}
			v.Pleas = append(v.Pleas, m)
		}
	}
	if p, waits := one.Waiting(); waits {
		v.Waits = &p
	}
	return v, nil
}

// answerCredit answers the plea that waits.
func (d *Desk) answerCredit(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	v, err := d.creditRecord(r, by)
	if err != nil {
		return err
	}
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	v.Grant, v.Text = f.OneOf("grant", "1", "0"), f.Text("text")
	if v.Grant == "" {
		f.Refuse("grant", "choice", "请选择同意还是不同意")
		_, also := v.record.Answer(false, v.Text, by, d.Now())
		err = fault.Together(f.Err(), also)
	} else {
		_, err = d.Credit.Answer(r.Context(), v.Row.ID, v.Grant == "1", v.Text, by)
	}
	if err != nil {
		if fault.Of(err) == fault.Internal {
			return err
		}
		v.Err, v.View = err, v.Faulty(err)
		page.ShowFault(w, r, err, creditRecordView(v))
		return nil
	}
	page.SeeOther(w, r, "/desk/credit/"+v.Row.ID)
	return nil
}
