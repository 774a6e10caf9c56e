package window

import (
	"net/http"
	"net/url"
	"strconv"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/codes"
	"tongban/internal/civic/parties"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/places/frame"
)

// whoPage asks who stands at the counter.
type whoPage struct {
	Item   string // what they came for, if it is known
	Number string
	Agent  string
	New    parties.Party // as it is being entered; Kind "" unless nobody has the number yet
	Err    error
}

func itoa(n int) string { return strconv.Itoa(n) }

func (p *Window) showWho(w http.ResponseWriter, r *http.Request, v whoPage) error {
	b := p.bench(r, tasks("/window/file", nil), nil, frame.Key{Keys: "↵", Does: "查找"})
	view := whoView(frame.Of(r).Named("窗口收件：谁来办").Faulty(v.Err), b, v)
	if v.Err != nil {
		page.ShowFault(w, r, v.Err, view)
		return nil
	}
	page.Show(w, r, view)
	return nil
}

// identified finds the applicant by the number of their document, or enters one
// who was never here.
func (p *Window) identified(w http.ResponseWriter, r *http.Request) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	v := whoPage{Item: f.Text("item"), Number: f.Text("number"), Agent: f.Text("agent")}
	id, err := p.applicant(r, f, &v)
	if err != nil {
		v.Err = err
		return p.showWho(w, r, v)
	}
	q := url.Values{"party": {id}}
	if v.Item != "" {
		q.Set("item", v.Item)
	}
	if v.Agent != "" {
		q.Set("agent", v.Agent)
	}
	page.SeeOther(w, r, "/window/file?"+q.Encode())
	return nil
}

// applicant is the party with the number of the form.
func (p *Window) applicant(r *http.Request, f *page.Form, v *whoPage) (string, error) {
	d := parties.Recognise(v.Number, p.today())
	if d.Type == "" {
		return "", fault.New(fault.Invalid, "window.who.number", "证件号码有误").
			At("number", "format", "请填写18位公民身份号码，或者18位统一社会信用代码")
	}
	who, err := p.Parties.Find(r.Context(), d, frame.Actor(r))
	if err == nil {
		return who.ID, nil
	}
	if fault.Of(err) != fault.NotFound {
		return "", atNumber(err)
	}
	v.New = parties.Party{Kind: kindFor(d), Name: f.Text("name"), Document: d, Mobile: f.Text("mobile"), Head: parties.Head{Name: f.Text("head")}}
	if v.New.Name == "" {
		return "", fault.New(fault.Invalid, "window.who.new", "没有登记过这个证件").
			At("name", "required", "这个证件第一次来，请对照证件原件填写%s", nameWord(v.New.Kind))
	}
	if v.doubtful() && !f.Has("sure") {
		_, _, doubt := codes.ParseUSCC(d.Number)
		return "", atNumber(doubt)
	}
	return p.Parties.Enter(r.Context(), v.New, frame.Actor(r))
}

// doubtful reports whether who comes for the first time has a credit code that
// fails its check: the clerk must say that the licence bears it.
func (v whoPage) doubtful() bool {
	return seen(v.New.Document) != v.New.Document.Number
}

// seen is the number of a document for the clerk, with the doubt about it.
func seen(d parties.Document) string {
	if d.Type != parties.CreditCode {
		return d.Number
	}
	return codes.Questioned(d.Number)
}

// atNumber puts a fault of the document at its field.
func atNumber(err error) error {
	if len(fault.Fields(err)) > 0 || fault.Of(err) == fault.Internal {
		return err
	}
	return fault.New(fault.Of(err), fault.Code(err), "证件号码有误").At("number", fault.Code(err), "%s", fault.Say(err))
}

func kindFor(d parties.Document) parties.Kind {
	if d.Type == parties.CreditCode {
		return parties.Organisation
	}
	return parties.Person
}

func nameWord(k parties.Kind) string {
	if k == parties.Organisation {
		return "单位名称"
	}
	return "姓名"
}

// pickPage asks what the person at the counter came for.
type pickPage struct {
	With  string // a parcel that is taken in together with what is picked
	Party string
	Who   parties.Party
	Agent string
	Asked string
	Hits  []frame.Hit
}

func (p *Window) showPick(w http.ResponseWriter, r *http.Request, party string) error {
	q := page.Query(r)
	v := pickPage{Party: party, Agent: q.Text("agent"), Asked: q.Text("q")}
	var err error
	v.With = q.Text("with")
	if v.Who, err = p.Parties.View(r.Context(), party, frame.Actor(r)); err == nil && v.Asked != "" {
		find := p.findMatters
		if v.With != "" {
			find = p.findItems // with a parcel goes one item
		}
		v.Hits, err = find(r.Context(), v.Asked, party, frame.Actor(r))
	}
	if err != nil {
		return err
	}
	if v.With != "" {
		for i := range v.Hits {
			v.Hits[i].Href += "&with=" + url.QueryEscape(v.With)
		}
	}
	page.Show(w, r, pickView(frame.Of(r).Named("窗口收件：办什么事"), p.bench(r, whoLeft(v.Who, v.Agent), nil), v))
	return nil
}

// showSituation asks the questions that decide what is needed (情形).
func (p *Window) showSituation(w http.ResponseWriter, r *http.Request, v filing) error {
	b := p.bench(r, filingLeft(v), nil, frame.Key{Keys: "1–9", Does: "选这一题的答案"}, frame.Key{Keys: "J K", Does: "上下题"}, frame.Key{Keys: "Ctrl ↵", Does: "下一步"})
	page.Show(w, r, situationView(frame.Of(r).Named("窗口收件："+v.Edition.Name), b, v))
	return nil
}

// hasDeferrable reports whether any material of the filing may follow.
func hasDeferrable(all []check) bool {
	for _, k := range all {
		if k.Material.MayFollow() {
			return true
		}
	}
	return false
}

// factsOf is the line under the title of a filing.
func factsOf(e *items.Edition) string {
	return casePage{Edition: e}.facts()
}
