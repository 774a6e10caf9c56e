package library

import (
	"net/http"

	"tongban/internal/catalogue/themes"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
)

// A shelfRow is the latest edition of a theme that another level published.
type shelfRow struct {
	*themes.Shared
	Key    string
	Own    *themes.Theme // what was made of it here, nil for nothing
	Behind bool          // that was made of an earlier edition
	Above  bool          // of a level above this one
}

// shelf is what other levels published, with what was made of it here.
func (l *Library) shelf(r *http.Request, all []*themes.Theme) ([]shelfRow, error) {
	shared, err := l.Themes.Store.Shelf(r.Context())
	if err != nil {
		return nil, err
	}
	var rows []shelfRow
	for _, s := range shared {
		row := shelfRow{Shared: s, Key: s.Library + "/" + string(s.Theme.ID) + "/" + itoa(s.Theme.Number)}
		if row.Above, err = l.Themes.Above(r.Context(), s.Library); err != nil {
			return nil, err
		}
		for _, t := range all {
			if from := t.Superior; from != nil && from.Library == s.Library && from.ID == s.Theme.ID {
				row.Own, row.Behind = t, from.Number < s.Theme.Number
			}
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// claimTheme begins a draft from a theme of another level (认领).
func (l *Library) claimTheme(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	by.Request = f.Text("request")
	d, err := l.Themes.Claim(r.Context(), themes.Superior{Library: f.Text("library"), ID: themes.ID(f.Text("id")), Number: f.Int("number")}, by)
	if err != nil {
		return l.themesRefused(w, r, nil, by, err)
	}
	page.SeeOther(w, r, themeURL(d.ID))
	return nil
}

// themesRefused shows the list again, with what was typed, if anything was.
func (l *Library) themesRefused(w http.ResponseWriter, r *http.Request, posted *page.Form, by identity.Actor, err error) error {
	if fault.Of(err) == fault.Internal {
		return err
	}
	v, failed := l.themesView(r, by)
	if failed != nil {
		return failed
	}
	v.Posted, v.Err, v.View = posted, err, v.View.Faulty(err)
	page.ShowFault(w, r, err, themesPage(v))
	return nil
}

// shareTheme sends the edition in force to the shelves of the partners.
func (l *Library) shareTheme(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	if _, err := page.ReadForm(w, r); err != nil {
		return err
	}
	id := themes.ID(r.PathValue("theme"))
	n, err := l.Elsewhere.Share(r.Context(), id, by)
	if err == nil {
		page.SeeOther(w, r, themeURL(id)+"?shared="+itoa(n))
		return nil
	}
	v, failed := l.themeView(r, by)
	if failed != nil {
		return failed
	}
	return v.refused(w, r, nil, err)
}
