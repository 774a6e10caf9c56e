package revisions

import (
	"context"
	"strconv"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/agencies"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/codes"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
)

// A Claim takes up a superior's item for an agency below (认领): what the superior
// fixes is inherited and locked, everything else begins as the superior has it and
// may only become better for the applicant (徐政发〔2022〕21号（一）).
type Claim struct {
	Start  // Item is the superior's
	Agency agencies.Agency
}

// Claimable reports, as a fault, why an agency cannot claim the item: its region
// must lie within the superior's, below it.
func Claimable(superior *items.Edition, a agencies.Agency) error {
	level := LevelOf(a)
	switch {
	case a.ID == "":
		return fault.New(fault.Invalid, "revisions.claim.agency", "请选择认领的部门").At("agency", "required", "请选择认领的部门")
	case a.Region == superior.Region || !identity.Within(a.Region, superior.Region) || level.Code() <= superior.Level.Code():
		return fault.New(fault.Invalid, "revisions.claim.level", "“%s”是%s事项，只能由下级部门认领，“%s”不在其下", superior.Name, superior.Level, a.Name).
			At("agency", "level", "请选择下级部门")
	}
	return nil
}

// Claim begins the draft of a lower level's implementation list of a superior's
// item in force. Faults: revisions.claim.agency, .level, revisions.found.exists,
// items.code.used, codes.item.….
func (s *Service) Claim(ctx context.Context, c Claim, by identity.Actor) (*Revision, error) {
	superior, err := s.Items.Open(ctx, c.Item, s.today())
	if err != nil {
		return nil, err
	}
	if err := fault.Together(Claimable(superior, c.Agency), c.Start.check(s.today())); err != nil {
		return nil, err
	}
	text, err := c.text(superior, s.today())
	if err != nil {
		return nil, err
	}
	c.Claims = superior.Item
	return s.start(ctx, c.Start, text, by)
}

// text is the superior's edition as the agency's own: same elements, its own
// codes, places and remedies. Steps that the superior's agency did itself are
// done by this one.
func (c Claim) text(superior *items.Edition, today calendar.Day) (*items.Edition, error) {
	e := Clone(superior)
	e.Number, e.State, e.Retired, e.Effective = 0, items.Draft, 0, max(c.Effective, today)
	e.Complaint, e.OutsideHall, e.Source = "", "", ""
	code, _ := codes.ParseItemCode(superior.Codes.Handling)
	handling := 0
	if code.Handling != "" {
		handling, _ = strconv.Atoi(code.Handling) // two digits by the scheme
	}
	if err := seat(e, c.Agency, handling); err != nil {
		return nil, err
	}
	e.Procedure.ID = string(e.Item)
	for i := range e.Procedure.Nodes {
		if n := &e.Procedure.Nodes[i]; n.Agency == superior.Agency {
			n.Agency = ""
		}
	}
	return e, nil
}
