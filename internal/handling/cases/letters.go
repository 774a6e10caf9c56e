package cases

import (
	"context"

	"tongban/internal/civic/identity"
)

// The papers that an applicant signs, and not we.
var signedByApplicant = map[PaperKind]bool{PromiseLetter: true, PledgeLetter: true, ServiceRecord: true}

// Letters are the papers among those foreseen that the applicant signs, to be
// read before they do (容缺受理承诺书、告知承诺书、送达回证).
func (p Prospect) Letters() []Sheet {
	var all []Sheet
	for _, s := range p.Papers {
		if signedByApplicant[s.Kind] {
			all = append(all, s)
		}
	}
	return all
}

// FilingLetters are the letters that somebody at a window signs if what they
// brought is filed and accepted so; the prospect says why it cannot be.
func (s *Service) FilingLetters(ctx context.Context, a Application, i Intent, by identity.Actor) ([]Sheet, error) {
	p, m, err := s.foreseeFiling(ctx, a, i, by)
	if err != nil {
		return nil, err
	}
	if p.Why != nil {
		return nil, p.Why
	}
	letters := p.Letters()
	if len(m.Pledges) == 0 {
		return letters, nil
	}
	f, err := s.Frame(ctx, p.After)
	if err != nil {
		return nil, err
	}
	sheet, err := s.compose(ctx, Paper{Kind: PledgeLetter, Title: m.title(PledgeLetter, f.Edition.Type), Agency: p.After.givenBelow(PledgeLetter, m, f)}, p.After, m, f.Edition)
	return append(letters, sheet), err
}
