package app_test

import (
	"net/url"
	"testing"
	"time"

	"tongban/internal/handling/cases"
)

// The applicant is told of the right, asks with the button, is called, signs the
// minutes; the decision answers them (行政许可法第四十七条、第四十八条), all by pages.
func TestAHearingByPages(t *testing.T) {
	c := openCity(t)
	k := c.accepted()
	at, mine := "/bureau/cases/"+string(k.ID), "/my/cases/"+k.Number
	holder, reviewer := c.signedIn("limin"), c.signedIn("market-r")
	holder.get(mine + "/hearing")
	holder.sees(404, "没有您可以要求听证的事情")
	reviewer.get(at + "?do=tell-hearing")
	reviewer.sees(200, "涉及哪些重大利益")
	reviewer.does(k.ID, "tell-hearing", "", url.Values{"about": {"拟准予许可"}, "reason": {"相邻住户的油烟"}})
	reviewer.sees(200, "等待要求听证")
	holder.get("/my")
	holder.sees(200, "您可以要求听证")
	holder.get(mine + "/hearing")
	holder.sees(200, "相邻住户的油烟", "不承担费用")
	holder.post(mine+"/hearing", url.Values{"request": {"h0"}})
	holder.sees(422, "请写明希望就什么听证")
	holder.post(mine+"/hearing", url.Values{"wish": {"已装净化设备"}, "request": {"h1"}})
	holder.sees(200, "已要求听证，最迟2026年10月26日举行", "七个工作日以前通知您")
	reviewer.get(at)
	reviewer.sees(200, "已要求听证，待通知", "已装净化设备")
	reviewer.does(k.ID, "call-hearing", "", url.Values{"on": {"2026-10-15"}, "hour": {"09:30"}, "place": {"三楼听证室"}, "host": {"陈新"}})
	reviewer.sees(200, "待举行", "三楼听证室")
	c.now = time.Date(2026, 10, 15, 11, 0, 0, 0, c.now.Location())
	reviewer = c.signedIn("market-r")
	reviewer.get(at + "?do=note-hearing")
	reviewer.sees(200, "听证笔录", "主持人签名")
	reviewer.does(k.ID, "note-hearing", "", url.Values{"held": {"yes"}, "text": {"质证净化设备检测报告"}, "attended": {"李敏、陈新"}})
	reviewer.sees(422, "拒绝签字的，请写明情况")
	reviewer.does(k.ID, "note-hearing", "", url.Values{"held": {"yes"}, "text": {"质证净化设备检测报告"}, "attended": {"李敏、陈新"}, "sign.typed": {"李敏"}, "hostsign.typed": {"陈新"}})
	reviewer.sees(200, "笔录在案", "质证净化设备检测报告")
	done := c.find(k.Number)
	if n := done.Hearing.Minutes; n == nil || len(n.Signed) != 2 || done.Statutory.Paused() {
		t.Fatalf("%+v", n)
	}
	last := done.Papers[len(done.Papers)-1]
	sheet, err := c.Cases.PaperOf(t.Context(), k.ID, last.Kind, last.Seq, limin)
	if err != nil || last.Kind != cases.HearingMinutes || len(sheet.Signed) != 2 {
		t.Error(last, sheet.Signed, err)
	}
	if got, err := c.Cases.Times(t.Context(), done, c.now, limin); err != nil || !named(got, "组织听证") {
		t.Error("the term of the hearing is not told", err)
	}
}

func named(t cases.Times, name string) bool {
	for _, one := range t.Clocks {
		if one.Name == name {
			return true
		}
	}
	return false
}
