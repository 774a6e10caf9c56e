package cases

import (
	"context"
	"fmt"

	"tongban/internal/civic/codes"
	"tongban/internal/civic/parties"
	"tongban/internal/ground/fault"
)

// Applicant is who applies, as they stood when they filed.
type Applicant struct {
	Party string `json:"party"` // parties.ID
	Name  string `json:"name"`
	Org   bool   `json:"org,omitempty"`   // a legal person or other organisation
	Agent string `json:"agent,omitempty"` // 经办人, when someone acted for the applicant

	Document parties.Document `json:"document,omitzero"` // as papers bear it, a person's masked; none on cases filed before papers bore it
}

// Shown is the applicant as everybody may read them: a person by the surname.
func (a Applicant) Shown() string {
	if a.Org {
		return a.Name
	}
	return codes.MaskName(a.Name)
}

// borne is the applicant as every paper bears them: the name, and the number by
// which one is known; "" where no number was noted.
func (a Applicant) borne() string {
	if a.Document.Number == "" {
		return ""
	}
	return fmt.Sprintf("%s（%s%s）", a.Name, codes.Lists()["id-type"].Label(a.Document.Type), a.Document.Number)
}

// identify notes the number by which the applicant is known when they file: the
// code of an organisation, which is public, and of a person's no more than all
// who work on the case may see (个人信息保护法第六条).
func (s *Service) identify(ctx context.Context, who Applicant) (Applicant, error) {
	who.Document = parties.Document{}
	if s.Party == nil {
		return who, nil
	}
	p, err := s.Party(ctx, who.Party)
	switch {
	case fault.Of(err) == fault.NotFound:
		return who, nil
	case err != nil:
		return who, fmt.Errorf("identify the applicant: %w", err)
	}
	who.Document = p.Mask().Document
	return who, nil
}
