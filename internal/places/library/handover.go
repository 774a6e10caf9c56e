package library

import (
	"context"
	"net/http"

	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/revisions"
	"tongban/internal/civic/agencies"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/ground/sqldb"
	"tongban/internal/places/frame"
)

// handoverView is the page on which an item is given to another agency (机构调整).
type handoverView struct {
	frame.View
	Bar     frame.DeskBar
	Edition *items.Edition
	Who     []frame.Choice
	startView
}

func handoverURL(id items.ID) string { return "/desk/items/handover/" + string(id) }

func (v handoverView) going() []frame.Choice {
	chosen := v.posted("cases")
	return []frame.Choice{
		{Value: "stay", Label: "留在原部门办完", Hint: "在办件由" + v.Edition.AgencyName + "按原来的版本办完", On: chosen != "go"},
		{Value: "go", Label: "随事项移交", Hint: "能证明对申请人不更差的随事项移交，办理人员重新签收；不能证明的留在原部门，理由记入办件", On: chosen == "go"},
	}
}

func (l *Library) handoverPage(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	v, err := l.handoverView(r, by, "")
	if err != nil {
		return err
	}
	page.Show(w, r, handoverPage(v))
	return nil
}

func (l *Library) handoverView(r *http.Request, by identity.Actor, chosen string) (handoverView, error) {
	home, err := keeps(by)
	if err != nil {
		return handoverView{}, err
	}
	e, err := l.Items.Current(r.Context(), items.ID(r.PathValue("item")))
	if err != nil {
		return handoverView{}, err
	}
	if revisions.Home(e.Region, by) == "" {
		return handoverView{}, fault.New(fault.Forbidden, "library.handover.region", "“%s”不在您管理的区域内", e.Name)
	}
	v := handoverView{View: frame.Of(r).Named("改由其他部门实施"), Bar: bar(by), Edition: e, startView: startView{Request: sqldb.NewID()}}
	v.Who, err = l.agencyChoices(r, home, chosen, func(a agencies.Agency) bool { return a.ID != e.Agency })
	return v, err
}

// handOver begins the revision that gives the item to another agency.
func (l *Library) handOver(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	by.Request = f.Text("request")
	h := revisions.Handover{Start: startOf(f), Cases: f.Text("cases") == "go"}
	h.Item = items.ID(r.PathValue("item"))
	if h.Agency, err = l.agency(r, f.Text("agency")); err == nil {
		var opened *revisions.Revision
		opened, err = sqldb.Judged(r.Context(), f.Err(), func(ctx context.Context) (*revisions.Revision, error) { return l.Revisions.HandOver(ctx, h, by) })
		if err == nil {
			page.SeeOther(w, r, revisionURL(opened.ID))
			return nil
		}
	}
	if fault.Of(err) == fault.Internal {
		return err
	}
	v, failed := l.handoverView(r, by, f.Text("agency"))
	if failed != nil {
		return failed
	}
	v.Posted, v.Err, v.View = f, err, v.View.Faulty(err)
	page.ShowFault(w, r, err, handoverPage(v))
	return nil
}
