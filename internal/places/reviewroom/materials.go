package reviewroom

import (
	"net/http"

	"tongban/internal/handling/experts"
	"tongban/internal/places/frame"
)

// file shows an expert a file of the case they review.
func (p *Reviewroom) file(w http.ResponseWriter, r *http.Request) error {
	f, err := p.Experts.Material(r.Context(), experts.ID(r.PathValue("review")), r.PathValue("hash"), frame.Actor(r))
	if err != nil {
		return err
	}
	content, err := p.Files.Open(r.Context(), f.Hash)
	if err != nil {
		return err
	}
	content.Serve(w, r, f.Name)
	return nil
}
