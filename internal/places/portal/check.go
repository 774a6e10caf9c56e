package portal

import (
	"net/http"
	"slices"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/engine/forms"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/joint"
	"tongban/internal/places/frame"
)

type checkView struct {
	frame.View
	Bar    frame.StepBar
	When   string
	Groups []summary
	Signer string     // who may sign the form that the program writes; "" there is none
	Given  *page.Form // what was sent before something was refused
	Err    error
}

type summary struct {
	Title, Href string
	Rows        []frame.Row
}

// checkPage shows everything once more before it is sent.
func (p *Portal) checkPage(w http.ResponseWriter, r *http.Request, a *application) error {
	page.Show(w, r, checkTemplate(p.checkView(r, a, a.wrong())))
	return nil
}

// wrong says what still stands in the way of sending the application.
func (a *application) wrong() error {
	bad := fault.New(fault.Invalid, "portal.check", "还有内容需要修改")
	bad = bad.With("answers.", forms.Check(a.Whole, a.Answers, a.Today))
	for _, m := range a.lacking() {
		bad = bad.At(materialPath(m.ID), "missing", "请上传“%s”", m.Name)
	}
	if a.Delivery.Way == "" {
		bad = bad.At("delivery", "required", "请选择结果怎么给您")
	}
	if len(bad.Fields) == 0 {
		return nil
	}
	return bad
}

func (p *Portal) checkView(r *http.Request, a *application, err error) checkView {
	v := checkView{View: frame.Of(r).Named("提交前再看一遍"), Bar: a.bar(a.at("check")), Given: &page.Form{}, Err: err}
	v.Bar.Grey, v.Bar.Next, v.Bar.Note = true, "确认并提交", "决定作出以前都可以撤回"
	v.View = v.Faulty(err)
	v.When = a.promisedTime()
	if joint.Is(a.Item) || slices.ContainsFunc(a.Edition.MaterialsFor(a.Answers), written) {
		v.Signer = a.signer()
	}
	wrong := map[string]bool{}
	for _, f := range fault.Fields(err) {
		wrong[f.Path] = true
	}
	v.Groups = append(v.Groups, summary{Title: "申请人", Rows: a.who()})
	if a.To.Away() {
		v.Groups = append(v.Groups, summary{"由谁办理", "/apply/" + string(a.Item), []frame.Row{{Key: "办理地", Value: a.To.Name + "（外地，全程网办）"}, {Key: "转送", Value: "本平台，提交后马上转送"}}})
	}
	for _, g := range a.Whole.Visible(a.Answers, a.Today).Groups {
		v.Groups = append(v.Groups, p.answered(a, g, wrong))
	}
	if len(a.Edition.MaterialsFor(a.Answers)) > 0 {
		v.Groups = append(v.Groups, a.broughtRows(wrong))
	}
	if !a.Word.None() {
		v.Groups = append(v.Groups, summary{Title: "书面承诺", Href: a.at("pledge"), Rows: a.wordRows()})
	}
	v.Groups = append(v.Groups, a.collected(wrong))
	return v
}

// promisedTime says when the window answers, and how long it takes from there.
func (a *application) promisedTime() string {
	when, limit := "窗口收到后 5 个工作日内告诉您是否受理", a.Edition.Binding()
	switch {
	case a.To.Away():
		return a.To.Name + "收到后 5 个工作日内告诉您是否受理，办理期限以那里的为准"
	case limit.None():
		return when
	case limit.Immediate():
		return "符合条件的，窗口核对后当场办结"
	}
	return when + "，受理后" + takes(a.Edition)
}

// collected is how the result is to come to the applicant.
func (a *application) collected(wrong map[string]bool) summary {
	rows := []frame.Row{{Key: "方式", Value: orElse(cases.Ways[a.Delivery.Way], "还没选择"), Bad: wrong["delivery"], Id: frame.FieldID("delivery")}}
	if a.Delivery.Address != "" {
		rows = append(rows, frame.Row{Key: "收件地址", Value: a.Delivery.Address})
	}
	return summary{"领取结果", a.at("delivery") + "?back=check", rows}
}

// signer is the person who signs: who acts for the applicant, or the applicant.
func (a *application) signer() string { return orElse(a.Applicant.Agent, a.Applicant.Name) }

func (a *application) who() []frame.Row {
	rows := []frame.Row{{Key: "申请人", Value: a.Applicant.Name}}
	if a.Applicant.Agent != "" {
		rows = append(rows, frame.Row{Key: "经办人", Value: a.Applicant.Agent})
	}
	return rows
}

func (p *Portal) answered(a *application, g forms.Group, wrong map[string]bool) summary {
	s := summary{Title: g.Title}
	for _, f := range g.Fields {
		screen, _ := a.screen(f.ID)
		href := a.ask(screen.ID) + "?back=check"
		if s.Href == "" {
			s.Href = href
		}
		value, path := p.show(f, a.Answers[f.ID]), "answers."+f.ID
		if value == "" {
			value = "没有填写"
		}
		row := frame.Row{Key: f.Label, Value: value, Bad: wrong[path], Id: frame.FieldID(path)}
		if screen.ID != g.Fields[0].ID {
			row.Href = href
		}
		s.Rows = append(s.Rows, row)
	}
	return s
}

// show is an answer in words; places by their whole name, files by their number.
func (p *Portal) show(f forms.Field, v string) string {
	switch {
	case v == "":
		return ""
	case f.Kind == forms.Region:
		return orElse(p.Regions.Path(v), v)
	case f.Kind == forms.File:
		return itoa(strings.Count(v, "\n")+1) + " 个文件"
	}
	return f.Seen(v)
}

// wordRows are what is pledged, and who signed.
func (a *application) wordRows() []frame.Row {
	var rows []frame.Row
	if a.Word.Licence {
		rows = append(rows, frame.Row{Key: "承诺", Value: "符合全部条件"})
	}
	for _, m := range a.Edition.MaterialsFor(a.Answers) {
		if a.Word.Stands(m) {
			rows = append(rows, frame.Row{Key: "代替", Value: m.Name})
		}
	}
	return append(rows, frame.Row{Key: "签名", Value: a.Word.Signed.Name})
}

func (a *application) broughtRows(wrong map[string]bool) summary {
	s := summary{Title: "材料", Href: a.at("materials") + "?back=check"}
	for _, m := range a.Edition.MaterialsFor(a.Answers) {
		path := materialPath(m.ID)
		s.Rows = append(s.Rows, frame.Row{Key: m.Name, Value: a.task(m).State, Bad: wrong[path], Id: frame.FieldID(path)})
	}
	return s
}

// submit files the application.
func (p *Portal) submit(w http.ResponseWriter, r *http.Request) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	id := r.PathValue("draft")
	a, err := p.application(r)
	if fault.Of(err) == fault.NotFound { // pressed twice: the first press has filed it
		return p.filed(w, r, id)
	}
	if err != nil {
		return err
	}
	if a.Draft.Edition != a.Edition.Number {
		page.SeeOther(w, r, a.at("changed"))
		return nil
	}
	if err = p.complete(r, f, a); err == nil {
		if !a.To.Away() && !joint.Is(a.Item) {
			return p.filed(w, r, id)
		}
		var to string
		if to, err = p.dispatch(r, a); err == nil {
			page.SeeOther(w, r, to)
			return nil
		}
	}
	v := p.checkView(r, a, err)
	v.Given = f
	page.ShowFault(w, r, err, checkTemplate(v))
	return nil
}

// complete puts the signature and the written materials to an application with
// which nothing is wrong.
func (p *Portal) complete(r *http.Request, f *page.Form, a *application) error {
	if err := a.wrong(); err != nil {
		return err
	}
	if !f.Has("agree") {
		return fault.New(fault.Invalid, "portal.check.agree", "请确认承诺").At("agree", "required", "请勾选承诺后再提交")
	}
	if frame.HasInk(f, "sign") {
		s, err := frame.ReadInk(r.Context(), f, "sign", a.signer(), p.Files)
		if err != nil {
			return err
		}
		a.Signed = &s
	}
	return p.handOver(r, a)
}

// dispatch sends a complete application to another place, or to several
// departments as one matter, and returns the page of what came of it.
func (p *Portal) dispatch(r *http.Request, a *application) (address string, err error) {
	if a.To.Away() {
		sent, err := p.sendAway(r, a.ID)
		if err != nil {
			return "", err
		}
		return parcelHref(sent), nil
	}
	j, err := p.Joint.SubmitDraft(r.Context(), a.ID, frame.Actor(r))
	if err != nil {
		return "", err
	}
	return "/my/joint/" + j.Number, nil
}

// stillAsked leaves out what an answer given later made needless.
func (a *application) stillAsked(materials []string) []string {
	asked := a.Edition.MaterialsFor(a.Answers)
	return slices.DeleteFunc(slices.Clone(materials), func(id string) bool {
		return !slices.ContainsFunc(asked, func(m items.Material) bool { return m.ID == id })
	})
}

// handOver puts all that is handed in with the application into the draft.
func (p *Portal) handOver(r *http.Request, a *application) error {
	handed, err := p.write(r, a, a.handed())
	if err != nil {
		return err
	}
	_, err = p.Cases.Saved(r.Context(), a.ID, a.By, func(d *cases.Draft) error {
		if d.Version != a.Version {
			return fault.New(fault.Invalid, "portal.check.changed", "这份申请刚刚在另一个页面改过，请再核对一遍后提交")
		}
		d.Materials, d.Signed = handed, a.Signed
		d.Word.Materials = a.stillAsked(d.Word.Materials)
		d.Promises = a.stillLater(d.Promises)
		return nil
	})
	return err
}

// filed leads to what a draft has become, and makes it a case if it has not
// become anything yet.
func (p *Portal) filed(w http.ResponseWriter, r *http.Request, draft string) error {
	j, err := p.Joint.Store.ByDraft(r.Context(), draft)
	if err == nil && j.Own(frame.Actor(r)) {
		page.SeeOther(w, r, "/my/joint/"+j.Number)
		return nil
	}
	if fault.Of(err) == fault.Internal {
		return err
	}
	sent, err := p.Elsewhere.OfDraft(r.Context(), draft, frame.Actor(r))
	if err == nil {
		page.SeeOther(w, r, parcelHref(sent))
		return nil
	}
	if fault.Of(err) == fault.Internal {
		return err
	}
	c, err := p.Cases.SubmitDraft(r.Context(), draft, frame.Actor(r))
	if err != nil {
		return err
	}
	page.SeeOther(w, r, "/my/cases/"+c.Number+"/receipt")
	return nil
}
