package portal

import (
	"net/http"

	"tongban/internal/civic/calendar"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/places/frame"
	"tongban/internal/register/credit"
)

type creditView struct {
	frame.View
	Standing credit.Standing
	Tone     frame.Tone
	Rows     []creditRow
	NoParty  bool
}

type creditRow struct {
	credit.Record
	Tone  frame.Tone
	State string
}

// creditPage is one's own credit: the grade, what stands against one, and what
// is closed meanwhile.
func (p *Portal) creditPage(w http.ResponseWriter, r *http.Request) error {
	v := creditView{View: under(r, "我的信用")}
	own, err := p.Credit.Own(r.Context(), frame.Actor(r))
	if fault.Code(err) == "credit.own.party" {
		v.NoParty = true
		page.Show(w, r, creditTemplate(v))
		return nil
	}
	if err != nil {
		return err
	}
	v.Standing, v.Tone = own, frame.GradeTone(own.Grade)
	for _, one := range own.Records {
		v.Rows = append(v.Rows, p.creditRow(one))
	}
	page.Show(w, r, creditTemplate(v))
	return nil
}

func (p *Portal) creditRow(r credit.Record) creditRow {
	row := creditRow{r, frame.Amber, r.State.Han()}
	switch {
	case r.State == credit.Repaired, r.State == credit.Removed:
		row.Tone = frame.Green
	case !r.Counts(calendar.DayOf(p.Now())):
		row.Tone, row.State = frame.Plain, "已到期"
	case r.Kind == credit.Graded && r.State == credit.Valid:
		row.Tone = frame.GradeTone(r.Grade)
	case r.State == credit.Valid:
		row.Tone = frame.Red
	}
	return row
}

type creditRecordView struct {
	frame.View
	Row      creditRow
	Agency   string
	Facts    []frame.Row
	Pleas    []frame.Moment
	MayPlead bool
	MayMend  bool // repair may be asked for today
	Kind     string
	Text     string
	Err      error
}

// creditRecordPage is one record, with the ways to object and to repair.
func (p *Portal) creditRecordPage(w http.ResponseWriter, r *http.Request) error {
	v, err := p.creditRecordView(r)
	return showOr(w, r, err, creditRecordTemplate(v))
}

func (p *Portal) creditRecordView(r *http.Request) (creditRecordView, error) {
	by := frame.Actor(r)
	v := creditRecordView{View: under(r, "信用记录", frame.Link{Text: "我的信用", Href: "/my/credit"})}
	if by.Party == "" {
		return v, credit.None()
	}
	own, err := p.Credit.Own(r.Context(), by)
	if err != nil {
		return v, err
	}
	for _, one := range own.Records {
		if one.ID == r.PathValue("record") {
			v.Row = p.creditRow(one)
		}
	}
	if v.Row.ID == "" {
		return v, credit.None()
	}
	dir, err := p.Agencies.Directory(r.Context())
	if err != nil {
		return v, err
	}
	today, one := calendar.DayOf(p.Now()), v.Row.Record
	v.MayPlead = one.State == credit.Valid && one.Counts(today)
	v.MayMend = v.MayPlead && today >= one.Repair
	v.Facts = []frame.Row{{Key: "事实", Value: one.Say}, {Key: "承诺", Value: one.Promise}, {Key: "办件", Value: one.ItemName + "　" + one.Number}, {Key: "依据", Value: one.Article},
		{Key: "认定单位", Value: dir.Name(one.Agency)}, {Key: "记录日期", Value: one.On.Han()}, {Key: "有效期", Value: "到" + one.Until.Han() + "止"}, {Key: "申请修复", Value: one.Repair.Han() + "起可以申请"}}
	for _, plea := range one.Pleas {
		m := frame.Moment{When: clockTime(plea.At), What: "提出" + plea.Kind.Han(), Note: plea.Text + "（" + plea.Due.Han() + "前答复）"}
		v.Pleas = append(v.Pleas, m)
		if !plea.Answered.IsZero() {
			answer := frame.Moment{When: clockTime(plea.Answered), What: "不同意" + plea.Kind.Han(), Note: plea.Answer, Tone: frame.Red}
			if plea.Granted {
				answer.What, answer.Tone = "同意"+plea.Kind.Han(), frame.Green
			}
			v.Pleas = append(v.Pleas, answer)
		}
	}
	return v, nil
}

// plead objects to a record, or asks that it be repaired.
func (p *Portal) plead(w http.ResponseWriter, r *http.Request) error {
	v, err := p.creditRecordView(r)
	if err != nil {
		return err
	}
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	v.Kind, v.Text = f.OneOf("kind", string(credit.Objection), string(credit.Repairs)), f.Text("text")
	if _, err = p.Credit.Plead(r.Context(), v.Row.ID, credit.PleaKind(v.Kind), v.Text, frame.Actor(r)); err != nil {
		if fault.Of(err) == fault.Internal {
			return err
		}
		v.Err, v.View = err, v.Faulty(err)
		page.ShowFault(w, r, err, creditRecordTemplate(v))
		return nil
	}
	page.SeeOther(w, r, "/my/credit/"+v.Row.ID)
	return nil
}
