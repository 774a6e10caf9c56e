package elsewhere

import (
	"context"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/handling/cases"
)

// Destinations are the places of other installations to which an applicant may
// send the item by themselves (全程网办, 国办发〔2020〕35号).
func (s *Service) Destinations(ctx context.Context, e *items.Edition) ([]cases.Destination, error) {
	partners, err := s.Store.Partners(ctx)
	if err != nil {
		return nil, err
	}
	var all []cases.Destination
	for _, p := range partners {
		for _, r := range p.Regions {
			if !p.Resting && mayGo(e, r.Code) == nil {
				all = append(all, cases.Destination{Partner: p.ID, Region: r.Code, Name: r.Name})
			}
		}
	}
	return all, nil
}

// mayGo refuses to let an applicant send an item to a place by themselves that
// does not share it, or for which somebody has to come (全程网办：不用到现场).
func mayGo(e *items.Edition, region string) error {
	if !Reaches(e.Scope, region, e.Region) {
		return beyond(e)
	}
	if !e.WholeOnline() || e.Visits > 0 {
		return fault.New(fault.Invalid, "elsewhere.take.visit", "“%s”要到现场办理，不能全程网办。请到就近的政务服务窗口，由窗口代收转送", e.Name)
	}
	return nil
}

// SendDraft sends what a draft holds to the place it is for, and throws the
// draft away. Pressed twice, it sends once: the draft's own ID names the request.
func (s *Service) SendDraft(ctx context.Context, d *cases.Draft, by identity.Actor) (*Parcel, error) {
	if !d.Word.None() {
		return nil, fault.New(fault.Invalid, "elsewhere.take.word", "由外地办理的，承诺书由办理地接受，不能随申请转送。请取消书面承诺，上传这些材料")
	}
	by.Request = draftRequest(d.ID)
	a := cases.Application{Item: d.Item, Applicant: d.Applicant, Answers: d.Answers, Materials: d.Materials, Delivery: d.Delivery, Signed: d.Signed}
	p, err := s.Take(ctx, Taking{Application: a, Partner: d.To.Partner, Region: d.To.Region}, by)
	if err != nil {
		return nil, err
	}
	return p, s.Cases.Discard(ctx, d.ID, by)
}

// OfDraft is the parcel that a draft of the actor's was sent as; fault NotFound
// if it was not.
func (s *Service) OfDraft(ctx context.Context, draft string, by identity.Actor) (*Parcel, error) {
	return s.Store.ByRequest(ctx, by.Account+"/"+draftRequest(draft))
}

func draftRequest(id string) string { return "draft/" + id }

// takenWord is what was done when the parcel was taken in.
func (p *Parcel) takenWord() string {
	if p.Mode == Online {
		return "网上申请"
	}
	return "代收"
}
