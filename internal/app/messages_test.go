package app_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"tongban/internal/app"
	"tongban/internal/civic/calendar"
	"tongban/internal/handling/cases"
)

// What one has not read is said in words and counted where one comes in; opening
// the case or one press reads it, for oneself and up to what the page showed.
func TestMessagesAreRead(t *testing.T) {
	c := openCity(t)
	e, err := c.Items.Open(t.Context(), "food-permit", calendar.DayOf(c.now))
	if err != nil {
		t.Fatal(err)
	}
	submit := func() *cases.Case {
		k, err := c.Cases.Submit(t.Context(), app.Example(e, cases.Applicant{Party: limin.Party, Name: limin.Name}, nil, nil, calendar.DayOf(c.now)), limin)
		if err != nil {
			t.Fatal(err)
		}
		return k
	}
	k := submit()
	me := c.signedIn("limin")
	me.get("/my/messages")
	me.post("/my/messages", url.Values{"last": {strconv.FormatInt(c.now.UnixMilli(), 10)}})
	me.sees(200, "消息")
	me.misses("未读")
	before := c.now
	c.now = c.now.Add(time.Minute)
	if _, err := c.Cases.Accept(t.Context(), k.ID, nil, nil, c.official("window1")); err != nil {
		t.Fatal(err)
	}
	me.get("/my")
	me.sees(200, "1 条未读")
	me.get("/items")
	me.sees(200, "1 条未读") // the bell in the corner of every page
	program := c.as("limin")
	if all := program.get("/messages")["items"].([]any); len(all) != 1 || all[0].(map[string]any)["unread"] != true || all[0].(map[string]any)["number"] != k.Number {
		t.Error(all)
	}
	if all := c.as("zhangwei").get("/messages")["items"].([]any); len(all) != 0 {
		t.Error("told of somebody else's case", all)
	}
	me.get("/my/messages")
	me.sees(200, "1 条未读", "申请已经受理", "全部标为已读")
	if !strings.Contains(me.raw, `<a class="g b"`) {
		t.Error("what is not read does not stand out")
	}
	me.post("/my/messages", url.Values{"last": {strconv.FormatInt(before.UnixMilli(), 10)}})
	me.sees(200, "1 条未读")
	me.post("/my/messages", url.Values{"last": {"甲"}})
	me.sees(http.StatusUnprocessableEntity, "整数")
	me.post("/my/messages", url.Values{"last": {strconv.FormatInt(c.now.UnixMilli(), 10)}})
	me.sees(200, "都读过了", "申请已经受理")
	me.misses("未读")
	me.get("/items")
	me.misses("未读")

	k = submit()
	c.grant(k.ID)
	me.get("/my/messages")
	me.sees(200, "未读")
	program.post("/messages/read", "", `{"until":"2026-09-20T00:00:00Z"}`)
	me.get("/my/messages")
	me.sees(200, "未读")
	program.post("/messages/read", "", `{"until":"2026-09-30T00:00:00Z"}`)
	me.get("/my/messages")
	me.sees(200, "都读过了")
	k = submit()
	c.grant(k.ID)
	me.get("/my/cases/" + k.Number)
	me.get("/my/messages")
	me.sees(200, "都读过了")
	me.get("/my")
	me.misses("条未读")
}
