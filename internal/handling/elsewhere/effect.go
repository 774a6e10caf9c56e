package elsewhere

import (
	"context"
	"encoding/json"
	"fmt"

	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/themes"
	"tongban/internal/civic/identity"
	"tongban/internal/civic/parties"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
)

// effect puts into the batch what a message brings about.
func (s *Service) effect(ctx context.Context, b *sqldb.Batch, p Partner, e Envelope) error {
	switch e.Kind {
	case Forwarded:
		return read(e, func(m forwarded) error { return s.file(ctx, b, p, m) })
	case Moved:
		return read(e, func(m moved) error { return s.bringUp(ctx, b, p, m) })
	case Rejected:
		return read(e, func(m rejected) error { return s.takeBack(ctx, b, p, m) })
	case Theme:
		return read(e, func(m themes.Shared) error { return s.shelve(b, p, m) })
	case Balanced:
		return read(e, func(m Statement) error { return s.weigh(ctx, b, p, m) })
	}
	return read(e, func(m asked) error { return s.comply(ctx, b, p, e.Kind, m) })
}

// read reads the body of a message.
func read[B any](e Envelope, do func(B) error) error {
	var body B
	if err := json.Unmarshal(e.Body, &body); err != nil {
		return malformed()
	}
	return do(body)
}

// file makes a case of a parcel that a partner took in. The law's clocks begin
// with this receipt.
func (s *Service) file(ctx context.Context, b *sqldb.Batch, p Partner, m forwarded) error {
	if f, err := s.Store.ForeignParcel(ctx, p.ID, m.Parcel); err != nil || f.Case != "" {
		return err // it is a case already
	}
	e, err := s.same(ctx, m)
	if err != nil {
		return err
	}
	by := s.clerk(p, m.Here, e.Region)
	party, err := s.party(ctx, m.Who, by)
	if err != nil {
		return err
	}
	a := cases.Application{Item: e.Item, Answers: m.Answers, Materials: p.vouches(m.Materials), Delivery: m.Delivery,
		Applicant: cases.Applicant{Party: party, Name: m.Who.Name, Org: m.Who.Kind == parties.Organisation, Agent: m.Agent}}
	if a, err = cases.Sound(e, a, s.now()); err != nil {
		return err
	}
	c, err := s.Cases.SubmitIn(ctx, b, a, by)
	if err != nil {
		return err
	}
	m.Here.Partner, m.Here.Agency = p.ID, p.Name+" "+m.Here.Agency
	s.Store.AddForeign(b, Foreign{c.ID, p.ID, m.Parcel, m.Here, m.Mode})
	return nil
}

// same is our item for what the partner calls by the catalogue code that all
// places share (四统一: 同一事项各地名称、编码、指南、材料一致), in the division
// that it was meant for.
func (s *Service) same(ctx context.Context, m forwarded) (*items.Edition, error) {
	entries, err := s.Items.Catalogued(ctx, []string{m.Catalogue})
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		if e.Catalogue != m.Catalogue || !identity.Within(e.Region, m.There.Region) && !identity.Within(m.There.Region, e.Region) {
			continue
		}
		edition, err := s.Items.Open(ctx, e.ID, s.today())
		if err != nil {
			return nil, err
		}
		if !Reaches(edition.Scope, edition.Region, m.Here.Region) {
			return nil, beyond(edition)
		}
		return edition, nil
	}
	return nil, fault.New(fault.NotFound, "elsewhere.file.item", "%s没有“%s”（基本编码%s）这个事项", m.There.Name, m.ItemName, m.Catalogue)
}

// vouches notes that the certificates among what is handed in are of the partner's
// register, which has judged for whom they stand.
func (p Partner) vouches(handed []cases.Handed) []cases.Handed {
	for i := range handed {
		if handed[i].Certificate != "" {
			handed[i].Vouched = p.Name
		}
	}
	return handed
}

// clerk is the window of a partner as we know it: it takes in for us, and does
// nothing that only our own window may do.
func (s *Service) clerk(p Partner, here Place, region string) identity.Actor {
	by := s.lent(Place{Name: p.Name + " " + here.Name}, region, identity.Actor{Account: "partner/" + p.ID, Name: orElse(here.Person, here.Agency)})
	return by
}

// party finds the applicant by the document that was looked at there, or enters
// them.
func (s *Service) party(ctx context.Context, who parties.Party, by identity.Actor) (string, error) {
	known, err := s.Parties.Find(ctx, who.Document, identity.TheSystem)
	if fault.Of(err) == fault.NotFound {
		who.Version = 0
		return s.Parties.Enter(ctx, who, by)
	}
	if err == nil && known.Name != who.Name {
		return "", fault.New(fault.Conflict, "elsewhere.file.name", "该证件号码在办理地登记的是另一个姓名，请核对证件原件")
	}
	return known.ID, err
}

// bringUp makes what the deciding place tells true of our parcel.
func (s *Service) bringUp(ctx context.Context, b *sqldb.Batch, partner Partner, m moved) error {
	p, err := s.parcelFor(ctx, m.Parcel, partner)
	if err != nil {
		return err
	}
	p.There.Agency, p.There.Phone = m.Agency, m.Phone
	return s.heard(b, p, m.Status, m.Certificate)
}

// parcelFor is a parcel of ours that was sent to the partner. One that is not known was
// forgotten, when this installation was brought back from a copy.
func (s *Service) parcelFor(ctx context.Context, id string, partner Partner) (*Parcel, error) {
	p, err := s.Store.Parcel(ctx, id)
	if fault.Of(err) == fault.NotFound || err == nil && p.There.Partner != partner.ID {
		return nil, fault.New(fault.NotFound, "elsewhere.parcel.unknown", "说的是代收件%s，本平台没有记载，请与对方核对", (&Parcel{ID: id}).Number())
	}
	return p, err
}

// takeBack notes that the other place refused what was asked of it.
func (s *Service) takeBack(ctx context.Context, b *sqldb.Batch, partner Partner, m rejected) error {
	p, err := s.parcelFor(ctx, m.Parcel, partner)
	if err != nil {
		return err
	}
	at := s.now()
	term, err := s.Term(ctx)
	if err != nil {
		return err
	}
	if m.Asked != Forwarded || !p.refused(m.Say, Due(term, at, s.Days), at) {
		p.unheard(m.Say, at)
	}
	return s.Store.Put(b, p, "", "", "", Told{p.ID, "returned", p.State, "", nil, m.Say, at})
}

// comply does what the place of receipt asks for a case that it took in.
func (s *Service) comply(ctx context.Context, b *sqldb.Batch, p Partner, kind Kind, m asked) error {
	f, err := s.Store.ForeignParcel(ctx, p.ID, m.Parcel)
	if err != nil {
		return err
	}
	if f.Case == "" || f.Case != m.Case {
		return None()
	}
	c, err := s.Cases.Store.Case(ctx, f.Case)
	if err != nil {
		return err
	}
	by := s.clerk(p, m.Place, c.Region)
	by.Name = orElse(m.Person, by.Name)
	switch {
	case kind == Answered:
		return s.correct(ctx, b, f.Case, cases.Correction{Handed: p.vouches(m.Materials), Answers: m.Answers}, by)
	case kind == Issued && m.Delivered != nil:
		return s.deliver(ctx, b, f.Case, *m.Delivered, by)
	case kind == Dropped:
		return s.withdraw(ctx, b, f.Case, m.Reason)
	}
	return malformed()
}

// reject tells the sender why its message could not be done. What was only told
// us needs no answer: it stands in the note.
func (s *Service) reject(b *sqldb.Batch, p Partner, e Envelope, say string) error {
	if e.Kind == Moved || e.Kind == Rejected {
		return nil
	}
	parcel := parcelIn(e.Body)
	if parcel == "" {
		return nil // whoever writes such a body finds it in their own outbox
	}
	return s.write(b, p.ID, Rejected, fmt.Sprintf("rejected/%s/%d", p.ID, e.Number), rejected{parcel, e.Kind, say}, s.now())
}

// parcelIn is the parcel a message is about; empty in one that cannot be read.
func parcelIn(body json.RawMessage) string {
	var m struct {
		Parcel string `json:"parcel"`
	}
	_ = json.Unmarshal(body, &m)
	return m.Parcel
}
