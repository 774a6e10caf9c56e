package app_test

import (
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"
)

func TestATicketIsDrawnCalledAndServed(t *testing.T) {
	c := openCity(t)
	stranger := c.visitor()
	stranger.get("/halls/xz-centre")
	stranger.sees(200, "取号", "预约时间")
	stranger.get("/halls/xz-centre/queue?item=food-permit")
	stranger.sees(200, "“食品经营许可（新办）”可以不来大厅", "综合窗口", "不动产登记", "现在不用等")
	stranger.post(stranger.at, url.Values{"line": {"没有的队"}})
	stranger.sees(404, "请选择要排的队列")
	stranger.post("/halls/xz-centre/queue?item=food-permit", url.Values{"line": {"综合窗口"}, "priority": {"elder"}})
	stranger.sees(200, "A001", "马上就到您了", "老年人", "食品经营许可")
	ticket := stranger.at
	c.now = c.now.Add(time.Minute) // the front page is as of a minute ago
	stranger.get("/")
	stranger.sees(200, "大厅现在", "等候 1 人，约")
	stranger.get("/halls/xz-centre")
	stranger.sees(200, "等候 1 人，约")

	clerk := c.signedIn("window1")
	clerk.get("/window/call")
	clerk.sees(200, "1 人等候", "叫下一个")
	clerk.post("/window/call/next", nil)
	clerk.sees(200, "A001", "请到窗口", "老年人")
	clerk.post("/window/call/miss", nil)
	clerk.sees(409, "过号以前至少要叫 2 次")
	stranger.get(ticket)
	stranger.sees(200, "号窗口")
	stranger.get("/halls/xz-centre/board")
	stranger.sees(200, "A001", "正在叫号", "排队情况")
	clerk.post("/window/call/begin", nil)
	clerk.sees(200, "谁来办")
	if !strings.Contains(clerk.at, "item=food-permit") {
		t.Errorf("begun, it does not lead to the item of the ticket: %s", clerk.at)
	}
	clerk.get("/window/call")
	clerk.sees(200, "去收件", "办完，叫下一个")
	clerk.post("/window/call/next", nil)
	clerk.sees(409, "现在没有人等候")
	stranger.get(ticket)
	stranger.sees(200, "已办完", "再取一个号")

	// who said who they are is told among their messages when few are ahead, and when they are called
	me := c.signedIn("limin")
	me.post("/halls/xz-centre/queue", url.Values{"line": {"综合窗口"}})
	me.get("/my/messages")
	me.sees(200, "下一个就是您，请到大厅等候", "1 条未读")
	clerk.post("/window/call/next", nil)
	me.get("/my/messages")
	me.sees(200, "叫到您了，请到 A01 号窗口", "1 条未读")

	c.now = c.now.Add(12 * time.Hour)
	stranger.get("/")
	stranger.sees(200, "大厅现在", "现在不取号")
}

func TestAnAppointmentIsMadeAndKept(t *testing.T) {
	c := openCity(t)
	limin := c.signedIn("limin")
	limin.get("/halls/xz-centre/book?line=" + url.QueryEscape("公安") + "&day=2026-09-22")
	limin.sees(200, "9:00", "还可约 2 人")
	limin.post("/halls/xz-centre/book", url.Values{"line": {"公安"}, "day": {"2026-09-22"}})
	limin.sees(422, "请选择时段")
	limin.post("/halls/xz-centre/book", url.Values{"line": {"公安"}, "day": {"2026-09-22"}, "slot": {"570"}})
	limin.sees(200, "2026年9月22日 9:30", "已预约", "取消预约")
	if strings.Contains(limin.raw, `value="draw"`) {
		t.Error("a ticket is offered the day before")
	}
	zhang := c.signedIn("zhangwei")
	zhang.post(regexp.MustCompile(`/my/appointments/[a-z0-9]+`).FindString(limin.raw), url.Values{"do": {"cancel"}})
	zhang.sees(404, "没有找到这个预约")
	c.now = c.now.Add(24 * time.Hour)
	limin = c.signedIn("limin")
	limin.get("/my/appointments")
	limin.post(regexp.MustCompile(`/my/appointments/[a-z0-9]+`).FindString(limin.raw), url.Values{"do": {"draw"}})
	limin.sees(200, "D001", "马上就到您了")
	limin.get("/my/appointments")
	limin.sees(200, "已到场", "D001")
	c.now = c.now.Add(12 * time.Hour)
	limin.get("/halls/xz-centre/queue")
	limin.sees(200, "现在不能取号", "预约别的时间")
}
