package lifecourse

import (
	"context"
	"log/slog"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/civic/parties"
	"tongban/internal/engine/forms"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
	"tongban/internal/register/certificates"
	"tongban/internal/register/companies"
)

// Wants reports whether a move may begin or end something in a company's life.
func Wants(m cases.Moved) bool { return m.Act == cases.Submit || m.Ended() }

// CaseMoved hears what cases decided and writes it on the register. Told twice,
// it writes once.
func (s *Service) CaseMoved(ctx context.Context, m cases.Moved, b *sqldb.Batch) error {
	c, err := s.Cases.Store.Case(ctx, m.Case)
	if err != nil {
		return err
	}
	act, does := s.Plan.Does(c.Item)
	if !does || act == companies.Found {
		return nil // a founding is written when the licence is made: see Founded
	}
	switch {
	case act == companies.CloseSimply && m.Act == cases.Submit:
		return s.note(ctx, b, c, companies.Ask, false)
	case act == companies.CloseSimply && m.To != cases.Granted:
		return s.note(ctx, b, c, companies.Unask, false)
	case m.To == cases.Granted:
		return s.note(ctx, b, c, act, true)
	}
	return nil
}

// note writes one step of a company that the case is about.
func (s *Service) note(ctx context.Context, b *sqldb.Batch, c *cases.Case, act companies.Act, decided bool) error {
	f, err := s.Cases.Frame(ctx, c)
	if err != nil {
		return err
	}
	answers, err := s.Cases.Answers(ctx, c, identity.TheSystem)
	if err != nil {
		return err
	}
	firm, err := s.company(ctx, c.Applicant.Party, f.Edition, answers)
	if err != nil || firm == nil {
		return err
	}
	step, err := s.step(ctx, c, f.Edition)
	if err != nil {
		return err
	}
	w := want(f.Edition, answers)
	var lines []companies.Line
	if act == companies.Change {
		lines = changes(f.Edition, answers)
		if err := s.reregister(ctx, firm, lines, document(f.Edition, answers)); err != nil {
			return err
		}
	}
	if decided {
		if err := s.certificate(ctx, b, firm, act, lines); err != nil {
			return err
		}
	}
	return s.Companies.Record(ctx, b, firm.ID, act, w, c.Received, step, lines)
}

func (s *Service) step(ctx context.Context, c *cases.Case, e *items.Edition) (companies.Step, error) {
	name, err := s.Agency(ctx, c.Agency)
	step := companies.Step{On: calendar.DayOf(c.Opened), Case: string(c.ID), Number: c.Number, Name: e.Name, Agency: name}
	if c.Decision != nil {
		step.On = calendar.DayOf(c.Decision.At)
	}
	return step, err
}

// certificate brings the business licence up to what was decided: a change makes
// its next version, an ending cancels it.
func (s *Service) certificate(ctx context.Context, b *sqldb.Batch, firm *companies.Company, act companies.Act, lines []companies.Line) error {
	if act != companies.Change && companies.RowOf(act).To != companies.Gone {
		return nil
	}
	t, err := s.Certificates.TypeNamed(ctx, s.Plan.Permit)
	if err != nil {
		return err
	}
	held, err := s.Certificates.Held(ctx, firm.Code, t.Code, identity.TheSystem)
	if err != nil {
		return err
	}
	for _, old := range held {
		switch {
		case old.State != certificates.Valid:
		case act == companies.Change:
			_, err = s.Certificates.RenewInto(ctx, b, old.Identifier, next(old, lines), identity.TheSystem)
		default:
			err = s.Certificates.MoveInto(ctx, b, old.Identifier, certificates.Cancel, "公司注销登记", identity.TheSystem)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// next is the order of a licence on which some lines read otherwise.
func next(old *certificates.Certificate, lines []companies.Line) certificates.Order {
	o := certificates.Order{From: old.From, Till: old.Till, Face: append([]certificates.Entry{}, old.Face...)}
	for _, l := range lines {
		if l.Name == "名称" {
			o.Holder = old.Holder
			o.Holder.Name = l.Say
		}
		at := -1
		for i, entry := range o.Face {
			if entry.Label == l.Name || entry.Label == "公司"+l.Name || entry.Label == l.Name+"姓名" {
				at = i
			}
		}
		if at < 0 {
			o.Face = append(o.Face, certificates.Entry{Label: l.Name, Text: l.Say})
		} else {
			o.Face[at].Text = l.Say
		}
	}
	return o
}

// reregister brings the party up to the register: name, address, and who acts
// for it by law.
func (s *Service) reregister(ctx context.Context, firm *companies.Company, lines []companies.Line, head parties.Document) error {
	p, err := s.Parties.Store.Party(ctx, firm.Party)
	if err != nil {
		return err
	}
	for _, l := range lines {
		switch l.Name {
		case "名称":
			p.Name = l.Say
		case "住所":
			p.Address = l.Say
		case "法定代表人":
			p.Head = parties.Head{Name: l.Say, Document: head}
		}
	}
	return s.Parties.Rewrite(ctx, p, identity.TheSystem)
}

// Founded puts a company on the register when its founding was granted, and is
// the party that its business licence is made out to; nil for cases that found
// nothing. Asked again about the same case, it finds the same company.
func (s *Service) Founded(ctx context.Context, b *sqldb.Batch, c *cases.Case, e *items.Edition, answers forms.Answers) (*parties.Party, error) {
	if act, _ := s.Plan.Does(c.Item); act != companies.Found || c.Decision == nil {
		return nil, nil
	}
	p, err := s.newParty(ctx, c, e, answers)
	if err != nil {
		return nil, err
	}
	step, err := s.step(ctx, c, e)
	if err != nil {
		return nil, err
	}
	firm := companies.Company{ID: companies.ID(p.ID), Code: p.Document.Number, Party: p.ID, Agency: c.Agency, Region: c.Region}
	for _, l := range entries(e, answers) {
		firm = firm.With(l)
	}
	return p, s.Companies.Begin(b, firm, companies.Found, step, step.Agency)
}

// newParty enters the company among the parties, so that its legal
// representative may act for it from this hour on.
func (s *Service) newParty(ctx context.Context, c *cases.Case, e *items.Edition, answers forms.Answers) (*parties.Party, error) {
	id := "f-" + string(c.ID)
	p, err := s.Parties.Store.Party(ctx, id)
	if err == nil {
		return &p, nil // the batch it was made in was not kept
	}
	if fault.Of(err) != fault.NotFound {
		return nil, err
	}
	code, err := s.Companies.NextCode(ctx, c.Region[:6])
	if err != nil {
		return nil, err
	}
	p = parties.Party{
		ID: id, Kind: parties.Organisation, Name: told(e, answers, "法人和其他组织名称"), Document: parties.Document{Type: parties.CreditCode, Number: code},
		Address: told(e, answers, "住所"), Sort: "企业", Mobile: raw(e, answers, "联系电话"), Created: c.Decision.At, Real: identity.Shown,
		Head: parties.Head{Name: told(e, answers, "法定代表人姓名"), Document: document(e, answers)},
	}
	if err := s.Parties.Load(ctx, []parties.Party{p}, identity.TheSystem); err != nil {
		return nil, err
	}
	return &p, nil
}

// CertificateChanged hears that a business licence was revoked: what is left to
// the company is to end (市场主体登记管理条例实施细则第四十四条).
func (s *Service) CertificateChanged(ctx context.Context, m certificates.Changed, b *sqldb.Batch) error {
	c, err := s.Certificates.Certificate(ctx, m.Identifier, identity.TheSystem)
	if err != nil || c.TypeName != s.Plan.Permit || c.State != certificates.Revoked {
		return err
	}
	firm, err := s.Companies.Coded(ctx, c.Holder.Code)
	if err != nil || firm == nil || firm.State == companies.Struck {
		return err
	}
	day := calendar.DayOf(s.Companies.Now())
	slog.InfoContext(ctx, "business licence revoked", "company", string(firm.ID))
	return s.Companies.Record(ctx, b, firm.ID, companies.Strike, companies.Want{}, day, companies.Step{On: day, Agency: c.Issuer.Name, Say: "营业执照被吊销"}, nil)
}

// Register takes over the companies that a city had before it had this register.
func (s *Service) Register(ctx context.Context, db *sqldb.DB, p parties.Party, agency, region string) error {
	var b sqldb.Batch
	firm := companies.Company{ID: companies.ID(p.ID), Code: p.Document.Number, Party: p.ID, Name: p.Name, Kind: p.Sort, Head: p.Head.Name, Address: p.Address, Agency: agency, Region: region}
	name, err := s.Agency(ctx, agency)
	if err != nil {
		return err
	}
	if err := s.Companies.Begin(&b, firm, companies.Enter, companies.Step{On: calendar.DayOf(p.Created), Agency: name}, name); err != nil {
		return err
	}
	return db.Commit(ctx, &b)
}
