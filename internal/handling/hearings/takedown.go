package hearings

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/civic/parties"
	"tongban/internal/ground/fault"
)

// takes refuses who may not take down a sign-up for somebody else: windows of the
// place and the agency that holds the hearing do, for those who call or come
// without an account (线下报名).
func (n *Notice) takes(by identity.Actor) error {
	window := by.In(identity.Window, func(p identity.Post) bool { return p.Serves(n.Region) })
	if window || by.SpeaksFor(n.Agency) {
		return nil
	}
	return fault.New(fault.Forbidden, "hearings.take-down.who", "听证报名由本地的综合窗口或者组织听证的部门代为登记")
}

// Remove strikes a sign-up off before the hearing, as when somebody gave a false
// name or signed up twice; they read why.
func (n *Notice) Remove(u Signup, why string, by identity.Actor, at time.Time) (Signup, error) {
	why = strings.TrimSpace(why)
	switch {
	case !by.SpeaksFor(n.Agency):
		return u, fault.New(fault.Forbidden, "hearings.remove.agency", "听证报名由组织听证的部门取消")
	case u.Seat == Gone || u.Seat == Removed || n.Past(at):
		return u, fault.New(fault.Conflict, "hearings.remove.late", "报名已经撤回或者取消，或者听证已经举行")
	case why == "" || utf8.RuneCountInString(why) > longestInterest:
		return u, fault.New(fault.Invalid, "hearings.remove.why", "请写明取消的理由").At("remove."+u.ID, "required", "请写明取消%s报名的理由（最多%d个字），本人会看到", u.Name, longestInterest)
	}
	u.Seat, u.Why, u.Seated, u.By = Removed, why, at, by.Name
	return u, nil
}

// TakeDown signs somebody up who came, or called, without an account.
func (s *Service) TakeDown(ctx context.Context, id ID, v Visitor, u Signup, by identity.Actor) (*Signup, error) {
	n, err := s.Store.Notice(ctx, id)
	if err == nil {
		err = n.takes(by)
	}
	if err != nil {
		return nil, err
	}
	u.Phone, u.Clerk = v.Phone, by.Name
	_, wrong := n.SignUp(u, identity.Actor{Name: v.Name, Party: v.Number}, s.now()) // whoever it will be
	if err := fault.Together(parties.CheckMet(v.Name, v.Number, calendar.DayOf(s.now())), wrong); err != nil {
		return nil, err
	}
	who, err := s.Parties.Meet(ctx, v.Name, v.Number, v.Phone, by)
	if err != nil {
		return nil, err
	}
	return s.signUp(ctx, n, u, who, identity.Actor{Account: by.Account, Name: who.Name, Party: who.ID})
}

// Remove strikes a sign-up off; see Notice.Remove.
func (s *Service) Remove(ctx context.Context, id ID, signup, why string, by identity.Actor) error {
	n, err := s.Store.Notice(ctx, id)
	if err != nil {
		return err
	}
	all, err := s.Store.Signups(ctx, id)
	if err != nil {
		return err
	}
	for _, u := range all {
		if u.ID != signup {
			continue
		}
		at := s.now()
		after, err := n.Remove(*u, why, by, at)
		if err != nil {
			return err
		}
		return s.sign(ctx, &after, by, at)
	}
	return fault.New(fault.NotFound, "hearings.remove.none", "没有这个报名")
}
