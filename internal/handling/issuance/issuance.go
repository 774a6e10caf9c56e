// Package issuance makes what a decision promised: the certificate of a granted
// case (制证发证).
//
// Deciding and issuing are two acts with two limits: the certificate follows
// within ten working days of the decision (行政许可法第四十四条). Here it follows
// at once, unless something is missing, and then the news is tried again.
package issuance

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/agencies"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/civic/parties"
	"tongban/internal/engine/forms"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
	"tongban/internal/register/certificates"
	"tongban/internal/register/seals"
)

// Store remembers which case has been given which certificate.
type Store interface {
	// Issued is the identifier of the case's certificate, "" if there is none.
	Issued(ctx context.Context, id cases.ID) (string, error)
	// AllIssued is Issued for several cases; one that has none is not among them.
	AllIssued(ctx context.Context, ids []cases.ID) (map[cases.ID]string, error)
	// Keep adds the note to the batch in which the certificate is issued; a
	// second note for the same case undoes that batch.
	Keep(b *sqldb.Batch, id cases.ID, identifier string)
}

// Parties are who certificates are made out to (parties.Store).
type Parties interface {
	Party(ctx context.Context, id string) (parties.Party, error)
	Parties(ctx context.Context, ids []string) (map[string]parties.Party, error)
}

// Service issues certificates.
type Service struct {
	Store        Store
	Cases        *cases.Service
	Certificates *certificates.Service
	Agencies     *agencies.Service
	Parties      Parties

	// Founds is the party that a case brought into being, which its certificate is
	// made out to and not to who applied (a company and its business licence); nil
	// for all other cases. What it writes goes into the batch.
	Founds func(context.Context, *sqldb.Batch, *cases.Case, *items.Edition, forms.Answers) (*parties.Party, error)
}

// Wants reports whether a move grants something that a certificate is to show.
func Wants(m cases.Moved) bool {
	return follows(m) || confirms(m) || m.Decision != nil && m.To == cases.Granted
}

// follows reports whether a move changes what was granted before.
func follows(m cases.Moved) bool {
	l := m.Later
	return l != nil && l.Done && l.Granted && l.Holds != "" && l.Served == nil
}

// CaseMoved hears of decisions and issues what they grant. Told twice, it
// issues once.
func (s *Service) CaseMoved(ctx context.Context, m cases.Moved, b *sqldb.Batch) error {
	if follows(m) {
		return s.follow(ctx, m, b)
	}
	if confirms(m) {
		c, err := s.Cases.Store.Case(ctx, m.Case)
		if err != nil {
			return err
		}
		return s.met(ctx, c, b)
	}
	if identifier, err := s.issued(ctx, m.Case); err != nil || identifier != "" {
		return err
	}
	return s.issue(ctx, m.Case, b)
}

// issue issues what was granted, if its edition leads to a certificate and the
// answers to this one.
func (s *Service) issue(ctx context.Context, id cases.ID, b *sqldb.Batch) error {
	c, err := s.Cases.Store.Case(ctx, id)
	if err != nil {
		return err
	}
	f, err := s.Cases.Frame(ctx, c)
	if err != nil {
		return err
	}
	if !certifies(f.Edition) {
		return nil
	}
	answers, err := s.Cases.Answers(ctx, c, identity.TheSystem)
	if err != nil {
		return err
	}
	result, promised := promisedBy(f.Edition, answers)
	if !promised {
		return nil
	}
	order, err := s.order(ctx, b, c, f.Edition, result, answers)
	if err != nil {
		return err
	}
	made, err := s.Certificates.IssueInto(ctx, b, Remarked(order, c, s.Cases.Days), identity.TheSystem)
	if err != nil {
		return fmt.Errorf("issue %s for case %s: %w", result.CertificateType, c.ID, err)
	}
	s.Store.Keep(b, c.ID, made.Identifier)
	return nil
}

// certifies reports whether any result of the edition is a certificate.
func certifies(e *items.Edition) bool {
	return slices.ContainsFunc(e.Results, func(r items.Result) bool { return r.CertificateType != "" })
}

// promisedBy is the certificate that the edition's result is for someone who
// answered so, if it is one.
func promisedBy(e *items.Edition, answers forms.Answers) (items.Result, bool) {
	for _, r := range e.ResultsFor(answers) {
		if r.CertificateType != "" {
			return r, true
		}
	}
	return items.Result{}, false
}

func (s *Service) order(ctx context.Context, b *sqldb.Batch, c *cases.Case, e *items.Edition, r items.Result, answers forms.Answers) (certificates.Order, error) {
	party, err := s.party(ctx, c.Applicant.Party)
	if err != nil {
		return certificates.Order{}, err
	}
	agency, err := s.Agencies.Find(ctx, c.Agency)
	if err != nil {
		return certificates.Order{}, err
	}
	t, err := s.Certificates.TypeNamed(ctx, r.CertificateType)
	if err != nil {
		return certificates.Order{}, err
	}
	if s.Founds != nil {
		made, err := s.Founds(ctx, b, c, e, answers)
		if err != nil {
			return certificates.Order{}, err
		}
		if made != nil {
			o := Order(c, e, r, t, *made, agency, answers)
			o.Face = append(o.Face, certificates.Entry{Label: codeLabel, Text: made.Document.Number}, certificates.Entry{Label: bornLabel, Text: o.From.Han()})
			return o, nil
		}
	}
	return Order(c, e, r, t, party, agency, answers), nil
}

// How the certificate of a new company calls its code, and the day from which
// there is a company: that of the certificate.
const (
	codeLabel = "统一社会信用代码"
	bornLabel = "成立日期"
)

// Order says what the certificate of a granted case is to show. It is pure.
func Order(c *cases.Case, e *items.Edition, r items.Result, t certificates.Type, party parties.Party, agency agencies.Agency, answers forms.Answers) certificates.Order {
	day := calendar.DayOf(c.Decision.At)
	o := certificates.Order{
		Type: t.Code, Issuer: seals.AgencyOf(agency), Area: c.Region[:6],
		Holder: certificates.Holder{Party: party.ID, Name: party.Name, Code: party.Document.Number, Kind: party.Document.Type},
		From:   day, Face: face(e.Form, t, answers, party.Kind == parties.Organisation), Item: string(e.Item), ItemName: e.Name, Case: string(c.ID),
	}
	if r.ValidYears > 0 {
		o.Till = day.AddMonths(12*r.ValidYears) - 1
	}
	return o
}

// mostLines is how many answers a certificate shows when its type does not say which.
const mostLines = 8

// face takes from the form what the type shows; a type that does not say shows
// the first answers that are nobody's secret: no telephone, number or account; and of
// an organisation's nobody who only acted for it.
func face(form forms.Form, t certificates.Type, answers forms.Answers, org bool) []certificates.Entry {
	var lines []certificates.Entry
	for _, f := range form.All() {
		text := f.Show(answers[f.ID])
		if text == "" || f.Kind == forms.LongText || f.Kind == forms.File {
			continue
		}
		agent := org && strings.HasPrefix(f.Prefill, "person.")
		if t.Shows(f.Label) || len(t.Fields) == 0 && !cases.Private(*f) && !agent && len(lines) < mostLines {
			lines = append(lines, certificates.Entry{Label: f.Label, Text: text})
		}
	}
	return lines
}
