package licensing

import (
	"context"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/register/certificates"
	"tongban/internal/register/licences"
)

// Moves are the acts by which by may act on one part today without a decision on
// its case: suspension and what ends it (行政处罚法第九条). What ends or prolongs
// a permit is decided on the case that granted it, after the holder was heard.
func Moves(c *certificates.Certificate, today calendar.Day, by identity.Actor) []certificates.Move {
	var all []certificates.Move
	for _, m := range c.Moves(today, by) {
		if m.Act == certificates.Suspend || m.Act == certificates.Resume {
			all = append(all, m)
		}
	}
	return all
}

// Move has the agency of one part suspend it or give it back; the licence hears
// of it and has a new edition. The other parts stay as they are.
// Faults: licences.none, licensing.move.part, licensing.move.act and those of
// certificates.Move.
func (s *Service) Move(ctx context.Context, id licences.ID, part string, act certificates.Act, reason string, by identity.Actor) error {
	l, err := s.Licences.Own(ctx, id, by)
	if err != nil {
		return err
	}
	p, ok := l.Part(part)
	switch {
	case !ok:
		return fault.New(fault.NotFound, "licensing.move.part", "综合许可证上没有这一项许可")
	case act != certificates.Suspend && act != certificates.Resume:
		return fault.New(fault.Invalid, "licensing.move.act", "这里只办理暂扣和发还；延续、变更、注销、撤销、撤回、吊销在准予许可的办件里办理")
	}
	return s.Certificates.Move(ctx, p.Certificate, act, reason, by)
}
