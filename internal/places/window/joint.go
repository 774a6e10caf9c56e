package window

import (
	"context"
	"net/http"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/joint"
	"tongban/internal/places/frame"
)

// jointsPage is every matter of several cases (一件事联办).
type jointsPage struct {
	Rows []*joint.Joint
}

func (p *Window) joints(w http.ResponseWriter, r *http.Request) error {
	rows, err := p.Joint.In(r.Context(), frame.Actor(r))
	if err != nil {
		return err
	}
	b := p.bench(r, tasks("/window/joint", nil), nil)
	page.Show(w, r, jointsView(frame.Of(r).Named("一件事联办"), b, jointsPage{rows}))
	return nil
}

// jointPage is one matter at the window of the lead: accept together, ask once
// for all departments, hand over together.
type jointPage struct {
	Joint    *joint.Joint
	Parts    []jointPart
	Receive  bool
	Issue    bool
	Until    string
	Receiver string
	Request  string
	Done     string // what has just been done with them all, in words
	Err      error
}

// jointDone says what was done together.
var jointDone = map[string]string{"accept": "已一并受理，各项的受理通知书在各自的办件里。", "notify": "一次性告知书已经发出，申请人在补正期限以前补上就行。", "deliver": "已一并送达，签收记录在各自的办件里。"}

type jointPart struct {
	joint.Part
	State     string
	Href      string
	Received  bool
	Materials []jointPoint
	More      []jointPoint // conditions and answers of the form
}

// jointPoint is what may be asked for of a part; empty while nothing is wrong with it.
type jointPoint struct {
	Field string // its name on the page
	Hint  string
	cases.Deficiency
}

func (p *Window) jointShow(w http.ResponseWriter, r *http.Request) error {
	v, err := p.jointPage(r)
	if err != nil {
		return err
	}
	v.Done = jointDone[page.Query(r).Text("done")]
	b := p.bench(r, tasks("/window/joint", nil), nil)
	page.Show(w, r, jointView(frame.Of(r).Named(v.Joint.Name+"一件事"), b, v))
	return nil
}

func (p *Window) jointPage(r *http.Request) (jointPage, error) {
	ctx := r.Context()
	j, err := p.Joint.Find(ctx, r.PathValue("number"), frame.Actor(r))
	if err != nil {
		return jointPage{}, err
	}
	all, err := p.Joint.CasesOf(ctx, j)
	if err != nil {
		return jointPage{}, err
	}
	v := jointPage{Joint: j, Request: sqldb.NewID(), Until: (p.today() + 15).String(), Receiver: j.Applicant.Name}
	for _, part := range j.Parts {
		one := jointPart{Part: part, State: part.State.Han()}
		if c := all[part.Item]; c != nil {
			one.State, one.Href, one.Received = c.StateHan(), caseHref(c.ID), c.State == cases.Received
			v.Receive = v.Receive || one.Received
			v.Issue = v.Issue || c.Issuing()
			if one.Received {
				if one.Materials, one.More, err = p.jointPoints(r, c); err != nil {
					return v, err
				}
			}
		}
		v.Parts = append(v.Parts, one)
	}
	return v, nil
}

// jointPoints are what a notice may ask of this applicant for a part: materials, and
// how they were brought, conditions of the guide, and answers of the form.
func (p *Window) jointPoints(r *http.Request, c *cases.Case) (list, more []jointPoint, err error) {
	e, err := p.Items.Edition(r.Context(), c.Item, c.Edition)
	if err != nil {
		return nil, nil, err
	}
	add := func(to *[]jointPoint, id, hint string, d cases.Deficiency) {
		d.Finding = cases.Defective
		*to = append(*to, jointPoint{Field: "say." + string(c.Item) + "." + id, Hint: hint, Deficiency: d})
	}
	for _, m := range e.MaterialsFor(c.Answers) {
		add(&list, m.ID, broughtHow(c, m.ID), cases.Deficiency{Material: m.ID, Name: m.Name})
	}
	for _, k := range e.ConditionsFor(c.Answers) {
		add(&more, "c."+k.ID, "办事指南的条件", cases.Deficiency{Condition: k.ID, Name: k.Text})
	}
	for _, f := range fieldsOf(c, e) {
		add(&more, "f."+f.ID, "申请表", cases.Deficiency{Field: f.ID, Name: f.Label})
	}
	return list, more, nil
}

// broughtHow is how the applicant brought a material.
func broughtHow(c *cases.Case, material string) string {
	h, _ := c.Has(material)
	switch {
	case h.Certificate != "":
		return "电子证照，免提交"
	case len(h.Files) > 0:
		return "已上传"
	case h.Paper:
		return "纸质"
	}
	return "没有交"
}

// jointAct accepts together, asks once for all, or hands over together.
func (p *Window) jointAct(w http.ResponseWriter, r *http.Request) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	v, err := p.jointPage(r)
	if err != nil {
		return err
	}
	if err = p.jointDo(r, f, &v); err == nil {
		page.SeeOther(w, r, "/window/joint/"+v.Joint.Number+"?done="+r.PathValue("act"))
		return nil
	}
	if fault.Of(err) == fault.Internal {
		return err
	}
	v.Err = err
	b := p.bench(r, tasks("/window/joint", nil), nil)
	page.ShowFault(w, r, err, jointView(frame.Of(r).Named(v.Joint.Name+"一件事").Faulty(err), b, v))
	return nil
}

func (p *Window) jointDo(r *http.Request, f *page.Form, v *jointPage) (err error) {
	ctx, by := r.Context(), asking(r, f.Text("request"))
	switch r.PathValue("act") {
	case "accept":
		_, err = p.Joint.Accept(ctx, v.Joint.ID, by)
	case "notify":
		v.Until = f.Text("until")
		list, until := v.missing(f), calendar.Parse(f.Date("until"))
		err = sqldb.Judge(ctx, f.Err(), func(ctx context.Context) error {
			_, err := p.Joint.Notify(ctx, v.Joint.ID, list, until, by)
			return fault.Placed(err, v.firstPoint())
		})
	case "deliver":
		v.Receiver = f.Text("receiver")
		_, err = p.Joint.Deliver(ctx, v.Joint.ID, cases.Delivered{Way: "window", Receiver: v.Receiver, At: p.Now()}, by)
	default:
		err = fault.New(fault.NotFound, "window.joint.act", "没有这种办理，请从页面上的按钮进入")
	}
	return err
}

// firstPoint is the first field in which something can be found wrong.
func (v *jointPage) firstPoint() string {
	for _, part := range v.Parts {
		for _, one := range append(part.Materials, part.More...) {
			return one.Field
		}
	}
	return ""
}

// missing reads what is wrong with what; nothing written is nothing wrong.
func (v *jointPage) missing(f *page.Form) map[items.ID][]cases.Deficiency {
	all := map[items.ID][]cases.Deficiency{}
	for _, part := range v.Parts {
		for _, points := range [][]jointPoint{part.Materials, part.More} {
			for k := range points {
				if points[k].Say = f.Text(points[k].Field); points[k].Say != "" {
					all[part.Item] = append(all[part.Item], points[k].Deficiency)
				}
			}
		}
	}
	return all
}
