package window

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/engine/forms"
	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/relay"
	"tongban/internal/places/frame"
)

// casePage is one case on the bench.
type casePage struct {
	Case     *cases.Case
	Edition  *items.Edition
	Answers  forms.Answers
	Tab      string // "" materials, situation, form, delivery, history
	Checks   []check
	Open     int // the row in hand
	Sight    sight
	History  []cases.Event
	Slips    []relay.Slip // on which its originals travelled
	Here     int          // originals that are still at the window
	Done     bool         // an act has just been done
	Err      error
	Reckoned *cases.Reckoned // by the automatic rules; nil: there are none
}

// tabs are the parts of a case, by their name in the address.
var tabs = []struct{ name, text string }{{"situation", "情形"}, {"form", "表单"}, {"", "材料"}, {"delivery", "送达方式"}, {"history", "办理经过"}}

// open reads the case that the address names.
func (p *Window) open(r *http.Request) (*cases.Case, *items.Edition, error) {
	c, err := p.Cases.Case(r.Context(), cases.ID(r.PathValue("id")), frame.Actor(r))
	if err != nil {
		return nil, nil, err
	}
	f, err := p.Cases.Frame(r.Context(), c)
	return c, f.Edition, err
}

// checks are the materials that the applicant's own answers call for.
func (p *Window) checks(ctx context.Context, c *cases.Case, e *items.Edition) (all []check, err error) {
	held, err := p.Cases.HeldFor(ctx, c, e)
	by := cases.CureBy(e, p.today(), p.Days)
	for i, m := range e.MaterialsFor(c.Answers) {
		h, _ := c.Has(m.ID)
		k := check{No: i + 1, Material: m, Handed: h, By: by, Word: c.Stands(m), Base: caseHref(c.ID)}.seen()
		if !judges(c) {
			all = append(all, k.under(c.Promises))
			continue
		}
		if o, ok := c.Offer(m.ID); ok && !k.there() {
			k.Offer = &o
			if k.Finding == "" || k.Finding == cases.Promised {
				k.Finding, k.By = cases.Promised, o.By
			}
		}
		if k.Word && !k.there() {
			k.Finding, k.Typed = cases.OnWord, ""
		}
		all = append(all, k.with(e, held))
	}
	return all, err
}

// show is the case page; ?done=1 after an act.
func (p *Window) show(w http.ResponseWriter, r *http.Request) error {
	c, e, err := p.open(r)
	if err != nil {
		return err
	}
	q := page.Query(r)
	v := casePage{Case: c, Edition: e, Tab: q.OneOf("tab", "situation", "form", "delivery", "history"), Done: q.Has("done")}
	if v.Checks, err = p.checks(r.Context(), c, e); err != nil {
		return err
	}
	v.Open = firstOpen(v.Checks)
	if err := p.fill(r.Context(), r, &v); err != nil {
		return err
	}
	queue, err := p.waiting(r)
	if err != nil {
		return err
	}
	b := p.bench(r, caseLeft(v, p.deemed(c), queue), sightView(v.Sight), rowKeys[:rowKeyCount(v)]...)
	page.Show(w, r, caseView(frame.Of(r).Named(c.ItemName+" "+frame.Tail(c.Number)), b, v))
	return nil
}

func rowKeyCount(v casePage) int {
	if v.Tab == "" && v.Case.State == cases.Received {
		return len(rowKeys)
	}
	return 0
}

// fill adds what the open tab and the right pane show.
func (p *Window) fill(ctx context.Context, r *http.Request, v *casePage) (err error) {
	by := frame.Actor(r)
	if v.Tab == "form" || v.Tab == "situation" {
		if v.Answers, err = p.Cases.Answers(ctx, v.Case, by); err != nil {
			return err
		}
	}
	if v.Tab == "history" {
		if v.History, err = p.Cases.HistoryOf(ctx, v.Case, by); err != nil {
			return err
		}
		slices.Reverse(v.History)
		if v.Slips, err = p.Relay.Of(ctx, v.Case, by); err != nil {
			return err
		}
	}
	if v.Tab == "" {
		here, err := p.Relay.Waiting(ctx, v.Case)
		if err != nil {
			return err
		}
		v.Here = len(here)
		if v.Reckoned, err = p.Cases.Reckoning(ctx, v.Case, by); err != nil {
			return err
		}
	}
	v.Sight, err = p.sightOf(ctx, v.Case, v.Checks, by)
	return err
}

// deemed is the line of the left pane: until when the applicant must be told.
func (p *Window) deemed(c *cases.Case) line {
	return p.line(cases.Row{ID: c.ID, State: c.State, Received: c.Received})
}

// firstOpen is the first row that still needs the clerk, or the first.
func firstOpen(all []check) int {
	for _, k := range all {
		if k.Finding == "" {
			return k.No
		}
	}
	return 1
}

// situationRows are the answers to the questions before the form.
func (v casePage) situation() []frame.Row {
	var rows []frame.Row
	whole := forms.Form{}.With(v.Edition.Questions)
	for _, f := range whole.All() {
		if a := v.Case.Answers[f.ID]; a != "" {
			rows = append(rows, frame.Row{Key: f.Label, Value: f.Show(a)})
		}
	}
	return rows
}

// answered is a question with its answer, in one line.
func answered(r frame.Row) string { return strings.TrimRight(r.Key, "？?") + "：" + r.Value }

// groups are the answers of the form, group by group.
func (v casePage) groups() []group {
	var all []group
	for _, g := range v.Edition.Form.Groups {
		one := group{Title: g.Title}
		for _, f := range g.Fields {
			if a := v.Answers[f.ID]; a != "" {
				one.Rows = append(one.Rows, frame.Row{Key: f.Label, Value: f.Seen(a)})
			}
		}
		if len(one.Rows) > 0 {
			all = append(all, one)
		}
	}
	return all
}

type group struct {
	Title string
	Rows  []frame.Row
}

// facts is the line under the title.
func (v casePage) facts() string {
	e := v.Edition
	say := e.AgencyName + "　" + string(e.Kind)
	if !e.Statutory.None() {
		say += "　法定 " + e.Statutory.String()
	}
	if !e.Promised.None() {
		say += " → 承诺 " + e.Promised.String()
	}
	return say
}

func (v casePage) tabs() []frame.Link {
	var all []frame.Link
	for _, t := range tabs {
		l := frame.Link{Text: t.text, Href: caseHref(v.Case.ID), Here: t.name == v.Tab}
		if t.name != "" {
			l.Href += "?tab=" + t.name
		}
		all = append(all, l)
	}
	return all
}

// judging reports whether the clerk may still judge the materials.
func (v casePage) judging() bool { return v.Case.State == cases.Received }

func (v casePage) materials() []frame.Material {
	if judges(v.Case) {
		return rowsOf(v.Checks, v.Open, v.judging())
	}
	return pastRows(v.Checks)
}

// tally is the last line under them.
func (v casePage) tally() string {
	if judges(v.Case) {
		return tally(v.Checks)
	}
	return tallied(v.Checks)
}

func rowsOf(all []check, open int, judging bool) []frame.Material {
	rows := make([]frame.Material, len(all))
	for i, k := range all {
		rows[i] = k.row(k.No == open && judging)
		if !judging {
			rows[i].Body = nil
		}
	}
	return rows
}

func (v casePage) moments() []frame.Moment {
	var all []frame.Moment
	for _, e := range v.History {
		m := frame.Moment{When: whenHan(e.At), What: cases.MoveOf(e.Act).Name, Who: e.By.Name, Note: e.Reason}
		if e.By.Title != "" {
			m.Who += "（" + e.By.Title + "）"
		}
		if e.By.Under != "" {
			m.Who += "，" + e.By.Under
		}
		if e.Paper != "" {
			m.Links = []frame.Link{{Text: "看文书", Href: paperHref(v.Case.ID, e.Paper, e.Seq)}}
		}
		if e.Confirmed != nil || len(e.Changes) > 0 {
			m.Note = frame.PutRight(e)
		}
		if d := e.Delivered; d != nil {
			m.Note = d.Say()
			for _, f := range d.Proof {
				m.Links = append(m.Links, frame.Link{Text: f.Name, Href: caseHref(v.Case.ID) + "/files/" + f.Hash})
			}
		}
		all = append(all, m)
	}
	return all
}

// who is the applicant as the left pane shows them.
func (v casePage) who(last line) []frame.Row {
	c := v.Case
	rows := []frame.Row{{Key: "收件", Value: c.Received.Han()}}
	if c.Applicant.Agent != "" {
		rows = append(rows, frame.Row{Key: "经办人", Value: c.Applicant.Agent})
	}
	if last.Last != 0 {
		rows = append(rows, frame.Row{Key: "最迟告知", Value: last.Last.Han()})
	}
	return append(rows, frame.Row{Key: "渠道", Value: channels[c.Channel]})
}

// channels are the ways of filing in words.
var channels = map[string]string{"pc": "网上提交", "mobile": "手机提交", "window": "窗口收件", "kiosk": "自助终端", "api": "接口提交", "": "网上提交"}

func (v casePage) delivery() []frame.Row {
	d := v.Case.Delivery
	way := cases.Ways[d.Way]
	if way == "" {
		way = "没有指定，办结后联系申请人"
	}
	rows := []frame.Row{{Key: "送达方式", Value: way}}
	if d.Address != "" {
		rows = append(rows, frame.Row{Key: "邮寄地址", Value: d.Address})
	}
	return rows
}
