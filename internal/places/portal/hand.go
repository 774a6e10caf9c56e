package portal

import (
	"net/http"
	"slices"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
	"tongban/internal/places/frame"
)

type handView struct {
	frame.View
	Bar     frame.StepBar
	Case    *cases.Case
	Title   string
	Until   calendar.Day
	Wants   []want
	Pledge  string // where one may pledge instead; "" nowhere
	Request string
	Form    formView // the application form, of which answers may be put right
	Err     error
}

// A want is one thing that is still to be handed in, and why.
type want struct {
	Material string // "" for something that is no paper
	Field    string // of the application form; "" for something else
	Name     string
	Say      string
	Must     bool
	Pledged  bool // one's word stands for it
	Held     []heldFile
	sent     []cases.File // with the form that is being read
}

// wants lists only what is faulty or was promised (补正、容缺补交).
func wants(c *cases.Case) (list []want, until calendar.Day) {
	if n := len(c.Notices); c.State == cases.Correcting && n > 0 {
		return noticed(c.Notices[n-1]), c.Notices[n-1].Until
	}
	for _, promise := range c.Promises {
		if c.State == cases.Accepted && !promise.Kept {
			list = append(list, want{Material: promise.Material, Name: promise.Name, Say: "您承诺" + promise.By.Han() + "前补交"})
			if until == 0 || promise.By < until {
				until = promise.By
			}
		}
	}
	return list, until
}

// noticed is what a notice asks for.
func noticed(n cases.Notice) (list []want) {
	for _, d := range n.Items {
		list = append(list, want{Material: d.Material, Field: d.Field, Name: d.Name, Say: d.Say, Must: true})
	}
	return list
}

// handPage is the one page on which everything that was asked for is handed in.
func (p *Portal) handPage(w http.ResponseWriter, r *http.Request) error {
	v, err := p.handView(r)
	return showOr(w, r, err, handTemplate(v))
}

func (p *Portal) handView(r *http.Request) (handView, error) {
	c, err := p.mine(r)
	if err != nil {
		return handView{}, err
	}
	v := handView{Case: c, Title: "补交承诺的材料", Request: sqldb.NewID(), Bar: frame.StepBar{Name: c.ItemName, Back: "/my/cases/" + c.Number, Next: "提交"}}
	if v.Wants, v.Until = wants(c); len(v.Wants) == 0 {
		return v, fault.New(fault.Conflict, "portal.hand.none", "这个办件现在没有要补交的材料，请到办件页面查看进度")
	}
	if c.State == cases.Correcting {
		v.Title = "补正材料"
		if err := p.pledgedWants(r, &v); err != nil {
			return v, err
		}
		if v.Form, err = p.formView(r, c, ""); err != nil {
			return v, err
		}
	}
	v.View = frame.Of(r).Named(v.Title)
	return v, nil
}

// pledgedWants leaves free what one's word stands for, and shows where to give it.
func (p *Portal) pledgedWants(r *http.Request, v *handView) error {
	f, err := p.Cases.Frame(r.Context(), v.Case)
	if err != nil {
		return err
	}
	for i := range v.Wants {
		if m, ok := f.Edition.Material(v.Wants[i].Material); ok && v.Case.Stands(m) {
			v.Wants[i].Must, v.Wants[i].Pledged, v.Wants[i].Say = false, true, "已用书面承诺代替，可以不交"
		}
	}
	if mayPledgeOn(v.Case, f.Edition) {
		v.Pledge = "/my/cases/" + v.Case.Number + "/pledge"
	}
	return nil
}

// hand takes in what was asked for.
func (p *Portal) hand(w http.ResponseWriter, r *http.Request) error {
	v, err := p.handView(r)
	if fault.Code(err) == "portal.hand.none" {
		return p.handedBefore(w, r, v, err)
	}
	if err != nil {
		return err
	}
	f, err := page.ReadUpload(w, r, maxUpload)
	if err != nil {
		return p.refuseHand(w, r, v, err)
	}
	frozen, err := p.Cases.Frame(r.Context(), v.Case)
	if err != nil {
		return err
	}
	x, err := p.correction(r, f, f, v.Wants, &v.Form, frozen.Edition)
	if err == nil {
		err = p.handIn(r, v, x, f.Text("request"))
	}
	if err != nil {
		return p.refuseHand(w, r, v, err)
	}
	page.SeeOther(w, r, "/my/cases/"+v.Case.Number)
	return nil
}

// handedBefore leads a form that was sent twice to where the first one led.
func (p *Portal) handedBefore(w http.ResponseWriter, r *http.Request, v handView, none error) error {
	f, err := page.ReadUpload(w, r, maxUpload)
	if err != nil {
		return err
	}
	if _, before := p.Cases.Carried(r.Context(), frame.Asking(r, f.Text("request"))); !before {
		return none
	}
	page.SeeOther(w, r, "/my/cases/"+v.Case.Number)
	return nil
}

func (p *Portal) handIn(r *http.Request, v handView, x cases.Correction, request string) (err error) {
	by := frame.Asking(r, request)
	if v.Case.State == cases.Correcting {
		_, err = p.Cases.Correct(r.Context(), v.Case.ID, x, by)
		return err
	}
	_, err = p.Cases.Cure(r.Context(), v.Case.ID, x.Handed, nil, by)
	return err
}

// correction reads what is handed in for a list, from own, and what is put right of
// a form, from whole.
func (p *Portal) correction(r *http.Request, own, whole *page.Form, list []want, form *formView, e *items.Edition) (x cases.Correction, err error) {
	x.Handed, err = p.handed(r, own, list, e)
	answers, wrong := p.changes(r, whole, form)
	x.Answers = answers
	return x, fault.Together(err, wrong)
}

// handed keeps the files of each material asked for.
func (p *Portal) handed(r *http.Request, f *page.Form, list []want, e *items.Edition) ([]cases.Handed, error) {
	var all []cases.Handed
	bad := fault.New(fault.Invalid, "portal.hand.files", "还有材料需要修改")
	for i, wanted := range list {
		var h = cases.Handed{Material: wanted.Material, Name: wanted.Name}
		m, _ := e.Material(wanted.Material)
		files, err := p.sentFiles(r, f, materialPath(wanted.Material), m.Limit())
		if err != nil && fault.Of(err) == fault.Internal {
			return nil, err
		}
		if err != nil {
			bad = bad.At(materialPath(wanted.Material), fault.Code(err), "%s", fault.Say(err))
		}
		h.Files, list[i].sent = files, files
		if len(h.Files) > 0 {
			all = append(all, h)
		} else if wanted.Must && wanted.Material != "" && !slices.ContainsFunc(bad.Fields, func(f fault.Field) bool { return f.Path == materialPath(wanted.Material) }) {
			bad = bad.At(materialPath(wanted.Material), "missing", "请上传“%s”", wanted.Name)
		}
	}
	if len(bad.Fields) == 0 && len(all) == 0 && !slices.ContainsFunc(list, func(w want) bool { return w.Material == "" || w.Pledged }) {
		bad = bad.At(materialPath(list[0].Material), "missing", "请至少上传一项")
	}
	if len(bad.Fields) > 0 {
		return nil, bad
	}
	return all, nil
}

func (p *Portal) refuseHand(w http.ResponseWriter, r *http.Request, v handView, err error) error {
	if held := p.hold(r, v.Wants); held != nil {
		return held
	}
	err = ofAnswers(err, "", "")
	v.Err, v.Form.ask.Err, v.View = err, err, v.Faulty(err)
	page.ShowFault(w, r, err, handTemplate(v))
	return nil
}

type withdrawView struct {
	frame.View
	Case    *cases.Case
	Reason  string
	Request string
	Err     error
}

func (p *Portal) withdrawPage(w http.ResponseWriter, r *http.Request) error {
	c, err := p.mine(r)
	return showOr(w, r, err, withdrawTemplate(withdrawView{View: under(r, "撤回申请"), Case: c, Request: sqldb.NewID()}))
}

// withdraw takes the application back.
func (p *Portal) withdraw(w http.ResponseWriter, r *http.Request) error {
	c, err := p.mine(r)
	if err != nil {
		return err
	}
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	reason := f.Text("reason")
	if len([]rune(reason)) > 200 {
		f.Refuse("reason", "length", "原因最多 200 个字，请缩短")
	}
	if err = f.Err(); err == nil {
		_, err = p.Cases.Withdraw(r.Context(), c.ID, reason, frame.Asking(r, f.Text("request")))
	}
	if err != nil {
		v := withdrawView{under(r, "撤回申请").Faulty(err), c, reason, sqldb.NewID(), err}
		page.ShowFault(w, r, err, withdrawTemplate(v))
		return nil
	}
	page.SeeOther(w, r, "/my/cases/"+c.Number)
	return nil
}
