package window

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"tongban/internal/ground/sqldb"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
	"tongban/internal/places/frame"
)

// acts are the acts of this place by their name in the address.
var acts = map[string]struct {
	act    cases.Act
	button string
	kind   string
	say    string // what it means, before anybody is bound by it
}{
	"accept":     {cases.Accept, "确认受理并出具文书", "p", "受理后时钟开始走，办件按流程分到审批部门。"},
	"correct":    {cases.AskOnce, "出具一次性补正告知书", "p", "把要补的一次说全：再次告知，只能是因为申请人新交的材料、改过的回答，或者上次告知以后才有的外部情况。"},
	"record":     {cases.FileNow, "当场备案，出具备案回执", "p", "备案只核对材料是否齐全、是否符合法定形式；齐全的当场备案。"},
	"refuse":     {cases.Refuse, "出具不予受理通知书", "d", "只有不属于本机关职权范围等法定情形才能不予受理，理由要让申请人看得懂。"},
	"not-needed": {cases.SayNotNeeded, "告知无需办理", "d", "依法不需要许可或者办理的，即时告知不受理。"},
	"rectify":    {cases.Rectify, "当场更正，重新出具接收凭证", "p", "申请人就在窗口、当场能改的错误，现在就改：不用出具补正告知书，收到申请材料的日期不变。"},
	"corrected":  {cases.Correct, "收到补正材料，重新收件", "p", "全部补齐才能重新收件；补齐之日为收到申请材料之日。申请表填错的可以一起更正。"},
	"cured":      {cases.Cure, "收到容缺材料", "p", "申请人按承诺带来的材料，收到哪份勾哪份。"},
	"pledge":     {cases.TakePledge, "申请人已签名，收下承诺书", "p", "申请人自愿用书面承诺代替证明，或者承诺符合全部条件；不愿承诺的，按一般程序交材料。"},
	"met":        {cases.ShowMet, "收下达到条件的证明", "p", "持证人承诺以后达到条件的，达到后提交证明；审批部门确认以前不得经营。"},
	"postpone":   {cases.Postpone, "延长并告知申请人", "p", "容缺材料的补交期限只能延长一次。"},
	"terminate":  {cases.Terminate, "终止办理", "d", "只有列出的情形才能终止，终止后不能恢复；其他情形由审批部门认定。"},
	"review":     {cases.Review, "签署审查意见", "p", "首席代表在窗口当场审查：审查的人和决定的人仍须分开。"},
	"decide":     {cases.Decide, "签署决定", "p", "首席代表在窗口当场决定：须两人签署的，仍须两人签署，首席代表签其中一个。"},
	"settle":     {cases.Settle, "当场作出决定", "p", "申请人承诺了全部条件，事项规定可以当场决定。"},
	"serve":      {cases.ServePaper, "登记送达并出具送达回证", "p", "告知书、通知书送到申请人手里以后登记；期限从送达次日起算的，以送达日期为准。"},
	"deliver":    {cases.Deliver, "确认送达并出具送达回证", "p", "核对签收人身份后登记。"},
}

// actPage is an act before it is done: what it says, and the papers it brings.
type actPage struct {
	Case       *cases.Case
	Edition    *items.Edition
	Slug       string
	Move       cases.Move
	Intent     cases.Intent
	Conditions []condition
	Fields     []askedField  // of the application form, that may be named in a notice
	Outside    cases.Outside // of a second notice
	Delivered  cases.Delivered
	Serves     cases.PaperRef
	Spot       spot              // what a chief representative signs on the spot
	Grounds    []cases.GroundNow // on which the case may be ended, or not
	Letter     letter
	Confirmed  cases.Confirmed // by the applicant: what is put right on the spot
	Err        error
	Request    string
	Papers     []frame.Leaf
	Stops      []fault.Field // why it cannot be done, where nothing on this page can help
	Brought    []brought
	Came       *cases.Arrival // by post
	Form       *amending      // the application form, with what is brought to correct a case
	Pledge     pledging
	Postponed  cases.Postponement
	Shown      cases.Shown
	Days       clock.Days
	Sign       signBox  // on the second screen
	Dates      []string // names of the fields for the days of Intent.Promises, as the faults name them
}

// condition is a condition of the guide that may be named in a notice.
type condition struct {
	items.Condition
	On  bool
	Say string
}

func (a actPage) button() string {
	if a.Slug == "accept" && len(a.Intent.Promises) > 0 {
		return "申请人已签承诺，容缺受理"
	}
	return acts[a.Slug].button
}

// begin reads the case and which act is meant.
func (p *Window) begin(r *http.Request) (actPage, []check, error) {
	slug := r.PathValue("act")
	known, ok := acts[slug]
	if !ok {
		return actPage{}, nil, fault.New(fault.NotFound, "window.act", "没有这项操作")
	}
	c, e, err := p.open(r)
	if err != nil {
		return actPage{}, nil, err
	}
	a := actPage{Case: c, Edition: e, Slug: slug, Move: cases.MoveOf(known.act), Request: newRequest(), Days: p.Days}
	a.Grounds = c.Grounds(e, frame.Actor(r), p.today())
	for _, k := range e.ConditionsFor(c.Answers) {
		a.Conditions = append(a.Conditions, condition{Condition: k})
	}
	a.Fields = fieldsOf(c, e)
	a.expects()
	if err = p.amends(r, &a); err != nil {
		return actPage{}, nil, err
	}
	if a.Spot, err = spotOf(c, known.act, frame.Actor(r)); err != nil {
		return actPage{}, nil, err
	}
	if a.Slug == "pledge" {
		a.Pledge = offers(c, e)
	}
	if a.signable() {
		if a.Sign, err = p.signBox(r, r.PostFormValue("signing"), a.signTo()); err != nil {
			return a, nil, err
		}
	}
	all, err := p.checks(r.Context(), c, e)
	if err != nil {
		return a, nil, err
	}
	a.Intent = intent(all)
	for _, k := range all {
		if k.Finding == cases.Promised {
			a.Dates = append(a.Dates, fmt.Sprintf("materials[%d]", k.No-1))
		}
	}
	a.Intent.Until = cases.CorrectBy(p.today(), p.Days)
	a.Delivered = cases.Delivered{Way: c.Delivery.Way, Receiver: c.Applicant.Name}
	if a.Delivered.Way == "" {
		a.Delivered.Way = "window"
	}
	return a, all, nil
}

// confirm shows an act before it is done.
func (p *Window) confirm(w http.ResponseWriter, r *http.Request) error {
	a, _, err := p.begin(r)
	if err != nil {
		return err
	}
	return p.showAct(w, r, a)
}

// showAct foresees the act and shows it.
func (p *Window) showAct(w http.ResponseWriter, r *http.Request, a actPage) error {
	if a.Slug == "accept" || a.Slug == "correct" && !a.justOpened(r) {
		ahead, err := p.Cases.Foresee(r.Context(), a.Case.ID, a.Move.Act, a.Intent, frame.Actor(r))
		if err != nil {
			return err
		}
		a.stop(outsideFaults(ahead.Why))
		for _, s := range ahead.Papers {
			a.Papers = append(a.Papers, frame.LeafOf(s, ""))
		}
	}
	queue, err := p.waiting(r)
	if err != nil {
		return err
	}
	v := casePage{Case: a.Case, Edition: a.Edition}
	b := p.bench(r, caseLeft(v, p.deemed(a.Case), queue), actRight(a), frame.Key{Keys: "Esc", Does: "离开输入框"})
	view := actView(frame.Of(r).Named(a.Move.Name+" "+a.Case.ItemName).Faulty(a.Err), b, a)
	if a.Err != nil && r.Method == http.MethodPost {
		page.ShowFault(w, r, a.Err, view)
		return nil
	}
	page.Show(w, r, view)
	return nil
}

// refuseAct shows the act again with what its form could not be read for, together with
// what the rule says of the rest.
func (p *Window) refuseAct(w http.ResponseWriter, r *http.Request, a actPage) error {
	_, err := sqldb.Judged(r.Context(), a.Err, func(ctx context.Context) (*cases.Case, error) { return p.do(ctx, a, asking(r, a.Request)) })
	a.Err = outsideFaults(err)
	return p.showAct(w, r, a)
}

// justOpened reports whether a notice was opened before anything was found
// wanting: the page says what to judge first, which is no refusal.
func (a *actPage) justOpened(r *http.Request) bool {
	return r.Method == http.MethodGet && a.Case.State == cases.Received && len(a.Intent.List) == 0
}

// stop divides the reasons why an act cannot be done into those with a field on
// this page and those for which one must go back to the case.
func (a *actPage) stop(why error) {
	here := fault.New(fault.Of(why), fault.Code(why), "%s", fault.Say(why))
	for _, f := range fault.Fields(why) {
		if a.asks(f.Path) {
			here = here.At(f.Path, f.Code, "%s", f.Say)
		} else {
			a.Stops = append(a.Stops, f)
		}
	}
	switch {
	case a.Err != nil && len(a.Stops) > 0 && fault.Code(a.Err) == fault.Code(why):
		a.Err = here
	case a.Err == nil && why != nil && (len(here.Fields) > 0 || len(a.Stops) == 0):
		a.Err = here
	}
}

// asks reports whether the page has a field of this name.
func (a *actPage) asks(path string) bool {
	return path == "letter" || path == "letter.attorney" || path == "until" || slices.Contains(a.Dates, path) || strings.HasSuffix(path, ".say") || strings.HasPrefix(path, "outside.")
}

// act does what the page said, once.
func (p *Window) act(w http.ResponseWriter, r *http.Request) error {
	f, err := page.ReadUpload(w, r, frame.MostProof)
	if err != nil {
		return err
	}
	a, _, err := p.begin(r)
	if err != nil {
		return err
	}
	a.read(f)
	if a.Slug == "pledge" && !a.Sign.sends() {
		if a.Pledge.Signed, err = p.sign(r, f, a.Pledge.Signer); err != nil {
			a.Err = err
			return p.showAct(w, r, a)
		}
	}
	if a.served() {
		if a.Delivered, a.Err = frame.ReadService(r.Context(), f, p.Files); a.Err != nil {
			return p.refuseAct(w, r, a)
		}
	}
	if a.Move.Act == cases.ShowMet {
		if a.Shown, a.Err = frame.ReadShown(r.Context(), f, p.Files); a.Err != nil {
			return p.showAct(w, r, a)
		}
	}
	if a.Err = f.Err(); a.Err != nil {
		return p.refuseAct(w, r, a)
	}
	a.Err = p.underwriteAct(r, &a)
	if a.Err == nil {
		_, err = p.do(r.Context(), a, asking(r, f.Text("request")))
		a.Err = outsideFaults(err)
	}
	if a.Err != nil {
		return p.showAct(w, r, a)
	}
	page.SeeOther(w, r, caseHref(a.Case.ID)+"?done=1")
	return nil
}

// read takes the words of the act from its form.
func (a *actPage) read(f *page.Form) {
	if given := f.Text("request"); given != "" {
		a.Request = given
	}
	a.Serves, _ = cases.ParseRef(f.Text("paper")) // one that names nothing is refused by the rule
	a.Intent.Reason, a.Intent.Basis = f.Text("reason"), f.Text("basis")
	a.Intent.Ending = frame.ReadEnding(f)
	for i := range a.Intent.Promises {
		a.Intent.Promises[i].By = calendar.Parse(f.Date(a.Dates[i]))
	}
	a.Letter = readLetter(f)
	a.Letter.under(a.Intent.Promises)
	a.Spot.read(f, a.Intent)
	if a.Slug == "correct" {
		a.readNotice(f)
	}
	if a.Slug == "pledge" {
		a.Pledge.read(f)
	}
	if a.Slug == "postpone" {
		a.readPostponement(f)
	}
	for i := range a.Brought {
		a.Brought[i].On = f.Has(a.Brought[i].Name)
	}
	a.Form.read(f)
	a.Confirmed.Self = f.Has("confirmed")
	a.Came = readArrival(f)
	if a.Slug == "cured" && len(a.handed()) == 0 {
		f.Refuse("materials[0]", "required", "请勾选收到的材料")
	}
}

// served reports whether the act notes a service.
func (a *actPage) served() bool { return a.Slug == "deliver" || a.Slug == "serve" }

// enctype is how the form is sent: proof of a service comes as files.
func (a *actPage) enctype() string {
	if a.served() || a.Move.Act == cases.ShowMet {
		return "multipart/form-data"
	}
	return "application/x-www-form-urlencoded"
}

// readNotice takes the list of a notice: the materials that were found wanting,
// in the clerk's words, and conditions of the guide.
func (a *actPage) readNotice(f *page.Form) {
	for i := range a.Intent.List {
		a.Intent.List[i].Say = f.Text(sayName(i))
	}
	a.Intent.Until = calendar.Parse(f.Date("until"))
	for i := range a.Conditions {
		k := &a.Conditions[i]
		if k.On, k.Say = f.Has("c."+k.ID), f.Text("cs."+k.ID); !k.On {
			continue
		}
		if k.Say == "" {
			k.Say = "提交的内容不能说明符合这项条件，请补充说明"
		}
		a.Intent.List = append(a.Intent.List, cases.Deficiency{Condition: k.ID, Name: k.Text, Finding: cases.Defective, Say: k.Say})
	}
	a.readFields(f)
	if a.again() {
		a.readChanges(f)
		a.readOutside(f)
	}
}

// sayName is the field of what a notice says of its entry i, as the faults name it.
func sayName(i int) string { return fmt.Sprintf("items[%d].say", i) }

func (p *Window) do(ctx context.Context, a actPage, by identity.Actor) (*cases.Case, error) {
	id, i := a.Case.ID, a.Intent
	switch a.Move.Act {
	case cases.Accept:
		return p.Cases.Accept(ctx, id, i.Verdicts, i.Promises, by)
	case cases.AskOnce:
		return p.Cases.AskOnce(ctx, id, i.List, i.Until, by)
	case cases.Refuse:
		return p.Cases.Refuse(ctx, id, i.Reason, i.Basis, by)
	case cases.FileNow:
		return p.Cases.FileNow(ctx, id, by)
	case cases.SayNotNeeded:
		return p.Cases.SayNotNeeded(ctx, id, i.Reason, by)
	case cases.Rectify:
		return p.Cases.Rectify(ctx, id, a.rectification(), by)
	case cases.Correct:
		return p.Cases.Correct(ctx, id, cases.Correction{Handed: a.handed(), Answers: a.Form.changes(), Came: a.Came}, by)
	case cases.Cure:
		return p.Cases.Cure(ctx, id, a.handed(), a.Came, by)
	case cases.TakePledge:
		return p.Cases.Pledge(ctx, id, a.Pledge.word(), by)
	case cases.ShowMet:
		return p.Cases.ShowMet(ctx, id, a.Shown, by)
	case cases.Postpone:
		return p.Cases.Postpone(ctx, id, a.Postponed, by)
	case cases.Terminate:
		return p.Cases.Terminate(ctx, id, i.Ending, by)
	case cases.Review:
		return p.Cases.Review(ctx, id, a.Spot.Work.ID, a.Spot.Opinion, i.Reason, by)
	case cases.Decide:
		return p.Cases.Decide(ctx, id, a.Spot.Work.ID, a.Spot.Ruling, by)
	case cases.Settle:
		return p.Cases.Settle(ctx, id, by)
	case cases.ServePaper:
		return p.Cases.ServePaper(ctx, id, a.Serves, a.Delivered, by)
	}
	return p.Cases.Deliver(ctx, id, a.Delivered, by)
}

func materialName(a actPage, id string) string {
	m, _ := a.Edition.Material(id)
	return m.Name
}

// coming are the papers that the act hands over.
func coming(a actPage) []frame.Paper {
	var all []frame.Paper
	for _, l := range a.Papers {
		all = append(all, frame.Paper{Name: l.Title, State: "出具时编号"})
	}
	if len(all) == 0 && a.Move.Paper != "" {
		all = append(all, frame.Paper{Name: cases.PaperTitle(a.Move.Paper), State: "出具时编号"})
	}
	return all
}

// rests says what the act is, and the article on which it rests for an item of the kind.
func (a actPage) rests() string {
	if source := a.Move.Rests(a.Edition); source != "" {
		return acts[a.Slug].say + "　依据" + source
	}
	return acts[a.Slug].say
}
