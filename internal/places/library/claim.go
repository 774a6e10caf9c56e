package library

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/revisions"
	"tongban/internal/civic/agencies"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/ground/sqldb"
	"tongban/internal/places/frame"
)

// claimsView is what superiors have in force and a lower level may claim.
type claimsView struct {
	frame.View
	Bar     frame.DeskBar
	Find    string
	Region  string
	Regions []frame.Choice
	Rows    []claimRow
	Next    string
}

type claimRow struct {
	Href, Name, Agency, Code, Type, Limit string
	Claimed                               string // address of the item here; "": not claimed
}

// claimsPage lists the superiors' items that may be claimed (认领).
func (l *Library) claimsPage(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	own, err := keeps(by)
	if err != nil {
		return err
	}
	q := page.Query(r)
	v := claimsView{View: frame.Of(r).Named("认领上级事项").Under(frame.Link{Text: "事项", Href: "/desk/items"}), Bar: bar(by), Find: q.Text("q"), Region: q.Text("region")}
	v.Regions = l.superiors(own)
	if len(v.Regions) == 0 {
		page.Show(w, r, claimsPage(v))
		return nil
	}
	if !has(v.Regions, v.Region) {
		v.Region = v.Regions[0].Value
	}
	lv := listView{Region: v.Region, Find: v.Find}
	entries, err := l.entries(r, q, &lv)
	if err != nil {
		return err
	}
	v.Next = strings.Replace(lv.Next, "/desk/items?", "/desk/items/claim?", 1)
	here, err := l.claimed(r, entries, own)
	if err != nil {
		return err
	}
	for _, e := range entries {
		v.Rows = append(v.Rows, claimRow{
			Href: "/desk/items/claim/" + url.PathEscape(string(e.ID)), Name: e.Name, Agency: e.AgencyName, Code: e.Catalogue,
			Type: string(e.Type), Limit: e.Limit, Claimed: here[e.Catalogue+e.Name],
		})
	}
	page.Show(w, r, claimsPage(v))
	return nil
}

// superiors are the regions above one whose items are kept here, the nearest
// first; and the region itself, whose items its towns may claim.
func (l *Library) superiors(own string) []frame.Choice {
	var all []frame.Choice
	add := func(code string) { all = append(all, frame.Choice{Value: code, Label: l.place(code)}) }
	for up := l.Revisions.Rules.Superior(own); up != ""; up = l.Revisions.Rules.Superior(up) {
		add(up)
	}
	add(own)
	return all
}

func has(choices []frame.Choice, value string) bool {
	for _, c := range choices {
		if c.Value == value {
			return true
		}
	}
	return false
}

// claimed are the items that the region has of these, by code and name.
func (l *Library) claimed(r *http.Request, entries []items.Entry, own string) (map[string]string, error) {
	var codes []string
	superior := map[items.ID]bool{}
	for _, e := range entries {
		codes, superior[e.ID] = append(codes, e.Catalogue), true
	}
	found, err := l.Items.Catalogued(r.Context(), codes)
	here := map[string]string{}
	for _, e := range found {
		if !superior[e.ID] && identity.Within(e.Region, own) {
			here[e.Catalogue+e.Name] = "/desk/items/" + url.PathEscape(string(e.ID))
		}
	}
	return here, err
}

// claimView is one superior's item and the form that claims it.
type claimView struct {
	frame.View
	startView
	Bar      frame.DeskBar
	Superior *items.Edition
	Agencies []frame.Choice
}

func (l *Library) claimPage(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	v, err := l.claiming(r, page.Query(r), by)
	if err != nil {
		return err
	}
	page.Show(w, r, claimPage(v))
	return nil
}

func (l *Library) claiming(r *http.Request, f *page.Form, by identity.Actor) (claimView, error) {
	own, err := keeps(by)
	if err != nil {
		return claimView{}, err
	}
	e, err := l.Items.Current(r.Context(), items.ID(r.PathValue("item")))
	if err != nil {
		return claimView{}, err
	}
	v := claimView{
		View: frame.Of(r).Named("认领：" + e.Name).Under(frame.Link{Text: "认领上级事项", Href: "/desk/items/claim"}), Bar: bar(by), Superior: e,
		startView: startView{Posted: f, Request: sqldb.NewID(), Reason: revisions.Delegated},
	}
	v.Agencies, err = l.agencyChoices(r, own, f.Text("agency"), func(a agencies.Agency) bool { return revisions.Claimable(e, a) == nil })
	if f.Text("agency") == "" {
		preselect(v.Agencies, l.kindred(e))
	}
	return v, err
}

// kindred is what an agency is called without its place: 市场监督管理局.
func (l *Library) kindred(e *items.Edition) string {
	name := e.AgencyName
	for code := e.Region; code != ""; code = l.Revisions.Rules.Superior(code) {
		name = strings.TrimPrefix(name, l.place(code))
	}
	return name
}

// preselect picks the agency of that calling, if there is one.
func preselect(all []frame.Choice, calling string) {
	for i := range all {
		if calling != "" && strings.HasSuffix(all[i].Label, calling) {
			all[i].On = true
			return
		}
	}
}

// claim begins the draft of the item that is claimed.
func (l *Library) claim(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	by.Request = f.Text("request")
	a, err := l.agency(r, f.Text("agency"))
	if err != nil {
		return err
	}
	c := revisions.Claim{Start: startOf(f), Agency: a}
	c.Item = items.ID(r.PathValue("item"))
	opened, err := sqldb.Judged(r.Context(), f.Err(), func(ctx context.Context) (*revisions.Revision, error) { return l.Revisions.Claim(ctx, c, by) })
	if err == nil {
		page.SeeOther(w, r, revisionURL(opened.ID)+"?done=claim")
		return nil
	}
	if fault.Of(err) == fault.Internal {
		return err
	}
	v, failed := l.claiming(r, f, by)
	if failed != nil {
		return failed
	}
	v.Err, v.View = err, v.View.Faulty(err)
	page.ShowFault(w, r, err, claimPage(v))
	return nil
}

// fixed is what the superior's record fixes, as the claim shows it.
func (v claimView) fixed() []frame.Row {
	e := v.Superior
	return []frame.Row{
		{Key: "事项名称", Value: e.Name}, {Key: "基本编码", Value: e.Codes.Catalogue}, {Key: "事项类型", Value: string(e.Type)},
		{Key: "业务指导部门", Value: e.Guidance}, {Key: "实施主体性质", Value: e.AgencyKind}, {Key: "设定依据", Value: basisLines(e.Bases)},
	}
}

// limits is what may only become better for the applicant.
func (v claimView) limits() []frame.Row {
	e := v.Superior
	return []frame.Row{
		{Key: "上级实施主体", Value: e.AgencyName}, {Key: "法定时限", Value: e.Statutory.String()}, {Key: "承诺时限", Value: e.Binding().String()},
		{Key: "到办事现场次数", Value: itoa(e.Visits) + "次"}, {Key: "条件", Value: itoa(len(e.Conditions)) + "条"},
		{Key: "材料", Value: itoa(len(e.Materials)) + "份"}, {Key: "收费", Value: itoa(len(e.Fees)) + "项"},
	}
}
