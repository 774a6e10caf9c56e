package app_test

import (
	"bytes"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"tongban/internal/app"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/flow"
	"tongban/internal/ground/blob"
	"tongban/internal/handling/cases"
)

var (
	limin   = identity.Actor{Account: "u-limin", Name: "李敏", Party: "p-limin", Channel: "mobile"}
	window1 = identity.Actor{Account: "u-window1", Name: "任国", Posts: []identity.Post{{Agency: "xz-centre", Region: "320300000000", Role: identity.Window, Title: "综合窗口"}}}
)

// filed is a food permit that waits at the window, with one picture on file.
func (c *city) filed() *cases.Case {
	c.t.Helper()
	ctx := c.t.Context()
	e, err := c.Items.Open(ctx, "food-permit", calendar.DayOf(c.now))
	if err != nil {
		c.t.Fatal(err)
	}
	a := app.Example(e, cases.Applicant{Party: limin.Party, Name: limin.Name}, nil, nil, calendar.DayOf(c.now))
	ref, err := c.Files.Put(ctx, bytes.NewReader(photograph(c.t)), blob.Limit{Name: "场所.png"})
	if err != nil {
		c.t.Fatal(err)
	}
	a.Materials[0].Files, a.Materials[0].Paper = []cases.File{{Hash: ref.Hash, Name: "场所.png", Type: string(ref.Type), Size: ref.Size}}, false
	filed, err := c.Cases.Submit(ctx, a, limin)
	if err != nil {
		c.t.Fatal(err)
	}
	return filed
}

// accepted is one that waits for its three reviews.
func (c *city) accepted() *cases.Case {
	c.t.Helper()
	accepted, err := c.Cases.Accept(c.t.Context(), c.filed().ID, nil, nil, window1)
	if err != nil {
		c.t.Fatal(err)
	}
	return accepted
}

// certified is one that was granted, and its certificate issued.
func (c *city) certified() *cases.Case {
	c.t.Helper()
	filed := c.filed()
	c.grant(filed.ID)
	c.deliver()
	c.deliver()
	k, err := c.Cases.Store.Case(c.t.Context(), filed.ID)
	if err != nil || k.Certificate == "" || k.Until == 0 {
		c.t.Fatal(k.Certificate, k.Until, err)
	}
	return k
}

// step is the open work called name.
func (c *city) step(id cases.ID, name string) flow.Work {
	c.t.Helper()
	at, err := c.Cases.Store.Case(c.t.Context(), id)
	if err != nil {
		c.t.Fatal(err)
	}
	i := slices.IndexFunc(at.Flow.Open, func(w flow.Work) bool { return w.Name == name })
	if i < 0 {
		c.t.Fatalf("no work is called %s: %v", name, at.Flow.Open)
	}
	return at.Flow.Open[i]
}

// does sends the form of an act on the step of that name.
func (v *visitor) does(id cases.ID, act, step string, fields url.Values) {
	v.city.t.Helper()
	form := url.Values{"request": {act + step + v.city.now.String() + v.at}}
	if step != "" {
		form.Set("work", v.city.step(id, step).ID)
	}
	for name, values := range fields {
		form[name] = values
	}
	v.post("/bureau/cases/"+string(id)+"/"+act, form)
}

// reviews takes a step and agrees to it.
func (v *visitor) reviews(id cases.ID, step string) {
	v.city.t.Helper()
	v.does(id, "claim", step, nil)
	v.sees(200, "已签收")
	v.does(id, "review", step, url.Values{"opinion": {"同意"}, "point": {"材料齐全"}})
	v.sees(200, "已出具审查意见")
}

// readyToDecide is a case that has passed all its reviews.
func (c *city) readyToDecide() *cases.Case {
	c.t.Helper()
	k := c.accepted()
	one, two, fire := c.signedIn("market-r"), c.signedIn("market-r2"), c.signedIn("fire-r")
	one.reviews(k.ID, "材料审查")
	one.reviews(k.ID, "场所布局审查")
	two.reviews(k.ID, "场所布局审查")
	fire.reviews(k.ID, "消防安全核对")
	one.reviews(k.ID, "审核")
	return k
}

func TestTheBureauIsForThoseWhoWorkThere(t *testing.T) {
	c := openCity(t)
	k := c.accepted()
	at := "/bureau/cases/" + string(k.ID)

	nobody := c.visitor()
	nobody.get(at)
	nobody.sees(200, "登录名")

	for _, login := range []string{"limin", "window1", "supervisor", "admin"} {
		other := c.visitor()
		other.post("/signin", url.Values{"login": {login}, "password": {"Tongban-2026"}, "back": {"/design"}})
		for _, path := range []string{"/bureau", at, at + "/history"} {
			other.get(path)
			other.sees(http.StatusForbidden, "您没有审批部门的岗位")
		}
	}

	elsewhere := c.signedIn("sport-r")
	for _, path := range []string{at, at + "/history", at + "/papers/acceptance/2", at + "/files/" + k.Materials[0].Material + "/" + k.Materials[0].Files[0].Hash} {
		elsewhere.get(path)
		elsewhere.sees(http.StatusNotFound, "没有找到")
		elsewhere.misses(k.Applicant.Name, k.Number)
	}
	elsewhere.does(k.ID, "claim", "材料审查", nil)
	elsewhere.sees(http.StatusNotFound)
	elsewhere.get("/bureau")
	elsewhere.misses(k.Number)
}

func TestAnInboxShowsWhatWaitsAndHowLongItMay(t *testing.T) {
	c := openCity(t)
	k := c.accepted()
	r := c.signedIn("market-r")
	r.get("/bureau")
	r.sees(200, "食品经营许可", k.Number, "李敏", "材料审查", "还剩2个工作日", "场所布局审查", "还剩3个工作日")
	r.misses("消防安全核对")
	r.get("/bureau?q=" + url.QueryEscape("没有的事"))
	r.sees(200, "没有符合“没有的事”的办件")
	r.get("/bureau?q=" + url.QueryEscape("经营许可"))
	r.sees(200, k.Number)

	c.now = c.now.AddDate(0, 0, 3)
	r = c.signedIn("market-r")
	r.get("/bureau")
	r.sees(200, "已超期1个工作日")

	r.does(k.ID, "claim", "材料审查", nil)
	r.get("/bureau/mine")
	r.sees(200, "材料审查")
	r.misses("场所布局审查")
	two := c.signedIn("market-r2")
	two.does(k.ID, "review", "材料审查", url.Values{"opinion": {"同意"}})
	two.sees(http.StatusConflict, "已由他人签收办理")
	r.does(k.ID, "release", "材料审查", nil)
	two.does(k.ID, "claim", "材料审查", nil)
	two.sees(200, "已签收")

	two.get("/bureau/done?q=" + k.Number)
	two.sees(200, "承诺时限", "法定时限")
}

func TestTheCaseIsOnOneScreen(t *testing.T) {
	c := openCity(t)
	k := c.accepted()
	at := "/bureau/cases/" + string(k.ID)
	r := c.signedIn("market-r")
	r.get(at)
	r.sees(200, "李敏", k.Number, "审查要点", "申请材料齐全、真实", "承诺时限", "法定时限", "怎么算的", "不计入的有", "消防安全核对", "待签收", "199****0001")
	r.misses("19900000001")
	r.get(at + "?see=form")
	r.sees(200, "经营场所地址", "199****0001")
	r.get(at + "?see=flow")
	r.sees(200, "环节清单", "与其他分支同时办理", "正在办理", "未开始")
	r.get(at + "?see=papers")
	r.sees(200, "申请材料接收凭证", "受理通知书")
	r.get(at + "/papers/acceptance/2")
	r.sees(200, "受理通知书", "法定办结时限", "打印")

	m := k.Materials[0]
	r.get(at + "?see=material&material=" + m.Material)
	r.sees(200, m.Name, "打开 场所.png")
	file := at + "/files/" + m.Material + "/" + m.Files[0].Hash
	if !strings.Contains(r.raw, `<img src="`+file+`"`) {
		t.Error("the picture is not shown")
	}
	res, err := r.Get(c.site.URL + file)
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	if h := res.Header; res.StatusCode != 200 || h.Get("Content-Type") != "image/png" || !strings.Contains(h.Get("Content-Security-Policy"), "sandbox") {
		t.Errorf("the file comes as %d %v", res.StatusCode, h)
	}
	r.get(at + "/files/" + m.Material + "/" + strings.Repeat("0", 64))
	r.sees(http.StatusNotFound)
	r.get(at + "/history")
	r.sees(200, "记录完整", "提交申请", "受理", "任国", "行政许可法第三十二条")
	r.get(at + "?do=nonsense&done=nonsense&see=nonsense&work=w99&material=x&file=y&special=z")
	r.sees(200, "审查要点")
	r.get("/bureau/find?q=" + url.QueryEscape("经营许可"))
	r.sees(200, "待签收", k.Number)
}

func TestOpinionsAreJudgedAtTheirField(t *testing.T) {
	c := openCity(t)
	k := c.accepted()
	r := c.signedIn("market-r")
	r.does(k.ID, "claim", "材料审查", nil)
	r.does(k.ID, "review", "材料审查", nil)
	r.sees(422, "请选择意见")
	r.does(k.ID, "review", "材料审查", url.Values{"opinion": {"不同意"}, "point": {"材料齐全"}})
	r.sees(422, "请写明理由")
	if !strings.Contains(r.raw, `aria-describedby="f-reason-err"`) {
		t.Error("the reason is not marked")
	}
	r.does(k.ID, "review", "材料审查", url.Values{"opinion": {"附条件同意"}, "reason": {"补一张平面图"}, "point": {"申请材料齐全、真实"}})
	r.sees(200, "附条件同意", "已核对：申请材料齐全、真实。补一张平面图")

	boss := c.signedIn("market-a")
	work := c.step(k.ID, "场所布局审查").ID
	boss.post("/bureau/cases/"+string(k.ID)+"/review", url.Values{"work": {work}, "opinion": {"同意"}})
	boss.sees(http.StatusForbidden, "您没有这个岗位的权限")
	boss.get("/bureau/cases/" + string(k.ID))
	boss.sees(200, "现在没有要您办理的环节")
	boss.misses("出具审查意见</button>", "签收 ")
}

func TestWorkGoesBackAndAcross(t *testing.T) {
	c := openCity(t)
	k := c.readyToDecide()
	a := c.signedIn("market-a")
	at := "/bureau/cases/" + string(k.ID)
	a.does(k.ID, "claim", "决定", nil)
	a.get(at + "?do=transfer")
	a.sees(200, "转给同岗位的同事", "请选择")
	a.does(k.ID, "transfer", "决定", url.Values{"reason": {"出差"}})
	a.sees(422, "请选择接办的同事")
	a.does(k.ID, "transfer", "决定", url.Values{"to": {"u-market-a2"}})
	a.sees(422, "请写明理由")
	a.does(k.ID, "transfer", "决定", url.Values{"to": {"u-market-r"}, "reason": {"出差"}})
	a.sees(422, "请选择接办的同事")
	a.does(k.ID, "transfer", "决定", url.Values{"to": {"u-market-a2"}, "reason": {"出差"}})
	a.sees(200, "已转办")
	b := c.signedIn("market-a2")
	b.get("/bureau/mine")
	b.sees(200, k.Number)
	b.get(at + "?do=send-back")
	b.sees(200, "退回到", "审核", "场所布局审查")
	b.does(k.ID, "send-back", "决定", nil)
	b.sees(422, "请选择退回到哪个环节", "请写明退回的理由")
	b.does(k.ID, "send-back", "决定", url.Values{"reason": {"意见不完整"}})
	b.sees(422, "请选择退回到哪个环节", "意见不完整") // what was typed stays
	b.does(k.ID, "send-back", "决定", url.Values{"to": {"review"}})
	b.sees(422, "请写明退回的理由")
	b.does(k.ID, "send-back", "决定", url.Values{"to": {"review"}, "reason": {"意见不完整"}})
	b.sees(200, "已退回前面环节", "意见不完整")
	c.step(k.ID, "审核")
}

func TestASpecialProcedureStopsAndResumesTheClock(t *testing.T) {
	c := openCity(t)
	k := c.accepted()
	at := "/bureau/cases/" + string(k.ID)
	r := c.signedIn("market-r")
	r.get(at + "?do=open-special")
	r.sees(200, "启动特别程序", "现场核查", "所需时间10个工作日")
	r.does(k.ID, "open-special", "", nil)
	r.sees(422, "请选择办事指南列出的特别程序")
	r.does(k.ID, "open-special", "", url.Values{"name": {"现场核查"}})
	r.sees(422, "请写明理由")
	r.does(k.ID, "open-special", "", url.Values{"name": {"现场核查"}, "reason": {"核实布局"}})
	r.sees(200, "已启动特别程序", "计时中止", "现场核查中，还剩8个工作日", "现场核查中，还剩2个工作日")
	c.now = c.now.AddDate(0, 0, 2)
	r = c.signedIn("market-r")
	r.get(at)
	r.sees(200, "现场核查中，还剩8个工作日", "进行中，计时中止")
	r.get("/bureau")
	r.sees(200, "现场核查中，还剩2个工作日", "计时中止，预计")
	r.does(k.ID, "close-special", "", url.Values{"special": {"s1"}, "taken": {"昨天下午"}, "opinion": {"布局合理"}})
	r.sees(422, "请写明特别程序的结果", "请写成 2026-03-02T10:30 的样子", "布局合理")
	r.does(k.ID, "close-special", "", url.Values{"special": {"s1"}})
	r.sees(422, "请写明特别程序的结果")
	r.does(k.ID, "close-special", "", url.Values{"special": {"s1"}, "result": {"布局符合要求"}})
	r.sees(200, "已结束特别程序", "还剩8个工作日", "布局符合要求")
	r.misses("计时中止")
	r.get(at + "?see=papers")
	r.sees(200, "特别程序告知书")
}

func TestOnlyTheHeadExtendsOnceAndAtMostTenDays(t *testing.T) {
	c := openCity(t)
	k := c.accepted()
	at := "/bureau/cases/" + string(k.ID)
	r := c.signedIn("market-r")
	r.get(at)
	r.misses("延长期限")
	r.does(k.ID, "extend", "", url.Values{"days": {"5"}, "reason": {"案情复杂"}})
	r.sees(http.StatusForbidden, "应由行政机关负责人办理")
	h := c.signedIn("market-h")
	h.get(at)
	h.sees(200, "延长期限")
	h.does(k.ID, "extend", "", url.Values{"days": {"五"}, "reason": {"案情复杂"}})
	h.sees(422, "请填写整数")
	h.does(k.ID, "extend", "", url.Values{"days": {"11"}, "reason": {"案情复杂"}})
	h.sees(422, "请填写1至10之间的整数")
	h.does(k.ID, "extend", "", url.Values{"days": {"10"}})
	h.sees(422, "请写明延长的理由")
	h.does(k.ID, "extend", "", url.Values{"days": {"10"}, "reason": {"案情复杂"}})
	h.sees(200, "已延长办理期限", "经陈新批准延长10个工作日")
	h.misses("延长期限")
	h.does(k.ID, "extend", "", url.Values{"days": {"1"}, "reason": {"再来"}})
	h.sees(http.StatusConflict, "只能延长一次")
}

func TestTwoPeopleDecide(t *testing.T) {
	c := openCity(t)
	k := c.readyToDecide()
	at := "/bureau/cases/" + string(k.ID)
	one, two := c.signedIn("market-a"), c.signedIn("market-a2")
	one.does(k.ID, "claim", "决定", nil)
	one.get(at + "?do=decide")
	one.sees(200, "作出决定", "第一签署人", "第二签署人", "可由")
	one.does(k.ID, "decision", "决定", nil)
	one.sees(422, "请选择准予还是不予")
	one.does(k.ID, "decision", "决定", url.Values{"grant": {"0"}})
	one.sees(422, "请写明不予许可的理由", "请写明法律依据")
	one.does(k.ID, "decision", "决定", url.Values{"grant": {"1"}, "conditions": {"开业前完成培训"}})
	one.sees(200, "准予行政许可决定书", "附带条件：开业前完成培训", "签署，交第二人")
	one.does(k.ID, "decide", "决定", url.Values{"grant": {"1"}, "conditions": {"开业前完成培训"}})
	one.sees(200, "已签署，等待第二人签署", "秦永已签署“准予”")
	one.does(k.ID, "claim", "决定", nil)
	one.sees(http.StatusForbidden, "须由另一人办理")

	two.does(k.ID, "claim", "决定", nil)
	two.get(at + "?do=decide")
	two.sees(200, "秦永（已签署）", "您是第二签署人", "开业前完成培训")
	two.does(k.ID, "decide", "决定", url.Values{"grant": {"0"}, "reason": {"不符"}, "basis": {"某法"}})
	two.sees(http.StatusConflict, "与先签署人的意见不一致")
	two.does(k.ID, "decision", "决定", url.Values{"grant": {"1"}})
	two.sees(200, "准予行政许可决定书", "开业前完成培训", "同意并签署决定")
	two.does(k.ID, "decide", "决定", url.Values{"grant": {"1"}})
	two.sees(200, "准予", "开业前完成培训")
	c.deliver()
	two.get(at + "?see=papers")
	two.sees(200, "准予行政许可决定书")
	two.get(at + "?do=deliver")
	two.sees(200, "登记送达", "签收人")
	two.does(k.ID, "deliver", "", url.Values{"way": {"post"}, "receiver": {"李敏"}})
	two.sees(422, "请填写运单号")
	two.does(k.ID, "deliver", "", url.Values{"way": {"window"}, "receiver": {"李敏"}})
	two.sees(200, "已送达", "窗口领取")
	two.get(at + "/history")
	two.sees(200, "记录完整", "作出决定", "决定：准予", "送达")
}

func TestASecondPressDoesNothingTwice(t *testing.T) {
	c := openCity(t)
	k := c.accepted()
	r := c.signedIn("market-r")
	form := url.Values{"request": {"once"}, "work": {c.step(k.ID, "材料审查").ID}}
	for range 2 {
		r.post("/bureau/cases/"+string(k.ID)+"/claim", form)
		r.sees(200, "已签收")
	}
	events, err := c.Cases.History(t.Context(), k.ID, window1)
	if err != nil || len(events) != 3 {
		t.Errorf("%d events, %v", len(events), err)
	}
}

func TestABrokenRecordIsSaid(t *testing.T) {
	c := openCity(t)
	k := c.accepted()
	if _, err := c.DB.Exec(t.Context(), `UPDATE cases SET body = REPLACE(body, '"received":', '"was":')`); err != nil {
		t.Fatal(err)
	}
	r := c.signedIn("market-r")
	r.get("/bureau/cases/" + string(k.ID) + "/history")
	r.sees(200, "记录与办件不一致")
}
