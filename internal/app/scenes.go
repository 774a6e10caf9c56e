package app

import (
	"context"
	"fmt"
	"slices"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/flow"
	"tongban/internal/ground/fault"
	"tongban/internal/handling/cases"
)

// A scene is a case of the sample city: who applied for what how many working
// days ago, and how far it has come since, a step a working day.
type scene struct {
	ago   int
	login string
	who   cases.Applicant
	item  items.ID
	upTo  string
}

// scenes leave something to see on every desk: new, waiting, paused, late and
// done.
var scenes = []scene{
	{30, "liujun", builder, "construction-permit", "granted"}, {28, "wangfang", one("wangfang", "王芳"), "social-card", "granted"},
	{26, "zhangwei", caterer, "food-production", "accepted"}, {24, "mahui", one("mahui", "马慧"), "individual-business", "granted"},
	{21, "ouyangxue", one("ouyangxue", "欧阳雪"), "residence-permit", "granted"}, {18, "sunyue", one("sunyue", "孙悦"), "food-permit", "reviewed"},
	{16, "xupeng", maker, "food-production", "special"}, {14, "limin", one("limin", "李敏"), "newborn-household", "granted"},
	{12, "zhoudeshun", one("zhoudeshun", "周德顺"), "elder-subsidy", "granted"}, {9, "sunyue", one("sunyue", "孙悦"), "unemployment", "granted"},
	{8, "zhangwei", caterer, "food-permit", "denied"}, {6, "chenjie", one("chenjie", "陈洁"), "food-permit", "reviewed"},
	{5, "wangfang", one("wangfang", "王芳"), "marriage-registration", "withdrawn"}, {4, "xupeng", maker, "device2-filing", "accepted"},
	{3, "limin", one("limin", "李敏"), "medical-resident", "correcting"}, {2, "ouyangxue", one("ouyangxue", "欧阳雪"), "food-permit", "accepted"},
	{1, "xupeng", one("xupeng", "徐鹏"), "food-permit", "received"}, {1, "sunyue", one("sunyue", "孙悦"), "social-card", "received"},
	{0, "chenjie", one("chenjie", "陈洁"), "residence-permit", "received"},
}

// The firms of the scenes.
var (
	caterer = cases.Applicant{Party: "f-canyin", Name: "徐州示例餐饮管理有限公司", Org: true, Agent: "张伟"}
	builder = cases.Applicant{Party: "f-jianshe", Name: "徐州样本建设工程有限公司", Org: true, Agent: "刘军"}
	maker   = cases.Applicant{Party: "f-jixie", Name: "徐州样本机械制造有限公司", Org: true, Agent: "徐鹏"}
)

// one is somebody who applies in their own affairs.
func one(login, name string) cases.Applicant {
	return cases.Applicant{Party: "p-" + login, Name: name}
}

// PlayScenes gives the sample city a past: its cases, handled by the people
// whose work it is and through the same doors as every day's, in one transaction. A
// city that has cases is left as it is.
func (a *App) PlayScenes(ctx context.Context) error {
	return a.DB.Within(ctx, func(ctx context.Context) error {
		if some, err := a.Cases.Store.IDs(ctx, "", 1); err != nil || len(some) > 0 {
			return err
		}
		return a.playAll(ctx)
	})
}

func (a *App) playAll(ctx context.Context) error {
	defer a.staged.Store(nil)
	for _, s := range scenes {
		if err := a.play(ctx, s); err != nil {
			return fmt.Errorf("scene %s %s: %w %v", s.who.Name, s.item, err, fault.Fields(err))
		}
		if err := a.Post.DeliverAll(ctx); err != nil {
			return err
		}
	}
	if err := a.playDeputy(ctx); err != nil {
		return err
	}
	if err := a.playProject(ctx); err != nil {
		return err
	}
	return a.playShop(ctx)
}

// playDeputy has a head give their chief representative two items for a year.
func (a *App) playDeputy(ctx context.Context) error {
	today := calendar.DayOf(a.wall())
	posts, err := a.Staff.Posts(ctx, "u-market-h", today)
	if err != nil {
		return err
	}
	head := identity.Actor{Account: "u-market-h", Name: "陈新", Posts: posts}
	a.staged.Store(nil)
	return a.Staff.Depute(ctx, "xz-market", "u-market-w", []string{"food-permit", "device2-filing"}, today, today+365, head)
}

// play acts out one scene.
func (a *App) play(ctx context.Context, s scene) error {
	day := a.Calendar.Now().Add(calendar.DayOf(a.wall()), -s.ago)
	a.stage(day)
	e, err := a.Items.Open(ctx, s.item, day)
	if err != nil {
		return err
	}
	by := identity.Actor{Account: "u-" + s.login, Name: s.who.Name, Party: s.who.Party, Channel: "mobile"}
	c, err := a.Cases.Submit(ctx, Example(e, s.who, nil, nil, day), by)
	if err != nil || s.upTo == "received" {
		return err
	}
	window, err := a.clerk(ctx)
	if err != nil {
		return err
	}
	switch s.upTo {
	case "withdrawn":
		_, err := a.Cases.Withdraw(ctx, c.ID, "材料还没准备好", by)
		return err
	case "correcting":
		blurred := []cases.Deficiency{{Material: c.Materials[0].Material, Finding: cases.Defective, Say: "照片反光看不清，请重新拍照"}}
		_, err := a.Cases.AskOnce(ctx, c.ID, blurred, a.Calendar.Now().Add(day, 10), window)
		return err
	}
	if c, err = a.Cases.Accept(ctx, c.ID, nil, nil, window); err != nil || s.upTo == "accepted" {
		return err
	}
	return a.playWork(ctx, s, c, e, day)
}

// playWork acts out the bureau's part, a step a working day.
func (a *App) playWork(ctx context.Context, s scene, c *cases.Case, e *items.Edition, day calendar.Day) error {
	for step := 0; c.State == cases.Accepted && len(c.Flow.Open) > 0; step++ {
		if step > 0 && day < calendar.DayOf(a.wall()) {
			day = a.Calendar.Now().Add(day, 1)
		}
		a.stage(min(day, calendar.DayOf(a.wall())))
		w := c.Flow.Open[0]
		who, err := a.holder(ctx, w)
		if err != nil {
			return err
		}
		switch {
		case s.upTo == "special":
			_, err := a.Cases.OpenSpecial(ctx, c.ID, e.Special[0].Name, "需要现场核实", who)
			return err
		case s.upTo == "reviewed" && (step > 0 && len(c.Flow.Open) == 1):
			return nil
		case w.Decides:
			c, err = a.Cases.Decide(ctx, c.ID, w.ID, s.ruling(), who)
		default:
			c, err = a.Cases.Review(ctx, c.ID, w.ID, "同意", "", who)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// ruling is how the scene ends: a refusal says why, and by which article.
func (s scene) ruling() cases.Ruling {
	if s.upTo == "granted" {
		return cases.Ruling{Grant: true}
	}
	return cases.Ruling{Reason: "场所与污染源距离不足", Basis: "食品安全法第三十三条"}
}

// stage sets the time at which a scene plays: mid-morning of a day, or a moment
// ago if that is still to come.
func (a *App) stage(day calendar.Day) {
	t := day.Start().Add(10 * time.Hour)
	if now := a.wall(); t.After(now) {
		t = now.Add(-time.Minute)
	}
	a.staged.Store(&t)
}

// clerk is somebody at a window who serves the whole city.
func (a *App) clerk(ctx context.Context) (identity.Actor, error) {
	posts, err := a.Staff.Posts(ctx, "u-window1", calendar.DayOf(a.wall()))
	return identity.Actor{Account: "u-window1", Name: "任国", Posts: posts}, err
}

// holder is somebody who holds the post that a work asks for and may still sign it.
func (a *App) holder(ctx context.Context, w flow.Work) (identity.Actor, error) {
	all, err := a.Staff.Holders(ctx, w.Agency, w.Role)
	if err != nil {
		return identity.Actor{}, err
	}
	for _, h := range all {
		if !slices.ContainsFunc(w.Signed, func(s flow.Sign) bool { return s.By == h.Account }) {
			return identity.Actor{Account: h.Account, Name: h.Name, Posts: []identity.Post{h.Post}}, nil
		}
	}
	return identity.Actor{}, fault.New(fault.NotFound, "app.holder.none", "%s没有人能办“%s”", w.Agency, w.Name)
}
