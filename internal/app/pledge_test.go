package app_test

import (
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"tongban/internal/app"
	"tongban/internal/civic/calendar"
	"tongban/internal/handling/cases"
)

// film is how a film begins, as telephones take it.
var film = []byte("\x00\x00\x00\x20ftypisom\x00\x00\x02\x00")

// A citizen pledges instead of handing a proof in, without any script; the
// bureau checks it, and what was untrue is on record until it is answered.
func TestAPledgeFromHomeToCredit(t *testing.T) {
	c := openCity(t)
	zhang := c.signedIn("zhangwei")
	zhang.post("/my/account/act", url.Values{"party": {"f-canyin"}})
	zhang.post("/apply/food-permit", nil)
	zhang.fill(restaurant)
	draft := zhang.at
	zhang.sees(200, "准备材料", "有的证明可以不交")
	pledge := strings.TrimSuffix(draft, "/materials") + "/pledge"
	zhang.get(pledge)
	zhang.sees(200, "用书面承诺代替证明", "不承诺", "会怎样核查", "不实的后果", "从业人员健康证明")
	zhang.post(pledge, url.Values{"pledge.m7": {"1"}, "signed.typed": {"张伟"}})
	zhang.sees(422, "自愿")
	zhang.post(pledge, url.Values{"pledge.m7": {"1"}, "signed.typed": {"李四"}, "free": {"1"}})
	zhang.sees(422, "与签名人")
	zhang.post(pledge, url.Values{"signed.typed": {"张伟"}, "free": {"1"}})
	zhang.sees(422, "请选择要承诺的内容")
	zhang.post(pledge, url.Values{"pledge.m7": {"1"}, "signed.typed": {"张伟"}, "free": {"1"}})
	zhang.sees(200, "书面承诺代替", "您已经签了承诺书")
	for _, m := range []string{"m3", "m5", "m6"} {
		zhang.upload(draft+"/"+m, "file", m+".pdf", paper, nil)
	}
	zhang.get(draft)
	zhang.post(draft, nil)
	zhang.post(zhang.at, url.Values{"way": {"electronic"}})
	zhang.sees(200, "提交前再看一遍", "书面承诺", "从业人员健康证明")
	zhang.post(zhang.at, url.Values{"agree": {"1"}})
	zhang.sees(200, "已经收到您的申请")
	number := strings.Split(zhang.at, "/")[3]
	c.deliver()
	zhang.get("/my/cases/" + number + "/papers/pledge-1")
	zhang.sees(200, "告知承诺书", "申请人的承诺", "张伟")

	k := c.find(number)
	window := c.signedIn("window1")
	window.get("/window/cases/" + string(k.ID))
	window.sees(200, "承诺代替")
	c.grant(k.ID)
	reviewer := c.signedIn("market-r")
	reviewer.get("/bureau/words")
	reviewer.sees(200, "承诺和容缺", "现场核查", number)
	at := "/bureau/cases/" + string(k.ID)
	reviewer.get(at + "?do=check-pledge")
	reviewer.sees(200, "核查承诺", "限期整改", "建议撤销决定")
	reviewer.post(at+"/check-pledge", url.Values{"result": {"broken"}, "request": {"c1"}})
	reviewer.sees(422, "请写明怎样核查", "请写明法律依据", "请上传现场照片")
	reviewer.upload(at+"/check-pledge", "evidence", "现场.mp4", film, url.Values{"result": {"broken"}, "reason": {"三名从业人员没有健康证明"}, "basis": {"行政许可法第六十九条"}, "request": {"c2"}})
	reviewer.sees(200, "承诺不实", "证据：现场.mp4")
	c.deliver()
	zhang.get("/my/cases/" + number + "/papers/check-" + itoa(int(c.find(number).Head.Seq)))
	zhang.sees(200, "承诺核查结果告知书", "三名从业人员没有健康证明", "第六十九条")
	c.checkCredit(zhang)
}

// checkCredit takes the record of a firm through an objection.
func (c *city) checkCredit(zhang *visitor) {
	zhang.get("/my/credit")
	zhang.sees(200, "C级", "一般失信", "告知承诺不实", "不影响您交齐材料正常办事")
	id := strings.Split(strings.Split(zhang.raw, `href="/my/credit/`)[1], `"`)[0]
	zhang.post("/my/credit/"+id, url.Values{"kind": {"repair"}, "text": {"已办理"}})
	zhang.sees(409, "起可以申请修复")
	zhang.post("/my/credit/"+id, url.Values{"kind": {"objection"}, "text": {""}})
	zhang.sees(422, "请写明事实和理由")
	zhang.post("/my/credit/"+id, url.Values{"kind": {"objection"}, "text": {"核查当天是试营业，人员尚未上岗"}})
	zhang.sees(200, "异议处理中", "核查当天是试营业")
	stranger := c.signedIn("limin")
	stranger.get("/my/credit/" + id)
	stranger.sees(404, "没有找到")
	supervisor := c.signedIn("supervisor")
	supervisor.get("/desk/credit?q=" + url.QueryEscape("91320300YB9000012R"))
	supervisor.sees(200, "信用记录", "徐州示例餐饮管理有限公司", "异议处理中", "前答复")
	supervisor.get("/desk/credit?q=" + url.QueryEscape("12345678901234567"))
	supervisor.sees(422, "请填写完整的证件号码")
	supervisor.get("/desk/credit/export.csv")
	supervisor.sees(200, "告知承诺不实", "徐州示例餐饮管理有限公司")
	supervisor.get("/desk/credit/" + id)
	supervisor.sees(200, "答复异议", "核查当天是试营业")
	supervisor.post("/desk/credit/"+id, url.Values{"text": {"x"}})
	supervisor.sees(422, "请选择同意还是不同意")
	api, answer := c.as("supervisor"), "/credit/records/"+id+"/answer"
	for range 2 { // the first answer may have been lost
		api.post(answer, "answer-1", `{"grant":true,"text":"属实，撤销记录"}`)
	}
	api.refused(answer, "answer-2", `{"grant":true,"text":"属实，撤销记录"}`, 409, "credit.answer.none")
	supervisor.get("/desk/credit/" + id)
	supervisor.sees(200, "不成立，已撤销", "同意异议")
	zhang.get("/my/credit")
	zhang.sees(200, "B级", "可以告知承诺")
}

// grant has whoever holds the posts accept, review and grant.
func (c *city) grant(id cases.ID) {
	c.t.Helper()
	if _, err := c.Cases.Accept(c.t.Context(), id, nil, nil, c.official("window1")); err != nil {
		c.t.Fatal(err)
	}
	for {
		k, err := c.Cases.Store.Case(c.t.Context(), id)
		if err != nil {
			c.t.Fatal(err)
		}
		if k.State != cases.Accepted {
			break
		}
		w := k.Flow.Open[0]
		for _, login := range []string{"market-r", "market-r2", "fire-r", "market-a", "market-a2"} {
			by := c.official(login)
			if w.Decides {
				_, err = c.Cases.Decide(c.t.Context(), id, w.ID, cases.Ruling{Grant: true}, by)
			} else {
				_, err = c.Cases.Review(c.t.Context(), id, w.ID, "同意", "", by)
			}
			if err == nil {
				break
			}
		}
		if err != nil {
			c.t.Fatal(err)
		}
	}
	c.deliver()
}

// What was promised and did not come is told, listed, and moved once.
func TestAPromiseAtTheWindow(t *testing.T) {
	c := openCity(t)
	window := c.signedIn("window1")
	window.get("/window/owed")
	window.sees(200, "等申请人补交", "没有等待补交的容缺材料")
	filed := c.received()
	window.get("/window/cases/" + string(filed.ID) + "/do/pledge")
	window.sees(200, "作出告知承诺", "申请人签名", "念给申请人听")
	window.post("/window/cases/"+string(filed.ID)+"/do/pledge", url.Values{"pledge.m7": {"1"}, "signed.typed": {"李敏"}, "request": {"p1"}})
	window.sees(422, "自愿")
	window.post("/window/cases/"+string(filed.ID)+"/do/pledge", url.Values{"pledge.m7": {"1"}, "signed.typed": {"李敏"}, "free": {"1"}, "request": {"p2"}})
	window.sees(200, "承诺代替")
	window.post("/window/cases/"+string(filed.ID)+"/judge", url.Values{"v.m5": {"promised"}})
	window.sees(422, "主要材料，不能容缺")
	if _, err := c.Cases.Accept(t.Context(), filed.ID, []cases.Verdict{{Material: "m6", Finding: cases.Promised}}, []cases.Promise{{Material: "m6", By: dayAfter(c, 4), OnPaper: true}}, c.official("window1")); err != nil {
		t.Fatal(err)
	}
	window.get("/window/owed")
	window.sees(200, "食品安全管理制度文本", "收材料")
	at := "/window/cases/" + string(filed.ID) + "/do/postpone"
	window.get(at)
	window.sees(200, "延长容缺补交期限", "食品安全管理制度文本")
	window.post(at, url.Values{"material": {"m6"}, "by": {dayAfter(c, 8).String()}, "reason": {"暴雨"}, "request": {"p3"}})
	window.sees(200, "已办好")
	c.now = c.now.Add(10 * 24 * time.Hour)
	if err := c.WakeCases(t.Context()); err != nil {
		t.Fatal(err)
	}
	c.deliver()
	window = c.signedIn("window1")
	window.get("/window/owed")
	window.sees(200, "逾期")
	citizen := c.signedIn("limin")
	citizen.get("/my/credit")
	citizen.sees(200, "C级", "容缺承诺逾期未履行")
	citizen.get("/my/messages")
	citizen.sees(200, "承诺补交的材料逾期没有到", "补交期限延长了")
}

// received is a case filed at the window without the minor material and the
// proof that a word may stand for.
func (c *city) received() *cases.Case {
	c.t.Helper()
	e, err := c.Items.Open(c.t.Context(), "food-permit", calendar.DayOf(c.now))
	if err != nil {
		c.t.Fatal(err)
	}
	a := app.Example(e, cases.Applicant{Party: limin.Party, Name: limin.Name}, nil, []string{"食品安全管理制度文本", "从业人员健康证明"}, calendar.DayOf(c.now))
	filed, err := c.Cases.Submit(c.t.Context(), a, window1)
	if err != nil {
		c.t.Fatal(err)
	}
	return filed
}

func dayAfter(c *city, n int) calendar.Day { return calendar.DayOf(c.now) + calendar.Day(n) }

func itoa(n int) string { return strconv.Itoa(n) }
