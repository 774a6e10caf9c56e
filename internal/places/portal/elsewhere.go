package portal

import (
	"net/http"

	"tongban/internal/ground/page"
	"tongban/internal/handling/elsewhere"
	"tongban/internal/places/frame"
)

// elsewhereView is what was taken in here for this person and is handled in
// another place.
type elsewhereView struct {
	frame.View
	Parcels []*elsewhere.Parcel
	NoParty bool
}

func (p *Portal) elsewherePage(w http.ResponseWriter, r *http.Request) error {
	by := frame.Actor(r)
	v := elsewhereView{View: under(r, "异地办理"), NoParty: by.Party == ""}
	if !v.NoParty {
		var err error
		if v.Parcels, err = p.Elsewhere.List(r.Context(), elsewhere.Filter{Party: by.Party, Limit: 100}, by); err != nil {
			return err
		}
	}
	page.Show(w, r, elsewhereTemplate(v))
	return nil
}

func (p *Portal) elsewhereProof(w http.ResponseWriter, r *http.Request) error {
	file, err := p.Elsewhere.CertificateFile(r.Context(), r.PathValue("parcel"), frame.Actor(r))
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Disposition", `attachment; filename="certificate.json"`)
	_, err = w.Write(file)
	return err
}

// sides are both places of a parcel as rows.
func sides(p *elsewhere.Parcel) []frame.Row {
	var rows []frame.Row
	for _, s := range p.Sides() {
		rows = append(rows, frame.Row{Key: s.Name, Value: s.Value})
	}
	return rows
}
