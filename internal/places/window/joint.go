package window

import (
	"net/http"
	"strings"

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
	Err      error
}

type jointPart struct {
	joint.Part
	State     string
	Href      string
	Received  bool
	Materials []jointMaterial
}

type jointMaterial struct {
	Field, Name, Brought, Say string
}

func (p *Window) jointShow(w http.ResponseWriter, r *http.Request) error {
	v, err := p.jointPage(r)
	if err != nil {
		return err
	}
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
			one.State, one.Href, one.Received = c.State.Han(), caseHref(c.ID), c.State == cases.Received
			v.Receive = v.Receive || one.Received
			v.Issue = v.Issue || c.Issuing()
			if one.Received {
				if one.Materials, err = p.jointMaterials(r, c); err != nil {
					return v, err
				}
			}
		}
		v.Parts = append(v.Parts, one)
	}
	return v, nil
}

// jointMaterials are what a part asks of this applicant, and how it was brought.
func (p *Window) jointMaterials(r *http.Request, c *cases.Case) ([]jointMaterial, error) {
	e, err := p.Items.Edition(r.Context(), c.Item, c.Edition)
	if err != nil {
		return nil, err
	}
	var list []jointMaterial
	for _, m := range e.MaterialsFor(c.Answers) {
		one := jointMaterial{Field: "say." + string(c.Item) + "." + m.ID, Name: m.Name, Brought: "没有交"}
		if h, ok := c.Has(m.ID); ok {
			switch {
			case h.Certificate != "":
				one.Brought = "电子证照，免提交"
			case len(h.Files) > 0:
				one.Brought = "已上传"
			case h.Paper:
				one.Brought = "纸质"
			}
		}
		list = append(list, one)
	}
	return list, nil
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
		page.SeeOther(w, r, "/window/joint/"+v.Joint.Number)
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
		if err = f.Err(); err == nil {
			_, err = p.Joint.Notify(ctx, v.Joint.ID, list, until, by)
		}
	case "deliver":
		v.Receiver = f.Text("receiver")
		_, err = p.Joint.Deliver(ctx, v.Joint.ID, cases.Delivered{Way: "window", Receiver: v.Receiver, At: p.Now()}, by)
	default:
		err = fault.New(fault.NotFound, "window.joint.act", "没有这种办理，请从页面上的按钮进入")
	}
	return err
}

// missing reads what is wrong with which material; nothing written is nothing wrong.
func (v *jointPage) missing(f *page.Form) map[items.ID][]cases.Deficiency {
	all := map[items.ID][]cases.Deficiency{}
	for i, part := range v.Parts {
		for k, m := range part.Materials {
			say := f.Text(m.Field)
			v.Parts[i].Materials[k].Say = say
			if say == "" {
				continue
			}
			id := m.Field[strings.LastIndexByte(m.Field, '.')+1:]
			all[part.Item] = append(all[part.Item], cases.Deficiency{Material: id, Name: m.Name, Finding: cases.Defective, Say: say})
		}
	}
	return all
}
