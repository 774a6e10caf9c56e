package app

import (
	"context"
	"slices"

	"tongban/internal/catalogue/industries"
	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/themes"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/forms"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/joint"
	"tongban/internal/register/certificates"
)

// The shop of the scenes: what its keeper wants to sell, and what it is called.
var (
	keeper = one("chenjie", "陈洁")
	shop   = forms.Answers{
		"卖食品": "散装或者现场制作", "卖烟花爆竹": forms.Yes, "经营类别": "食品销售（含散装食品）", "名称": "徐州市泉山区样本便利店", "经营范围": "食品、日用百货、烟花爆竹零售",
		"单位名称": "徐州市泉山区样本便利店", "法定代表人": "陈洁", "经营场所": "徐州市泉山区泰山街道示例路3号", "经营场所地址": "徐州市泉山区泰山街道示例路3号",
	}
	shopCode = forms.Answers{"统一社会信用代码": "92320300YB9000121A"} // known once the business licence is there
)

// playShop leaves a shop with a composite licence (一业一证): registered, two
// permits granted each by its own agency, one of them suspended and given back.
func (a *App) playShop(ctx context.Context) error {
	work := func(back int) calendar.Day { return a.Calendar.Now().Add(calendar.DayOf(a.wall()), -back) }
	a.stage(work(22))
	by := identity.Actor{Account: "u-chenjie", Name: keeper.Name, Party: keeper.Party, Channel: "mobile"}
	j, err := a.openShop(ctx, by)
	if err != nil {
		return err
	}
	if j, err = a.playParts(ctx, j, work(22)); err != nil {
		return err
	}
	a.stage(work(19))
	for _, p := range j.Parts {
		if p.State != joint.Lacking {
			continue
		}
		if j, err = a.Joint.Supply(ctx, j.ID, p.Item, shopCode, nil, by); err != nil {
			return err
		}
	}
	if _, err = a.playParts(ctx, j, work(19)); err != nil {
		return err
	}
	a.stage(work(10))
	if err := a.movePermit(ctx, j, certificates.Suspend, "货架距用电设备不足安全距离，责令整改"); err != nil {
		return err
	}
	a.stage(work(5))
	return a.movePermit(ctx, j, certificates.Resume, "复查合格，隐患已经整改")
}

// openShop has the keeper apply for everything at once.
func (a *App) openShop(ctx context.Context, by identity.Actor) (*joint.Joint, error) {
	i, err := a.Industries.Industry(industries.ID("store"))
	if err != nil {
		return nil, err
	}
	item := items.ID(themes.Prefix + string(i.Theme))
	e, err := a.Joint.Offer(ctx, item, shop)
	if err != nil {
		return nil, err
	}
	whole := Example(e, keeper, shop, nil, calendar.DayOf(a.Now()))
	d := cases.Draft{Party: keeper.Party, Item: item, Applicant: keeper, Answers: whole.Answers, Materials: whole.Materials, Delivery: cases.Delivery{Way: "electronic"}}
	return a.Joint.Submit(ctx, d, func(*items.Edition) (cases.Handed, error) {
		return cases.Handed{Material: joint.FormMaterial, Name: "一件事申请表", Paper: true}, nil
	}, by)
}

// playParts has what is filed of a matter accepted together and granted, each
// part by its own agency, and everybody told.
func (a *App) playParts(ctx context.Context, j *joint.Joint, day calendar.Day) (*joint.Joint, error) {
	window, err := a.clerk(ctx)
	if err != nil {
		return nil, err
	}
	if j, err = a.Joint.Accept(ctx, j.ID, window); err != nil {
		return nil, err
	}
	for _, p := range slices.Backward(j.Parts) { // what takes fewer steps is granted first
		if p.State != joint.Filed {
			continue
		}
		c, err := a.Cases.Store.Case(ctx, p.Case)
		if err != nil {
			return nil, err
		}
		f, err := a.Cases.Frame(ctx, c)
		if err != nil {
			return nil, err
		}
		if err := a.playWork(ctx, scene{upTo: "granted"}, c, f.Edition, day); err != nil {
			return nil, err
		}
		if err := a.Post.DeliverAll(ctx); err != nil {
			return nil, err
		}
	}
	return a.Joint.Store.Joint(ctx, j.ID)
}

// movePermit has the agency of the first permit on a matter's licence move it.
func (a *App) movePermit(ctx context.Context, j *joint.Joint, act certificates.Act, reason string) error {
	l, err := a.Licences.Begun(ctx, string(j.ID))
	if err != nil {
		return err
	}
	p := l.Parts[0]
	all, err := a.Staff.Holders(ctx, p.Agency.ID, identity.Approver)
	if err != nil {
		return err
	}
	by := identity.Actor{Account: all[0].Account, Name: all[0].Name, Posts: []identity.Post{all[0].Post}}
	if err := a.Certificates.Move(ctx, p.Certificate, act, reason, by); err != nil {
		return err
	}
	return a.Post.DeliverAll(ctx)
}
