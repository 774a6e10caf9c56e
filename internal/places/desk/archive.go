package desk

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"strconv"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/page"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
	"tongban/internal/places/frame"
	"tongban/internal/register/archives"
)

// archivePage is 归档: when closed cases are archived, what was, and what waits.
type archivePage struct {
	frame.View
	Bar    frame.DeskBar
	Rule   archives.Rule
	Counts []frame.Figure
	Days   frame.Field
	Why    frame.Field
	Terms  archives.Terms
	Kinds  []frame.Field // term of each type of item
	Keeps  []frame.Choice
	Own    frame.Field // terms of single items
	Basis  frame.Field
	Series []shelfRow
	Latest []packageRow
	Failed []archives.Refusal // what could not be taken in
	Rules  []archives.Rule
	Fault  error
	Done   string
}

// shelfRow is one series: an agency's packages of a year with one term of keeping.
type shelfRow struct{ Key, Agency, Year, Keep, Count, Size string }

// packageRow is one package.
type packageRow struct{ Number, About, Where, When, Version, Size string }

func (d *Desk) archivePage(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	v, err := d.archived(r, by)
	if err != nil {
		return err
	}
	if page.Query(r).Has("done") {
		v.Done = "已保存，下一次归档起执行。"
	}
	page.Show(w, r, archiveView(v))
	return nil
}

func (d *Desk) archived(r *http.Request, by identity.Actor) (archivePage, error) {
	ctx := r.Context()
	v := archivePage{View: frame.Of(r).Named("归档"), Bar: adminBar(by)}
	f, err := d.Archives.Figures(ctx, by)
	if err != nil {
		return v, err
	}
	waiting, err := d.Cases.WaitingForShelf(ctx)
	if err != nil {
		return v, err
	}
	dir, err := d.Agencies.Directory(ctx)
	if err != nil {
		return v, err
	}
	v.Rule, v.Rules, v.Failed = f.Rule, f.Rules, f.Refused
	v.Counts = shelfFigures(f, waiting)
	v.Days = frame.Field{Name: "days", Label: "办结满多少天归档", Value: strconv.Itoa(f.Rule.Days), Hint: fmt.Sprintf("%d至%d天；其间没有再办理过的才归档", archives.FewestDays, archives.MostDays)}
	v.Why = frame.Field{Name: "reason", Label: "理由"}
	v.terms(f.Terms, archives.WriteKeeps(f.Terms.Items))
	for _, s := range f.Series {
		v.Series = append(v.Series, shelfRow{fmt.Sprintf("%s-%d-%s", s.Agency, s.Year, s.Keep), dir.Name(s.Agency), strconv.Itoa(s.Year), s.Keep.Han(), thousands(s.Count), sized(s.Bytes)})
	}
	for _, p := range f.Latest {
		v.Latest = append(v.Latest, packageRow{p.Number, p.About, dir.Name(p.Agency), minute(p.Made), fmt.Sprintf("第 %d 版", p.Version), sized(p.Size)})
	}
	return v, nil
}

// terms puts the terms of keeping into the form.
func (v *archivePage) terms(t archives.Terms, own string) {
	v.Terms, v.Keeps, v.Kinds = t, nil, nil
	for _, k := range archives.Keeps {
		v.Keeps = append(v.Keeps, frame.Choice{Value: string(k), Label: k.Han()})
	}
	for _, kind := range items.Types() {
		v.Kinds = append(v.Kinds, frame.Field{Name: "kinds." + string(kind), Label: string(kind), Value: string(t.Of(string(kind), ""))})
	}
	v.Own = frame.Field{Name: "items", Label: "个别事项", Hint: "一行一个：事项编号和期限，如 food-permit 永久", Value: own, Rows: 3, Opt: true}
	v.Basis = frame.Field{Name: "basis", Label: "依据", Hint: "如档案主管部门的审查意见", Value: ""}
}

func shelfFigures(f archives.Figures, waiting int) []frame.Figure {
	count, size := f.Sum()
	queue := thousands(int64(waiting))
	if waiting == cases.MostWaiting {
		queue += " 以上"
	}
	state := "在归档"
	if !f.Rule.On {
		state = "已停止"
	}
	return []frame.Figure{
		{Name: "归档", Value: state, Note: f.Rule.Say()},
		{Name: "已归档", Value: thousands(count), Unit: "件", Note: "压缩后 " + sized(size)},
		{Name: "办结已满期限、还在办件表", Value: queue, Unit: "件", Note: "每10分钟归档一批；还有事项未了的留在办件表"},
		{Name: "不能归档", Value: thousands(int64(len(f.Refused))), Unit: "件", Note: "四性检测没有通过", Bad: len(f.Refused) > 0},
	}
}

// sized is a size as people read it.
func sized(n int64) string {
	switch {
	case n >= 1<<30:
		return fmt.Sprintf("%.1f GB", float64(n)/(1<<30))
	case n >= 1<<20:
		return fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
	}
	return fmt.Sprintf("%.1f KB", float64(n)/(1<<10))
}

// layRule lays down when closed cases are archived, stops it and starts it again.
func (d *Desk) layRule(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	rule := archives.Rule{On: f.Text("on") == "1", Days: f.Int("days"), Reason: f.Text("reason")}
	err = sqldb.Judge(r.Context(), f.Err(), func(ctx context.Context) error { return d.Archives.Lay(ctx, rule, by) })
	if err == nil {
		page.SeeOther(w, r, "/desk/admin/archive?done=1")
		return nil
	}
	v, e := d.archived(r, by)
	if e != nil {
		return e
	}
	v.Days.Value, v.Why.Value = f.Text("days"), rule.Reason
	v.Days, v.Why = v.Days.Faulty(err), v.Why.Faulty(err)
	v.Fault, v.View = err, v.Faulty(err)
	page.ShowFault(w, r, err, archiveView(v))
	return nil
}

// layTerms lays down how long what is archived is kept.
func (d *Desk) layTerms(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	t := archives.Terms{Kinds: map[string]archives.Keep{}, Reason: f.Text("basis")}
	for _, kind := range items.Types() {
		t.Kinds[string(kind)] = archives.Keep(f.Text("kinds." + string(kind)))
	}
	own := f.Text("items")
	unread := error(nil)
	t.Items, unread = archives.ReadKeeps(own)
	err = sqldb.Judge(r.Context(), unread, func(ctx context.Context) error { return d.Archives.LayTerms(ctx, t, by) })
	if err == nil {
		page.SeeOther(w, r, "/desk/admin/archive?done=1")
		return nil
	}
	v, e := d.archived(r, by)
	if e != nil {
		return e
	}
	v.terms(t, own)
	v.Own, v.Basis.Value = v.Own.Faulty(err), t.Reason
	v.Basis = v.Basis.Faulty(err)
	for i := range v.Kinds {
		v.Kinds[i] = v.Kinds[i].Faulty(err)
	}
	v.Fault, v.View = err, v.Faulty(err)
	page.ShowFault(w, r, err, archiveView(v))
	return nil
}

// ruledBy says who laid down a rule, and when.
func ruledBy(r archives.Rule) string { return r.Name + "，" + minute(r.At) }

// casePackage sends the package of an archived case as it was summed up.
func (d *Desk) casePackage(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	p, err := d.Cases.Package(r.Context(), cases.ID(r.PathValue("case")), by)
	if err != nil {
		return err
	}
	return frame.SendPackage(w, p)
}

// caseParcel sends an archived case as one file that is checked without the platform.
// What can go wrong goes wrong before the first byte; a file that breaks off after it
// has no directory, and nothing opens it.
func (d *Desk) caseParcel(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	id := cases.ID(r.PathValue("case"))
	p, err := d.Cases.Package(r.Context(), id, by)
	if err != nil {
		return err
	}
	out := &sending{ResponseWriter: w, name: p.Number + ".zip"}
	err = d.HandOver(r.Context(), out, id, by)
	if err != nil && out.begun {
		slog.ErrorContext(r.Context(), "package broke off", "case", id, "err", err)
		return nil
	}
	return err
}

// sending says what a file is when its first byte goes out.
type sending struct {
	http.ResponseWriter
	name  string
	begun bool
}

// Write sends a part of the file.
func (s *sending) Write(part []byte) (int, error) {
	if !s.begun {
		s.begun = true
		s.Header().Set("Content-Type", "application/zip")
		s.Header().Set("Content-Disposition", `attachment; filename="`+s.name+`"`)
	}
	return s.ResponseWriter.Write(part)
}
