package certificates

import (
	"context"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
)

// A Use is a line of the log that the holder may read: who used the
// certificate, for which item and case, and to what end.
type Use struct {
	ID         string
	Identifier string
	Purpose    string // 用证事由
	Item       string
	Case       string
	Account    string
	Name       string
	At         time.Time
}

// longestPurpose is in characters.
const longestPurpose = 200

// Present has a certificate stand for a material of a case (免提交): it must be
// good today, and be the holder's own or used by staff; the log gets a line in
// the caller's batch. purpose says why, in at most 200 characters. Faults:
// certificates.use.purpose, certificates.use.state, and NotFound.
func (s *Service) Present(ctx context.Context, b *sqldb.Batch, identifier, purpose, item, caseNo string, by identity.Actor) (*Certificate, error) {
	if !plain(purpose, 1, longestPurpose) {
		return nil, fault.New(fault.Invalid, "certificates.use.purpose", "请写明用证事由，不超过%d字", longestPurpose)
	}
	c, err := s.Certificate(ctx, identifier, by)
	if err != nil {
		return nil, err
	}
	now := s.Now()
	if day := calendar.DayOf(now); !c.Good(day) {
		return nil, fault.New(fault.Conflict, "certificates.use.state", "证照“%s”当前为“%s”状态，不能代替材料，请另行提交", c.TypeName, c.Standing(day))
	}
	s.Store.Use(b, Use{sqldb.NewID(), c.Identifier, purpose, item, caseNo, by.Account, by.Name, now})
	return c, nil
}

// Uses is a page of the log of a certificate, for its holder and for staff:
// newest first, older than the last line of the page before.
func (s *Service) Uses(ctx context.Context, identifier string, before Use, most int, by identity.Actor) ([]Use, error) {
	c, err := s.Certificate(ctx, identifier, by)
	if err != nil {
		return nil, err
	}
	return s.Store.Uses(ctx, c.Identifier, before, min(max(most, 1), mostOnPage))
}
