package publicity

import (
	"context"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/engine/clock"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
)

// A Pledged is a pledge on which something was granted, as everybody may read it
// for as long as the item said when it was given (承诺书公开, 国办发〔2020〕42号（四）).
type Pledged struct {
	Case       cases.ID
	Item       items.ID
	ItemName   string
	Agency     string
	AgencyName string
	Name       string // of a firm in full, of a person masked
	What       string // was pledged
	Decided    calendar.Day
	Until      calendar.Day // last day on which it is public
	Found      string       // what the check came to; "" not checked yet
	Cursor     string
}

// PledgeOf is the pledge of a case as the public may read it; false if the item
// keeps pledges to those concerned, or nothing was granted on one.
func PledgeOf(c *cases.Case, e *items.Edition, days clock.Days) (Pledged, bool) {
	if c.Decision == nil || !c.Decision.Granted || len(c.Pledges) == 0 || e.Pledge.Public.None() {
		return Pledged{}, false
	}
	var what []string
	for _, p := range c.Pledges {
		if p.Kind == cases.LicencePledge {
			what = append(what, "符合全部条件")
		} else {
			what = append(what, "以承诺代替“"+p.Name+"”")
		}
	}
	decided := calendar.DayOf(c.Decision.At)
	return Pledged{Case: c.ID, Item: c.Item, ItemName: c.ItemName, Agency: c.Agency, AgencyName: e.AgencyName, Name: c.Applicant.Shown(),
		What: strings.Join(what, "；"), Decided: decided, Until: clock.Term{Limit: e.Pledge.Public}.By(decided, days)}, true
}

// WantsPledge reports whether a move is a grant, or found out about a pledge.
func WantsPledge(m cases.Moved) bool {
	return m.Found != nil || upheld(m) || m.Decision != nil && m.Decision.Granted && m.Ended()
}

// upheld reports whether the decision stands though a check spoke against it.
func upheld(m cases.Moved) bool {
	return m.Act == cases.DismissLater && m.Later != nil && m.Later.Of == cases.CheckPledge
}

// PledgeMoved makes public what was granted on a pledge, and what the check of it
// came to.
func (s *Service) PledgeMoved(ctx context.Context, m cases.Moved, b *sqldb.Batch) error {
	if upheld(m) {
		s.Store.FindPledge(b, m.Case, "持证人申辩后核实，决定有效")
		return nil
	}
	if m.Found != nil {
		s.Store.FindPledge(b, m.Case, m.Found.Result.Han())
		return nil
	}
	c, e, err := s.decided(ctx, m)
	if err != nil {
		return err
	}
	if p, public := PledgeOf(c, e, s.Days); public {
		s.Store.ShowPledge(b, p)
	}
	return nil
}

// Pledges is a page of the pledges that are public today.
func (s *Service) Pledges(ctx context.Context, f Filter) ([]Pledged, error) {
	return s.Store.Pledges(ctx, f.paged(), calendar.DayOf(s.Now()))
}
