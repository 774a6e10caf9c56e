package staff

import (
	"context"
	"slices"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
)

// A Deputation is kept as it was given: to whom, by whom, for which item
// (首席代表授权).
type Deputation struct {
	ID      string
	Account string // of the chief representative
	Holder  string // their name
	By      string // account of the head who gave it
	identity.Deputation
}

// An Offer is an item that an agency decides.
type Offer struct{ Item, Name string }

// longestDeputation is how long one word of the head holds, in days.
const longestDeputation = 366

// CheckDeputation judges, over the representative's own posts, whether by may
// depute them: the agency's head alone, one of the agency's officials, who sits
// at a window, and not themselves.
func CheckDeputation(d Deputation, own []identity.Post, today calendar.Day, by identity.Actor) error {
	theirs, window := deputable(own, d.Agency)
	if !by.Holds(identity.Head, d.Agency) {
		return fault.New(fault.Forbidden, "staff.depute.authority", "只有本部门负责人可以授权首席代表")
	}
	term := d.From >= today && d.Through >= d.From && d.Through-d.From <= longestDeputation
	return fault.Together(
		invalidWhen(d.Account == "", "account", "请选择首席代表"),
		invalidWhen(d.Account == by.Account, "account", "不能授权本人"),
		invalidWhen(!theirs, "account", "首席代表须是本部门的工作人员"),
		invalidWhen(!window, "account", "首席代表须有窗口岗位，请先由系统管理员设岗"),
		invalidWhen(!term, "through", "请填写授权的起止日期：从今天或者以后起，最长一年"))
}

// deputable reports whether somebody with these posts is of the agency, and sits at a window.
func deputable(own []identity.Post, agency string) (theirs, window bool) {
	theirs = slices.ContainsFunc(own, func(p identity.Post) bool { return p.Agency == agency })
	return theirs, slices.ContainsFunc(own, func(p identity.Post) bool { return p.Role == identity.Window })
}

// Deputable lists whom the actor may depute for an agency, each once.
func (s *Service) Deputable(ctx context.Context, agency string, by identity.Actor) ([]Holding, error) {
	all, err := s.Of(ctx, agency, by)
	if err != nil {
		return nil, err
	}
	var can []Holding
	for _, h := range all {
		if h.Account == by.Account || slices.ContainsFunc(can, func(c Holding) bool { return c.Account == h.Account }) {
			continue
		}
		own, err := s.own(ctx, h.Account)
		if err != nil {
			return nil, err
		}
		if _, window := deputable(own, agency); window {
			can = append(can, h)
		}
	}
	return can, nil
}

// Depute has an official of by's agency decide cases of the items at the window.
func (s *Service) Depute(ctx context.Context, agency, account string, items []string, from, through calendar.Day, by identity.Actor) error {
	own, err := s.own(ctx, account)
	if err != nil {
		return err
	}
	one := Deputation{Account: account, By: by.Account, Deputation: identity.Deputation{Agency: agency, Giver: by.Name, From: from, Through: through}}
	if err := fault.Together(CheckDeputation(one, own, s.today(), by), invalidWhen(len(items) == 0, "items", "请选择授权办理的事项")); err != nil {
		return err
	}
	if one.Holder, err = s.Accounts.Called(ctx, account); err != nil {
		return err
	}
	given, err := s.Store.Deputations(ctx, agency, from)
	if err != nil {
		return err
	}
	offers, err := s.Offers(ctx, agency)
	if err != nil {
		return err
	}
	all, err := one.each(items, offers, given)
	if err != nil {
		return err
	}
	return s.Store.Depute(ctx, all...)
}

// each is the deputation for each of the items, which the agency must offer and
// must not have given already.
func (d Deputation) each(items []string, offers []Offer, given []Deputation) ([]Deputation, error) {
	var all []Deputation
	for _, item := range items {
		at := slices.IndexFunc(offers, func(o Offer) bool { return o.Item == item })
		switch {
		case at < 0:
			return nil, invalid("items", "“"+item+"”不是本部门实施的事项，不能授权")
		case slices.ContainsFunc(given, func(g Deputation) bool { return g.Account == d.Account && g.Item == item && g.From <= d.Through }):
			return nil, invalid("items", "“"+offers[at].Name+"”在这段时间已经授权给这个人；要改期限的，先收回")
		}
		d.ID, d.Item, d.Name = sqldb.NewID(), item, offers[at].Name
		all = append(all, d)
	}
	return all, nil
}

// Recall ends a deputation with yesterday; one that has ended stays as it was.
func (s *Service) Recall(ctx context.Context, id string, by identity.Actor) error {
	d, err := s.Store.FindDeputation(ctx, id)
	if err != nil {
		return err
	}
	if !by.Holds(identity.Head, d.Agency) {
		return fault.New(fault.Forbidden, "staff.depute.authority", "只有本部门负责人可以收回首席代表的授权")
	}
	return s.Store.Recall(ctx, id, min(d.Through, s.today()-1))
}

// Deputed lists what agencies have the account decide at the window on day.
func (s *Service) Deputed(ctx context.Context, account string, day calendar.Day) ([]identity.Deputation, error) {
	return s.Store.Deputed(ctx, account, day)
}

// Deputations lists what an agency has given, today and later, for its officials.
func (s *Service) Deputations(ctx context.Context, agency string, by identity.Actor) ([]Deputation, error) {
	if !by.SpeaksFor(agency) {
		return nil, fault.New(fault.Forbidden, "staff.depute.read", "只有本部门的工作人员可以查看首席代表的授权")
	}
	return s.Store.Deputations(ctx, agency, s.today())
}
