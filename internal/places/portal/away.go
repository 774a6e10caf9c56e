package portal

import (
	"net/http"
	"slices"

	"tongban/internal/catalogue/items"
	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/elsewhere"
	"tongban/internal/handling/joint"
	"tongban/internal/places/frame"
)

// otherPlaces are where else an item may be decided, with here as the first.
func (p *Portal) otherPlaces(r *http.Request, e *items.Edition) ([]frame.Choice, error) {
	if joint.Is(e.Item) {
		return nil, nil
	}
	all, err := p.Elsewhere.Destinations(r.Context(), e)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	list := []frame.Choice{{Value: "", Label: e.AgencyName + "（本地）"}}
	for _, d := range all {
		list = append(list, frame.Choice{Value: placeOf(d), Label: d.Name})
	}
	return list, nil
}

// choices are the places that one may turn to: here, too, if what is being filled
// in was meant for another.
func (v applyView) choices() []frame.Choice {
	if v.To == "" {
		return v.Places[1:]
	}
	return v.Places
}

// placeOf names a destination in a form; "" is here.
func placeOf(d cases.Destination) string {
	if !d.Away() {
		return ""
	}
	return d.Partner + "/" + d.Region
}

// carryPlace puts into the draft where it is to be decided, if that was asked.
func (p *Portal) carryPlace(r *http.Request, f *page.Form, e *items.Edition, d *cases.Draft) error {
	to := f.Text("to")
	if !f.Has("to") || to == placeOf(d.To) {
		return nil
	}
	all, err := p.Elsewhere.Destinations(r.Context(), e)
	if err != nil {
		return err
	}
	var chosen cases.Destination
	if i := slices.IndexFunc(all, func(d cases.Destination) bool { return placeOf(d) == to }); i >= 0 {
		chosen = all[i]
	}
	_, err = p.Cases.Saved(r.Context(), d.ID, frame.Actor(r), func(d *cases.Draft) error { d.To = chosen; return nil })
	return err
}

// sendAway sends a draft that another place is to decide.
func (p *Portal) sendAway(r *http.Request, draft string) (*elsewhere.Parcel, error) {
	by := frame.Actor(r)
	d, err := p.Cases.Draft(r.Context(), draft, by)
	if err != nil {
		return nil, err
	}
	return p.Elsewhere.SendDraft(r.Context(), d, by)
}
