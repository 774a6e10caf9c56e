package app_test

import (
	"net/http"
	"net/url"
	"testing"

	"tongban/internal/app"
	"tongban/internal/civic/calendar"
	"tongban/internal/handling/cases"
)

// A holder asks for a change and pleads against an annulment, a reviewer and an
// approver judge, all on pages (行政许可法第七条、第四十九条、第六十九条).
func TestWhatWasGrantedLivesOnByPages(t *testing.T) {
	c := openCity(t)
	k := c.certified()
	mine, at := "/my/certificates/"+k.Certificate, "/bureau/cases/"+string(k.ID)
	holder, reviewer, approver := c.signedIn("limin"), c.signedIn("market-r"), c.signedIn("market-a")

	holder.get(mine)
	holder.sees(200, "申请变更", "申请延续", "申请注销")
	holder.get(mine + "/later?kind=renew")
	holder.sees(200, "视为准予延续", k.RenewBy(c.Calendar).Han())
	holder.get(mine + "/later?kind=change")
	holder.sees(200, "经营场所地址", "第四十九条")
	holder.post(mine+"/later", url.Values{"kind": {"change"}, "reason": {"搬了"}})
	holder.sees(422, "请写明哪一项要变更")
	holder.post(mine+"/later", url.Values{"kind": {"change"}, "reason": {"搬了"}, "face.经营场所地址": {"中山北路1号"}, "request": {"l1"}})
	holder.sees(200, "正在审查")
	c.signedIn("zhangwei").get(mine + "/later?kind=change")

	reviewer.get("/bureau/words")
	reviewer.sees(200, "决定变更", k.Number)
	reviewer.get(at + "?do=vet-later")
	reviewer.sees(200, "审查变更申请", "中山北路1号")
	reviewer.does(k.ID, "vet-later", "", url.Values{"opinion": {"属实"}})
	reviewer.sees(200, "待决定")
	approver.get(at + "?do=dismiss-later")
	approver.sees(200, "决定变更", "行政许可法第四十九条")
	approver.does(k.ID, "dismiss-later", "", nil)
	approver.sees(422, "请选择怎样决定")
	approver.does(k.ID, "dismiss-later", "", url.Values{"grant": {"yes"}})
	approver.sees(200, "已变更")
	c.deliver()
	c.deliver()
	k, _ = c.Cases.Store.Case(t.Context(), k.ID)
	holder.get("/my/certificates/" + k.Certificate)
	holder.sees(200, "中山北路1号")

	reviewer.get(at + "?do=propose-later")
	reviewer.sees(200, "以欺骗、贿赂等不正当手段取得", "所依据的法律、法规、规章修改或者废止")
	reviewer.does(k.ID, "propose-later", "", url.Values{"reason": {"查实"}})
	reviewer.sees(422, "请选择法律规定的情形")
	reviewer.does(k.ID, "propose-later", "", url.Values{"ground": {"annul：违反法定程序作出准予决定"}, "reason": {"没有现场核查"}})
	reviewer.sees(200, "等待陈述、申辩")
	approver.does(k.ID, "dismiss-later", "", url.Values{"grant": {"yes"}})
	approver.sees(http.StatusConflict, "持证人可以陈述、申辩到")
	plea := "/my/cases/" + k.Number + "/plea"
	holder.get("/my/cases/" + k.Number)
	holder.sees(200, "部门拟撤销", "陈述、申辩")
	holder.get(plea)
	holder.sees(200, "没有现场核查", "要求听证")
	holder.post(plea, nil)
	holder.sees(422, "请写明您的意见")
	holder.post(plea, url.Values{"text": {"核查过"}, "request": {"l2"}})
	holder.sees(200, "部门拟撤销")
	approver.does(k.ID, "dismiss-later", "", url.Values{"grant": {"yes"}, "answer": {"没有记录，不予采纳"}, "request": {"l3"}})
	approver.sees(200, "已撤销", "登记撤销决定的送达")
	approver.get(at + "?do=serve-later")
	approver.does(k.ID, "serve-later", "", url.Values{"way": {"window"}, "receiver": {"李敏"}})
	approver.sees(200, "窗口领取")
	c.deliver()
	holder.get("/my/certificates/" + k.Certificate)
	holder.sees(200, "撤销")
	holder.misses("申请变更")
	holder.get("/my/cases/" + k.Number)
	holder.sees(200, "已经撤销", "撤销行政许可决定书")
	holder.get("/my/messages")
	holder.sees(200, "准予决定已被撤销")
	holder.get("/open")
	holder.sees(200, "已撤销，"+calendar.DayOf(c.now).Han())
	if kind, gone := c.find(k.Number).Gone(); !gone || kind != cases.Annulling {
		t.Error(kind, gone)
	}
}

// What is only to be filed is filed at the window at once (优化营商环境条例第三十六条).
func TestAFilingIsDoneAtTheWindowAtOnce(t *testing.T) {
	c := openCity(t)
	e, err := c.Items.Open(t.Context(), "food-prepack-filing", calendar.DayOf(c.now))
	if err != nil {
		t.Fatal(err)
	}
	k, err := c.Cases.Submit(t.Context(), app.Example(e, cases.Applicant{Party: limin.Party, Name: limin.Name}, nil, nil, calendar.DayOf(c.now)), limin)
	if err != nil {
		t.Fatal(err)
	}
	w, at := c.signedIn("window1"), "/window/cases/"+string(k.ID)
	w.get(at)
	w.sees(200, "当场备案")
	w.get(at + "/do/record")
	w.sees(200, "备案回执")
	w.post(at+"/do/record", url.Values{"request": {"f1"}, "agree": {"1"}})
	w.sees(200, "准予")
	if done := c.find(k.Number); done.State != cases.Granted || done.Papers[len(done.Papers)-1].Title != "备案回执" {
		t.Error(done.State, done.Papers)
	}
}
