package library

import (
	"net/http"

	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/revisions"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/ground/sqldb"
	"tongban/internal/places/frame"
)

// revisionView is what all pages of a revision show.
type revisionView struct {
	frame.View
	Bar              frame.DeskBar
	R                *revisions.Revision
	Tabs             []frame.Link
	Can              map[revisions.Act]bool
	Outside          bool // the level above is not here: its letter is named
	Errors, Warnings int
	Differences      []revisions.Difference
	Find             []findingRow
	History          []frame.Moment
	MayWeigh         bool // running cases may be held against what was published
	Done             string
	Posted           *page.Form
	Failed           revisions.Act // that was refused
	Err              error
	Request          string
	Today            calendar.Day
	superior         *items.Edition
	by               identity.Actor
}

// load is a revision with what its tabs need to know.
func (l *Library) load(r *http.Request, by identity.Actor, here string) (revisionView, error) {
	rev, err := l.Revisions.Revision(r.Context(), revisions.ID(r.PathValue("revision")), by)
	if err != nil {
		return revisionView{}, err
	}
	v := revisionView{
		View: frame.Of(r).Named(rev.Text.Name).Under(frame.Link{Text: "调整申请", Href: "/desk/revisions"}), Bar: bar(by), R: rev, by: by,
		Can: map[revisions.Act]bool{}, Outside: l.Revisions.Rules.Outside(rev), Request: sqldb.NewID(), Today: calendar.DayOf(l.Now()),
	}
	for _, m := range rev.Can(l.Revisions.Rules, by) {
		v.Can[m.Act] = true
	}
	v.MayWeigh = rev.State == revisions.Published && rev.Text.Effective <= v.Today && revisions.Home(rev.Text.Region, by) != ""
	base, err := l.Revisions.Base(r.Context(), rev)
	if err != nil {
		return v, err
	}
	held, err := l.Revisions.Held(r.Context(), rev.Text)
	if err != nil {
		return v, err
	}
	v.superior = held.Superior
	found := revisions.Examine(rev.Text, held)
	for _, f := range found {
		v.Find = append(v.Find, findingOf(rev.Text, f, revisionURL(rev.ID)))
	}
	v.Errors, v.Warnings = items.Weighed(found)
	v.Differences = revisions.Diff(base, rev.Text)
	v.Tabs = v.tabs(here)
	return v, nil
}

// tabs are the pages of a revision.
func (v revisionView) tabs(here string) []frame.Link {
	base := revisionURL(v.R.ID)
	links := []frame.Link{{Text: "概览", Href: base, Here: here == ""}}
	for _, t := range editTabs {
		links = append(links, frame.Link{Text: t.Name, Href: base + "/edit/" + t.ID, Here: here == t.ID})
	}
	return append(links,
		frame.Link{Text: "体检", Href: base + "/check", Count: v.Errors + v.Warnings, Here: here == "check"},
		frame.Link{Text: "变更对照", Href: base + "/difference", Count: len(v.Differences), Here: here == "difference"})
}

func (v revisionView) url(rest string) string { return revisionURL(v.R.ID) + rest }

// revisionPage is the overview: where it stands, what may be done, what happened.
func (l *Library) revisionPage(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	v, err := l.load(r, by, "")
	if err != nil {
		return err
	}
	q := page.Query(r)
	v.Done = doneWords(q.Text("done"))
	if q.Has("moved") {
		v.Done = "已对照在办件：" + itoa(q.Int("moved")) + "件改按新版办理，" + itoa(q.Int("kept")) + "件仍按原版办理，理由已记入各办件"
	}
	if n := q.Int("both"); n > 0 {
		v.Done += "；有" + itoa(n) + "处两边都改过，保留了本申请的写法，请在变更对照里复核"
	}
	return l.overview(w, r, v)
}

func (l *Library) overview(w http.ResponseWriter, r *http.Request, v revisionView) error {
	history, err := l.Revisions.History(r.Context(), v.R)
	if err != nil {
		return err
	}
	for i := len(history) - 1; i >= 0; i-- {
		v.History = append(v.History, momentOf(history[i]))
	}
	if v.Err != nil {
		v.View = v.View.Faulty(v.Err)
		page.ShowFault(w, r, v.Err, revisionPage(v))
		return nil
	}
	page.Show(w, r, revisionPage(v))
	return nil
}

func momentOf(m revisions.Moved) frame.Moment {
	out := frame.Moment{When: moment(m.At), What: revisions.MoveOf(m.Act).Name, Who: m.By.Name + " " + m.By.Title, Note: m.Say, Tone: stateTone(m.To)}
	if m.Document != "" {
		out.Note += "（" + m.Document + "）"
	}
	if m.Opinion != nil {
		out.Note = m.Opinion.Say
	}
	return out
}

func doneWords(act string) string {
	if act == "claim" {
		return "已认领。名称、类型、部门性质和依据以上级为准；请补充编码以外的本级要素，通过体检后报送"
	}
	for _, m := range revisions.Life {
		if string(m.Act) == act {
			return "已" + m.Name
		}
	}
	return ""
}

// move does what one of the forms of the overview asks for.
func (l *Library) move(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	by.Request = f.Text("request")
	act := revisions.Act(r.PathValue("act"))
	id, version := revisions.ID(r.PathValue("revision")), int64(f.Int("version"))
	number := f.Int("number")
	say, document := f.Text(said(act, number, "say")), f.Text(said(act, number, "document"))
	both := ""
	s, ctx := l.Revisions, r.Context()
	switch act {
	case revisions.Submit:
		_, err = s.Submit(ctx, id, version, document, by)
	case revisions.Approve:
		_, err = s.Approve(ctx, id, version, say, document, by)
	case revisions.Return:
		_, err = s.Return(ctx, id, version, say, by)
	case revisions.Confirm:
		_, err = s.Confirm(ctx, id, version, say, document, by)
	case revisions.Redraft:
		_, err = s.Redraft(ctx, id, version, say, by)
	case revisions.Withdraw:
		_, err = s.Withdraw(ctx, id, version, say, by)
	case revisions.Publish:
		_, err = s.Publish(ctx, id, by)
	case revisions.Answer:
		_, err = s.Answer(ctx, id, number, say, f.Text(said(act, number, "adopted")) == "1", by)
	case revisions.Rebase:
		var clash []revisions.Difference
		if _, clash, err = s.Rebase(ctx, id, version, by); len(clash) > 0 {
			both = "&both=" + itoa(len(clash))
		}
	default:
		return fault.New(fault.NotFound, "library.act.none", "没有这个操作")
	}
	if err != nil {
		return l.again(w, r, act, f, by, err)
	}
	page.SeeOther(w, r, revisionURL(id)+"?done="+string(act)+both)
	return nil
}

// weigh holds the running cases of the item against the edition in force.
func (l *Library) weigh(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	rev, err := l.Revisions.Revision(r.Context(), revisions.ID(r.PathValue("revision")), by)
	if err != nil {
		return err
	}
	all, err := l.Cases.WeighAll(r.Context(), rev.Item, by)
	if err != nil {
		return err
	}
	moved := 0
	for _, one := range all {
		if one.Moved {
			moved++
		}
	}
	page.SeeOther(w, r, revisionURL(rev.ID)+"?moved="+itoa(moved)+"&kept="+itoa(len(all)-moved))
	return nil
}

// again shows the overview with the form that was refused.
func (l *Library) again(w http.ResponseWriter, r *http.Request, act revisions.Act, f *page.Form, by identity.Actor, refused error) error {
	switch fault.Of(refused) {
	case fault.Invalid, fault.Conflict, fault.Forbidden:
	default:
		return refused
	}
	v, err := l.load(r, by, "")
	if err != nil {
		return err
	}
	v.Posted, v.Failed, v.Err = f, act, fault.Retold(refused, func(at fault.Field) (fault.Field, bool) {
		if at.Path != "check" { // which is the page's, not a field of the form's
			at.Path = said(act, f.Int("number"), at.Path)
		}
		return at, true
	})
	return l.overview(w, r, v)
}

// said names a field of an act's form; of answers there is a form for each opinion.
func said(act revisions.Act, number int, name string) string {
	if act == revisions.Answer {
		return string(act) + "[" + itoa(number) + "]." + name
	}
	return string(act) + "." + name
}

// answering is a field of the answer to an opinion, with what was posted.
func (v revisionView) answering(number int, f frame.Field) frame.Field {
	f.Name = said(revisions.Answer, number, f.Name)
	if v.Failed == revisions.Answer && f.Value == "" {
		f.Value = v.Posted.Text(f.Name)
	}
	return f.Faulty(v.Err)
}

// answered is what was posted to such a field.
func (v revisionView) answered(number int, name string) string {
	if v.Failed != revisions.Answer {
		return ""
	}
	return v.Posted.Text(said(revisions.Answer, number, name))
}

// field is a field of an act's form, with what was posted and what is wrong.
func (v revisionView) field(act revisions.Act, f frame.Field) frame.Field {
	f.Name = said(act, 0, f.Name)
	if v.Failed == act {
		f.Value = v.Posted.Text(f.Name)
	}
	return f.Faulty(v.Err)
}

// baseName is what the draft is compared with.
func (v revisionView) baseName() string {
	switch {
	case v.R.Claims != "":
		return "认领上级事项"
	case v.R.Base == 0:
		return "新设，没有现行版本"
	}
	return "第" + itoa(v.R.Base) + "版"
}

func (v revisionView) facts() []frame.Row {
	r := v.R
	rows := []frame.Row{
		{Key: "状态", Body: frame.Tag(stateTone(r.State), r.State.Han())}, {Key: "调整原因", Value: string(r.Reason)}, {Key: "依据和理由", Value: r.Why},
		{Key: "实施主体", Value: r.Text.AgencyName}, {Key: "底稿", Value: v.baseName()}, {Key: "生效日期", Value: r.Text.Effective.Han()},
	}
	if r.Imported != nil {
		rows = append(rows, frame.Row{Key: "来自文件", Value: r.Imported.File + " " + r.Imported.Place})
	}
	if r.Twice {
		rows = append(rows, frame.Row{Key: "程序", Value: "二报二审，已审" + itoa(r.Round) + "次"})
	}
	if r.Retires {
		rows = append(rows, frame.Row{Key: "停止受理", Value: r.Text.Retired.Han()})
	}
	if r.PublicUntil != 0 {
		rows = append(rows, frame.Row{Key: "公示", Value: r.PublicFrom.Han() + "至" + r.PublicUntil.Han()})
	}
	if r.Published != 0 {
		rows = append(rows, frame.Row{Key: "发布为", Value: "第" + itoa(r.Published) + "版"})
	}
	if r.Returned != "" {
		rows = append(rows, frame.Row{Key: "退回理由", Value: r.Returned, Bad: true})
	}
	return rows
}
