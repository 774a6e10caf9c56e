package hearings

import (
	"context"
	"time"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/cases"
)

// Object has the applicant, or somebody concerned, ask that the host stand aside:
// they are who they signed in as (行政许可法第四十八条).
func (s *Service) Object(ctx context.Context, number, reason string, by identity.Actor) error {
	c, st, err := s.Of(ctx, number, by)
	if err != nil {
		return err
	}
	return s.object(ctx, c, by.Party, st, reason, by, identity.TheSystem)
}

// ObjectAt has a window take down the objection of somebody who came with their document.
func (s *Service) ObjectAt(ctx context.Context, number string, v Visitor, reason string, by identity.Actor) error {
	c, who, err := s.meet(ctx, number, v, by, said("reason", reason, "请写明主持人与这件许可有什么直接利害关系"))
	if err != nil {
		return err
	}
	k, err := s.Store.Stake(ctx, c.ID, who.ID)
	if err != nil {
		return err
	}
	return s.object(ctx, c, who.ID, standing(c, k), reason, by, by)
}

// object puts the objection of a party into the case; doer is who does it there for
// anybody but the applicant.
func (s *Service) object(ctx context.Context, c *cases.Case, party string, st Standing, reason string, by, doer identity.Actor) error {
	if party == c.Applicant.Party {
		_, err := s.Cases.ObjectHost(ctx, c.ID, reason, by)
		return err
	}
	name, err := st.Stake.Name, error(nil)
	if !st.Admitted {
		name, err = s.chosen(ctx, c, party)
	}
	if err != nil {
		return err
	}
	var b sqldb.Batch
	err = s.Cases.ActIn(ctx, &b, c.ID, doer, func(c *cases.Case, _ cases.Frame, at time.Time) (cases.Moved, error) {
		return c.ObjectHost(name, reason, doer, at)
	})
	if err != nil {
		return err
	}
	return s.Store.Commit(ctx, &b)
}

// chosen is the name of a concerned party that signed up and was chosen to speak.
func (s *Service) chosen(ctx context.Context, c *cases.Case, party string) (string, error) {
	all, err := s.Speakers(ctx, c)
	for _, u := range all {
		if u.Party == party && u.Relation == Concerned {
			return u.Name, nil
		}
	}
	if err != nil {
		return "", err
	}
	return "", fault.New(fault.Forbidden, "hearings.object.who", "申请人和利害关系人可以申请主持人回避；不是这次听证的利害关系人，不能申请").At("number", "stranger", "不是申请人，也不是这次听证的利害关系人，不能申请主持人回避")
}
