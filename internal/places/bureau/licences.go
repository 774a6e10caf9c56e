package bureau

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/places/frame"
	"tongban/internal/register/licences"
	"tongban/internal/register/seals"
)

// licencesPage is the composite licences with a permit of an agency (一业一证).
type licencesPage struct {
	frame.View
	Posts              []frame.Link
	Agency, Find, Next string
	Rows               []licenceRow
}

type licenceRow struct {
	Href, Name, Number, Holder, Edition string
	Standing                            licences.Standing
	Own                                 []permitTag // of the agency
}

type permitTag struct {
	Name, State string
	Tone        frame.Tone
}

// licences lists those of the reader's agency, or what was searched for.
func (b *Bureau) licences(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	q, ctx := page.Query(r), r.Context()
	dir, err := b.Agencies.Directory(ctx)
	if err != nil {
		return err
	}
	agencies, here := agenciesOf(posts(by)), q.Text("agency")
	if here == "" || !slices.Contains(agencies, here) {
		here = agencies[0]
	}
	p := licencesPage{View: frame.Of(r).Named("一业一证"), Agency: here, Find: q.Text("q")}
	for _, a := range agencies {
		p.Posts = append(p.Posts, frame.Link{Text: dir.Name(a), Href: licencesURL(a, ""), Here: a == here})
	}
	all, err := b.licencesFor(ctx, here, p.Find, licences.ID(q.Text("after")), by)
	if err != nil {
		return err
	}
	if p.Rows, err = b.licenceRows(ctx, all, here); err != nil {
		return err
	}
	if p.Find == "" && len(all) == perPage {
		p.Next = licencesURL(here, all[perPage-1].ID)
	}
	page.Show(w, r, licencesTable(p))
	return nil
}

func (b *Bureau) licencesFor(ctx context.Context, agency, find string, after licences.ID, by identity.Actor) ([]*licences.Licence, error) {
	if find != "" {
		l, err := b.Licences.Find(ctx, find, by)
		if err != nil || l == nil {
			return nil, err
		}
		return []*licences.Licence{l}, nil
	}
	a, err := b.Agencies.Find(ctx, agency)
	if err != nil {
		return nil, err
	}
	return b.Licences.Granted(ctx, seals.AgencyOf(a), after, perPage, by)
}

func (b *Bureau) licenceRows(ctx context.Context, all []*licences.Licence, agency string) ([]licenceRow, error) {
	holders := make([]string, len(all))
	for i, l := range all {
		holders[i] = l.Party
	}
	names, err := b.Parties.Names(ctx, holders...)
	if err != nil {
		return nil, err
	}
	today := calendar.DayOf(b.Now())
	var rows []licenceRow
	for _, l := range all {
		row := licenceRow{Href: licenceURL(l.ID), Name: l.Name, Number: l.Number, Holder: names[l.Party], Edition: "第 " + strconv.Itoa(l.Edition) + " 版", Standing: l.Standing(today)}
		for _, part := range l.Parts {
			if part.Agency.ID == agency {
				state := part.Standing(today)
				row.Own = append(row.Own, permitTag{part.Permit, state.String(), frame.CertificateTone(state)})
			}
		}
		rows = append(rows, row)
	}
	return rows, nil
}

func licencesURL(agency string, after licences.ID) string {
	v := url.Values{"agency": {agency}}
	if after != "" {
		v.Set("after", string(after))
	}
	return "/bureau/licences?" + v.Encode()
}

func licenceURL(id licences.ID) string { return "/bureau/licences/" + string(id) }

// movePermit suspends one part or gives it back (暂扣、暂扣发还). What is refused
// is shown at the part's form.
func (b *Bureau) movePermit(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	id := licences.ID(r.PathValue("licence"))
	err = b.Licensing.Move(r.Context(), id, f.Text("part"), actOfPermit(f, "act"), f.Text("reason"), by)
	if kind := fault.Of(err); err != nil && kind != fault.Invalid && kind != fault.Conflict && kind != fault.Forbidden {
		return err
	}
	if err == nil {
		page.SeeOther(w, r, licenceURL(id)+"?done="+f.Text("act"))
		return nil
	}
	p, failed := b.licencePage(r, by)
	if failed != nil {
		return failed
	}
	p.Do, p.Of, p.Err, p.Sent, p.View = actOfPermit(f, "act"), f.Text("part"), err, f, p.View.Faulty(err)
	page.ShowFault(w, r, err, licenceShown(p))
	return nil
}
