package bureau

import (
	"context"
	"net/http"
	"slices"
	"tongban/internal/ground/sqldb"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/civic/staff"
	"tongban/internal/ground/page"
	"tongban/internal/places/frame"
)

// deputiesPage is what an agency's chief representatives may decide at the
// window (首席代表授权).
type deputiesPage struct {
	frame.View
	Agency  string
	Given   []staff.Deputation
	Mine    bool           // the reader may give and recall
	People  []frame.Choice // who may be deputed
	Account string
	Items   []frame.Choice // the agency's, with those chosen
	From    string
	Through string
	Err     error
	chosen  []string
}

// deputies shows what the reader's agency has given.
func (b *Bureau) deputies(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	today := calendar.DayOf(b.Now())
	return b.showDeputies(w, r, by, deputiesPage{From: today.String(), Through: (today + 180).String()})
}

func (b *Bureau) showDeputies(w http.ResponseWriter, r *http.Request, by identity.Actor, p deputiesPage) error {
	dir, err := b.Agencies.Directory(r.Context())
	if err != nil {
		return err
	}
	agency := headOf(by)
	p.View, p.Agency, p.Mine = frame.Of(r).Named("首席代表"), dir.Name(agency), by.Holds(identity.Head, agency)
	if p.Given, err = b.Staff.Deputations(r.Context(), agency, by); err != nil {
		return err
	}
	if p.Mine {
		if err := b.offerDeputies(r.Context(), agency, &p, by); err != nil {
			return err
		}
	}
	if p.Err != nil {
		page.ShowFault(w, r, p.Err, deputiesView(p))
		return nil
	}
	page.Show(w, r, deputiesView(p))
	return nil
}

// offerDeputies fills in who may be deputed and for what.
func (b *Bureau) offerDeputies(ctx context.Context, agency string, p *deputiesPage, by identity.Actor) error {
	people, err := b.Staff.Deputable(ctx, agency, by)
	if err != nil {
		return err
	}
	for _, h := range people {
		p.People = append(p.People, frame.Choice{Value: h.Account, Label: h.Name + "（" + h.Post.Title + "）"})
	}
	offers, err := b.Staff.Offers(ctx, agency)
	for _, o := range offers {
		p.Items = append(p.Items, frame.Choice{Value: o.Item, Label: o.Name, On: slices.Contains(p.chosen, o.Item)})
	}
	return err
}

// headOf is the agency that the actor heads, or else the first they work in.
func headOf(by identity.Actor) string {
	all := posts(by)
	if i := slices.IndexFunc(all, func(p identity.Post) bool { return p.Role == identity.Head }); i >= 0 {
		return all[i].Agency
	}
	return all[0].Agency
}

// depute gives items to a representative.
func (b *Bureau) depute(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	p := deputiesPage{Account: f.Text("account"), chosen: f.All("items"), From: f.Date("from"), Through: f.Date("through")}
	p.Err = sqldb.Judge(r.Context(), f.Err(), func(ctx context.Context) error {
		return b.Staff.Depute(ctx, headOf(by), p.Account, p.chosen, calendar.Parse(p.From), calendar.Parse(p.Through), by)
	})
	if p.Err != nil {
		return b.showDeputies(w, r, by, p)
	}
	page.SeeOther(w, r, "/bureau/deputies")
	return nil
}

// recall takes a deputation back.
func (b *Bureau) recall(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	if _, err := page.ReadForm(w, r); err != nil {
		return err
	}
	if err := b.Staff.Recall(r.Context(), r.PathValue("deputation"), by); err != nil {
		return err
	}
	page.SeeOther(w, r, "/bureau/deputies")
	return nil
}
