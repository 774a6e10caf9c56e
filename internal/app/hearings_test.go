package app_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// A hearing is announced by the reviewer, a neighbour reads of it and signs up, is
// chosen, reads that they are, and signs the minutes; by pages, and read by the
// interface (行政许可法第四十六条、第四十八条).
func TestAnAnnouncedHearingByPages(t *testing.T) {
	c := openCity(t)
	k := c.accepted()
	at := "/bureau/cases/" + string(k.ID)
	reviewer, neighbour := c.signedIn("market-r"), c.signedIn("zhangwei")
	reviewer.get(at + "?do=call-hearing")
	reviewer.sees(200, "公告并接受报名", "报名截止日期")
	called := url.Values{"about": {"拟准予许可"}, "on": {"2026-11-10"}, "hour": {"09:30"}, "place": {"三楼听证室"}, "host": {"陈新"}, "public": {"yes"}}
	reviewer.does(k.ID, "call-hearing", "", called)
	reviewer.sees(422, "请选择为什么向社会公告", "请填写联系方式")
	called["ground"], called["signBy"], called["seats"], called["contact"] = []string{"涉及公共利益的重大行政许可，认为需要听证"}, []string{"2026-10-20"}, []string{"3"}, []string{"周海 83700001"}
	reviewer.does(k.ID, "call-hearing", "", called)
	reviewer.sees(200, "向社会公告", "公告和报名", "计时中止")
	c.deliver()
	all, _, err := c.Hearings.List(t.Context(), false, "")
	if err != nil || len(all) != 1 {
		t.Fatal(all, err)
	}
	notice, anyone := "/hearings/"+string(all[0].ID), c.visitor()
	anyone.get("/hearings")
	anyone.sees(200, "三楼听证室", "报名中")
	anyone.get(notice)
	anyone.sees(200, "李*", "听证的时间不计入办理期限", "我要报名")
	anyone.misses("李敏", k.Number)
	neighbour.get("/my" + notice)
	neighbour.post("/my"+notice, url.Values{"relation": {"concerned"}, "speak": {"1"}, "phone": {"139"}})
	neighbour.sees(422, "请写明这件许可关系到您的什么利益", "请填写能联系到本人的手机号码", "要发言的，请写明想说的主要意见")
	neighbour.post("/my"+notice, url.Values{"relation": {"concerned"}, "interest": {"住在二楼"}, "speak": {"1"}, "view": {"油烟排到窗口"}, "phone": {"13900000000"}})
	neighbour.sees(200, "您已经报名：等待选定")
	other := c.signedIn("fire-r")
	other.get("/bureau" + notice)
	other.sees(403)
	reviewer.get("/bureau" + notice)
	reviewer.sees(200, "张伟", "13900000000", "住在二楼", "3****************8")
	signups, err := c.Hearings.Signups(t.Context(), all[0], c.official("market-r"))
	if err != nil || len(signups) != 1 {
		t.Fatal(signups, err)
	}
	if seen := c.as("supervisor").get(notice + "/signups")["items"].([]any); len(seen) != 1 || seen[0].(map[string]any)["phone"] != nil {
		t.Errorf("a supervisor is told %v", seen)
	}
	seat := "seat." + signups[0].ID
	reviewer.post("/bureau"+notice, url.Values{seat: {"declined"}})
	reviewer.sees(422, "请写明张伟没有选上或者只能旁听的理由")
	reviewer.post("/bureau"+notice, url.Values{seat: {"speaker"}})
	reviewer.sees(200, "参加并发言")
	neighbour.get("/my/messages")
	neighbour.sees(200, "您被选定参加听证并发言，请按时到场")
	anyone.get(notice)
	anyone.sees(200, "张*（利害关系人）")
	anyone.misses("张伟", "住在二楼", "13900000000")
	status, v := (caller{c, ""}).call("GET", "/hearings/"+string(all[0].ID), "", "", nil)
	if status != http.StatusOK || v["standing"] != "报名中" || strings.Contains(v["applicant"].(string), "敏") {
		t.Error(status, v)
	}
	late := `name="relation"` // the form stood open, and refused what was written into it
	neighbour.get("/my" + notice)
	neighbour.sees(200, "您已经报名：参加并发言")
	neighbour.misses(late)
	c.now = time.Date(2026, 10, 21, 9, 0, 0, 0, c.now.Location())
	stranger := c.signedIn("chenjie")
	stranger.get("/my" + notice)
	stranger.sees(200, "报名已截止，待举行", "怎么参加")
	stranger.misses(late)
	applicant := c.signedIn("limin")
	applicant.get("/my" + notice)
	applicant.sees(200, "不用报名")
	applicant.misses(late)
	c.now = time.Date(2026, 11, 10, 11, 0, 0, 0, c.now.Location())
	reviewer = c.signedIn("market-r")
	reviewer.get(at + "?do=note-hearing")
	reviewer.sees(200, "张伟签名", "主持人签名")
	reviewer.does(k.ID, "note-hearing", "", url.Values{"held": {"yes"}, "text": {"质证检测报告"}, "attended": {"李敏、张伟、陈新"}, "sign-" + signups[0].ID + ".typed": {"张伟"}, "hostsign.typed": {"陈新"}})
	reviewer.sees(200, "笔录在案")
	if n := c.find(k.Number).Hearing.Minutes; n == nil || len(n.Signed) != 2 || n.Signed[0].Name != "张伟" {
		t.Errorf("%+v", n)
	}
	c.deliver()
	anyone.get(notice)
	anyone.sees(200, "已经举行，将根据听证笔录作出决定")
	anyone.misses("怎么参加")
}
