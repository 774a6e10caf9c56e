package hearings

import (
	"context"
	"fmt"
	"strings"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/civic/parties"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
)

// noCase is the answer about a number under which nothing can be asked for.
func noCase() error {
	return fault.New(fault.NotFound, "hearings.case.none", "没有找到正在办理的办件").At("case", "none", "没有找到这个编号的在办办件，请核对通知书上的办件编号")
}

// own refuses whoever has no affairs of their own here.
func own(by identity.Actor) error {
	switch {
	case by.Party != "":
		return nil
	case by.Account != "":
		return fault.New(fault.Forbidden, "hearings.stake.post", "工作账号没有个人的事项；要求听证请用本人的个人账号登录")
	}
	return fault.New(fault.SignIn, "hearings.stake.who", "请先登录，再要求听证")
}

// number finds a case that is open to others: accepted, or with a hearing that
// was told. Of every other they read the same.
func (s *Service) number(ctx context.Context, number string) (*cases.Case, error) {
	if number == "" {
		return nil, fault.New(fault.Invalid, "hearings.case.number", "请填写办件编号").At("case", "required", "请填写通知书上的办件编号")
	}
	c, err := s.Cases.ByNumber(ctx, number, identity.TheSystem)
	switch {
	case fault.Of(err) == fault.NotFound:
		return nil, noCase()
	case err == nil && c.State != cases.Accepted && c.CurrentHearing() == nil:
		return nil, noCase()
	}
	return c, err
}

// Of what somebody may read of a case in which they have, or want, a stake: the
// matter, who decides, and their own standing; never who applies.
func (s *Service) Of(ctx context.Context, number string, by identity.Actor) (*cases.Case, Standing, error) {
	if err := own(by); err != nil {
		return nil, Standing{}, err
	}
	c, err := s.number(ctx, number)
	if err != nil {
		return nil, Standing{}, err
	}
	k, err := s.Store.Stake(ctx, c.ID, by.Party)
	if err != nil {
		return nil, Standing{}, err
	}
	return c, standing(c, k), nil
}

func standing(c *cases.Case, k *Stake) Standing {
	st := Standing{Hearing: c.CurrentHearing(), State: c.State}
	if k == nil {
		return st
	}
	st.Stake = *k
	if h := st.Hearing; h != nil {
		for _, o := range h.Others {
			if o.ID == k.ID {
				st.Other = o
			}
		}
	}
	return st
}

// Mine are the actor's own stakes, the latest first.
func (s *Service) Mine(ctx context.Context, by identity.Actor) ([]Standing, error) {
	if by.Party == "" {
		return nil, nil
	}
	all, err := s.Store.StakesBy(ctx, by.Party, mostWords)
	if err != nil {
		return nil, err
	}
	ids := make([]cases.ID, len(all))
	for i, k := range all {
		ids[i] = k.Case
	}
	of, err := s.Cases.Store.Cases(ctx, ids)
	if err != nil {
		return nil, err
	}
	list := make([]Standing, len(all))
	for i, k := range all {
		list[i] = standing(of[k.Case], k)
	}
	return list, nil
}

// InCase are all who have a stake in a case, for those who work on it; telephones
// are readable for them.
func (s *Service) InCase(ctx context.Context, c *cases.Case, by identity.Actor) ([]Standing, error) {
	if !c.Visible(by) || !by.Staff() {
		return nil, fault.New(fault.Forbidden, "hearings.stakes.agency", "利害关系人的联系方式只给办理的部门看")
	}
	all, err := s.Store.StakesIn(ctx, c.ID)
	if err != nil {
		return nil, err
	}
	list := make([]Standing, len(all))
	for i, k := range all {
		if k.Phone, err = s.Vault.Open(k.Phone, k.Stream()); err != nil {
			return nil, fmt.Errorf("open a telephone: %w", err)
		}
		list[i] = standing(c, k)
	}
	return list, nil
}

// A Visitor is somebody whose document an official has in hand.
type Visitor struct{ Name, Number, Phone string }

// Ask has somebody concerned ask for a hearing themselves: they are who they
// signed in as (行政许可法第四十七条).
func (s *Service) Ask(ctx context.Context, number string, d Demand, by identity.Actor) error {
	if err := own(by); err != nil {
		return err
	}
	who, err := s.Parties.View(ctx, by.Party, by)
	if err != nil {
		return err
	}
	c, err := s.number(ctx, number)
	if err != nil {
		return err
	}
	return s.ask(ctx, c, who.Mask(), d, by, identity.TheSystem)
}

// AskAt has a window take down the demand of somebody who came with their document.
func (s *Service) AskAt(ctx context.Context, number string, v Visitor, d Demand, by identity.Actor) error {
	d.Phone = v.Phone
	_, unreachable := phone(v.Phone)
	c, who, err := s.meet(ctx, number, v, by, unreachable, said("wish", d.Wish, "请写明希望就什么听证"))
	if err != nil {
		return err
	}
	if who.ID == c.Applicant.Party {
		_, err := s.Cases.AskHearing(ctx, c.ID, d.tidied().Wish, by)
		return err
	}
	return s.ask(ctx, c, who, d, by, by)
}

// said refuses what is not said at its place.
func said(at, text, say string) error {
	return fault.When(strings.TrimSpace(text) == "", fault.New(fault.Invalid, "hearings."+at, "%s", say).At(at, "required", "%s", say))
}

// meet is who came to a window about a case, with their document, and the case. Besides
// is what else is wrong with what the clerk wrote: nobody is entered then.
func (s *Service) meet(ctx context.Context, number string, v Visitor, by identity.Actor, besides ...error) (*cases.Case, parties.Party, error) {
	if !by.Plays(identity.Window) {
		return nil, parties.Party{}, fault.New(fault.Forbidden, "hearings.visitor.window", "来访人的听证要求由窗口登记，您没有窗口岗位")
	}
	wrong := append([]error{said("case", number, "请填写通知书上的办件编号"), parties.CheckMet(v.Name, v.Number, calendar.DayOf(s.now()))}, besides...)
	if err := fault.Together(wrong...); err != nil {
		return nil, parties.Party{}, err
	}
	c, err := s.number(ctx, number)
	if err != nil {
		return nil, parties.Party{}, err
	}
	who, err := s.Parties.Meet(ctx, v.Name, v.Number, v.Phone, by)
	return c, who, err
}

// ask puts the demand into the case; doer is who does it there.
func (s *Service) ask(ctx context.Context, c *cases.Case, who parties.Party, d Demand, by, doer identity.Actor) error {
	d = d.tidied()
	return s.staked(ctx, c, who, d.Phone, by, doer, func(k Stake) rule {
		return func(c *cases.Case, f cases.Frame, at time.Time) (cases.Moved, error) {
			return c.AskOther(f.Edition, cases.Other{ID: k.ID, Name: k.Name, Relation: d.Relation, Wish: d.Wish}, doer, at)
		}
	})
}

// Tell tells somebody concerned of their right, by the agency; see cases.TellOther.
func (s *Service) Tell(ctx context.Context, id cases.ID, v Visitor, relation string, by identity.Actor) error {
	c, err := s.Cases.Case(ctx, id, by)
	if err != nil {
		return err
	}
	if !by.SpeaksFor(c.Agency) {
		return fault.New(fault.Forbidden, "hearings.tell.agency", "利害关系人由办理的部门告知")
	}
	_, unreachable := phone(v.Phone)
	if err := fault.Together(parties.CheckMet(v.Name, v.Number, calendar.DayOf(s.now())), unreachable, said("relation", relation, "请写明关系到他的什么利益，告知书上会写明")); err != nil {
		return err
	}
	who, err := s.Parties.Meet(ctx, v.Name, v.Number, v.Phone, by)
	if err != nil {
		return err
	}
	return s.staked(ctx, c, who, v.Phone, by, by, func(k Stake) rule {
		return func(c *cases.Case, f cases.Frame, at time.Time) (cases.Moved, error) {
			return c.TellOther(f.Edition, cases.Other{ID: k.ID, Name: k.Name, Relation: relation}, s.Days, by, at)
		}
	})
}

// rule judges an act of a case.
type rule = func(c *cases.Case, f cases.Frame, at time.Time) (cases.Moved, error)

// staked does an act of somebody concerned, who becomes known with it if they were
// not, in one commit.
func (s *Service) staked(ctx context.Context, c *cases.Case, who parties.Party, tel string, by, doer identity.Actor, act func(Stake) rule) error {
	known, err := s.Store.Stake(ctx, c.ID, who.ID)
	if err != nil {
		return err
	}
	var b sqldb.Batch
	k := known
	if k == nil {
		if k, err = s.newStake(&b, c, who, tel, by); err != nil {
			return err
		}
	}
	if err := s.Cases.ActIn(ctx, &b, c.ID, doer, act(*k)); err != nil {
		return err
	}
	return s.Store.Commit(ctx, &b)
}

func (s *Service) newStake(b *sqldb.Batch, c *cases.Case, who parties.Party, tel string, by identity.Actor) (*Stake, error) {
	mobile, err := phone(tel)
	if err != nil {
		return nil, err
	}
	at := s.now()
	k, err := stake(c, who.ID, who.Name, who.Document.Number, "", by, at)
	if err != nil {
		return nil, err
	}
	k.ID = s.NewID()
	if k.Phone, err = s.Vault.Seal(mobile, k.Stream()); err != nil {
		return nil, fmt.Errorf("seal a telephone: %w", err)
	}
	return &k, s.Store.Stakes(b, Staked{k, by.Account, at})
}
