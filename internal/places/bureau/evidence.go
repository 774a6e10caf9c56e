package bureau

import (
	"context"

	"tongban/internal/civic/identity"
	"tongban/internal/places/frame"
)

// A proof is one file of evidence with its place and time.
type proof struct {
	Name, Href, Say string
	Picture         bool
}

// proofs are all the evidence on file.
func (p casePage) proofs() []proof {
	var all []proof
	for _, e := range p.Case.Evidence {
		all = append(all, proof{e.Name, fileURL(p.Case.ID, attached, e.File), e.Say() + "；" + p.when(e.Seq) + "上传", shows(e.File)})
	}
	return all
}

// signers are those who may be asked to sign: of the agencies that have work in
// the case, and not the reader.
func (b *Bureau) signers(ctx context.Context, p casePage) ([]frame.Choice, error) {
	all, seen := []frame.Choice{{Value: "", Label: "请选择"}}, map[string]bool{p.by.Account: true}
	for _, s := range p.Work.Signers {
		seen[s] = true
	}
	for _, agency := range append([]string{p.Case.Agency}, p.Case.Involved...) {
		for _, role := range identity.Deciding {
			holders, err := b.Staff.Holders(ctx, agency, role)
			if err != nil {
				return nil, err
			}
			for _, h := range holders {
				if !seen[h.Account] {
					seen[h.Account] = true
					all = append(all, frame.Choice{Value: h.Account, Label: h.Name + "（" + p.agency.Name(agency) + " " + h.Post.Title + "）"})
				}
			}
		}
	}
	return all, nil
}
