package issuance

import (
	"context"
	"fmt"
	"slices"

	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
	"tongban/internal/register/certificates"
)

// What was granted on a word about conditions to come may not be made use of before
// they are met (国办发〔2020〕42号): the certificate says so in its remark, and once
// that is confirmed its next version says so no more.

// confirms reports whether a move may be what confirms that all conditions are met.
func confirms(m cases.Moved) bool {
	return m.Act == cases.CheckPledge && m.Found != nil && m.Found.Result == cases.PledgeTrue
}

// Remarked is an order with what has to be said in its remark of a case whose
// conditions are not met yet. It is pure.
func Remarked(o certificates.Order, c *cases.Case, days clock.Days) certificates.Order {
	if c.NotYet() {
		o.Face = append(slices.Clone(o.Face), certificates.Entry{Label: certificates.Remark, Text: c.MeetSays(days)})
	}
	return o
}

// Unremarked is the order of the next version of a certificate, without what c had it
// say; false if it says nothing of the kind, or has to say it still. It is pure.
func Unremarked(old certificates.Record, c *cases.Case) (certificates.Order, bool) {
	said := func(e certificates.Entry) bool { return e.Label == certificates.Remark && cases.SaysNotYet(e.Text) }
	if c.NotYet() || !slices.ContainsFunc(old.Face, said) {
		return certificates.Order{}, false
	}
	return certificates.Order{InTime: true, Case: string(c.ID), Face: slices.DeleteFunc(slices.Clone(old.Face), said)}, true
}

// met issues the next version of the certificate of a case whose conditions are met.
// Told twice, or of a certificate that has met its end, it does nothing.
func (s *Service) met(ctx context.Context, c *cases.Case, b *sqldb.Batch) error {
	if c.Certificate == "" {
		return nil
	}
	old, err := s.Certificates.Store.Certificate(ctx, c.Certificate)
	if err != nil || old.State != certificates.Valid {
		return err
	}
	o, changed := Unremarked(old.Record, c)
	if !changed {
		return nil
	}
	if _, err := s.Certificates.RenewInto(ctx, b, old.Identifier, o, identity.TheSystem); err != nil {
		return fmt.Errorf("issue %s without its remark: %w", old.Identifier, err)
	}
	return nil
}
