package desk

import (
	"net/http"
	"slices"
	"strconv"

	"tongban/internal/civic/agencies"
	"tongban/internal/civic/codes"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/page"
	"tongban/internal/places/frame"
)

// agenciesPage lists the agencies of a division.
type agenciesPage struct {
	frame.View
	Bar     frame.DeskBar
	Find    string
	Region  string
	Regions []frame.Choice
	Rows    []agencyRow
	Next    string
}

// onAgencies is how many agencies a page shows; all are in memory.
const onAgencies = 100

// agencyRow is one agency.
type agencyRow struct {
	ID, Name, Short, Place, Kind, Phone string
	Closed                              bool
}

func (d *Desk) agenciesPage(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	q := page.Query(r)
	v := agenciesPage{View: frame.Of(r).Named("部门"), Bar: adminBar(by), Find: q.Text("q")}
	v.Region, v.Regions = d.within(q.Text("region"), by, identity.Admin)
	all, err := d.Agencies.List(r.Context(), agencies.Filter{Within: v.Region, Text: v.Find, Closed: true})
	if err != nil {
		return err
	}
	after := q.Text("after")
	if i := slices.IndexFunc(all, func(a agencies.Agency) bool { return a.ID == after }); i >= 0 {
		all = all[i+1:]
	}
	if len(all) > onAgencies {
		all = all[:onAgencies]
		v.Next = with("/desk/admin/agencies", q.Values(), "after", all[onAgencies-1].ID)
	}
	for _, a := range all {
		v.Rows = append(v.Rows, agencyRow{a.ID, a.Name, a.Short, d.place(a.Region), string(a.Kind), a.Phone, a.Closed})
	}
	page.Show(w, r, agenciesView(v))
	return nil
}

// agencyPage edits one agency, or enters a new one.
type agencyPage struct {
	frame.View
	Bar     frame.DeskBar
	Action  string
	New     bool
	Fields  []frame.Field
	Kind    frame.Field
	Kinds   []frame.Choice
	Closed  bool
	Version int
	Fault   error
	Done    bool
}

func (d *Desk) newAgencyPage(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	page.Show(w, r, agencyView(agencyForm(r, agencies.Agency{Region: regionOf(by, identity.Admin), Kind: agencies.Department}, true, by, nil)))
	return nil
}

func (d *Desk) agencyPage(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	a, err := d.Agencies.Find(r.Context(), r.PathValue("agency"))
	if err != nil {
		return err
	}
	v := agencyForm(r, a, false, by, nil)
	v.Done = page.Query(r).Has("done")
	page.Show(w, r, agencyView(v))
	return nil
}

func agencyForm(r *http.Request, a agencies.Agency, fresh bool, by identity.Actor, wrong error) agencyPage {
	v := agencyPage{View: frame.Of(r).Named(a.Name), Bar: adminBar(by), Action: "/desk/admin/agencies/" + a.ID, New: fresh, Closed: a.Closed, Version: a.Version, Fault: wrong}
	if fresh {
		v.View, v.Action = v.View.Named("录入部门"), "/desk/admin/agencies/new"
	}
	v.Fields = []frame.Field{
		{Name: "id", Label: "部门编号", Hint: "小写字母、数字和短横线，录入后不能改", Value: a.ID, Max: 40, Width: "m", Fixed: !fresh},
		{Name: "name", Label: "全称", Hint: "与印章一致", Value: a.Name, Max: 60},
		{Name: "short", Label: "简称", Value: a.Short, Max: 20, Width: "m"},
		{Name: "uscc", Label: "统一社会信用代码", Hint: doubtOf(a.USCC), Value: a.USCC, Max: 18, Width: "m"},
		{Name: "region", Label: "行政区划代码", Hint: "12 位", Value: a.Region, Max: 12, Width: "m", Kind: "number"},
		{Name: "parent", Label: "上级部门编号", Value: a.Parent, Max: 40, Width: "m", Opt: true},
		{Name: "phone", Label: "咨询投诉电话", Value: a.Phone, Max: 40, Width: "m", Opt: true},
		{Name: "address", Label: "地址", Value: a.Address, Max: 100, Opt: true},
		{Name: "review", Label: "行政复议机关", Value: a.Review, Max: 60, Opt: true},
		{Name: "court", Label: "行政诉讼管辖法院", Value: a.Court, Max: 60, Opt: true},
	}
	for i := range v.Fields {
		v.Fields[i] = v.Fields[i].Faulty(wrong)
	}
	v.Kind = frame.Field{Name: "kind", Label: "机构类型", Value: string(a.Kind)}.Faulty(wrong)
	for _, k := range agencies.Kinds {
		v.Kinds = append(v.Kinds, frame.Choice{Value: string(k), Label: string(k)})
	}
	return v
}

// doubtOf says that a credit code fails its check, as some lawful ones do; "" if not.
func doubtOf(code string) string {
	if seen := codes.Questioned(code); seen != code {
		return seen
	}
	return ""
}

func (d *Desk) putAgency(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	id := r.PathValue("agency")
	fresh := id == ""
	if fresh {
		id = f.Text("id")
	}
	version, _ := strconv.Atoi(f.Text("version")) // what is no number is refused as a stale page
	a := agencies.Agency{ID: id, Name: f.Text("name"), Short: f.Text("short"), USCC: f.Text("uscc"), Region: f.Text("region"), Kind: agencies.Kind(f.Text("kind")),
		Parent: f.Text("parent"), Phone: f.Text("phone"), Address: f.Text("address"), Review: f.Text("review"), Court: f.Text("court"), Closed: f.Has("closed"), Version: version}
	if err = d.Agencies.Put(r.Context(), by, a); err != nil {
		v := agencyForm(r, a, fresh, by, err)
		v.View = v.View.Faulty(err)
		page.ShowFault(w, r, err, agencyView(v))
		return nil
	}
	page.SeeOther(w, r, "/desk/admin/agencies/"+a.ID+"?done=1")
	return nil
}

func agencyImport(r *http.Request, by identity.Actor) importPage {
	return importPage{View: frame.Of(r).Named("导入部门"), Bar: adminBar(by), What: "部门", Action: "/desk/admin/agencies/import", Back: "/desk/admin/agencies",
		Headings: agencies.Headings, Further: "后五列可以没有。编号已有的部门按表格更新。"}
}

func (d *Desk) importAgenciesPage(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	page.Show(w, r, importView(agencyImport(r, by)))
	return nil
}

func (d *Desk) importAgencies(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	v := agencyImport(r, by)
	table, err := tableOf(w, r, agencies.Headings[:6])
	if err == nil {
		v.Entered, err = d.Agencies.Import(r.Context(), table, by)
	}
	return shownImport(w, r, v, err)
}
