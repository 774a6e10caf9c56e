package window_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"tongban/internal/app"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/forms"
	"tongban/internal/ground/fault"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/queue"
)

// A ticket for a theme is called at a window that takes everything, and leads the
// clerk straight to the one form with the one set of materials (主题叫号、前台一窗
// 受理, 苏协调小组〔2021〕1号 三（四）).
func TestATicketForAThemeLeadsToTheJointApplication(t *testing.T) {
	c := open(t)
	ctx, mother := t.Context(), identity.Actor{Account: "u-limin", Name: "李敏", Party: "p-limin", Channel: "kiosk"}
	want := queue.Want{Hall: "xz-centre", Line: "税务", Item: "theme.birth", For: "新生儿出生一件事"}
	if _, err := c.Queue.Draw(ctx, want, mother); fault.Code(err) != "queue.take.theme" {
		t.Errorf("drawn for the tax line: %v", err)
	}
	want.Line = "综合窗口"
	if _, err := c.Queue.Draw(ctx, want, mother); err != nil {
		t.Fatal(err)
	}
	w := c.signIn("window1")
	w.Posts("/window/call/next", nil)
	to := w.Posts("/window/call/begin", nil)
	if to != "/window/file?item=theme.birth&party=p-limin" {
		t.Fatalf("begun, it leads to %s", to)
	}
	w.Sees(to, "新生儿出生一件事")
	w.Sees("/window/file?party=p-limin&q=xse", "新生儿出生一件事", "省卫生健康委牵头")
	w.Sees("/window", "企业登记簿")

	situation := forms.Answers{"办社保卡": "否", "报销生育费用": "否", "登记父亲信息": "否", "父母已婚": "是", "随谁落户": "随母亲", "邮寄户口簿": "否"}
	e, err := c.Joint.Offer(ctx, "theme.birth", situation)
	if err != nil {
		t.Fatal(err)
	}
	filled := app.Example(e, cases.Applicant{Party: "p-limin", Name: "李敏"}, situation, nil, calendar.DayOf(c.Now()))
	form := url.Values{"item": {"theme.birth"}, "party": {"p-limin"}, "request": {"r1"}, "do": {"accept"}, "way": {"window"}}
	for id, a := range filled.Answers {
		form["answers."+id] = strings.Split(a, "\n")
		form["s."+id] = strings.Split(a, "\n")
	}
	if res, body := w.Ask("POST", "/window/file", form); res.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, "请提供") {
		t.Errorf("without materials: %s", res.Status)
	}
	for _, m := range filled.Materials {
		form.Set("v."+m.Material, "complete")
	}
	done := w.Posts("/window/file", form)
	if !strings.HasPrefix(done, "/window/joint/") || w.Posts("/window/file", form) != done {
		t.Fatalf("filed, it leads to %s", done)
	}
	w.Sees(done, "出生医学证明首次签发", "新生儿出生")
	j, err := c.Joint.Find(ctx, strings.TrimPrefix(done, "/window/joint/"), mother)
	if err != nil || j.Applicant.Name != "李敏" {
		t.Fatal(j, err)
	}
	got, err := c.Cases.Store.Case(ctx, j.Parts[0].Case)
	if err != nil || got.State != cases.Accepted {
		t.Errorf("the first part is %s, %v", got.State, err)
	}
}
