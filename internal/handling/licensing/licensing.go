// Package licensing puts the permits granted on cases of one industry onto one
// composite licence (一业一证: 一证准营). It decides nothing: it hears what
// became of certificates and tells the register of licences.
package licensing

import (
	"context"
	"fmt"

	"tongban/internal/catalogue/industries"
	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/themes"
	"tongban/internal/civic/agencies"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/joint"
	"tongban/internal/register/certificates"
	"tongban/internal/register/licences"
	"tongban/internal/register/seals"
)

// Service listens to the register of certificates.
type Service struct {
	Licences     *licences.Service
	Certificates *certificates.Service
	Joint        *joint.Service
	Themes       *themes.Service
	Agencies     *agencies.Service
	Industries   *industries.Book
}

// Wants reports whether a certificate may be a permit on somebody's licence.
func Wants(i certificates.Issued) bool {
	return i.TypeName != licences.TypeName && (i.Case != "" || i.Previous != "")
}

// Concerns says which certificates were issued on cases of a matter, or are the
// next version of another.
func (s *Service) Concerns(ctx context.Context, all []certificates.Issued) ([]bool, error) {
	ids := make([]cases.ID, len(all))
	for i, one := range all {
		ids[i] = cases.ID(one.Case)
	}
	yes, err := s.Joint.Parts(ctx, ids)
	for i, one := range all {
		yes[i] = yes[i] || one.Previous != ""
	}
	return yes, err
}

// CertificateIssued hears of a new certificate, or of the next version of one.
func (s *Service) CertificateIssued(ctx context.Context, i certificates.Issued, b *sqldb.Batch) error {
	return s.follow(ctx, i.Identifier, "", b)
}

// CertificateChanged hears that a certificate was suspended, given back,
// cancelled, withdrawn or revoked.
func (s *Service) CertificateChanged(ctx context.Context, c certificates.Changed, b *sqldb.Batch) error {
	return s.follow(ctx, c.Identifier, c.Reason, b)
}

// follow has the licence of a certificate show it as it stands now: news may
// come late or twice, the register is always right. Reason is why it changed.
func (s *Service) follow(ctx context.Context, identifier, reason string, b *sqldb.Batch) error {
	c, err := s.Certificates.Certificate(ctx, identifier, identity.TheSystem)
	if err != nil || c.TypeName == licences.TypeName {
		return err
	}
	l, err := s.Licences.Showing(ctx, identifier)
	if err != nil {
		return err
	}
	if l != nil {
		return s.Licences.See(ctx, b, l, c, reason)
	}
	if c.State != certificates.Valid || c.Case == "" {
		return nil
	}
	return s.join(ctx, c, reason, b)
}

// join shows what was granted on the licence of the joint matter that it came of,
// which begins with the first.
func (s *Service) join(ctx context.Context, c *certificates.Certificate, reason string, b *sqldb.Batch) error {
	j, err := s.Joint.OfCase(ctx, cases.ID(c.Case))
	if err != nil || j == nil {
		return err
	}
	i, ok := s.Industries.OfTheme(j.Theme)
	if !ok || !i.Covers(items.ID(c.Item)) {
		return nil
	}
	l, err := s.Licences.Begun(ctx, string(j.ID))
	if err != nil {
		return err
	}
	if l != nil {
		return s.Licences.See(ctx, b, l, c, reason)
	}
	lead, err := s.lead(ctx, j)
	if err != nil {
		return fmt.Errorf("licence of %s: %w", j.Number, err)
	}
	return s.Licences.Begin(ctx, b, licences.Opening{Matter: string(j.ID), Industry: string(i.ID), Name: i.Name, Lead: lead, Area: j.Region[:6]}, c)
}

// lead is who puts the permits on one paper: the lead of the theme.
func (s *Service) lead(ctx context.Context, j *joint.Joint) (seals.Agency, error) {
	t, err := s.Themes.Edition(ctx, j.Theme, j.Edition)
	if err != nil && fault.Of(err) == fault.NotFound {
		t, err = s.Themes.Current(ctx, j.Theme)
	}
	if err != nil {
		return seals.Agency{}, err
	}
	a, err := s.Agencies.Find(ctx, t.Lead.Agency)
	return seals.AgencyOf(a), err
}
