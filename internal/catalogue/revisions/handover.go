package revisions

import (
	"context"
	"slices"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/agencies"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/codes"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
)

// Reorganised is the reason of a handover; nobody gives it to a change that is
// none (机构调整).
const Reorganised Reason = "机构调整"

// A Handover gives an item to another agency (机构调整): reviewed, confirmed,
// before the public and in force from a day, like every change. Codes that name
// the agency are made anew, the old ones are kept as former codes, and running
// cases stay or go along as it is decided here.
type Handover struct {
	Start  // its reason is Reorganised, whatever it says
	Agency agencies.Agency
	Cases  bool // running cases go along
}

// HandOver begins the draft of an item's move to another agency. Faults:
// revisions.handover.agency, .region, items.code.used, and those of Open.
func (s *Service) HandOver(ctx context.Context, h Handover, by identity.Actor) (*Revision, error) {
	e, err := s.latest(ctx, h.Item)
	if err != nil {
		return nil, err
	}
	if again, err := s.again(ctx, h.Item, by); err != nil || again != nil {
		return again, err
	}
	h.Reason = Reorganised
	text, err := h.text(e, Home(e.Region, by), s.today())
	if err := fault.Together(err, h.Start.check(s.today())); err != nil {
		return nil, err
	}
	if err := s.Items.Unused(ctx, text); err != nil {
		return nil, err
	}
	m, err := opening(ID(s.NewID()), h.Start, e.Number, text, Home(e.Region, by), s.Rules, by, s.Now())
	if err != nil {
		return nil, err
	}
	return s.begun(ctx, m)
}

// text is the edition as the other agency's. Home is the region in which the
// mover keeps items: both agencies must lie in it.
func (h Handover) text(e *items.Edition, home string, today calendar.Day) (*items.Edition, error) {
	switch {
	case h.Agency.ID == "" || h.Agency.ID == e.Agency:
		return nil, fault.New(fault.Invalid, "revisions.handover.agency", "请选择接手的部门，不能是现在的部门").At("agency", "required", "请选择接手的部门")
	case home != "" && !identity.Within(h.Agency.Region, home):
		return nil, fault.New(fault.Invalid, "revisions.handover.region", "“%s”不在您管理的区域内，请由上级的事项管理员办理", h.Agency.Name).At("agency", "region", "不在您管理的区域内")
	}
	text := h.Start.text(e, today)
	if err := Reseat(text, h.Agency); err != nil {
		return nil, err
	}
	reseatLocal(text, h.Agency)
	for i := range text.Procedure.Nodes {
		if n := &text.Procedure.Nodes[i]; n.Agency == e.Agency {
			n.Agency = h.Agency.ID
		}
	}
	text.Handover = items.Handover{From: e.Agency, FromName: e.AgencyName, Cases: h.Cases, Why: h.Why}
	for _, pair := range [][2]string{{e.Codes.Implementation, text.Codes.Implementation}, {e.Codes.Handling, text.Codes.Handling}, {e.Codes.Local, text.Codes.Local}} {
		if old := pair[0]; old != "" && old != pair[1] && !slices.Contains(text.FormerCodes, old) {
			text.FormerCodes = append(slices.Clone(text.FormerCodes), old)
		}
	}
	return text, nil
}

// reseatLocal makes a local code anew where its scheme names the agency or its
// division.
func reseatLocal(e *items.Edition, a agencies.Agency) {
	c, found := codes.ParseItemCode(e.Codes.Local)
	if e.Codes.Local == "" || codes.Worst(found) == codes.Wrong || c.Agency == "" {
		return
	}
	c.Agency = a.USCC
	if c.Division != "" {
		c.Division = codes.Division(a.Region).Long()[:len(c.Division)]
	}
	e.Codes.Local = c.String()
}
