package portal

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/engine/forms"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/joint"
	"tongban/internal/oversight/rating"
	"tongban/internal/places/frame"
	"tongban/internal/register/licences"
)

// offered is what may be applied for under a name today: an item, or a theme as
// one, for someone who has given these answers so far.
func (p *Portal) offered(ctx context.Context, item items.ID, answers forms.Answers) (*items.Edition, error) {
	if joint.Is(item) {
		return p.Joint.Offer(ctx, item, answers)
	}
	return p.Items.Open(ctx, item, calendar.DayOf(p.Now()))
}

// jointView is one matter: one bar of all its parts, and what each waits for.
type jointView struct {
	frame.View
	Joint    *joint.Joint
	Say      string
	Parts    []frame.Part
	Rows     []jointRow
	Due      []todo
	Notice   *joint.Notice
	Withdraw bool
	Rate     string
	Licence  *licences.Licence // of an industry: what has been granted, on one paper
	History  []frame.Moment
	Request  string
	Err      error
}

type jointRow struct {
	joint.Part
	Tone      frame.Tone
	Now       string
	Foreseen  string
	MayCancel bool
}

// matter is the joint case of the address, for its applicant.
func (p *Portal) matter(r *http.Request) (*joint.Joint, map[items.ID]*cases.Case, error) {
	by := frame.Actor(r)
	j, err := p.Joint.Find(r.Context(), r.PathValue("number"), by)
	if err != nil {
		return nil, nil, err
	}
	if !j.Own(by) {
		return nil, nil, joint.None()
	}
	all, err := p.Joint.CasesOf(r.Context(), j)
	return j, all, err
}

// jointPage shows where every part stands.
func (p *Portal) jointPage(w http.ResponseWriter, r *http.Request) error {
	v, err := p.jointView(r)
	return showOr(w, r, err, jointTemplate(v))
}

func (p *Portal) jointView(r *http.Request) (jointView, error) {
	j, all, err := p.matter(r)
	if err != nil {
		return jointView{}, err
	}
	v := jointView{View: under(r, j.Name+"一件事"), Joint: j, Withdraw: j.Open(), Request: sqldb.NewID()}
	for _, part := range j.Parts {
		row := jointRow{Part: part, MayCancel: part.State.Open()}
		row.Tone, row.Now = partStanding(part, all[part.Item])
		if c := all[part.Item]; c != nil && c.Clock().Started != 0 && c.State.Open() {
			row.Foreseen = c.DueDay(p.Days).Han() + "前"
		} else if part.State == joint.Waiting || part.State == joint.Filed {
			row.Foreseen = "预计" + part.Due.Han() + "前"
		}
		href := ""
		if part.Number != "" {
			href = "/my/cases/" + part.Number
		}
		v.Parts = append(v.Parts, frame.Part{Name: part.Title, Tone: row.Tone, State: row.Now, Href: href})
		v.Rows = append(v.Rows, row)
		if part.State == joint.Lacking {
			v.Due = append(v.Due, todo{part.Title + "：请补充 " + itoa(len(part.Lacks)) + " 项", "前一项已经办好，补上这几项就接着办", "去补充", "/my/joint/" + j.Number + "/supply/" + string(part.Item)})
		}
	}
	if n := correcting(all); n > 0 {
		v.Due = append(v.Due, todo{"请补 " + itoa(n) + " 项的材料", "各部门要补的都在一页上，一次补齐", "去补正", "/my/joint/" + j.Number + "/correct"})
	}
	if n := len(j.Notices); n > 0 {
		v.Notice = &j.Notices[n-1]
	}
	v.Say = jointSay(j)
	if v.Licence, err = p.Licences.Begun(r.Context(), string(j.ID)); err != nil {
		return v, err
	}
	if _, ok := j.Rated(); ok && !j.Open() {
		v.Rate = "/my/joint/" + j.Number + "/rate"
	}
	return v, nil
}

func correcting(all map[items.ID]*cases.Case) int {
	n := 0
	for _, c := range all {
		if c.State == cases.Correcting {
			n++
		}
	}
	return n
}

func jointSay(j *joint.Joint) string {
	if !j.Open() {
		return "全部办结：办好 " + itoa(j.Count(joint.Done)) + " 项，共 " + itoa(len(j.Parts)) + " 项。"
	}
	say := "共 " + itoa(len(j.Parts)) + " 项，办好 " + itoa(j.Count(joint.Done)) + " 项"
	if j.Until != 0 {
		say += "；承诺" + j.Promised.String() + "，" + j.Until.Han() + "前全部办好"
	}
	return say + "。"
}

// partStanding is where a part stands, as its applicant reads it.
func partStanding(p joint.Part, c *cases.Case) (frame.Tone, string) {
	switch p.State {
	case joint.Waiting:
		return frame.Plain, "等前一项办好"
	case joint.Lacking:
		return frame.Amber, "等您补充"
	case joint.Stopped:
		return frame.Red, "没有开始"
	case joint.Withdrawn:
		return frame.Plain, "已撤回"
	case joint.Failed:
		return frame.Red, "没有办成"
	}
	if c == nil {
		return frame.Blue, p.State.Han()
	}
	return standing(c.State)
}

// jointWithdraw takes back one part, or all of it.
func (p *Portal) jointWithdraw(w http.ResponseWriter, r *http.Request) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	v, err := p.jointView(r)
	if err != nil {
		return err
	}
	if _, err = p.Joint.Withdraw(r.Context(), v.Joint.ID, items.ID(f.Text("item")), f.Text("reason"), frame.Asking(r, f.Text("request"))); err == nil {
		page.SeeOther(w, r, "/my/joint/"+v.Joint.Number)
		return nil
	}
	if fault.Of(err) == fault.Internal {
		return err
	}
	v.Err, v.View = err, v.Refused(1)
	page.ShowFault(w, r, err, jointTemplate(v))
	return nil
}

// correctView is one page for all that several departments want put right.
type correctView struct {
	frame.View
	Bar     frame.StepBar
	Parts   []correctPart
	Request string
	Err     error
}

type correctPart struct {
	Title, Number string
	Until         calendar.Day
	Wants         []want
	c             *cases.Case
}

func (p *Portal) jointCorrectPage(w http.ResponseWriter, r *http.Request) error {
	v, err := p.correctView(r)
	return showOr(w, r, err, jointCorrectTemplate(v))
}

func (p *Portal) correctView(r *http.Request) (correctView, error) {
	j, all, err := p.matter(r)
	if err != nil {
		return correctView{}, err
	}
	v := correctView{View: frame.Of(r).Named("补正材料"), Bar: frame.StepBar{Name: j.Name, Back: "/my/joint/" + j.Number, Next: "一次提交"}, Request: sqldb.NewID()}
	for _, part := range j.Parts {
		c := all[part.Item]
		if c == nil || c.State != cases.Correcting {
			continue
		}
		one := correctPart{Title: part.Title, Number: part.Number, c: c}
		one.Wants, one.Until = wants(c)
		v.Parts = append(v.Parts, one)
	}
	if len(v.Parts) == 0 {
		return v, fault.New(fault.Conflict, "portal.hand.none", "现在没有要补交的材料，请到进度页面查看")
	}
	return v, nil
}

// jointCorrect hands in, for every part, what was asked for.
func (p *Portal) jointCorrect(w http.ResponseWriter, r *http.Request) error {
	v, err := p.correctView(r)
	if fault.Code(err) == "portal.hand.none" {
		page.SeeOther(w, r, "/my/joint/"+r.PathValue("number"))
		return nil
	}
	if err != nil {
		return err
	}
	f, err := page.ReadUpload(w, r, maxUpload)
	if err == nil {
		err = p.correctAll(r, f, v)
	}
	if err == nil {
		page.SeeOther(w, r, "/my/joint/"+r.PathValue("number"))
		return nil
	}
	if fault.Of(err) == fault.Internal {
		return err
	}
	v.Err, v.View = err, v.Refused(max(1, len(fault.Fields(err))))
	page.ShowFault(w, r, err, jointCorrectTemplate(v))
	return nil
}

func (p *Portal) correctAll(r *http.Request, f *page.Form, v correctView) error {
	handed := make([][]cases.Handed, len(v.Parts))
	bad := fault.New(fault.Invalid, "portal.hand.files", "还有材料需要修改")
	for i, part := range v.Parts {
		e, err := p.Items.Edition(r.Context(), part.c.Item, part.c.Edition)
		if err != nil {
			return err
		}
		for _, wanted := range part.Wants {
			m, _ := e.Material(wanted.Material)
			files, err := p.sentFiles(r, f, correctName(part, wanted), limitOf(m))
			if err != nil && fault.Of(err) == fault.Internal {
				return err
			}
			switch {
			case err != nil:
				bad = bad.At(correctName(part, wanted), fault.Code(err), "%s", fault.Say(err))
			case len(files) > 0:
				handed[i] = append(handed[i], cases.Handed{Material: wanted.Material, Name: wanted.Name, Files: files})
			case wanted.Must && wanted.Material != "":
				bad = bad.At(correctName(part, wanted), "missing", "请上传“%s”（%s）", wanted.Name, part.Title)
			}
		}
	}
	if len(bad.Fields) > 0 {
		return bad
	}
	for i, part := range v.Parts {
		if _, err := p.Cases.Correct(r.Context(), part.c.ID, handed[i], frame.Asking(r, f.Text("request")+part.Number)); err != nil {
			return err
		}
	}
	return nil
}

func correctName(part correctPart, wanted want) string {
	return "part." + part.Number + "." + wanted.Material
}

// supplyView asks what a part lacks before it can start.
type supplyView struct {
	askView
	Part   joint.Part
	Papers []want
}

func (p *Portal) supplyPage(w http.ResponseWriter, r *http.Request) error {
	v, _, err := p.supplyView(r)
	return showOr(w, r, err, supplyTemplate(v))
}

func (p *Portal) supplyView(r *http.Request) (supplyView, *joint.Joint, error) {
	j, _, err := p.matter(r)
	if err != nil {
		return supplyView{}, nil, err
	}
	part, ok := j.Part(items.ID(r.PathValue("item")))
	if !ok || part.State != joint.Lacking {
		return supplyView{}, j, fault.New(fault.Conflict, "portal.supply.none", "这一项现在不用补充，请到进度页面查看")
	}
	e, err := p.Items.Current(r.Context(), part.Item)
	if err != nil {
		return supplyView{}, j, err
	}
	v := supplyView{Part: *part}
	v.View = frame.Of(r).Named(part.Title + "：补充信息")
	v.Bar = frame.StepBar{Name: j.Name, Back: "/my/joint/" + j.Number, Next: "提交"}
	v.Regions = map[string][]frame.Level{}
	for _, lack := range part.Lacks {
		switch id, paper, field := lackOf(lack.Path); {
		case field && e.Form.With(e.Questions).Field(id) != nil:
			f := *e.Form.With(e.Questions).Field(id)
			f.When = ""
			v.Screen.Fields = append(v.Screen.Fields, f)
			if f.Kind == forms.Region {
				v.Regions[f.ID] = p.levels("", &application{Today: calendar.DayOf(p.Now())})
			}
		case paper:
			m, _ := e.Material(id)
			v.Papers = append(v.Papers, want{Material: id, Name: m.Name, Say: lack.Say, Must: true})
		}
	}
	return v, j, nil
}

// lackOf reads where a case says something is missing: answers.姓名, materials.m2.
func lackOf(path string) (id string, paper, field bool) {
	if id, ok := strings.CutPrefix(path, "answers."); ok {
		return id, false, true
	}
	id, ok := strings.CutPrefix(path, "materials.")
	return id, ok, false
}

func (p *Portal) supply(w http.ResponseWriter, r *http.Request) error {
	v, j, err := p.supplyView(r)
	if fault.Code(err) == "portal.supply.none" {
		page.SeeOther(w, r, "/my/joint/"+j.Number)
		return nil
	}
	if err != nil {
		return err
	}
	f, err := page.ReadUpload(w, r, maxUpload)
	if err != nil {
		return err
	}
	given := forms.Answers{}
	for _, field := range v.Screen.Fields {
		if err := p.read(r, f, field, given); err != nil {
			return err
		}
	}
	given = forms.Normalize(forms.Form{Groups: []forms.Group{{ID: "g", Title: "g", Fields: v.Screen.Fields}}}, given)
	var handed []cases.Handed
	for _, wanted := range v.Papers {
		files, err := p.sentFiles(r, f, materialPath(wanted.Material), limitOf(items.Material{}))
		if err != nil {
			return err
		}
		if len(files) > 0 {
			handed = append(handed, cases.Handed{Material: wanted.Material, Name: wanted.Name, Files: files})
		}
	}
	if _, err = p.Joint.Supply(r.Context(), j.ID, v.Part.Item, given, handed, frame.Actor(r)); err == nil {
		page.SeeOther(w, r, "/my/joint/"+j.Number)
		return nil
	}
	if fault.Of(err) == fault.Internal {
		return err
	}
	bad := fault.New(fault.Invalid, "portal.supply", "还有需要修改的地方")
	for _, at := range fault.Fields(err) {
		id, paper, _ := lackOf(at.Path)
		if paper {
			id = materialPath(id)
		}
		bad = bad.At(id, at.Code, "%s", at.Say)
	}
	v.Err, v.Answers, v.View = bad, given, v.Refused(max(1, len(bad.Fields)))
	page.ShowFault(w, r, bad, supplyTemplate(v))
	return nil
}

// jointRateView asks once how the whole went; each part may be rated besides.
type jointRateView struct {
	frame.View
	Joint *joint.Joint
	Given string
	Parts []frame.Link
	Err   error
}

func (p *Portal) jointRatePage(w http.ResponseWriter, r *http.Request) error {
	v, _, err := p.jointRateView(r)
	return showOr(w, r, err, jointRateTemplate(v))
}

func (p *Portal) jointRateView(r *http.Request) (jointRateView, joint.Part, error) {
	j, _, err := p.matter(r)
	if err != nil {
		return jointRateView{}, joint.Part{}, err
	}
	part, ok := j.Rated()
	if !ok || j.Open() {
		return jointRateView{}, part, rating.None()
	}
	v := jointRateView{View: under(r, "评价", frame.Link{Text: j.Name, Href: "/my/joint/" + j.Number}), Joint: j}
	given, err := p.Ratings.Of(r.Context(), part.Case, frame.Actor(r))
	for _, g := range given {
		if g.Seq > 0 {
			v.Given = g.Grade.Han()
		}
	}
	for _, other := range j.Parts {
		if other.Case != "" && other.Case != part.Case {
			v.Parts = append(v.Parts, frame.Link{Text: other.Title, Href: "/my/cases/" + other.Number + "/rate"})
		}
	}
	return v, part, err
}

func (p *Portal) jointRate(w http.ResponseWriter, r *http.Request) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	v, part, err := p.jointRateView(r)
	if err != nil {
		return err
	}
	said := rating.Rating{Grade: rating.Grade(f.Int("grade")), Text: f.Text("text"), Anonymous: f.Has("anonymous")}
	if _, err = p.Ratings.Rate(r.Context(), part.Case, said, frame.Actor(r)); err == nil {
		page.SeeOther(w, r, "/my/joint/"+v.Joint.Number+"/rate")
		return nil
	}
	if fault.Of(err) == fault.Internal {
		return err
	}
	v.Err, v.View = err, v.Refused(max(1, len(fault.Fields(err))))
	page.ShowFault(w, r, err, jointRateTemplate(v))
	return nil
}

// matters are one's own joint cases as lists show them, and what they wait for.
func (p *Portal) matters(r *http.Request) (rows []caseRow, due []todo, err error) {
	all, err := p.Joint.Mine(r.Context(), frame.Actor(r))
	for _, j := range all {
		row := caseRow{Number: j.Number, Name: j.Name + "一件事", Say: clockTime(j.Opened) + " 提交，" + jointSay(j), Tone: frame.Blue, State: "办理中"}
		if !j.Open() {
			row.Tone, row.State = frame.Green, "办结"
		}
		rows = append(rows, row)
		for _, part := range j.Parts {
			if part.State == joint.Lacking {
				due = append(due, todo{j.Name + "：" + part.Title + "要补充 " + itoa(len(part.Lacks)) + " 项", "补上就接着办", "去补充", "/my/joint/" + j.Number + "/supply/" + string(part.Item)})
			}
		}
	}
	return rows, due, err
}

// ownInvites leaves out invites of parts that the whole's one rating speaks for.
func (p *Portal) ownInvites(ctx context.Context, all []rating.Invite) ([]rating.Invite, error) {
	var kept []rating.Invite
	for _, i := range all[:min(len(all), mostDue)] {
		j, err := p.Joint.OfCase(ctx, i.Case)
		if err != nil {
			return nil, err
		}
		if j == nil {
			kept = append(kept, i)
			continue
		}
		if part, ok := j.Rated(); ok && part.Case == i.Case && !j.Open() {
			i.ItemName = j.Name + "一件事"
			i.Number = j.Number
			kept = append(kept, i)
		}
	}
	return slices.Clip(kept), nil
}
