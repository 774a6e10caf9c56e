package library

import (
	"cmp"
	"net/http"

	"tongban/internal/catalogue/revisions"
	"tongban/internal/civic/agencies"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/places/frame"
)

// startView is the part of a form that every revision begins with.
type startView struct {
	Posted  *page.Form
	Err     error
	Request string
	Reason  revisions.Reason // chosen beforehand
}

// posted is what a field of the form held.
func (v startView) posted(name string) string {
	if v.Posted == nil {
		return ""
	}
	return v.Posted.Text(name)
}

func (v startView) reasons() []frame.Choice {
	hints := map[revisions.Reason]string{
		revisions.LawChanged: "法律、法规、规章或者上级目录变了", revisions.Delegated: "承接上级下放、委托的事项，或者下放给下级", revisions.Improved: "减材料、减环节、减时限、减跑动，或者写得更清楚",
	}
	chosen := cmp.Or(revisions.Reason(v.posted("reason")), v.Reason)
	var all []frame.Choice
	for _, reason := range revisions.Reasons {
		all = append(all, frame.Choice{Value: string(reason), Label: string(reason), Hint: hints[reason], On: chosen == reason})
	}
	return all
}

// startOf reads how a revision begins.
func startOf(f *page.Form) revisions.Start {
	return revisions.Start{
		Reason: revisions.Reason(f.Text("reason")), Why: f.Text("why"), Twice: f.Has("twice"), Retire: f.Has("retire"),
		Effective: calendar.Parse(f.Date("effective")),
	}
}

// keeps is the region whose items the actor keeps; a fault for who keeps none.
func keeps(by identity.Actor) (string, error) {
	region := ""
	for _, p := range by.Posts {
		if p.Role == identity.Items && (region == "" || len(identity.Stem(p.Region)) < len(identity.Stem(region))) {
			region = p.Region
		}
	}
	if region == "" {
		return "", fault.New(fault.Forbidden, "library.keeps", "新设、认领和导入事项由事项管理员办理，您没有这个岗位")
	}
	return region, nil
}

// agencyChoices are the agencies within a region for which fits holds.
func (l *Library) agencyChoices(r *http.Request, region, chosen string, fits func(agencies.Agency) bool) ([]frame.Choice, error) {
	dir, err := l.Agencies.Directory(r.Context())
	if err != nil {
		return nil, err
	}
	all := []frame.Choice{{Value: "", Label: "（请选择）"}}
	for _, a := range dir.List(agencies.Filter{Within: region}) {
		if a.Kind != agencies.Village && a.USCC != "" && fits(a) {
			all = append(all, frame.Choice{Value: a.ID, Label: a.Name, On: a.ID == chosen})
		}
	}
	return all, nil
}

// agency is the agency of that name; the zero Agency if none was chosen.
func (l *Library) agency(r *http.Request, id string) (agencies.Agency, error) {
	if id == "" {
		return agencies.Agency{}, nil
	}
	return l.Agencies.Find(r.Context(), id)
}
