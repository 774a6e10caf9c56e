package app_test

import (
	"net/url"
	"strings"
	"testing"

	"tongban/internal/civic/identity"
)

func TestWhatCouldNotBeDoneIsHeardAndAnswered(t *testing.T) {
	c := openCity(t)
	limin := c.signedIn("limin")
	limin.get("/my/help/new?kind=stuck&item=food-permit")
	limin.sees(200, "遇到了什么困难", "食品经营许可")
	limin.post("/my/help/new", url.Values{"kind": {"stuck"}})
	limin.sees(422, "请写明想办什么事")
	limin.post("/my/help/new", url.Values{"kind": {"stuck"}, "item": {"food-permit"}, "text": {"跑了三次，每次说法不一样"}})
	limin.sees(200, "已登记", "前有人接办", "撤回")
	mine := limin.at
	id := strings.TrimPrefix(mine, "/my/help/")

	c.signedIn("zhangwei").missing(mine)
	clerk := c.signedIn("window1")
	clerk.get("/aid")
	clerk.sees(200, "李敏", "食品经营许可", "登记来访")
	clerk.post("/aid/"+id, url.Values{"act": {"take"}})
	clerk.sees(422, "请选择难易程度")
	clerk.post("/aid/"+id, url.Values{"act": {"decline"}, "decline.say": {strings.Repeat("难", 2001)}})
	clerk.sees(422, "最多 2000 个字", "难难难")
	clerk.post("/aid/"+id, url.Values{"act": {"assign"}, "agency": {"xz-market"}})
	clerk.sees(200, "已登记", "转交部门")
	bureau := c.signedIn("market-r")
	bureau.get("/aid")
	bureau.sees(200, "李敏")
	bureau.post("/aid/"+id, url.Values{"act": {"take"}, "class": {"policy"}})
	bureau.sees(200, "办理中")
	bureau.post("/aid/"+id, url.Values{"act": {"answer"}, "say": {"已统一口径，材料齐了，请再交一次"}, "cause": {"部门之间衔接不畅"}})
	bureau.sees(200, "已答复")
	c.signedIn("fire-r").missing("/aid/" + id)

	limin.get(mine)
	limin.sees(200, "已统一口径", "解决了吗", "首问责任人")
	limin.post(mine, url.Values{"act": {"confirm"}, "solved": {"yes"}})
	limin.sees(200, "已办结", "已经解决")
	watch := c.signedIn("supervisor")
	watch.get("/aid")
	watch.sees(200, "近三十天办不成的原因", "部门之间衔接不畅", "1 件")
}

func TestTheWindowTakesDownWhoComes(t *testing.T) {
	c := openCity(t)
	clerk := c.signedIn("window1")
	clerk.post("/aid/new", url.Values{"kind": {"agent"}, "text": {"腿脚不便，请代办老年证"}})
	clerk.sees(422, "请登记姓名和电话")
	clerk.post("/aid/new", url.Values{"kind": {"agent"}, "text": {"腿脚不便，请代办老年证"}, "name": {"王大爷"}, "phone": {"13900000000"}, "about": {"老年人优待证"}})
	clerk.sees(200, "王大爷", "13900000000", "接办")
	c.signedIn("items").refused("/aid")
	c.signedIn("limin").refused("/aid")
}

// Who wants something done for them says on their own page what the helper may do and
// how long; what is refused keeps what they wrote, and what came too late is said, too.
func TestAMandateIsGivenOnOnesOwnPage(t *testing.T) {
	c := openCity(t)
	limin, clerk := c.signedIn("limin"), c.signedIn("window1")
	limin.post("/my/help/new", url.Values{"kind": {"agent"}, "item": {"food-permit"}, "text": {"腿脚不便，请代办"}})
	mine := limin.at
	at := "/aid/" + strings.TrimPrefix(mine, "/my/help/")
	clerk.post(at, url.Values{"act": {"take"}})
	clerk.sees(200, "登记委托")
	clerk.misses("去窗口收件")
	limin.post(mine, url.Values{"act": {"entrust"}, "entrust.say": {"代为提出申请"}})
	limin.sees(422, "代为提出申请", "请填写委托到哪一天为止")
	last := c.now.AddDate(0, 1, 0)
	limin.post(mine, url.Values{"act": {"entrust"}, "say": {"代为提出申请"}, "until": {last.Format("2006-01-02")}})
	limin.sees(200, "本人在网上确认")
	clerk.get(at)
	clerk.sees(200, "去窗口收件")
	limin.post(mine, url.Values{"act": {"confirm"}, "solved": {"yes"}})
	limin.sees(409, "还没有答复，不能回访", "办理中")
}

// A program names the item by its mark: lists call it by its name, and one that there is
// not is not taken down.
func TestTheItemOfAMatterIsNamed(t *testing.T) {
	c := openCity(t)
	limin := c.as("limin")
	if m := limin.post("/matters", "m1", `{"kind":"stuck","text":"跑了三次","item":"food-permit"}`); m["itemName"] != "食品经营许可（新办）" {
		t.Errorf("%v", m)
	}
	limin.refused("/matters", "m2", `{"kind":"stuck","text":"跑了三次","item":"nothing"}`, 422, "api.matter.item")
}

// missing fails unless there is nothing at path for these eyes.
func (v *visitor) missing(path string) {
	v.city.t.Helper()
	v.get(path)
	v.sees(404)
}

// refused fails unless these hands may not.
func (v *visitor) refused(path string) {
	v.city.t.Helper()
	v.get(path)
	v.sees(403)
}

func TestABadRatingIsAskedAboutReviewedAndAnswered(t *testing.T) {
	c := openCity(t)
	limin := c.signedIn("limin")
	filed := c.accepted()
	if _, err := c.Cases.Withdraw(t.Context(), filed.ID, "不开了", c.citizen()); err != nil {
		t.Fatal(err)
	}
	c.deliver()
	limin.post("/my/cases/"+filed.Number+"/rate", url.Values{"grade": {"1"}, "text": {"态度不好"}})
	limin.sees(200, "您的评价")
	at := "/aid/ratings/" + string(filed.ID) + "/1"
	bureau := c.signedIn("market-r")
	bureau.get("/aid/ratings")
	bureau.sees(200, "态度不好", "前回访")
	bureau.post(at, url.Values{"act": {"answer"}, "text": {"已批评教育"}})
	bureau.sees(409, "实名差评要先回访核实")
	bureau.post(at, url.Values{"act": {"find"}, "found": {"mistaken"}})
	bureau.sees(422, "请写明怎样核实")
	bureau.post(at, url.Values{"act": {"find"}, "found": {"mistaken"}, "say": {"本人说按错了"}})
	bureau.sees(200, "待监督部门复核", "本人说按错了")
	bureau.misses("不计入统计")
	watch := c.signedIn("supervisor")
	watch.get("/desk/ratings")
	watch.sees(200, "态度不好")
	watch.post(at, url.Values{"act": {"review"}, "excluded": {"yes"}})
	watch.sees(200, "不计入统计")
	bureau.post(at, url.Values{"act": {"answer"}, "text": {"已向您说明"}})
	bureau.sees(200, "已答复", "已向您说明")
	c.signedIn("items").refused(at)
}

// citizen is 李敏, who filed the accepted case.
func (c *city) citizen() identity.Actor { return limin }
