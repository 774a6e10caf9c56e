package sitework

import (
	"context"
	"net/http"
	"slices"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/handling/projects"
	"tongban/internal/places/frame"
)

// heirs are those to whom the actor may give a project that has a steward: the
// rule is asked for each who serves its place.
func (s *Sitework) heirs(ctx context.Context, p *projects.Project, by identity.Actor) ([]frame.Choice, error) {
	if p.Steward.Account == "" || !by.Plays(identity.Supervisor) {
		return nil, nil
	}
	var all []frame.Choice
	for _, role := range []identity.Role{identity.Window, identity.Supervisor} {
		holders, err := s.Staff.Serving(ctx, p.Region, role)
		if err != nil {
			return nil, err
		}
		for _, h := range holders {
			who := identity.Actor{Account: h.Account, Name: h.Name, Posts: []identity.Post{h.Post}}
			_, err := p.TakeOn(who, "换人", by, s.Now())
			if err != nil || h.Account == p.Steward.Account || slices.ContainsFunc(all, func(c frame.Choice) bool { return c.Value == h.Account }) {
				continue
			}
			all = append(all, frame.Choice{Value: h.Account, Label: h.Name + "（" + h.Post.Title + "）"})
		}
	}
	return all, nil
}

// handOver gives the project to the one who was chosen.
func (s *Sitework) handOver(r *http.Request, f *page.Form, id projects.ID, by identity.Actor) error {
	if f.Text("to") == "" {
		return fault.New(fault.Invalid, "sitework.steward.to", "请选择新的项目管家").At("to", "none", "请选择新的项目管家")
	}
	who, err := s.Staff.Signer(r.Context(), f.Text("to"))
	if err != nil {
		return err
	}
	_, err = s.Projects.TakeOn(r.Context(), id, who, f.Text("reason"), by)
	return err
}

// handoverFor is what the steward of before, or the new one, is told until they
// have said that they know; "" for everybody else.
func handoverFor(p *projects.Project, by identity.Actor) string {
	h := p.Handover
	if !slices.Contains(h.Untold(), by.Account) {
		return ""
	}
	when := calendar.DayOf(h.At).Han() + "，" + h.By.Name
	if by.Account == h.To.Account {
		return when + "请您担任项目管家，接替" + h.From.Name + "。原因：" + h.Why
	}
	return when + "请" + h.To.Name + "接替您担任项目管家。原因：" + h.Why
}

// replacing reports whether the form for another steward was refused: it is
// shown open then, with what is wrong.
func (v oneView) replacing() bool {
	return slices.ContainsFunc(fault.Fields(v.Err), func(f fault.Field) bool { return f.Path == "to" || f.Path == "reason" })
}
